import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { activityBy, activityRange } from './activity.ts'
import type { Range } from './periods.ts'
import type { AccountMovement } from './stored-balances.ts'

/** What lines can be told apart by, other than their day. */
export const lineDimensions = ['channel', 'item-group', 'country'] as const
export type LineDimension = (typeof lineDimensions)[number]

/** A part that a figure is broken down into. The last part of every breakdown, with key null, is of the lines that name none. */
export type Part = { key: string | null; name: string }

/** As many parts as fit beside each other; the smallest of more are one part, `others`. */
const mostParts = 40

type PartRow = { account_id: bigint; key: string; name: string; amount: bigint }

/**
 * What moved on accounts in a range, by channel, item group or country of the document. The total of each account is given (from stored
 * balances), the parts come from the stored activity of the lines that name one, and what is left is the part without: so the parts are the total, exactly.
 */
export async function breakDown(
  tx: Tx,
  { from, to }: Range,
  by: LineDimension,
  accounts: readonly AccountMovement[],
  { most = mostParts }: { most?: number } = {},
): Promise<{ parts: Part[]; accounts: AccountMovement[] }> {
  const rows = await tx.query<PartRow>(linesBy[by], [tx.companyId, ...activityRange({ from, to })])
  const all = [...accounts, ...(await accountsWithoutTotal(tx, rows, accounts))]
  const { parts, placeOf } = partsOf(rows, most)
  const amounts = new Map(all.map(({ id }) => [id, parts.map(() => 0n)]))
  for (const { account_id, key, amount } of rows) {
    const ofAccount = amounts.get(account_id)
    const place = placeOf(key)
    if (ofAccount !== undefined && place !== undefined) ofAccount[place] = (ofAccount[place] ?? 0n) + amount
  }
  return {
    parts: [...parts, { key: null, name: 'Without' }],
    accounts: all.map((account) => {
      const named = amounts.get(account.id) ?? []
      const [total = 0n, ...others] = account.amounts
      const without = named.reduce((left, amount) => left - amount, total)
      return { ...account, amounts: [...named, without, ...others] }
    }),
  }
}

/** Accounts whose parts take each other back, so that no total led to them. */
async function accountsWithoutTotal(
  tx: Tx,
  rows: readonly PartRow[],
  accounts: readonly AccountMovement[],
): Promise<AccountMovement[]> {
  const known = new Set(accounts.map(({ id }) => id))
  const missing = [...new Set(rows.map(({ account_id }) => account_id))].filter((id) => !known.has(id))
  if (missing.length === 0) return []
  const found = await tx.query<Omit<AccountMovement, 'amounts'>>(
    `select id, code, name, class, role, group_id as "groupId" from account
       where company_id = $1 and id in (select unnest($2::bigint[])) order by code`,
    [tx.companyId, column(missing, (id) => id)],
  )
  return found.map((account) => ({ ...account, amounts: [] }))
}

/** The largest parts first, since they are what is looked for, and which column each key stands in. */
function partsOf(
  rows: readonly PartRow[],
  most: number,
): { parts: Part[]; placeOf: (key: string) => number | undefined } {
  const sizes = new Map<string, { name: string; size: bigint }>()
  for (const { key, name, amount } of rows) {
    const size = sizes.get(key)?.size ?? 0n
    sizes.set(key, { name, size: size + (amount < 0n ? -amount : amount) })
  }
  const keys = [...sizes.keys()].sort((a, b) => {
    const [first, second] = [sizes.get(a)?.size ?? 0n, sizes.get(b)?.size ?? 0n]
    return first > second ? -1 : first < second ? 1 : a < b ? -1 : 1
  })
  const isTooMany = keys.length > most
  const shown = isTooMany ? keys.slice(0, most - 1) : keys
  const parts: Part[] = shown.map((key) => ({ key, name: sizes.get(key)?.name ?? key }))
  if (isTooMany) parts.push({ key: 'others', name: `${keys.length - shown.length} others` })
  const places = new Map(keys.map((key, index) => [key, Math.min(index, parts.length - 1)]))
  return { parts, placeOf: (key) => places.get(key) }
}

// A line that closes a year names none of these, and neither does its reversal.
const linesBy: Readonly<Record<LineDimension, string>> = {
  channel: `select s.account_id, c.code as key, c.name, s.amount_minor as amount
    from (${activityBy('channel')}) s join channel c on c.company_id = $1 and c.id = s.key::bigint`,
  'item-group': `select s.account_id, g.code as key, g.name, sum(s.amount_minor)::bigint as amount
    from (${activityBy('item')}) s
    join item i on i.company_id = $1 and i.id = s.key::bigint
    join item_group g on g.company_id = $1 and g.id = i.item_group_id
    group by 1, 2, 3`,
  country: `select account_id, key, key as name, amount_minor as amount from (${activityBy('country')}) s`,
}
