import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import type { Comparison } from './comparison.ts'
import { explainAccount } from './explain.ts'
import { comparedDays, monthsOf, quartersOf } from './periods.ts'
import { fiscalYearStart } from './profit-and-loss.ts'
import { companyHeading, moneyIn, type Report, type Table } from './report.ts'
import { layOut, loadGroups, type StatementPart } from './statement.ts'
import {
  type ColumnSources,
  type StatementRow,
  type StatementShape,
  statementRows,
  statementTable,
} from './statement-rows.ts'
import { type AccountMovement, accountBalances } from './stored-balances.ts'

export const balanceSheetBreakdowns = ['month', 'quarter'] as const
export type BalanceSheetBreakdown = (typeof balanceSheetBreakdowns)[number]

export type BalanceSheetParameters = {
  asOf: AccountingDate
  /** Shows the end of every month or quarter from the one of `from` to the day of the report. */
  by?: { period: BalanceSheetBreakdown; from: AccountingDate }
  compare?: Comparison
}

export type BalanceSheet = Report<StatementRow> & {
  asOf: AccountingDate
  /** The days whose balances a row carries as `periods`. */
  periods?: AccountingDate[]
  /** The days whose balances a row carries as `comparisons`, the nearest first, and that one, whose balance is also `comparison`. */
  comparedWith?: AccountingDate
  comparedPeriods?: AccountingDate[]
  /** The parameters of each column's lines, in place of those in the `source` of a row. */
  sources: ColumnSources
}

/**
 * What the company owns and owes at the end of a day, grouped by the chart's headings. Assets, liabilities and equity are all positive. The
 * result that no closing has moved to retained earnings yet is a line of equity, so that both sides are equal on every day.
 */
export async function balanceSheet(tx: Tx, { asOf, by, compare }: BalanceSheetParameters): Promise<BalanceSheet> {
  const heading = await companyHeading(tx)
  const periods = by === undefined ? undefined : await endsOf(tx, by, asOf)
  const compared = compare === undefined ? [] : comparedDays(asOf, compare)
  const days = [...(periods ?? [asOf]), ...compared]
  const accounts = await accountBalances(tx, days)
  const lines = layOut(
    partsWith(
      currentResult(accounts, days.length),
      accounts.filter((account) => !isOnSheet(account)).map(({ code }) => code),
    ),
    accounts.filter(isOnSheet),
    await loadGroups(tx),
    days.length,
  )
  const shape: StatementShape = { split: periods && 'periods', compared: compared.length }
  return {
    report: 'balance-sheet',
    ...heading,
    asOf,
    ...(periods === undefined ? {} : { periods }),
    ...(compared[0] === undefined ? {} : { comparedWith: compared[0], comparedPeriods: compared }),
    sources: {
      ...(periods === undefined ? {} : { periods: periods.map((to) => ({ to })) }),
      ...(compared.length === 0 ? {} : { comparisons: compared.map((to) => ({ to })) }),
    },
    rows: statementRows(lines, {
      shape,
      amountOf: (amounts) => amounts.at(-1) ?? 0n,
      money: moneyIn(heading.currency),
      explain: (account) => explainAccount(tx, { account, to: asOf }),
      lines: { to: asOf },
    }),
  }
}

async function endsOf(
  tx: Tx,
  { period, from }: NonNullable<BalanceSheetParameters['by']>,
  to: AccountingDate,
): Promise<AccountingDate[]> {
  const ranges = period === 'month' ? monthsOf({ from, to }) : quartersOf({ from, to }, await fiscalYearStart(tx))
  return ranges.map((range) => range.to)
}

const isOnSheet = ({ class: accountClass }: AccountMovement): boolean =>
  accountClass !== 'income' && accountClass !== 'expense'

/** What income left over expenses, on each of the days; a profit is positive. */
function currentResult(accounts: readonly AccountMovement[], days: number): bigint[] {
  const result = Array.from({ length: days }, () => 0n)
  for (const account of accounts) {
    if (isOnSheet(account)) continue
    for (const [index, amount] of account.amounts.entries()) result[index] = (result[index] ?? 0n) - amount
  }
  return result
}

const partsWith = (amounts: bigint[], resultAccounts: readonly string[]): StatementPart[] => [
  { heading: 'fixed_assets' },
  { heading: 'current_assets' },
  { result: 'total_assets', name: 'Total assets', of: ['fixed_assets', 'current_assets'] },
  { heading: 'current_liabilities' },
  { heading: 'long_term_liabilities' },
  { result: 'total_liabilities', name: 'Total liabilities', of: ['current_liabilities', 'long_term_liabilities'] },
  {
    heading: 'equity',
    plus: {
      kind: 'result',
      code: 'current_result',
      name: 'Current result',
      role: null,
      level: 1,
      amounts,
      accounts: resultAccounts,
    },
  },
  {
    result: 'liabilities_and_equity',
    name: 'Total liabilities and equity',
    of: ['current_liabilities', 'long_term_liabilities', 'equity'],
  },
]

// With periods the last of them is the day of the report, so its column stands for the amount as well.
export const balanceSheetTable = (report: BalanceSheet): Table =>
  statementTable(report, {
    split: (report.periods ?? []).slice(0, -1),
    amount: report.asOf,
    compared: report.comparedPeriods ?? [],
  })
