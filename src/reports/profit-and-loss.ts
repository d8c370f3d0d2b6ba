import type { AccountingDate } from '../kernel/accounting-date.ts'
import { only, type Tx } from '../kernel/database.ts'
import { breakDown, type LineDimension, lineDimensions, type Part } from './breakdown.ts'
import type { Comparison } from './comparison.ts'
import { explainAccount } from './explain.ts'
import { comparedRanges, monthsOf, quartersOf, type Range, titleOfRange } from './periods.ts'
import { companyHeading, moneyIn, type Report, type Table } from './report.ts'
import { layOut, loadGroups, type StatementPart } from './statement.ts'
import {
  type ColumnSources,
  type StatementRow,
  type StatementShape,
  statementRows,
  statementTable,
} from './statement-rows.ts'
import { type AccountMovement, accountMovements } from './stored-balances.ts'

/** What profit and loss can be split into, side by side. */
export const profitAndLossBreakdowns = ['month', 'quarter', ...lineDimensions] as const
export type ProfitAndLossBreakdown = (typeof profitAndLossBreakdowns)[number]

export type ProfitAndLossParameters = Range & { by?: ProfitAndLossBreakdown; compare?: Comparison }

export type ProfitAndLoss = Report<StatementRow> & {
  from: AccountingDate
  to: AccountingDate
  by?: ProfitAndLossBreakdown
  /** The months or quarters whose amounts a row carries as `periods`. */
  periods?: Range[]
  /** The channels, item groups or countries whose amounts a row carries as `parts`; the last, with key null, is of lines that name none. */
  parts?: Part[]
  /** The ranges whose amounts a row carries as `comparisons`, the nearest first, and that one, whose amount is also `comparison`. */
  comparedWith?: Range
  comparedPeriods?: Range[]
  /** The parameters of each column's lines, in place of those in the `source` of a row. */
  sources: ColumnSources
}

/** The headings and results of profit and loss, in order. */
export const profitAndLossParts: readonly StatementPart[] = [
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
  const { from, to, by, compare } = parameters
  const heading = await companyHeading(tx)
  const periods = await periodsOf(tx, parameters)
  const compared = compare === undefined ? [] : comparedRanges({ from, to }, compare)
  const stored = await resultAccounts(tx, [...(periods ?? [{ from, to }]), ...compared])
  const split = isLineDimension(by) ? await breakDown(tx, { from, to }, by, stored) : undefined
  const columns = (split?.parts.length ?? periods?.length ?? 1) + compared.length
  const lines = layOut(profitAndLossParts, split?.accounts ?? stored, await loadGroups(tx), columns)
  const shape: StatementShape = { split: split ? 'parts' : periods && 'periods', compared: compared.length }
  return {
    report: 'profit-and-loss',
    ...heading,
    from,
    to,
    ...(by === undefined ? {} : { by }),
    ...(periods === undefined ? {} : { periods }),
    ...(split === undefined ? {} : { parts: split.parts }),
    ...(compared[0] === undefined ? {} : { comparedWith: compared[0], comparedPeriods: compared }),
    sources: {
      ...(periods === undefined ? {} : { periods: periods.map((range) => ({ ...range })) }),
      ...(split === undefined ? {} : { parts: split.parts.map((part) => partSource(by, part)) }),
      ...(compared.length === 0 ? {} : { comparisons: compared.map((range) => ({ ...range })) }),
    },
    rows: statementRows(lines, {
      shape,
      amountOf: (amounts) => amounts.reduce((sum, amount) => sum + amount, 0n),
      money: moneyIn(heading.currency),
      explain: (account) => explainAccount(tx, { account, from, to }),
      lines: { from, to, yearClosings: 'without' },
    }),
  }
}

/** What narrows lines to a part. The smallest parts together are no one thing that lines could be narrowed to. */
function partSource(by: ProfitAndLossBreakdown | undefined, { key }: Part): Record<string, string> | null {
  if (key === null) return { without: by ?? '' }
  if (key === 'others') return null
  return { [by === 'item-group' ? 'itemGroup' : (by ?? '')]: key }
}

/** What moved on the accounts of income and expense in each of the ranges, year closings left out. */
export const resultAccounts = async (tx: Tx, ranges: readonly Range[]): Promise<AccountMovement[]> =>
  (await accountMovements(tx, ranges, { withoutYearClosings: true })).filter(
    (account) => account.class === 'income' || account.class === 'expense',
  )

const isLineDimension = (by: ProfitAndLossBreakdown | undefined): by is LineDimension =>
  lineDimensions.some((dimension) => dimension === by)

async function periodsOf(tx: Tx, { from, to, by }: ProfitAndLossParameters): Promise<Range[] | undefined> {
  if (by === 'month') return monthsOf({ from, to })
  return by === 'quarter' ? quartersOf({ from, to }, await fiscalYearStart(tx)) : undefined
}

/** The number of the month with which the company's fiscal year starts. */
export async function fiscalYearStart(tx: Tx): Promise<number> {
  return only(
    await tx.query<{ month: number }>('select fiscal_year_start_month as month from company where id = $1', [
      tx.companyId,
    ]),
  ).month
}

export const profitAndLossTable = (report: ProfitAndLoss): Table =>
  statementTable(report, {
    split: report.parts?.map(({ name }) => name) ?? (report.periods ?? []).map(titleOfRange),
    amount: report.by === undefined ? 'Amount' : 'Total',
    compared: (report.comparedPeriods ?? []).map(titleOfRange),
  })
