import type { ReportTable } from '../../../../../clients/typescript/src/api.ts'
import type { ChartData } from '../../../../ui/chart-data.ts'
import { monthOf } from '../../../../ui/days.ts'
import { type Amount, minorUnits, placesOf, sumOf } from '../../../../ui/exact.ts'
import { writtenDay, writtenMonth } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { t } from './texts.ts'

type Row = ReportTable['rows'][number]
type AddressOf = (source: Row['sources'][string] | null | undefined) => string | undefined
type Asked = { by: string | undefined; addressOf: AddressOf }

/** More parts than this are looked at in the table. */
const MOST_PARTS = 15
const MOST_PERIODS = 36

const amountIn = (row: Row | undefined, key: string): Amount | null => {
  const cell = row?.cells[key]
  return typeof cell === 'object' && cell !== null && 'amount' in cell ? (cell as Amount) : null
}

const inTime: ReadonlySet<string | undefined> = new Set(['month', 'quarter'])

/** A month or quarter as the reader's locale writes it, briefly; any other title as it is. */
export function shortTitle(title: string): string {
  const [, first] = /^(\d{4}-\d\d)(?:-\d\d)?$/.exec(title) ?? []
  if (first !== undefined) return writtenMonth(first, locale, 'short')
  const [, from, to] = /^(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)$/.exec(title) ?? []
  if (from === undefined || to === undefined) return title
  if (monthOf(from).from !== from || monthOf(to).to !== to)
    return `${writtenDay(from, locale)} – ${writtenDay(to, locale)}`
  if (monthOf(from).to === to) return writtenMonth(from, locale, 'short')
  return `${writtenMonth(from, locale, 'short')} – ${writtenMonth(to, locale, 'short')}`
}

/** What a statement's periods or parts come to, in the rows that matter. */
function statement(
  table: ReportTable,
  rows: readonly (Row | undefined)[],
  { by, addressOf }: Asked,
): ChartData | undefined {
  const split = table.columns.filter(({ key }) => /^period\d+$/.test(key))
  const shown = rows.flatMap((row) => (row === undefined ? [] : [row]))
  if (split.length < 2 || shown.length === 0) return undefined
  const inOrder = inTime.has(by)
  const series = inOrder ? shown : shown.slice(0, 1)
  return {
    label: table.title,
    inOrder,
    series: series.map(({ cells }) => String(cells.name)),
    places: split.slice(0, inOrder ? MOST_PERIODS : MOST_PARTS).map(({ key, title }) => ({
      key,
      name: shortTitle(title),
      amounts: series.map((row) => amountIn(row, key)),
      to: addressOf(series[0]?.sources[key]),
    })),
  }
}

const emphasised = (table: ReportTable, emphasis: string): Row[] =>
  table.rows.filter((row) => row.emphasis === emphasis)

const ages = ['current', 'days1To30', 'days31To60', 'days61To90', 'over90']

/** What is owed by how long it has been due: of the currency of the books. */
function aged(table: ReportTable): ChartData | undefined {
  const total = table.rows.find(
    (row) => row.emphasis !== undefined && amountIn(row, 'total')?.currency === table.currency,
  )
  const columns = table.columns.filter(({ key }) => ages.includes(key))
  if (total === undefined || columns.length === 0) return undefined
  return {
    label: table.title,
    inOrder: true,
    series: [t('openByAge')],
    places: columns.map(({ key, title }) => ({ key, name: title, amounts: [amountIn(total, key)] })),
  }
}

/** Net sales by what they are told apart by: the most of parts first, periods in their order. */
function sales(table: ReportTable, { by = 'month', addressOf }: Asked): ChartData | undefined {
  const inOrder = inTime.has(by)
  const own = (table.largest ?? table.rows).filter((row) => amountIn(row, 'net')?.currency === table.currency)
  const rows = inOrder ? own.slice(-MOST_PERIODS) : largest(own)
  if (rows.length < 2) return undefined
  const compared = table.columns.find(({ key }) => key === 'comparison')
  const columns = ['net', ...(compared ? ['comparison'] : [])]
  return {
    label: table.title,
    inOrder,
    series: [t('netSales'), ...(compared ? [t('before')] : [])],
    places: rows.map((row) => ({
      key: String(row.cells.key),
      name: shortTitle(String((inOrder ? row.cells.key : row.cells.name || row.cells.key) ?? t('without'))),
      amounts: columns.map((key) => amountIn(row, key)),
      to: addressOf(row.sources.net),
    })),
  }
}

function largest(rows: readonly Row[]): Row[] {
  const places = Math.max(0, ...rows.map((row) => placesOf(amountIn(row, 'net')?.amount ?? '0')))
  const units = (row: Row): bigint => minorUnits(amountIn(row, 'net')?.amount ?? '0', places)
  return rows.toSorted((a, b) => (units(a) > units(b) ? -1 : units(a) < units(b) ? 1 : 0)).slice(0, MOST_PARTS)
}

/** Tax by period: what sales and what purchases bring. */
function tax(table: ReportTable): ChartData | undefined {
  if (!table.columns.some(({ key }) => key === 'period')) return undefined
  const periods = [...new Set(table.rows.map(({ cells }) => String(cells.period)))]
  const sides = [...new Set(table.rows.map(({ cells }) => String(cells.side)))].slice(0, 2)
  return {
    label: table.title,
    inOrder: true,
    series: sides,
    places: periods.slice(-MOST_PERIODS).map((period) => ({
      key: period,
      name: shortTitle(period),
      amounts: sides.map((side) => {
        const rows = table.rows.filter(({ cells }) => cells.period === period && cells.side === side)
        return sumOf(rows.flatMap((row) => amountIn(row, 'tax') ?? [])) ?? null
      }),
    })),
  }
}

/** Those that are drawn of what stands in every answer, however many rows it leaves out: sums, and the largest. */
const ofAnyRows: ReadonlySet<string> = new Set(['aged-receivables', 'aged-payables', 'sales'])

/** What of a report one sees better drawn; undefined where a table says it best, or where rows are left out that belong to it. */
export function chartOf(table: ReportTable, asked: Asked): ChartData | undefined {
  if (table.more > 0 && !ofAnyRows.has(table.report)) return undefined
  const totals = emphasised(table, 'total')
  const results = emphasised(table, 'result')
  switch (table.report) {
    case 'profit-and-loss':
      return statement(table, [totals[0], results.at(-1)], asked)
    case 'cash-flow':
      return statement(table, [results.at(-1), results.at(-3)], asked)
    case 'balance-sheet':
      return statement(table, [results.at(-1)], asked)
    case 'aged-receivables':
    case 'aged-payables':
      return aged(table)
    case 'sales':
      return sales(table, asked)
    case 'tax-summary':
      return tax(table)
    default:
      return undefined
  }
}
