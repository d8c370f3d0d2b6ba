import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { companyHeading, moneyColumn, type Report, sourceKey, type Table, textColumn } from './report.ts'
import { linesSource, type Source } from './source.ts'

type CurrencyRow = {
  code: string
  name: string
  role: string | null
  balance: MoneyJson
  base: MoneyJson
  source?: Source | undefined
}
export type CurrencyBalances = Report<CurrencyRow> & { asOf: AccountingDate }

type Stored = { code: string; name: string; role: string | null; currency: string; minor: bigint; base: bigint }

/**
 * What each account holds in each currency at the end of a day, with its base value: debit positive, zero rows left out. The base amounts of an account are its
 * row of the trial balance. With a currency, those of that one.
 */
export async function currencyBalances(
  tx: Tx,
  { asOf, currency }: { asOf: AccountingDate; currency?: string | undefined },
): Promise<CurrencyBalances> {
  const heading = await companyHeading(tx)
  const rows = await tx.query<Stored>(
    `select a.code, a.name, a.role, b.currency, sum(b.currency_amount_minor)::bigint as minor, sum(b.amount_minor)::bigint as base
      from (
        select account_id, currency, currency_amount_minor, amount_minor from account_balance
          where company_id = $1 and grain = 'month' and starts_on < date_trunc('month', $2::date)
        union all
        select account_id, currency, currency_amount_minor, amount_minor from account_balance
          where company_id = $1 and grain = 'day' and starts_on >= date_trunc('month', $2::date) and starts_on <= $2
        union all
        select account_id, currency, currency_amount_minor, amount_minor from account_balance_delta where company_id = $1 and posted_on <= $2
      ) b
      join account a on a.company_id = $1 and a.id = b.account_id
      where $3::text is null or b.currency = $3
      group by a.code, a.name, a.role, b.currency
      having sum(b.currency_amount_minor) <> 0 or sum(b.amount_minor) <> 0
      order by a.code, b.currency`,
    [tx.companyId, asOf, currency ?? null],
  )
  return {
    report: 'currency-balances',
    ...heading,
    asOf,
    rows: rows.map(({ code, name, role, currency: of, minor, base }) => ({
      code,
      name,
      role,
      balance: moneyJson(minor, of),
      base: moneyJson(base, heading.currency),
      source: linesSource([code], { to: asOf, currency: of }),
    })),
  }
}

export const currencyBalancesTable = ({ rows }: CurrencyBalances): Table => ({
  columns: [
    textColumn('code', 'Code'),
    textColumn('name', 'Account'),
    textColumn('role', 'Role'),
    moneyColumn('balance', 'Balance'),
    moneyColumn('base', 'In base currency'),
  ],
  rows: rows.map(({ source, ...row }) => ({ ...row, [sourceKey]: source })),
})
