import { type AccountingDate, accountingDate, endOfMonth } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { type ComparedAmount, type Comparison, comparedAmount, comparedCells, comparedColumns } from './comparison.ts'
import { comparedRanges, monthsOf, quartersOf, type Range, startOfQuarter, titleOfRange } from './periods.ts'
import { fiscalYearStart } from './profit-and-loss.ts'
import { companyHeading, moneyColumn, type Report, sourceKey, type Table, type TableRow, textColumn } from './report.ts'
import { listSource, type Source } from './source.ts'
import type { ColumnSources } from './statement-rows.ts'

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

const roles = `('sales', 'sales_returns', 'sales_suspense', 'sales_discounts', 'shipping_income')`

// The sums of each document, line by line where items are told apart and as a whole otherwise, since its tax is known as a whole.
const documents = `
  select w.place, d.* from unnest($2::date[], $3::date[]) with ordinality as w (first_day, last_day, place)
    cross join lateral (
      select id, issued_on, party_id, channel_id, country, currency, kind from sales_document
        where company_id = $1 and issued_on between w.first_day and w.last_day and kind in ('invoice', 'credit_note') offset 0
    ) d`

// Lines are looked up document by document (offset 0 keeps the lookup in its place): a plan made for other days would read all of them.
const lineSums = `
  select line_no, item_id, tax_code_id, net_minor, case when item_id is not null then quantity else 0 end as quantity,
      case when role in ('sales', 'sales_suspense') and d.kind = 'invoice' then net_minor else 0 end as sales_minor,
      case when role = 'sales_returns' or (role in ('sales', 'sales_suspense') and d.kind = 'credit_note') then net_minor else 0 end as returns_minor,
      case when role = 'sales_discounts' then net_minor else 0 end as discounts_minor,
      case when role = 'shipping_income' then net_minor else 0 end as shipping_minor
    from sales_document_line where company_id = $1 and document_id = d.id and role in ${roles} offset 0`

const lines = `
  select d.place, d.id, d.issued_on, d.party_id, d.channel_id, d.country, d.currency, l.*
    from (${documents}) d cross join lateral (${lineSums}) l`

// Each line's part of its document's tax is the difference of rounded running totals, so the parts are the whole.
const taxOfLines = `
  select l.*, coalesce(
      round(t.tax_minor * sum(l.net_minor) over so_far / nullif(sum(l.net_minor) over whole, 0))
        - coalesce(round(t.tax_minor * (sum(l.net_minor) over so_far - l.net_minor) / nullif(sum(l.net_minor) over whole, 0)), 0), 0)::bigint as tax_minor
    from (${lines}) l
    left join sales_document_tax t on t.company_id = $1 and t.document_id = l.id and t.tax_code_id = l.tax_code_id
    window whole as (partition by l.place, l.id, l.tax_code_id), so_far as (partition by l.place, l.id, l.tax_code_id order by l.line_no)`

const sums = `sum(quantity)::text as quantity, sum(sales_minor)::bigint as sales_minor, sum(returns_minor)::bigint as returns_minor,
  sum(discounts_minor)::bigint as discounts_minor, sum(shipping_minor)::bigint as shipping_minor, sum(tax_minor)::bigint as tax_minor`

const wholeDocuments = `
  select d.place, d.issued_on, d.party_id, d.channel_id, d.country, d.currency, s.*, coalesce(t.tax_minor, 0) as tax_minor
    from (${documents}) d
    cross join lateral (
      select sum(quantity) as quantity, sum(sales_minor) as sales_minor, sum(returns_minor) as returns_minor,
          sum(discounts_minor) as discounts_minor, sum(shipping_minor) as shipping_minor
        from (${lineSums}) l having count(*) > 0
    ) s
    left join lateral (
      select sum(tax_minor) as tax_minor from sales_document_tax where company_id = $1 and document_id = d.id
    ) t on true`

const grouped = (key: string, rows: string): string =>
  `select place::int, ${key} as key, currency, ${sums} from (${rows}) r group by 1, 2, 3`

/** Sums by a column whose ids a table names; what names none of its rows is called by `without`, and stands last. */
const named = (sum: string, table: string, code: string, without: string): string => `
  select s.place, n.${code} as key, coalesce(n.name, '${without}') as name, s.currency, s.quantity, s.sales_minor, s.returns_minor,
      s.discounts_minor, s.shipping_minor, s.tax_minor
    from (${sum}) s
    left join ${table} n on n.company_id = $1 and n.id = s.key
    order by n.${code} nulls last, s.currency, s.place`

const itemGroups = `
  select i.item_group_id, l.* from (${taxOfLines}) l left join item i on i.company_id = $1 and i.id = l.item_id`

const quarterOf = `to_char(date_trunc('quarter', issued_on - make_interval(months => $4::int)) + make_interval(months => $4::int), 'YYYY-MM')`

const salesBy: Readonly<Record<SalesDimension, string>> = {
  item: named(grouped('item_id', taxOfLines), 'item', 'code', 'Charges'),
  'item-group': named(grouped('item_group_id', itemGroups), 'item_group', 'code', 'Without'),
  customer: named(grouped('party_id', wholeDocuments), 'party', 'number', 'Unidentified'),
  channel: named(grouped('channel_id', wholeDocuments), 'channel', 'code', 'Without'),
  country: `select s.*, null as name from (${grouped('country', wholeDocuments)}) s order by key nulls last, currency, place`,
  month: `select s.*, null as name from (${grouped(`to_char(issued_on, 'YYYY-MM')`, wholeDocuments)}) s order by key, currency, place`,
  quarter: `select s.*, null as name from (${grouped(quarterOf, wholeDocuments)}) s order by key, currency, place`,
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
