import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { companyHeading, moneyColumn, type Report, type Table, textColumn } from './report.ts'

/** What sales can be told apart by. */
export const salesDimensions = ['item', 'customer', 'country', 'month'] as const
export type SalesDimension = (typeof salesDimensions)[number]

/** Sales of one item, customer, country or month. Returns and discounts are negative; net is what is left. */
export type SalesRow = {
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
}

export type Sales = Report<SalesRow> & { from: AccountingDate; to: AccountingDate; by: SalesDimension }

export type SalesParameters = { from: AccountingDate; to: AccountingDate; by: SalesDimension }

type Row = {
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
export async function sales(tx: Tx, { from, to, by }: SalesParameters): Promise<Sales> {
  const heading = await companyHeading(tx)
  const rows = await tx.query<Row>(salesBy[by], [tx.companyId, from, to])
  return { report: 'sales', ...heading, from, to, by, rows: rows.map(salesRow) }
}

const salesRow = (row: Row): SalesRow => {
  const money = (minor: bigint): MoneyJson => moneyJson(minor, row.currency)
  return {
    key: row.key,
    name: row.name ?? '',
    quantity: row.quantity,
    sales: money(row.sales_minor),
    returns: money(row.returns_minor),
    discounts: money(row.discounts_minor),
    shipping: money(row.shipping_minor),
    net: money(row.sales_minor + row.returns_minor + row.discounts_minor + row.shipping_minor),
    tax: money(row.tax_minor),
  }
}

const roles = `('sales', 'sales_returns', 'sales_suspense', 'sales_discounts', 'shipping_income')`

// The sums of each document, line by line where items are told apart and as a whole otherwise, since its tax is known as a whole.
const documents = `
  select d.id, d.issued_on, d.party_id, d.country, d.currency, d.kind from sales_document d
    where d.company_id = $1 and d.issued_on between $2 and $3 and d.kind in ('invoice', 'credit_note')`

const lines = `
  select d.id, d.issued_on, d.party_id, d.country, d.currency, l.line_no, l.item_id, l.tax_code_id, l.net_minor,
      case when l.item_id is not null then l.quantity else 0 end as quantity,
      case when l.role in ('sales', 'sales_suspense') and d.kind = 'invoice' then l.net_minor else 0 end as sales_minor,
      case when l.role = 'sales_returns' or (l.role in ('sales', 'sales_suspense') and d.kind = 'credit_note') then l.net_minor else 0 end as returns_minor,
      case when l.role = 'sales_discounts' then l.net_minor else 0 end as discounts_minor,
      case when l.role = 'shipping_income' then l.net_minor else 0 end as shipping_minor
    from (${documents}) d
    join sales_document_line l on l.company_id = $1 and l.document_id = d.id
    where l.role in ${roles}`

// Each line's part of its document's tax is the difference of rounded running totals, so the parts are the whole.
const taxOfLines = `
  select l.*, coalesce(
      round(t.tax_minor * sum(l.net_minor) over so_far / nullif(sum(l.net_minor) over whole, 0))
        - coalesce(round(t.tax_minor * (sum(l.net_minor) over so_far - l.net_minor) / nullif(sum(l.net_minor) over whole, 0)), 0), 0)::bigint as tax_minor
    from (${lines}) l
    left join sales_document_tax t on t.company_id = $1 and t.document_id = l.id and t.tax_code_id = l.tax_code_id
    window whole as (partition by l.id, l.tax_code_id), so_far as (partition by l.id, l.tax_code_id order by l.line_no)`

const sums = `sum(quantity)::text as quantity, sum(sales_minor)::bigint as sales_minor, sum(returns_minor)::bigint as returns_minor,
  sum(discounts_minor)::bigint as discounts_minor, sum(shipping_minor)::bigint as shipping_minor, sum(tax_minor)::bigint as tax_minor`

const wholeDocuments = `
  select d.issued_on, d.party_id, d.country, d.currency, s.*, coalesce(t.tax_minor, 0) as tax_minor
    from (${documents}) d
    join (
      select id, sum(quantity) as quantity, sum(sales_minor) as sales_minor, sum(returns_minor) as returns_minor,
          sum(discounts_minor) as discounts_minor, sum(shipping_minor) as shipping_minor
        from (${lines}) l group by id
    ) s on s.id = d.id
    left join (select document_id, sum(tax_minor) as tax_minor from sales_document_tax where company_id = $1 group by document_id) t
      on t.document_id = d.id`

const grouped = (key: string, rows: string): string =>
  `select ${key} as key, currency, ${sums} from (${rows}) r group by 1, 2`

const salesBy: Readonly<Record<SalesDimension, string>> = {
  item: `select i.code as key, coalesce(i.name, 'Charges') as name, s.* from (${grouped('item_id', taxOfLines)}) s (item_id, currency)
    left join item i on i.company_id = $1 and i.id = s.item_id order by i.code nulls last, currency`,
  customer: `select p.number as key, coalesce(p.name, 'Unidentified') as name, s.* from (${grouped('party_id', wholeDocuments)}) s (party_id, currency)
    left join party p on p.company_id = $1 and p.id = s.party_id order by p.number nulls last, currency`,
  country: `select country as key, null as name, s.* from (${grouped('country', wholeDocuments)}) s (country, currency)
    order by country nulls last, currency`,
  month: `select month as key, null as name, s.* from (${grouped(`to_char(issued_on, 'YYYY-MM')`, wholeDocuments)}) s (month, currency)
    order by month, currency`,
}

const keyTitles = {
  item: 'Item',
  customer: 'Customer',
  country: 'Country',
  month: 'Month',
} as const satisfies Record<SalesDimension, string>

export const salesTable = ({ by, rows }: Sales): Table => ({
  columns: [
    textColumn('key', keyTitles[by]),
    ...(by === 'item' || by === 'customer' ? [textColumn('name', 'Name')] : []),
    { key: 'quantity', title: 'Quantity', kind: 'number' },
    moneyColumn('sales', 'Sales'),
    moneyColumn('returns', 'Returns'),
    moneyColumn('discounts', 'Discounts'),
    moneyColumn('shipping', 'Shipping'),
    moneyColumn('net', 'Net'),
    moneyColumn('tax', 'Tax'),
  ],
  rows,
})
