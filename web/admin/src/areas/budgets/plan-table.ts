import { amountIn, keyOf, type Typed, type Typing } from './plan.ts'
import { t } from './texts.ts'

const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

type Head = { account: number; channel: number; month: number; amount: number; months: { at: number; month: string }[] }

/** Which column of a table is what; undefined where it is no table of a plan. */
export function headOf(row: readonly string[]): Head | undefined {
  const names = row.map((name) => name.toLocaleLowerCase())
  const months = row.flatMap((month, at) => (isMonth(month) ? [{ at, month }] : []))
  const at = (name: string): number => names.indexOf(name)
  const head = { account: at('account'), channel: at('channel'), month: at('month'), amount: at('amount'), months }
  const isLong = head.month >= 0 && head.amount >= 0
  return head.account >= 0 && (isLong || months.length > 0) ? head : undefined
}

type Reading = { known: ReadonlySet<string>; typing: Typing; currency: string; channel: string | null }

/**
 * Reads a table with a head: `account` and a column for each month, or `account`, `month` and `amount`, perhaps with `channel`. What does not
 * fit is told by line, and then nothing is to be taken.
 */
export function readPlan(table: readonly (readonly string[])[], reading: Reading): { typed: Typed; wrong: string[] } {
  const [first = [], ...rows] = table
  const head = headOf(first)
  if (head === undefined) return { typed: {}, wrong: [t('wrongHead')] }
  const typed: Record<string, string> = {}
  const wrong = rows.flatMap((row, index) =>
    row.every((cell) => cell === '') ? [] : takeRow(row, index + 2, { head, reading, typed }),
  )
  return { typed, wrong }
}

type Taking = { head: Head; reading: Reading; typed: Record<string, string> }

/** Puts the amounts of a row to the others; says what does not fit. */
function takeRow(row: readonly string[], line: number, { head, reading, typed }: Taking): string[] {
  const said = (text: string | undefined): string => (text ? `'${text}'` : t('nothing'))
  const account = row[head.account] ?? ''
  if (!reading.known.has(account)) return [t('wrongAccount', { line, found: said(account) })]
  const named = head.channel < 0 ? '' : (row[head.channel] ?? '')
  const channel = named === '' ? reading.channel : named
  const cells =
    head.months.length > 0
      ? head.months.flatMap(({ at, month }) => (row[at] ? [{ month, text: row[at] }] : []))
      : [{ month: row[head.month] ?? '', text: row[head.amount] ?? '' }]
  return cells.flatMap(({ month, text }) => {
    if (!isMonth(month)) return [t('wrongMonth', { line, found: said(month) })]
    if (text === '' || amountIn(text, reading.typing) === undefined)
      return [t('wrongAmount', { line, found: said(text), currency: reading.currency })]
    const key = keyOf({ account, month, channel })
    if (typed[key] !== undefined) return [t('wrongTwice', { line, found: `${account} ${month}` })]
    typed[key] = text
    return []
  })
}
