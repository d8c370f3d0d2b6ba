import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { type Comparison, comparedRange, monthsOf, type Range } from './periods.ts'
import { companyHeading, moneyIn, type Report, type Table } from './report.ts'
import { layOut, loadGroups, type StatementPart } from './statement.ts'
import { type StatementRow, statementRows, statementTable } from './statement-rows.ts'
import { accountMovements } from './stored-balances.ts'

export type ProfitAndLossParameters = Range & { byMonth?: boolean; compare?: Comparison }

export type ProfitAndLoss = Report<StatementRow> & {
  from: AccountingDate
  to: AccountingDate
  /** The months whose amounts a row carries as `periods`. */
  periods?: Range[]
  /** The range whose amounts a row carries as `comparison`. */
  comparedWith?: Range
}

const parts: readonly StatementPart[] = [
  { heading: 'revenue' },
  { heading: 'cost_of_sales' },
  { result: 'gross_profit', name: 'Gross profit' },
  { heading: 'other_income' },
  { heading: 'overheads' },
  { result: 'operating_profit', name: 'Operating profit' },
  { heading: 'finance_costs' },
  { result: 'profit_before_tax', name: 'Profit before tax' },
  { heading: 'taxation' },
  { result: 'profit', name: 'Profit' },
]

/**
 * What was earned and spent in a range, grouped by the chart's headings, with gross, operating and final profit. Income and costs are both
 * positive, results are positive when they are profits. Entries that close a year are left out: they move a result, and make none.
 */
export async function profitAndLoss(tx: Tx, parameters: ProfitAndLossParameters): Promise<ProfitAndLoss> {
  const { from, to, byMonth = false, compare } = parameters
  const heading = await companyHeading(tx)
  const periods = byMonth ? monthsOf({ from, to }) : [{ from, to }]
  const comparedWith = compare === undefined ? undefined : comparedRange({ from, to }, compare)
  const ranges = comparedWith === undefined ? periods : [...periods, comparedWith]
  const accounts = (await accountMovements(tx, ranges, { withoutYearClosings: true })).filter(
    (account) => account.class === 'income' || account.class === 'expense',
  )
  const lines = layOut(parts, accounts, await loadGroups(tx), ranges.length)
  const shape = { periods: byMonth ? periods.length : 0, compared: comparedWith !== undefined }
  const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
  return {
    report: 'profit-and-loss',
    ...heading,
    from,
    to,
    ...(byMonth ? { periods } : {}),
    ...(comparedWith === undefined ? {} : { comparedWith }),
    rows: statementRows(lines, shape, sumOf, moneyIn(heading.currency)),
  }
}

export const profitAndLossTable = (report: ProfitAndLoss): Table =>
  statementTable(
    report,
    (report.periods ?? []).map(({ from }) => from.slice(0, 7)),
    report.comparedWith && `${report.comparedWith.from} to ${report.comparedWith.to}`,
  )
