import type { MoneyJson } from '../../kernel/money.ts'
import { formatMinor, parseMinor } from '../../kernel/money.ts'
import type { ReportDefinition } from '../definition.ts'
import { type Cell, emphasisKey, type Report, type Table } from '../report.ts'

/** A report as a page or a sheet has it. */
export type Section = {
  title: string
  period: string
  currency: string
  table: Table
  /** Smaller tables below it. */
  below?: readonly Table[]
  note?: string
}

export const periodOf = ({ asOf, from, to }: Report): string =>
  asOf === undefined ? (from === undefined ? 'today' : `${from} to ${to}`) : asOf

const more = ({ next }: Report): { note?: string } =>
  typeof next === 'string' ? { note: `More rows follow; the next page begins at ${next}.` } : {}

/** A report as it is handed on as one table: laid out for people, its totals below it. */
export const sectionOf = (definition: ReportDefinition, report: Report): Section => ({
  title: definition.title,
  period: report.asOf === undefined ? periodOf(report) : `At the end of ${report.asOf}`,
  currency: report.currency,
  table: withTotals((definition.printed ?? definition.table)(report), report.currency),
  ...more(report),
})

/** A report as it is printed: its pages, where it has any, or else its table. */
export function printedSections(definition: ReportDefinition, report: Report): Section[] {
  const pages = definition.pages?.(report) ?? []
  if (pages.length === 0) return [sectionOf(definition, report)]
  return pages.map(({ title, currency, tables: [table, ...below] }, index) => ({
    title,
    period: periodOf(report),
    currency,
    table: table ?? { columns: [], rows: [] },
    below,
    ...(index === pages.length - 1 ? more(report) : {}),
  }))
}

/** Adds a last row with the sums of the columns that are to be summed, where all of a column is in one currency. */
export function withTotals(table: Table, baseCurrency: string): Table {
  const { columns, rows, totals = [] } = table
  if (totals.length === 0 || rows.length === 0) return table
  const total: Record<string, Cell> = { [emphasisKey]: 'result' }
  for (const { key } of columns) total[key] = null
  for (const key of totals)
    total[key] = sumOf(
      rows.map((row) => row[key]),
      baseCurrency,
    )
  const label = columns.find(({ kind }) => kind === 'text' || kind === 'date')
  if (label !== undefined) total[label.key] = 'Total'
  return { ...table, rows: [...rows, total] }
}

function sumOf(cells: readonly (Cell | undefined)[], baseCurrency: string): MoneyJson | null {
  const amounts = cells.filter((cell): cell is MoneyJson => typeof cell === 'object' && cell !== null)
  const currency = amounts[0]?.currency ?? baseCurrency
  if (amounts.some((amount) => amount.currency !== currency)) return null
  const sum = amounts.reduce((minor, { amount }) => minor + (parseMinor(amount, currency) ?? 0n), 0n)
  return { amount: formatMinor(sum, currency), currency }
}

/** '1,234,567.89' for '1234567.89'. Decimals after the point stay as they are. */
export const withSeparators = (amount: string): string => {
  const [whole = '', fraction] = amount.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
