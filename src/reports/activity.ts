import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Range } from './periods.ts'
import { wholeMonths } from './stored-balances.ts'

/** What the stored activity tells apart: a key is the id of an item or channel, or the code of a country. */
export type ActivityDimension = 'item' | 'channel' | 'country'

/** The parameters of `activityBy`, after the company: the range, its first whole month, and the first day after its last one. */
export function activityRange(range: Range): [AccountingDate, AccountingDate, string, string] {
  const { first, after } = wholeMonths(range)
  return [range.from, range.to, first, after]
}

const keys: Readonly<Record<ActivityDimension, string>> = {
  item: 'l.item_id::text',
  channel: 'l.channel_id::text',
  country: '(select d.country from sales_document d where d.company_id = $1 and d.id = l.document_id)',
}

const stored = (dimension: ActivityDimension, grain: string, days: string): string => `
  select account_id, key, amount_minor from account_activity
    where company_id = $1 and dimension = '${dimension}' and grain = '${grain}' and ${days}`

// Entries that were sealed since the last fold, and those that no sealer has seen: looked up one by one (offset 0 keeps each in its place). No position is above the
// upper bound: it tells the planner that few seals are asked for, which would else take them for a third of all. And `coalesce` stands within its query, since
// row-level security lets no condition into an index that holds it.
const unfolded = `
  select s.entry_id from journal_seal s
    where s.company_id = $1 and s.position > (select coalesce(max(position), 0) from activity_fold where company_id = $1)
      and s.position <= 9223372036854775807
  union
  select e.id from journal_batch b
    cross join lateral (
      select id from journal_entry where company_id = $1 and id between b.first_entry_id and b.last_entry_id offset 0
    ) e
    where b.company_id = $1 and not exists (select from journal_seal s where s.company_id = $1 and s.entry_id = e.id offset 0)`

// The accounts are read once. Joined, they are few enough for the planner to go through all entries again for each of them.
const isAccount = (id: string, condition: string): string =>
  `${id} = any (array(select id from account where company_id = $1 and ${condition}))`

/**
 * SQL for the days on which something was booked on accounts under keys, with those of all entries that are not folded yet: no line of the keys is on
 * another one. `accounts` and `from`, `to` are places of parameters, `keysOf` a query for the keys.
 */
export const activeDays = (
  dimension: ActivityDimension,
  { accounts, from, to, keysOf }: { accounts: string; from: string; to: string; keysOf: string },
): string => `
  select starts_on from account_activity
    where company_id = $1 and dimension = '${dimension}' and grain = 'day' and key in (${keysOf}) and starts_on between ${from} and ${to}
      and account_id = any (${accounts}::bigint[])
  union
  select e.posted_on from (${unfolded}) u
    cross join lateral (select posted_on from journal_entry where company_id = $1 and id = u.entry_id offset 0) e
    where e.posted_on between ${from} and ${to}`

/**
 * SQL that sums what moved on the accounts of profit and loss by what lines name, with the columns `account_id`, `key` and `amount_minor` (debit
 * positive): whole months, the days at the edges of the range, and the lines that are not folded yet. Its parameters are the company as $1
 * and those of `activityRange` as $2 to $5.
 */
export const activityBy = (dimension: ActivityDimension): string => `
  select account_id, key, sum(amount_minor)::bigint as amount_minor from (
    ${stored(dimension, 'month', 'starts_on >= $4::date and starts_on < $5::date')}
    union all ${stored(dimension, 'day', 'starts_on >= $2::date and starts_on < $4::date')}
    union all ${stored(dimension, 'day', 'starts_on >= $5::date and starts_on <= $3::date')}
    union all
    select l.account_id, ${keys[dimension]}, l.amount_minor from (${unfolded}) u
      cross join lateral (
        select * from journal_line where company_id = $1 and entry_id = u.entry_id and posted_on between $2 and $3 offset 0
      ) l
      where ${isAccount('l.account_id', `class in ('income', 'expense')`)}
  ) m where key is not null group by account_id, key`

/** SQL for the ranges of a report: their parameters are arrays of dates, $2 and $3 the first and last days, $4 and $5 the first whole months and the days after the last ones. */
const wanted = `unnest($2::date[], $3::date[], $4::date[], $5::date[]) with ordinality as w (first_day, last_day, first_month, after_months, place)`

