/** An account of an earlier chart, and which of ours it has become; '' where nobody has said. */
export type EarlierAccount = { code: string; name: string; account: string }

type Ours = { code: string; name: string; endedOn: string | null }

const heads: Readonly<Record<keyof EarlierAccount, readonly string[]>> = {
  code: ['code', 'old code', 'account code', 'number', 'nominal code'],
  name: ['name', 'account name', 'description', 'title'],
  account: ['account', 'new code', 'our account', 'becomes'],
}

/**
 * The accounts of a chart in a table: columns by their head where there is one (code, name, account), otherwise code and name in this order. An account that the
 * table does not place goes to ours of the same name, or of the same code and no other name; a code that stands there twice counts as it stands last.
 */
export function readChart(table: readonly (readonly string[])[], ours: readonly Ours[]): EarlierAccount[] {
  const [first = []] = table
  const names = first.map((name) => name.toLocaleLowerCase())
  const at = (what: keyof EarlierAccount): number => names.findIndex((name) => heads[what].includes(name))
  const hasHead = at('code') >= 0
  const columns = hasHead
    ? { code: at('code'), name: at('name'), account: at('account') }
    : { code: 0, name: 1, account: 2 }
  const open = ours.filter(({ endedOn }) => endedOn === null)
  const byName = new Map(open.map(({ code, name }) => [name.toLocaleLowerCase(), code]))
  const codes = new Set(open.map(({ code }) => code))
  const rows = (hasHead ? table.slice(1) : table).flatMap((row): EarlierAccount[] => {
    const [code = '', name = '', told = ''] = [row[columns.code], row[columns.name], row[columns.account]]
    if (code === '') return []
    const like = byName.get(name.toLocaleLowerCase()) ?? (name === '' && codes.has(code) ? code : '')
    return [{ code, name, account: codes.has(told) ? told : like }]
  })
  return [...new Map(rows.map((row) => [row.code, row])).values()]
}
