import { type Columns, hasColumns, readCsvTable, type TableRow } from '../csv-table.ts'
import type { RowCodec } from '../document-spill.ts'
import type { InputFile } from '../input-files.ts'

/** What the first row of an order says of all of it. Amounts are decimals, moments 'YYYY-MM-DD hh:mm:ss'; nothing where the row has nothing. */
export type ShopifyHead = {
  email: string
  financialStatus: string
  fulfillmentStatus: string
  paidAt: string
  fulfilledAt: string
  createdAt: string
  cancelledAt: string
  currency: string
  subtotal: string
  shipping: string
  taxes: string
  total: string
  duties: string
  discount: string
  refunded: string
  outstanding: string
  paymentMethod: string
  paymentReference: string
  billingName: string
  country: string
  namedTaxes: [name: string, value: string][]
}

/** A row of the export: a line of an order, and, on its first, the order itself. */
export type ShopifyRow = {
  order: string
  head: ShopifyHead | null
  line: { quantity: string; name: string; sku: string; price: string; taxable: boolean } | null
}

export const shopifyCodec: RowCodec<ShopifyRow> = {
  keyOf: ({ order }) => order,
  orderOf: ({ head }) => head?.createdAt ?? '9',
  pack: ({ order, head, line }) => [order, JSON.stringify([head, line])],
  unpack: ([order, rest]) => {
    const [head, line] = JSON.parse(rest as string)
    return { order: order as string, head, line }
  },
}

const optional = (...names: string[]) => ({ names, optional: true })

/** The columns of Shopify's export that are booked, with their other spellings. */
const columns = {
  name: { names: ['Name'] },
  email: optional('Email'),
  financialStatus: { names: ['Financial Status'] },
  paidAt: { names: ['Paid at'] },
  fulfillmentStatus: { names: ['Fulfillment Status'] },
  fulfilledAt: optional('Fulfilled at'),
  currency: { names: ['Currency'] },
  subtotal: { names: ['Subtotal'] },
  shipping: { names: ['Shipping'] },
  taxes: { names: ['Taxes'] },
  total: { names: ['Total'] },
  discount: optional('Discount Amount'),
  createdAt: { names: ['Created at'] },
  quantity: { names: ['Lineitem quantity'] },
  item: { names: ['Lineitem name'] },
  price: { names: ['Lineitem price'] },
  sku: optional('Lineitem sku'),
  taxable: optional('Lineitem taxable'),
  billingName: optional('Billing Name'),
  billingCountry: optional('Billing Country'),
  shippingCountry: optional('Shipping Country'),
  cancelledAt: optional('Cancelled at', 'Canceled at'),
  paymentMethod: { names: ['Payment Method'] },
  paymentReferences: optional('Payment References'),
  paymentReference: optional('Payment Reference', 'Payment Reference (deprecated)'),
  refunded: { names: ['Refunded Amount'] },
  outstanding: optional('Outstanding Balance'),
  duties: optional('Duties'),
  tax1: optional('Tax 1 Name'),
  tax2: optional('Tax 2 Name'),
  tax3: optional('Tax 3 Name'),
  tax4: optional('Tax 4 Name'),
  tax5: optional('Tax 5 Name'),
  value1: optional('Tax 1 Value'),
  value2: optional('Tax 2 Value'),
  value3: optional('Tax 3 Value'),
  value4: optional('Tax 4 Value'),
  value5: optional('Tax 5 Value'),
} satisfies Columns<string>

type Column = keyof typeof columns
type Row = TableRow<Column>

/** Whether a header, in small letters, is that of an export of orders. */
export const isShopifyHeader = (header: readonly string[]): boolean => hasColumns(header, columns)

/** Reads an export row by row. Throws `BadInput`. */
export const readShopifyFile = ({ path }: InputFile, onRow: (row: ShopifyRow, line: number) => void): Promise<void> =>
  readCsvTable<Column>(path, columns, (row, line) =>
    onRow({ order: row.label('name', 'an order name', 90), head: headOf(row), line: lineOf(row) }, line),
  )

function headOf(row: Row): ShopifyHead | null {
  if (row.isEmpty('total') && row.isEmpty('currency') && row.isEmpty('createdAt')) return null
  const namedTaxes = ([1, 2, 3, 4, 5] as const).flatMap((place): [string, string][] => {
    if (row.isEmpty(`value${place}`)) return []
    const value = row.amount(`value${place}`)
    return value === '0' && row.isEmpty(`tax${place}`) ? [] : [[row.labelOr(`tax${place}`, 'a tax', 200), value]]
  })
  const currency = row.label('currency', 'a currency', 3)
  if (!/^[A-Z]{3}$/.test(currency)) row.refuse('currency', 'a currency such as GBP')
  return {
    email: row.text('email', 200).toLowerCase(),
    financialStatus: row.labelOr('financialStatus', 'a status', 40).toLowerCase(),
    fulfillmentStatus: row.labelOr('fulfillmentStatus', 'a status', 40).toLowerCase(),
    paidAt: row.momentOr('paidAt'),
    fulfilledAt: row.momentOr('fulfilledAt'),
    createdAt: row.moment('createdAt'),
    cancelledAt: row.momentOr('cancelledAt'),
    currency,
    subtotal: row.amount('subtotal'),
    shipping: row.amountOr('shipping', '0'),
    taxes: row.amountOr('taxes', '0'),
    total: row.amount('total'),
    duties: row.amountOr('duties', '0'),
    discount: row.amountOr('discount', '0'),
    refunded: row.amountOr('refunded', '0'),
    outstanding: row.isEmpty('outstanding') ? '0' : row.decimal('outstanding'),
    paymentMethod: row.labelOr('paymentMethod', 'a payment method', 200),
    paymentReference: row.text('paymentReferences', 150) || row.text('paymentReference', 150),
    billingName: row.text('billingName', 200),
    country: row.text('shippingCountry', 100) || row.text('billingCountry', 100),
    namedTaxes,
  }
}

function lineOf(row: Row): ShopifyRow['line'] {
  if (row.isEmpty('item') && row.isEmpty('price')) return null
  return {
    quantity: row.amount('quantity'),
    name: row.text('item', 500),
    sku: row.text('sku', 60),
    price: row.amount('price'),
    taxable: row.raw('taxable').trim().toLowerCase() !== 'false',
  }
}
