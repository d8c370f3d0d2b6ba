import type { AccountingDate } from '../kernel/accounting-date.ts'
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

// Entries that were sealed since the last fold, and those that no sealer has seen: looked up one by one (offset 0 keeps each in its place).
const unfolded = `
  select s.entry_id from journal_seal s
    where s.company_id = $1 and s.position > coalesce((select position from activity_fold where company_id = $1), 0)
  union
  select e.id from journal_batch b
    cross join lateral (
      select id from journal_entry where company_id = $1 and id between b.first_entry_id and b.last_entry_id offset 0
    ) e
    where b.company_id = $1 and not exists (select from journal_seal s where s.company_id = $1 and s.entry_id = e.id offset 0)`

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
      join account a on a.company_id = $1 and a.id = l.account_id and a.class in ('income', 'expense')
  ) m where key is not null group by account_id, key`
