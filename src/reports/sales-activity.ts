import { column } from '../kernel/column.ts'
import { only, type Tx } from '../kernel/database.ts'
import type { Range } from './periods.ts'
import { piecesOfRanges, wantedPieces } from './stored-pieces.ts'

/** What the stored sums of sales tell apart: a key is the id of an item, customer or channel, or the code of a country; empty where there is none. */
export type SalesActivity = 'whole' | 'item' | 'customer' | 'channel' | 'country'

/** The roles of lines that are sales; what books elsewhere, such as gift cards or fees, is none. */
const roles = `('sales', 'sales_returns', 'sales_suspense', 'sales_discounts', 'shipping_income')`

export const sumsOfSales = `sum(quantity)::text as quantity, sum(sales_minor)::bigint as sales_minor, sum(returns_minor)::bigint as returns_minor,
  sum(discounts_minor)::bigint as discounts_minor, sum(shipping_minor)::bigint as shipping_minor, sum(tax_minor)::bigint as tax_minor`

const figures = 'facts, quantity, sales_minor, returns_minor, discounts_minor, shipping_minor, tax_minor'

/** Documents whose ids a query gives, those that may be sales, with the number of the range in which they lie. Looked up one by one. */
const documentsOf = (ids: string, columns: string, condition: string): string => `
  select ${columns}, d.* from ${ids}
    cross join lateral (
      select id, issued_on, party_id, channel_id, country, currency, kind from sales_document
        where company_id = $1 and ${condition} and kind in ('invoice', 'credit_note') offset 0
    ) d`

const wanted = `unnest($2::date[], $3::date[]) with ordinality as w (first_day, last_day, place)`

// The sums of each document, line by line where items are told apart and as a whole otherwise, since its tax is known as a whole. Lines are looked up document by
// document (offset 0 keeps the lookup in its place): a plan made for other days would read all of them.
const lineSums = `
  select line_no, item_id, tax_code_id, net_minor, case when item_id is not null then quantity else 0 end as quantity,
      case when role in ('sales', 'sales_suspense') and d.kind = 'invoice' then net_minor else 0 end as sales_minor,
      case when role = 'sales_returns' or (role in ('sales', 'sales_suspense') and d.kind = 'credit_note') then net_minor else 0 end as returns_minor,
      case when role = 'sales_discounts' then net_minor else 0 end as discounts_minor,
      case when role = 'shipping_income' then net_minor else 0 end as shipping_minor
    from sales_document_line where company_id = $1 and document_id = d.id and role in ${roles} offset 0`

// Each line's part of its document's tax is the difference of rounded running totals, so the parts are the whole.
const taxOfLines = (documents: string): string => `
  select l.*, coalesce(
      round(t.tax_minor * sum(l.net_minor) over so_far / nullif(sum(l.net_minor) over whole, 0))
        - coalesce(round(t.tax_minor * (sum(l.net_minor) over so_far - l.net_minor) / nullif(sum(l.net_minor) over whole, 0)), 0), 0)::bigint as tax_minor
    from (select d.place, d.id, d.issued_on, d.currency, l.* from (${documents}) d cross join lateral (${lineSums}) l) l
    left join sales_document_tax t on t.company_id = $1 and t.document_id = l.id and t.tax_code_id = l.tax_code_id
    window whole as (partition by l.place, l.id, l.tax_code_id), so_far as (partition by l.place, l.id, l.tax_code_id order by l.line_no)`