/** The parameters of SQL over several ranges, after the company. */
export const rangesOfActivity = (ranges: readonly Range[]): (string | null)[] => {
  const months = ranges.map(wholeMonths)
  return [
    column(ranges, ({ from }) => from),
    column(ranges, ({ to }) => to),
    column(months, ({ first }) => first),
    column(months, ({ after }) => after),
  ]
}

/** Whole months and the days at the edges of each range from a table of stored activity. */
const storedIn = (table: string, columns: string): string => {
  const rows = (grain: string, days: string) =>
    `select ${columns} from ${table} where company_id = $1 and grain = '${grain}' and ${days}`
  return `
    select w.place, s.* from ${wanted} cross join lateral (
      ${rows('month', 'starts_on >= w.first_month and starts_on < w.after_months')}
      union all ${rows('day', 'starts_on >= w.first_day and starts_on < w.first_month')}
      union all ${rows('day', 'starts_on >= w.after_months and starts_on <= w.last_day')}
    ) s`
}

/**
 * SQL for what moved on accounts of tax and what was sold without: `place`, `account_id` (0 without tax), `authority` and `tax_code_id` (empty and 0 where lines name
 * none), `base_minor`, `amount_minor` and `lines`. Its parameters are the company and those of `rangesOfActivity`.
 */
export const taxActivity = `
  ${storedIn('tax_activity', 'account_id, authority, tax_code_id, base_minor, amount_minor, lines')}
  union all
  select w.place, l.account_id, coalesce(l.tax_authority, ''), coalesce(l.tax_code_id, 0), coalesce(l.tax_base_minor, 0), l.amount_minor, 1
    from (${unfolded}) u
    cross join lateral (select * from journal_line where company_id = $1 and entry_id = u.entry_id offset 0) l
    join ${wanted} on l.posted_on between w.first_day and w.last_day
    where ${isAccount('l.account_id', `role in ('output_tax', 'output_tax_pending', 'input_tax', 'input_tax_pending')`)}
  union all
  select w.place, 0, '', x.tax_code_id, x.base_minor, 0, 1
    from (${unfolded}) u
    cross join lateral (select * from untaxed_sale where company_id = $1 and entry_id = u.entry_id offset 0) x
    join ${wanted} on x.posted_on between w.first_day and w.last_day`

/**
 * SQL for what moved on each account in entries of one shape: `place`, `accounts` (all that the entries have lines on, in order), `account_id`,
 * `debit_minor` and `credit_minor`. Its parameters are the company and those of `rangesOfActivity`.
 */
export const shapeActivity = `
  ${storedIn('shape_activity', 'accounts, account_id, debit_minor, credit_minor')}
  union all
  ${shapesOf(unfolded)}`

/** The same of single entries, whose ids a query gives: the accounts are gathered once an entry, not once a line of it. */
export function shapesOf(entries: string): string {
  return `
    select w.place, s.accounts, l.account_id, greatest(l.amount_minor, 0), greatest(-l.amount_minor, 0)
      from (
        select u.entry_id, a.accounts from (${entries}) u
          cross join lateral (
            select array_agg(distinct account_id order by account_id) as accounts from journal_line where company_id = $1 and entry_id = u.entry_id
          ) a offset 0
      ) s
      cross join lateral (select * from journal_line where company_id = $1 and entry_id = s.entry_id offset 0) l
      join ${wanted} on l.posted_on between w.first_day and w.last_day`
}

/** SQL for what was booked of one item by month, credits positive: the company as $1, the item as $2, the accounts as $3. */
export const monthsOfItem = `
  select month, -sum(amount_minor)::bigint as minor from (
    select starts_on as month, amount_minor from account_activity
      where company_id = $1 and dimension = 'item' and grain = 'month' and key = $2::text and account_id = any ($3::bigint[])
    union all
    select date_trunc('month', l.posted_on)::date, l.amount_minor from (${unfolded}) u
      cross join lateral (
        select posted_on, amount_minor from journal_line
          where company_id = $1 and entry_id = u.entry_id and item_id = $2::text::bigint and account_id = any ($3::bigint[]) offset 0
      ) l
  ) m group by month`
