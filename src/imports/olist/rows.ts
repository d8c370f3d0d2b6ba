import { BadInput } from '../../kernel/bad-input.ts'
import { type Columns, hasColumns, readCsvHeader, readCsvTable, type TableRow } from '../csv-table.ts'
import type { RowCodec } from '../document-spill.ts'
import type { InputFile } from '../input-files.ts'

/** A row of an order, an item or a payment, by the order that it names. */
export type OlistRow =
  | {
      what: 'order'
      order: string
      status: string
      customer: string
      purchased: string
      approved: string
      shipped: string
    }
  | { what: 'item'; order: string; place: string; product: string; price: string; freight: string }
  | { what: 'payment'; order: string; place: string; type: string; value: string }

/** How a row waits for the others of its order; orders come in the order of their purchase. */
export const olistCodec: RowCodec<OlistRow> = {
  keyOf: ({ order }) => order,
  orderOf: (row) => (row.what === 'order' ? row.purchased : '9'),
  pack: (row) => Object.values(row),
  unpack: ([what, order, ...rest]) => {
    const [a, b, c, d, e] = rest as [string, string, string, string, string]
    if (what === 'order')
      return { what, order: order as string, status: a, customer: b, purchased: c, approved: d, shipped: e }
    if (what === 'item') return { what, order: order as string, place: a, product: b, price: c, freight: d }
    return { what: 'payment', order: order as string, place: a, type: b, value: c }
  },
}

const named = <Name extends string>(...names: Name[]): Columns<Name> =>
  Object.fromEntries(names.map((name) => [name, { names: [name] }])) as unknown as Columns<Name>

const orders = named(
  'order_id',
  'customer_id',
  'order_status',
  'order_purchase_timestamp',
  'order_approved_at',
  'order_delivered_carrier_date',
)
const items = named('order_id', 'order_item_id', 'product_id', 'price', 'freight_value')
const payments = named('order_id', 'payment_sequential', 'payment_type', 'payment_value')
const customers = named('customer_id', 'customer_unique_id')

/** What a reader does with the rows of the four tables that are imported. */
export type OlistReader = {
  order(row: Extract<OlistRow, { what: 'order' }>, line: number): void
  other(row: OlistRow, line: number): void
  customer(id: string, person: string, line: number): void
}

export type OlistTable = 'orders' | 'items' | 'payments' | 'customers'

/** Which table a file is, by its header; undefined for the tables of reviews, products, sellers and translations, which book nothing. */
export async function olistTable({ path }: InputFile): Promise<OlistTable | undefined> {
  const header = await readCsvHeader(path)
  const table = olistTableOf(header)
  if (table !== 'none') return table === 'other' ? undefined : table
  throw new BadInput(
    { file: path, line: 1, column: 1 },
    header.length === 0 ? 'an empty file' : 'a header that is of none of its tables',
    'expected the header of orders, order items, order payments or customers, as Olist wrote them',
  )
}

/** Which table a header, in small letters, is of; `other` for one that books nothing. */
export function olistTableOf(header: readonly string[]): OlistTable | 'other' | 'none' {
  if (hasColumns(header, orders)) return 'orders'
  if (hasColumns(header, items)) return 'items'
  if (hasColumns(header, payments)) return 'payments'
  if (hasColumns(header, customers)) return 'customers'
  const others = ['review_id', 'product_category_name', 'seller_id']
  const isOther = header.length > 1 && others.some((name) => header.includes(name)) && !header.includes('order_item_id')
  return isOther ? 'other' : 'none'
}

const id = <Name extends string>(row: TableRow<Name>, name: Name): string => row.label(name, 'an id', 64)

export async function readOlistTable(file: InputFile, table: OlistTable, reader: OlistReader): Promise<void> {
  const { path } = file
  if (table === 'orders') await readCsvTable(path, orders, (row, line) => reader.order(orderOf(row), line))
  if (table === 'items') await readCsvTable(path, items, (row, line) => reader.other(itemOf(row), line))
  if (table === 'payments') await readCsvTable(path, payments, (row, line) => reader.other(paymentOf(row), line))
  if (table === 'customers')
    await readCsvTable(path, customers, (row, line) =>
      reader.customer(id(row, 'customer_id'), id(row, 'customer_unique_id'), line),
    )
}

type ColumnOf<C> = C extends Columns<infer Name> ? Name : never

const orderOf = (row: TableRow<ColumnOf<typeof orders>>): Extract<OlistRow, { what: 'order' }> => ({
  what: 'order',
  order: id(row, 'order_id'),
  status: row.label('order_status', 'a status', 40),
  customer: id(row, 'customer_id'),
  purchased: row.moment('order_purchase_timestamp'),
  approved: row.momentOr('order_approved_at'),
  shipped: row.momentOr('order_delivered_carrier_date'),
})

const itemOf = (row: TableRow<ColumnOf<typeof items>>): OlistRow => ({
  what: 'item',
  order: id(row, 'order_id'),
  place: String(row.wholeNumber('order_item_id')),
  product: id(row, 'product_id'),
  price: row.amount('price'),
  freight: row.amount('freight_value'),
})

const paymentOf = (row: TableRow<ColumnOf<typeof payments>>): OlistRow => ({
  what: 'payment',
  order: id(row, 'order_id'),
  place: String(row.wholeNumber('payment_sequential')),
  type: row.label('payment_type', 'a payment type', 40),
  value: row.amount('payment_value'),
})