const wholeDocuments = (documents: string): string => `
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

const keys: Readonly<Record<SalesActivity, string>> = {
  whole: `''`,
  item: `coalesce(item_id::text, '')`,
  customer: `coalesce(party_id::text, '')`,
  channel: `coalesce(channel_id::text, '')`,
  country: `coalesce(country, '')`,
}

const live = (dimension: SalesActivity, rows: string): string =>
  `select place, issued_on as day, ${keys[dimension]} as key, currency, 1 as ${figures} from ${rows} live`

const rowsBy = (dimension: SalesActivity, documents: string): string =>
  live(dimension, `(${dimension === 'item' ? taxOfLines(documents) : wholeDocuments(documents)})`)

const unfolded = documentsOf(
  `${wanted} cross join (select document_id from sales_unfolded where company_id = $1) u`,
  'w.place',
  'id = u.document_id and issued_on between w.first_day and w.last_day',
)

// What is taken off is a sum with its sign turned.
const signed = figures
  .split(', ')
  .map((figure) => `w.sign * s.${figure} as ${figure}`)
  .join(', ')

/**
 * SQL for what was sold in ranges, by the first day of a stored sum and key: the columns `place` (of the range, from one), `day`, `key`, `currency`, `facts` and
 * the figures. From stored sums, some of them to be taken off, and the documents that are not folded yet: a key of which all `facts` are taken off sold
 * nothing. Its parameters are those of `rangesOfSales` after the company as $1.
 */
export const salesActivity = (dimension: SalesActivity): string => `
  select w.place, s.day, s.key, s.currency, ${signed} from ${wantedPieces(4)} cross join lateral (
      select starts_on as day, key, currency, ${figures} from sales_activity
        where company_id = $1 and dimension = '${dimension}' and grain = w.grain and starts_on between w.first_start and w.last_start
    ) s
  union all ${unfoldedSales(dimension)}`

/** SQL for the part of it that is not folded yet. */
export const unfoldedSales = (dimension: SalesActivity): string => rowsBy(dimension, unfolded)

/** SQL for the stored sums that come to the ranges, of which the whole has some: `place`, `grain`, `starts_on` and `sign`. Its parameters are the same. */
export const storedStarts = `
  select distinct w.place, w.grain, s.starts_on, w.sign from ${wantedPieces(4)} cross join lateral (
      select starts_on from sales_activity
        where company_id = $1 and dimension = 'whole' and grain = w.grain and starts_on between w.first_start and w.last_start
    ) s`

/** The parameters of `salesActivity`, after the company. Where months are told apart, none larger are read. */
export const rangesOfSales = (ranges: readonly Range[], largest: 'month' | 'year'): (string | null)[] => [
  column(ranges, ({ from }) => from),
  column(ranges, ({ to }) => to),
  ...piecesOfRanges(ranges, largest),
]

const dimensions = Object.keys(keys) as SalesActivity[]

const sums = figures
  .split(', ')
  .map((figure) => `sum(${figure}) as ${figure}`)
  .join(', ')

/** Common table expressions that sum documents by dimension, day and key, as `summed`. Each document is read once for all dimensions that know it as a whole. */
const sumsOf = (documents: string): string => `
  whole as materialized (${wholeDocuments(documents)}), summed as materialized (${dimensions
    .map((dimension) => {
      const rows = dimension === 'item' ? rowsBy(dimension, documents) : live(dimension, 'whole')
      return `select '${dimension}' as dimension, day, key, currency, ${sums} from (${rows}) r group by day, key, currency`
    })
    .join(' union all ')})`

const byGrain = `
  select dimension, 'day' as grain, day as starts_on, key, currency, ${figures} from summed
  ${(['month', 'quarter', 'year'] as const)
    .map(
      (grain) => `union all
  select dimension, '${grain}', date_trunc('${grain}', day)::date, key, currency, ${sums} from summed group by 1, 3, 4, 5`,
    )
    .join('\n  ')}`

/** SQL for what the stored sums must be: of all documents but those that are not folded. Its parameter is the company as $1. */
export const expectedSales = `
  with ${sumsOf(
    documentsOf(
      `(select id as document_id from sales_document f where f.company_id = $1
          and not exists (select from sales_unfolded u where u.company_id = $1 and u.document_id = f.id)) u`,
      '1 as place',
      'id = u.document_id',
    ),
  )} ${byGrain}`

/** So many documents at a time: their transaction stays short. */
const documentsAtOnce = 50_000

const foldStatement = `
  with taken as materialized (
    delete from sales_unfolded where company_id = $1 and document_id in (
        select document_id from sales_unfolded where company_id = $1 order by document_id limit $2
      ) returning document_id
  ), document as materialized (${documentsOf('taken u', '1 as place', 'id = u.document_id')}
  ), ${sumsOf('select * from document')}, stored as (
    insert into sales_activity as a (company_id, dimension, grain, starts_on, key, currency, ${figures})
      select $1, g.* from (${byGrain}) g order by 2, 3, 4, 5, 6
      on conflict (company_id, dimension, grain, starts_on, key, currency) do update set facts = a.facts + excluded.facts, quantity = a.quantity + excluded.quantity,
        sales_minor = a.sales_minor + excluded.sales_minor, returns_minor = a.returns_minor + excluded.returns_minor,
        discounts_minor = a.discounts_minor + excluded.discounts_minor, shipping_minor = a.shipping_minor + excluded.shipping_minor,
        tax_minor = a.tax_minor + excluded.tax_minor
  )
  select count(*) as folded from taken`

/**
 * Folds what the next documents say of sales, so many of them, and returns how many there were: to be asked for until there are none. Runs as the owner. The sales
 * report adds the documents that are not folded, so a fold changes no figure.
 */
export async function foldSales(tx: Tx, most = documentsAtOnce): Promise<number> {
  const { free } = only(
    await tx.query<{ free: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('countinghouse.sales', $1)) as free`,
      [tx.companyId],
    ),
  )
  if (!free) return 0
  // What fifty thousand documents come to is summed and sorted in memory.
  await tx.query(`set local work_mem = '64MB'`)
  return Number(only(await tx.query<{ folded: bigint }>(foldStatement, [tx.companyId, most])).folded)
}
