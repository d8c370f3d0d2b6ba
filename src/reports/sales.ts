import { type AccountingDate, accountingDate, endOfMonth } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { type ComparedAmount, type Comparison, comparedAmount, comparedCells, comparedColumns } from './comparison.ts'
import { firstPartiesIn } from './parties-in.ts'
import { comparedRanges, monthsOf, quartersOf, type Range, startOfQuarter, titleOfRange } from './periods.ts'
import { fiscalYearStart } from './profit-and-loss.ts'
import { companyHeading, moneyColumn, type Report, sourceKey, type Table, type TableRow, textColumn } from './report.ts'
import {
  rangesOfSales,
  type SalesActivity,
  salesActivity,
  storedStarts,
  sumsOfSales,
  unfoldedSales,
} from './sales-activity.ts'
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

export type SalesParameters = Range & {
  by: SalesDimension
  compare?: Comparison
  /** Of items, item groups, customers and channels only so many rows, in their order, with the sums of all. */
  most?: number | undefined
}

type Row = {
  /** Whether it is a row of the report, the sum of all rows of a range and currency, or one of the largest. */
  part: 'row' | 'sum' | 'largest'
  /** How many rows there are in all. */
  all: bigint | null
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
export async function sales(tx: Tx, { from, to, by, compare, most }: SalesParameters): Promise<Sales> {
  const heading = await companyHeading(tx)
  const compared = compare === undefined ? [] : comparedRanges({ from, to }, compare)
  const ranges = [{ from, to }, ...compared]
  const fiscalYearStartMonth = await fiscalYearStart(tx)
  const found = await tx.query<Row>(
    by === 'customer' && most !== undefined ? firstCustomers(compared.length > 0) : salesBy[by],
    [
      tx.companyId,
      ...rangesOfSales(ranges, isPeriod(by) ? 'month' : 'year'),
      ...(by === 'quarter' ? [(fiscalYearStartMonth - 1) % 3] : []),
      ...(isNamed(by) ? [most ?? null] : []),
    ],
  )
  const rows = found.filter(({ part }) => part === 'row')
  const placed = isPeriod(by) && compared.length > 0 ? alignPeriods(rows, ranges, by, fiscalYearStartMonth) : rows
  const shown = sideBySide(placed, compared.length)
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
    rows: shown.map((row) => ({ ...row, ...sourceOf(row.key, { from, to, by }) })),
    ...(most === undefined || !isNamed(by)
      ? {}
      : {
          ...leftOut(found, shown.length),
          largest: largestOf(found, compared.length).map((row) => ({ ...row, ...sourceOf(row.key, { from, to, by }) })),
        }),
  }
}

/** The rows of the largest net in the range itself, the largest first, whatever they were in those beside it. */
const largestOf = (found: readonly Row[], compared: number): SalesRow[] =>
  sideBySide(
    found
      .filter(({ part }) => part === 'largest')
      .sort((a, b) => a.place - b.place || (netOf(a) < netOf(b) ? 1 : netOf(a) > netOf(b) ? -1 : 0)),
    compared,
  )

