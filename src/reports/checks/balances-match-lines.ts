import { moneyJson } from '../../kernel/money.ts'
import { companyHeading } from '../report.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenBalance = Broken & {
  grain: string
  starts_on: string
  account: string | null
  currency: string
  stored: bigint
  lines: bigint
  stored_in_currency: bigint
  lines_in_currency: bigint
}

/** Every stored balance, folded and pending together, equals the sum of its lines, in both grains and both currencies. */
export const balancesMatchLines: Check = {
  name: 'balances-match-lines',
  async run(tx) {
    const heading = await companyHeading(tx)
    const { compared, broken } = await compareRows<BrokenBalance>(tx, balancesBesideLines, 'grain, starts_on, account')
    return outcomeOf(
      compared,
      broken.map((row) => ({
        account: row.account,
        grain: row.grain,
        startsOn: row.starts_on,
        what: row.what,
        stored: moneyJson(row.stored, heading.currency),
        lines: moneyJson(row.lines, heading.currency),
        storedInCurrency: moneyJson(row.stored_in_currency, row.currency),
        linesInCurrency: moneyJson(row.lines_in_currency, row.currency),
      })),
    )
  },
}

const bothGrains = (days: string): string => `
  select 'day' as grain, account_id, starts_on, currency, amount_minor, currency_amount_minor from ${days}
  union all
  select 'month', account_id, date_trunc('month', starts_on)::date, currency, amount_minor, currency_amount_minor from ${days}`

const summed = (rows: string): string => `
  select grain, account_id, starts_on, currency, sum(amount_minor)::bigint as amount_minor, sum(currency_amount_minor)::bigint as currency_amount_minor
    from (${rows}) r group by grain, account_id, starts_on, currency`

const balancesBesideLines = `
  with line as materialized (
    select account_id, posted_on as starts_on, currency, sum(amount_minor) as amount_minor, sum(currency_amount_minor) as currency_amount_minor
      from journal_line where company_id = $1 group by account_id, posted_on, currency
  ), pending as materialized (
    select account_id, posted_on as starts_on, currency, amount_minor, currency_amount_minor from account_balance_delta where company_id = $1
  ), stored as (${summed(`
    select grain, account_id, starts_on, currency, amount_minor, currency_amount_minor from account_balance where company_id = $1
    union all ${bothGrains('pending')}`)}
  ), expected as (${summed(bothGrains('line'))})
  select grain, starts_on, a.code as account, currency, coalesce(s.amount_minor, 0) as stored, coalesce(x.amount_minor, 0) as lines,
      coalesce(s.currency_amount_minor, 0) as stored_in_currency, coalesce(x.currency_amount_minor, 0) as lines_in_currency,
      case when coalesce(s.amount_minor, 0) <> coalesce(x.amount_minor, 0)
          or coalesce(s.currency_amount_minor, 0) <> coalesce(x.currency_amount_minor, 0) then 'the stored balance is not the sum of its lines' end as what
    from stored s full join expected x using (grain, account_id, starts_on, currency)
    left join account a on a.company_id = $1 and a.id = account_id`
