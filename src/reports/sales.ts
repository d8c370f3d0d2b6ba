import { type AccountingDate, accountingDate, endOfMonth } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { type ComparedAmount, type Comparison, comparedAmount, comparedCells, comparedColumns } from './comparison.ts'
import { comparedRanges, monthsOf, quartersOf, type Range, startOfQuarter, titleOfRange } from './periods.ts'
import { fiscalYearStart } from './profit-and-loss.ts'
import { companyHeading, moneyColumn, type Report, sourceKey, type Table, type TableRow, textColumn } from './report.ts'
import { type SalesActivity, salesActivity, salesOfDocuments, sumsOfSales } from './sales-activity.ts'
import { listSource, type Source } from './source.ts'
import type { ColumnSources } from './statement-rows.ts'
import { wholeMonths } from './stored-balances.ts'

/** What sales can be told apart by. */
export const salesDimensions = ['item', 'item-group', 'customer', 'channel', 'country', 'month', 'quarter'] as const
export type SalesDimension = (typeof salesDimensions)[number]

/** Sales of one item, customer, country or month. Returns and discounts are negative; net is what is left. */
type SalesRow = {
  /** The item's code, the customer's number, the country's code, or the month; null where the documents name none. */
  key: string | null
  name: string
  /** Units of goods, less those that came back; an exact decimal. */
  quantity: string
  sales: MoneyJson
  returns: MoneyJson
  discounts: MoneyJson
  shipping: MoneyJson
  net: MoneyJson
  tax: MoneyJson
  /** The net of the nearest period that the report is compared with, by how much this one is more, and that in percent. */
  comparison?: MoneyJson
  difference?: MoneyJson
  percent?: string | null
  /** The same for every period that the report is compared with, the nearest first. */
  comparisons?: ComparedAmount[]
  /** The documents; absent where no list gives just them. */
  source?: Source | undefined
}

export type Sales = Report<SalesRow> & {
  from: AccountingDate
  to: AccountingDate
  by: SalesDimension
  comparedWith?: Range
  comparedPeriods?: Range[]
  /** Where compared: the days of each column's documents, in place of those in the `source` of a row; null where they differ by row. */
  sources?: ColumnSources
}

export type SalesParameters = Range & { by: SalesDimension; compare?: Comparison }

type Row = {
  /** Which of the ranges the row is of, from one. */
  place: number
  key: string | null
  name: string | null
  currency: string
  quantity: string
  sales_minor: bigint
  returns_minor: bigint
  discounts_minor: bigint
  shipping_minor: bigint
  tax_minor: bigint
}

/**
 * Sales by invoices and credit notes of a range. The tax of a document is shared out among its lines of the same tax code by their net amounts, so
 * that the parts are the whole, and counts wherever its line counts. What books elsewhere than as a sale, such as gift cards or fees, is left out.
 */
export async function sales(tx: Tx, { from, to, by, compare }: SalesParameters): Promise<Sales> {
  const heading = await companyHeading(tx)
  const compared = compare === undefined ? [] : comparedRanges({ from, to }, compare)
  const ranges = [{ from, to }, ...compared]
  const fiscalYearStartMonth = await fiscalYearStart(tx)
  const rows = await tx.query<Row>(salesBy[by], [
    tx.companyId,
    column(ranges, (range) => range.from),
    column(ranges, (range) => range.to),
    column(ranges, (range) => wholeMonths(range).first),
    column(ranges, (range) => wholeMonths(range).after),
    ...(by === 'quarter' ? [(fiscalYearStartMonth - 1) % 3] : []),
  ])
  const placed = isPeriod(by) && compared.length > 0 ? alignPeriods(rows, ranges, by, fiscalYearStartMonth) : rows
  return {
    report: 'sales',
    ...heading,
    from,
    to,
    by,
    ...(compared[0] === undefined
      ? {}
      : {
          comparedWith: compared[0],
          comparedPeriods: compared,
          sources: { comparisons: compared.map((range) => (isPeriod(by) ? null : { ...range })) },
        }),
    rows: sideBySide(placed, compared.length).map((row) => ({ ...row, ...sourceOf(row.key, { from, to, by }) })),
  }
}

/** Documents of a key: of a month those days of it that the report covers. */
function sourceOf(key: string | null, { from, to, by }: Range & { by: SalesDimension }): { source?: Source } {
  const asked = (more: Record<string, string>): { source: Source } => ({
    source: listSource('documents', { from, to, ...more }),
  })
  if (by === 'quarter') return {}
  if (by === 'month') {
    const first = accountingDate(`${key}-01`)
    const last = endOfMonth(first)
    return asked({ from: first > from ? first : from, to: last < to ? last : to })
  }
  if (key !== null) return asked({ [by === 'item-group' ? 'itemGroup' : by]: key })
  return by === 'customer' || by === 'channel' || by === 'country' ? asked({ without: by }) : {}
}

const isPeriod = (by: SalesDimension): by is 'month' | 'quarter' => by === 'month' || by === 'quarter'

/** The first month or quarter of a range stands beside the first of the range that it is compared with, and so on. */
function alignPeriods(
  rows: readonly Row[],
  ranges: readonly Range[],
  by: 'month' | 'quarter',
  fiscalYearStartMonth: number,
): Row[] {
  const periods = ranges.map((range) => (by === 'month' ? monthsOf(range) : quartersOf(range, fiscalYearStartMonth)))
  const keyOf = ({ from }: Range): string => {
    const start = by === 'month' ? from : startOfQuarter(from, fiscalYearStartMonth)
    return start.slice(0, 7)
  }
  const aligned = rows.map((row) => {
    const index = (periods[row.place - 1] ?? []).findIndex((period) => keyOf(period) === row.key)
    const beside = periods[0]?.[index]
    return beside === undefined ? row : { ...row, key: keyOf(beside) }
  })
  return aligned.sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
}