/** What stands below rows of which some are left out: how many those are, and the sums of all, where they are in one currency. */
function leftOut(found: readonly Row[], shown: number): Pick<Sales, 'left' | 'sums'> {
  const all = found.filter(({ part }) => part === 'sum')
  const [any] = all
  const isOfOneCurrency = new Set(all.map(({ currency }) => currency)).size === 1
  // Where everything was sold in a range beside it, the range itself has sums of nothing.
  const own = all.find(({ place }) => place === 1) ?? (any && { ...any, ...nothing })
  const sums = own !== undefined && isOfOneCurrency ? salesRow(own, []) : undefined
  return {
    left: Number(all[0]?.all ?? 0) - shown,
    sums: sums === undefined ? {} : Object.fromEntries(summedColumns.map((key) => [key, sums[key]])),
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
const isNamed = (by: SalesDimension): boolean => !isPeriod(by) && by !== 'country'

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

const grouped = (key: string, rows: string): string =>
  `select place::int, ${key} as key, currency, ${sumsOfSales} from (${rows}) r group by 1, 2, 3 having sum(facts) > 0`

const quarterOf = (day: string): string =>
  `to_char(date_trunc('quarter', ${day} - make_interval(months => $9::int)) + make_interval(months => $9::int), 'YYYY-MM')`

/** So many of the largest are told where not all rows are: for a chart. */
const LARGEST = 15
const netOfRow = 'sales_minor + returns_minor + discounts_minor + shipping_minor'
const inBaseCurrency = '$9::int is not null and currency = (select base_currency from company where id = $1)'

/**
 * Sums by a column whose ids a table names, so many in the order of their codes; what names none of its rows (0) is called by `without`, and stands last. The sums of
 * all follow.
 */
const named = (sum: string, table: string, code: string, without: string): string => `
  with summed as materialized (${sum}), known as materialized (
    select distinct key, currency from summed
  ), page as (
    select k.key, k.currency, n.${code} as code, n.name from known k left join ${table} n on n.company_id = $1 and n.id = k.key
      order by n.${code} nulls last, k.currency limit $9
  ), largest as (
    select key, currency from summed where place = 1 and ${inBaseCurrency} order by ${netOfRow} desc, key limit ${LARGEST}
  )
  select 'row' as part, null::bigint as "all", s.place, p.code as key, coalesce(p.name, '${without}') as name, s.currency, s.quantity, s.sales_minor,
      s.returns_minor, s.discounts_minor, s.shipping_minor, s.tax_minor
    from page p join summed s on s.key = p.key and s.currency = p.currency
  union all
  select 'sum', (select count(*) from known), place, null, null, currency, sum(quantity::numeric)::text, sum(sales_minor)::bigint,
      sum(returns_minor)::bigint, sum(discounts_minor)::bigint, sum(shipping_minor)::bigint, sum(tax_minor)::bigint
    from summed group by place, currency
  union all
  select 'largest', null, s.place, n.${code}, coalesce(n.name, '${without}'), s.currency, s.quantity, s.sales_minor, s.returns_minor, s.discounts_minor,
      s.shipping_minor, s.tax_minor
    from largest g join summed s on s.key = g.key and s.currency = g.currency left join ${table} n on n.company_id = $1 and n.id = g.key
  order by part, key nulls last, currency, place`

const amounts = 'quantity, sales_minor, returns_minor, discounts_minor, shipping_minor, tax_minor'

const id = `coalesce(nullif(key, ''), '0')::bigint`

/** Rows of customers from stored sums, which `sum` names by place, grain, first day and sign. */
const storedCustomers = (columns: string, rows: string, condition = ''): string => `
  select w.place, s.* from ${rows} cross join lateral (
      select key, currency, ${columns} from sales_activity
        where company_id = $1 and dimension = 'customer' and grain = w.grain and starts_on = w.starts_on ${condition} offset 0
    ) s`

const signed = (columns: string): string => columns.replace(/\w+/g, (column) => `w.sign * ${column} as ${column}`)

/**
 * The first so many customers in order of their numbers, of whom there may be very many. Who bought anything, and how much in all, is known of everybody; the figures
 * are looked up of those who are shown, and the sums of all are those of the whole. Where a range is one stored sum, as a year, a quarter or a month is,
 * its rows are the customers, and nothing is summed.
 */
const firstCustomers = (isCompared: boolean): string => {
  const { net, isOwn, isOneSum } = isCompared
    ? {
        net: 'sum(net) filter (where place = 1)',
        isOwn: 'sum(facts) filter (where place = 1) > 0',
        isOneSum: 'false',
      }
    : {
        net: 'sum(net)',
        isOwn: 'true',
        isOneSum: '(select count(*) = 1 and min(sign) = 1 from sum) and not exists (select from unfolded)',
      }
  return `
  with unfolded as materialized (${unfoldedSales('customer')}), sum as materialized (${storedStarts}), way as materialized (
    select ${isOneSum} as is_one_sum
  ), known as materialized (
    select ${id} as id, currency, net::numeric, true as is_own from (${storedCustomers(`facts, ${netOfRow} as net`, 'sum w')}) s
      where facts > 0 and (select is_one_sum from way)
    union all
    select ${id}, currency, ${net}, ${isOwn} from (
        ${storedCustomers(`w.sign * facts as facts, w.sign * (${netOfRow}) as net`, 'sum w')}
        union all
        select place, key, currency, facts, ${netOfRow} from unfolded
      ) r where not (select is_one_sum from way) group by key, currency having sum(facts) > 0
  ), page as materialized (
    select id, number, name from (
      (${firstPartiesIn('known', 'id', { most: '$9' })})
      union all
      select 0, null, 'Unidentified' from (select from known where id = 0 limit 1) unidentified
    ) customers order by number nulls last limit $9
  ), largest as materialized (
    select id, currency from known where is_own and ${inBaseCurrency} order by net desc, id limit ${LARGEST}
  ), meant as materialized (
    select case when id = 0 then '' else id::text end as key from (select id from page union select id from largest) shown
  ), summed as materialized (
    select place::int, ${id} as id, currency, ${sumsOfSales} from (
        ${storedCustomers(signed(`facts, ${amounts}`), 'meant m cross join sum w', 'and key = m.key')}
        union all
        select place, key, currency, facts, ${amounts} from unfolded where key in (select key from meant)
      ) r group by place, key, currency having sum(facts) > 0
  )
  select 'row' as part, null::bigint as "all", s.place, p.number as key, p.name, s.currency, ${amounts} from page p join summed s on s.id = p.id
  union all
  select 'largest', null, s.place, p.number, coalesce(p.name, 'Unidentified'), s.currency, ${amounts}
    from largest g join summed s on s.id = g.id and s.currency = g.currency left join party p on p.company_id = $1 and p.id = g.id
  union all
  select 'sum', (select count(*) from known), place, null, null, currency, ${amounts} from (${grouped(`''`, salesActivity('whole'))}) s
  order by part, key nulls last, currency, place`
}

const unnamed = (sum: string, order: string): string =>
  `select 'row' as part, null::bigint as "all", s.*, null as name from (${sum}) s order by ${order}, currency, place`

const byKey = (dimension: SalesActivity, key: string, from = ''): string =>
  grouped(key, `select r.*${from === '' ? '' : ', i.item_group_id'} from (${salesActivity(dimension)}) r ${from}`)

const ofItem = `left join item i on i.company_id = $1 and i.id = nullif(r.key, '')::bigint`
const salesBy: Readonly<Record<SalesDimension, string>> = {
  item: named(byKey('item', id), 'item', 'code', 'Charges'),
  'item-group': named(byKey('item', 'coalesce(item_group_id, 0)', ofItem), 'item_group', 'code', 'Without'),
  customer: named(byKey('customer', id), 'party', 'number', 'Unidentified'),
  channel: named(byKey('channel', id), 'channel', 'code', 'Without'),
  country: unnamed(byKey('country', `nullif(key, '')`), 'key nulls last'),
  month: unnamed(byKey('whole', `to_char(day, 'YYYY-MM')`), 'key'),
  quarter: unnamed(byKey('whole', quarterOf('day')), 'key'),
}

const summedColumns = ['sales', 'returns', 'discounts', 'shipping', 'net', 'tax'] as const

const keyTitles = {
  item: 'Item',
  'item-group': 'Item group',
  customer: 'Customer',
  channel: 'Channel',
  country: 'Country',
  month: 'Month',
  quarter: 'Quarter from',
} as const satisfies Record<SalesDimension, string>

export const salesTable = ({ by, rows, comparedPeriods = [] }: Sales): Table => ({
  columns: [
    textColumn('key', keyTitles[by]),
    ...(isNamed(by) ? [textColumn('name', 'Name')] : []),
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
  totals: summedColumns,
})
