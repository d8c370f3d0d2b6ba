import { type AccountingDate, endOfMonth, nextDay, startOfMonth } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import type { AccountClass } from '../ledger/charts/index.ts'

/** Days of the books, both included; without `from`, everything up to `to`. */
export type DayRange = { readonly from: AccountingDate | null; readonly to: AccountingDate }

/** What moved on an account: minor units of the base currency, debit positive, one amount for each range that was asked for. */
export type AccountMovement = {
  id: bigint
  code: string
  name: string
  class: AccountClass
  role: string | null
  groupId: bigint | null
  amounts: bigint[]
}

export type MovementOptions = {
  /** Leaves out the entries that close a year, and their reversals: what profit and loss shows. */
  withoutYearClosings?: boolean
  /** Only this account. */
  accountId?: bigint
}

type MovedRow = Omit<AccountMovement, 'amounts'> & { place: number; amount: bigint }

/**
 * The movements of accounts in each of the ranges, in order of code, from stored balances: rows of whole months where a range holds whole
 * months, rows of days at its edges, and the deltas not folded yet. One statement, so that a fold beside it changes nothing, and no line
 * of the journal is added up, save the few of entries that close a year. Accounts that nothing moved are left out.
 */
export async function accountMovements(
  tx: Tx,
  ranges: readonly DayRange[],
  options: MovementOptions = {},
): Promise<AccountMovement[]> {
  const months = ranges.map(wholeMonths)
  const { withoutYearClosings = false, accountId } = options
  const statement = statements[withoutYearClosings ? 'withoutYearClosings' : 'all'][accountId ? 'ofOne' : 'ofAll']
  const rows = await tx.query<MovedRow>(statement, [
    tx.companyId,
    column(ranges, (range) => range.from ?? '-infinity'),
    column(ranges, (range) => range.to),
    column(months, (range) => range.first),
    column(months, (range) => range.after),
    ...(accountId ? [accountId] : []),
  ])
  const accounts = new Map<bigint, AccountMovement>()
  for (const { place, amount, ...account } of rows) {
    let found = accounts.get(account.id)
    if (found === undefined) {
      found = { ...account, amounts: ranges.map(() => 0n) }
      accounts.set(account.id, found)
    }
    found.amounts[place - 1] = amount
  }
  return [...accounts.values()]
}

/**
 * The balances of accounts at the end of each of the days, in the order of the days. The days between them are read once, however many days
 * are asked for.
 */
export async function accountBalances(tx: Tx, days: readonly AccountingDate[]): Promise<AccountMovement[]> {
  const ordered = [...new Set(days)].sort()
  const ranges = ordered.map((to, index) => ({
    from: index === 0 ? null : nextDay(ordered[index - 1] as AccountingDate),
    to,
  }))
  return (await accountMovements(tx, ranges)).map((account) => {
    let balance = 0n
    const balances = account.amounts.map((amount) => {
      balance += amount
      return balance
    })
    return { ...account, amounts: days.map((day) => balances[ordered.indexOf(day)] ?? 0n) }
  })
}

/** The first whole month of a range, and the first day after its last whole month. Equal where there is none. */
export function wholeMonths({ from, to }: DayRange): { first: string; after: string } {
  const after = to === endOfMonth(to) ? nextDay(to) : startOfMonth(to)
  if (from === null) return { first: '-infinity', after }
  const first = from === startOfMonth(from) ? from : nextDay(endOfMonth(from))
  return first < after ? { first, after } : { first: nextDay(to), after: nextDay(to) }
}

// With one account it is part of each index condition, so that rows of others are not even fetched.
const storedMovements = (account: string): string => `
  select r.place, b.account_id, b.amount_minor
    from wanted r cross join lateral (
      select m.account_id, m.amount_minor from account_balance m
        where m.company_id = $1 and m.grain = 'month' and m.starts_on >= r.first_month and m.starts_on < r.after_months ${account}
      union all
      select d.account_id, d.amount_minor from account_balance d
        where d.company_id = $1 and d.grain = 'day' and d.starts_on >= r.first_day and d.starts_on < r.first_month ${account}
      union all
      select d.account_id, d.amount_minor from account_balance d
        where d.company_id = $1 and d.grain = 'day' and d.starts_on >= r.after_months and d.starts_on <= r.last_day ${account}
      union all
      select p.account_id, p.amount_minor from account_balance_delta p
        where p.company_id = $1 and p.posted_on between r.first_day and r.last_day ${account}
    ) b`

/** For `with recursive`: the entries that close a year, and their reversals. */
export const closingEntries = `
  closing as (
    select e.id, e.posted_on from journal_entry e where e.company_id = $1 and e.closes_year
    union
    select e.id, e.posted_on from closing c join journal_entry e on e.company_id = $1 and e.reverses_id = c.id
  )`

// The reversal of a closing takes back what is left out, so it is left out as well. The lines are fetched entry by entry (offset 0 keeps
// the subquery in its place), so that no plan reads the journal from end to end for a handful of entries.
const closingMovements = (account: string): string => `
  select r.place, l.account_id, -l.amount_minor
    from closing c
    join wanted r on c.posted_on between r.first_day and r.last_day
    cross join lateral (
      select account_id, amount_minor from journal_line where company_id = $1 and entry_id = c.id ${account} offset 0
    ) l`

const sumOf = (ctes: string, movements: string): string => `
  with recursive wanted as (
    select * from unnest($2::date[], $3::date[], $4::date[], $5::date[]) with ordinality
      as r (first_day, last_day, first_month, after_months, place)
  )${ctes}, moved as (
    select place, account_id, sum(amount_minor)::bigint as amount
      from (${movements}) as m (place, account_id, amount_minor) group by place, account_id having sum(amount_minor) <> 0
  )
  select a.id, a.code, a.name, a.class, a.role, a.group_id as "groupId", m.place::int, m.amount
    from moved m join account a on a.company_id = $1 and a.id = m.account_id
    order by a.code, m.place`

const all = (account: string): string => sumOf('', storedMovements(account))
const withoutClosings = (account: string): string =>
  sumOf(`, ${closingEntries}`, `${storedMovements(account)} union all ${closingMovements(account)}`)

const statements = {
  all: { ofAll: all(''), ofOne: all('and account_id = $6') },
  withoutYearClosings: { ofAll: withoutClosings(''), ofOne: withoutClosings('and account_id = $6') },
} as const
