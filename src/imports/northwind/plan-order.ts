import { accountingDate } from '../../kernel/accounting-date.ts'
import { readCountry } from '../../kernel/country-names.ts'
import { decimal, multiply, toMinor } from '../../kernel/decimal.ts'
import { exponentOf } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { DocumentLine, DocumentRequest } from '../../modules/sales/index.ts'
import type { PlacedRow, RowGroup } from '../document-spill.ts'
import type { PlannedOrder } from '../import-format.ts'
import { asOrder, chargeLine, contentHash, lastDay, minorOf, type OrderRules } from '../plan-support.ts'
import type { NorthwindRow } from './rows.ts'

export const source = 'northwind'

/** What customers and products are called, by their ids. */
export type NorthwindNames = { customers: ReadonlyMap<string, string>; products: ReadonlyMap<string, string> }

type OrderRow = Extract<NorthwindRow, { what: 'order' }>
type Detail = PlacedRow<Extract<NorthwindRow, { what: 'detail' }>>

/**
 * Turns an order into the invoice of the day on which it was shipped, on account, in the company's currency, as the script names none, and outside
 * the scope of tax: goods at their full price, the discount of each line beside it, freight. An order that was not shipped is kept as an order
 * and books nothing. Pure. Refuses `import_row_missing` for details of an order that no file holds, `input_invalid` for one that is there twice.
 */
export function planNorthwindOrder(
  { key, rows }: RowGroup<NorthwindRow>,
  names: NorthwindNames,
  rules: OrderRules,
): PlannedOrder {
  const [order, another] = rows.flatMap(({ row }) => (row.what === 'order' ? [row] : []))
  if (order === undefined) throw new Refusal('import_row_missing', { order: key })
  const details = rows.filter((placed): placed is Detail => placed.row.what === 'detail')
  const products = details.map(({ row }) => row.product)
  const repeated = products.find((product, place) => products.indexOf(product) !== place)
  if (another !== undefined || repeated !== undefined)
    throw new Refusal('input_invalid', {
      order: key,
      repeated: repeated === undefined ? 'order' : `product ${repeated}`,
    })
  const invoice = invoiceOf(order, details, names, rules)
  return { documents: [{ request: order.shippedOn === '' ? asOrder(invoice) : invoice, exceptions: [] }] }
}

function invoiceOf(
  order: OrderRow,
  details: readonly Detail[],
  { customers, products }: NorthwindNames,
  rules: OrderRules,
): DocumentRequest {
  const reading = readCountry(order.country)
  const nameOf = (product: string): string => products.get(product) ?? `Product ${product}`
  return {
    source,
    number: order.order,
    kind: 'invoice',
    issuedOn: accountingDate(order.shippedOn || order.orderedOn),
    otherDays: { shipment: lastDay([order.shippedOn]) },
    customer:
      order.customer === '' ? null : { number: order.customer, name: customers.get(order.customer) ?? order.customer },
    channelCode: source,
    destination: order.country,
    country: reading.kind === 'country' ? reading.code : null,
    settlement: 'on_account',
    currency: rules.baseCurrency,
    prices: 'net',
    rounding: 'per_line',
    taxes: [],
    lines: [
      ...details.map((detail) => goodsLine(detail, nameOf(detail.row.product), rules)),
      ...details.flatMap((detail) => discountLine(detail, nameOf(detail.row.product), rules)),
      ...freightLine(order, rules),
    ],
    orderReference: order.order,
    importRunId: rules.importRunId,
    contentHash: contentHash(
      [order.customer, order.orderedOn, order.shippedOn, order.freight, order.country].join('|'),
      details.map(({ row }) => [row.product, row.price, row.quantity, row.discount].join('|')),
    ),
  }
}

const goodsLine = ({ file, line, row }: Detail, name: string, rules: OrderRules): DocumentLine => ({
  itemCode: row.product,
  code: row.product,
  description: name,
  quantity: row.quantity,
  unitPrice: row.price,
  netMinor: toMinor(multiply(decimal(row.price), decimal(row.quantity)), exponentOf(rules.baseCurrency)),
  role: 'sales',
  taxCodeId: rules.outsideScopeId,
  importFileId: rules.fileIds[file] ?? null,
  importLine: line,
})

/** What a line gives away stands beside it: price × quantity × discount, rounded to the minor unit. */
function discountLine({ file, line, row }: Detail, name: string, rules: OrderRules): DocumentLine[] {
  const share = multiply(multiply(decimal(row.price), decimal(row.quantity)), decimal(row.discount))
  const netMinor = -toMinor(share, exponentOf(rules.baseCurrency))
  if (netMinor === 0n) return []
  const discount = { code: 'DISCOUNT', description: `Discount on ${name}`, netMinor, role: 'sales_discounts' as const }
  const where = { importFileId: rules.fileIds[file] ?? null, importLine: line }
  return [
    chargeLine({ ...discount, itemCode: row.product, taxCodeId: rules.outsideScopeId, ...where }, rules.baseCurrency),
  ]
}

function freightLine({ freight }: OrderRow, rules: OrderRules): DocumentLine[] {
  const netMinor = minorOf(freight, rules.baseCurrency)
  if (netMinor === 0n) return []
  const line = { code: 'FREIGHT', description: 'Freight', netMinor, role: 'shipping_income' as const }
  return [chargeLine({ ...line, taxCodeId: rules.outsideScopeId }, rules.baseCurrency)]
}