/** One row for each key and currency, in the order in which they come, with the net of the compared ranges beside its own. */
function sideBySide(rows: readonly Row[], compared: number): SalesRow[] {
  const groups = new Map<string, { own: Row; before: bigint[] }>()
  for (const row of rows) {
    const name = `${row.key ?? ''} ${row.currency}`
    let group = groups.get(name)
    if (group === undefined) {
      group = { own: { ...row, ...nothing }, before: Array.from({ length: compared }, () => 0n) }
      groups.set(name, group)
    }
    if (row.place === 1) group.own = row
    else group.before[row.place - 2] = netOf(row)
  }
  return [...groups.values()].map(({ own, before }) => salesRow(own, before))
}

const nothing = {
  quantity: '0',
  sales_minor: 0n,
  returns_minor: 0n,
  discounts_minor: 0n,
  shipping_minor: 0n,
  tax_minor: 0n,
} as const

const netOf = (row: Row): bigint => row.sales_minor + row.returns_minor + row.discounts_minor + row.shipping_minor

function salesRow(row: Row, before: readonly bigint[]): SalesRow {
  const money = (minor: bigint): MoneyJson => moneyJson(minor, row.currency)
  const comparisons = before.map((minor) => comparedAmount(netOf(row), minor, money))
  const [nearest] = comparisons
  return {
    key: row.key,
    name: row.name ?? '',
    quantity: row.quantity,
    sales: money(row.sales_minor),
    returns: money(row.returns_minor),
    discounts: money(row.discounts_minor),
    shipping: money(row.shipping_minor),
    net: money(netOf(row)),
    tax: money(row.tax_minor),
    ...(nearest === undefined
      ? {}
      : { comparison: nearest.amount, difference: nearest.difference, percent: nearest.percent, comparisons }),
  }
}

const quarterOf = (day: string): string =>
  `to_char(date_trunc('quarter', ${day} - make_interval(months => $6::int)) + make_interval(months => $6::int), 'YYYY-MM')`

/** Sums by a column whose ids a table names; what names none of its rows is called by `without`, and stands last. */
const named = (sum: string, table: string, code: string, without: string): string => `
  select s.place, n.${code} as key, coalesce(n.name, '${without}') as name, s.currency, s.quantity, s.sales_minor, s.returns_minor,
      s.discounts_minor, s.shipping_minor, s.tax_minor
    from (${sum}) s
    left join ${table} n on n.company_id = $1 and n.id = s.key
    order by n.${code} nulls last, s.currency, s.place`

const grouped = (key: string, rows: string): string =>
  `select place::int, ${key} as key, currency, ${sumsOfSales} from (${rows}) r group by 1, 2, 3`

const byKey = (dimension: SalesActivity, key: string, from = ''): string =>
  grouped(key, `select r.*${from === '' ? '' : ', i.item_group_id'} from (${salesActivity(dimension)}) r ${from}`)

const ofItem = `left join item i on i.company_id = $1 and i.id = nullif(r.key, '')::bigint`
const id = `nullif(key, '')::bigint`

const salesBy: Readonly<Record<SalesDimension, string>> = {
  item: named(byKey('item', id), 'item', 'code', 'Charges'),
  'item-group': named(byKey('item', 'item_group_id', ofItem), 'item_group', 'code', 'Without'),
  customer: named(grouped('party_id', salesOfDocuments), 'party', 'number', 'Unidentified'),
  channel: named(byKey('channel', id), 'channel', 'code', 'Without'),
  country: `select s.*, null as name from (${byKey('country', `nullif(key, '')`)}) s order by key nulls last, currency, place`,
  month: `select s.*, null as name from (${byKey('whole', `to_char(day, 'YYYY-MM')`)}) s order by key, currency, place`,
  quarter: `select s.*, null as name from (${byKey('whole', quarterOf('day'))}) s order by key, currency, place`,
}

const keyTitles = {
  item: 'Item',
  'item-group': 'Item group',
  customer: 'Customer',
  channel: 'Channel',
  country: 'Country',
  month: 'Month',
  quarter: 'Quarter from',
} as const satisfies Record<SalesDimension, string>

const hasNames = (by: SalesDimension): boolean => !['country', 'month', 'quarter'].includes(by)

export const salesTable = ({ by, rows, comparedPeriods = [] }: Sales): Table => ({
  columns: [
    textColumn('key', keyTitles[by]),
    ...(hasNames(by) ? [textColumn('name', 'Name')] : []),
    { key: 'quantity', title: 'Quantity', kind: 'number' },
    moneyColumn('sales', 'Sales'),
    moneyColumn('returns', 'Returns'),
    moneyColumn('discounts', 'Discounts'),
    moneyColumn('shipping', 'Shipping'),
    moneyColumn('net', 'Net'),
    moneyColumn('tax', 'Tax'),
    ...comparedColumns(comparedPeriods.map((range) => `Net ${titleOfRange(range)}`)),
  ],
  rows: rows.map(
    ({ comparisons = [], source, ...row }): TableRow => ({
      ...row,
      ...comparedCells(comparisons),
      [sourceKey]: source,
    }),
  ),
  totals: ['sales', 'returns', 'discounts', 'shipping', 'net', 'tax'],
})
