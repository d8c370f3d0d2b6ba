import { type AccountingDate, accountingDate } from '../../kernel/accounting-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { normaliseCode } from '../../modules/catalog/index.ts'
import type { NewException } from '../../modules/inbox/index.ts'
import { type DocumentLine, type DocumentRequest, grossOf } from '../../modules/sales/index.ts'
import type { PlacedRow, RowGroup } from '../document-spill.ts'
import type { PlannedOrder, PlannedPayment } from '../import-format.ts'
import {
  asOrder,
  chargeLine,
  contentHash,
  exceptionOf,
  minorOf,
  type OrderRules,
  plannedPayment,
} from '../plan-support.ts'
import type { OlistRow } from './rows.ts'

export const source = 'olist'
export const currency = 'BRL'
const country = 'BR'

type OrderRow = Extract<OlistRow, { what: 'order' }>
type Item = PlacedRow<Extract<OlistRow, { what: 'item' }>>
type Payment = Extract<OlistRow, { what: 'payment' }>

/**
 * Turns an order into an invoice of its items and freight, as given and without a tax split, on the day on which the carrier took it, or was
 * approved or placed where the data names no such day. Payments count from the day of approval: before the invoice they are deposits, which the
 * invoice uses up. An order without items is kept as an order, and what was paid for it is the customer's, untaxed. Pure. Refuses
 * `import_row_missing` for items and payments of an order that no file holds, and `input_invalid` for a row that is there twice.
 */
export function planOlistOrder({ key, rows }: RowGroup<OlistRow>, rules: OrderRules): PlannedOrder {
  const order = rows.find(({ row }) => row.what === 'order')?.row as OrderRow | undefined
  if (order === undefined) throw new Refusal('import_row_missing', { order: key })
  refuseRepeated(key, rows)
  const items = rows.filter((placed): placed is Item => placed.row.what === 'item')
  const payments = rows.flatMap(({ row }) => (row.what === 'payment' ? [row] : []))
  const paidOn = accountingDate((order.approved || order.purchased).slice(0, 10))
  const otherDays = {
    payment: payments.length === 0 ? null : paidOn,
    shipment: order.shipped === '' ? null : accountingDate(order.shipped.slice(0, 10)),
  }
  const invoice = { ...invoiceOf(order, items, rules), otherDays }
  const isInvoiced = items.length > 0
  const request = isInvoiced ? invoice : asOrder(invoice)
  return {
    documents: [{ request, exceptions: exceptionsOf(order, request, payments, rules) }],
    payments: payments.flatMap((payment) => {
      const settles = isInvoiced && paidOn >= request.issuedOn ? 0 : null
      return plannedOf(payment, { paidOn, settles }, rules) ?? []
    }),
  }
}

/** A row that stands twice would be booked twice, and which of two is right nobody knows. */
function refuseRepeated(order: string, rows: RowGroup<OlistRow>['rows']): void {
  const names = rows.map(({ row }) => (row.what === 'order' ? 'order' : `${row.what} ${row.place}`))
  const repeated = names.find((name, place) => names.indexOf(name) !== place)
  if (repeated !== undefined) throw new Refusal('input_invalid', { order, repeated })
}

function invoiceOf(order: OrderRow, items: readonly Item[], rules: OrderRules): DocumentRequest {
  const issuedAt = order.shipped || order.approved || order.purchased
  return {
    source,
    number: order.order,
    kind: 'invoice',
    issuedOn: accountingDate(issuedAt.slice(0, 10)),
    issuedAt,
    customer: { number: order.customer, name: `Customer ${order.customer}` },
    channelCode: source,
    destination: country,
    country,
    settlement: 'on_account',
    currency,
    prices: 'gross',
    rounding: 'per_line',
    taxes: [],
    lines: [...items.map((item) => itemLine(item, rules)), ...freightLine(items, rules)],
    orderReference: order.order,
    importRunId: rules.importRunId,
    contentHash: contentHash(
      [order.status, order.customer, order.purchased, order.approved, order.shipped].join('|'),
      items.map(({ row }) => [row.place, row.product, row.price, row.freight].join('|')),
    ),
  }
}

const itemLine = ({ file, line, row }: Item, rules: OrderRules): DocumentLine => ({
  itemCode: normaliseCode(row.product),
  code: row.product,
  description: `Product ${row.product}`,
  quantity: '1',
  unitPrice: row.price,
  netMinor: minorOf(row.price, currency),
  role: 'sales',
  taxCodeId: rules.outsideScopeId,
  importFileId: rules.fileIds[file] ?? null,
  importLine: line,
})

function freightLine(items: readonly Item[], rules: OrderRules): DocumentLine[] {
  const netMinor = items.reduce((sum, { row }) => sum + minorOf(row.freight, currency), 0n)
  if (netMinor === 0n) return []
  const line = { code: 'FREIGHT', description: 'Freight', netMinor, role: 'shipping_income' as const }
  return [chargeLine({ ...line, taxCodeId: rules.outsideScopeId }, currency)]
}

function plannedOf(
  payment: Payment,
  { paidOn, settles }: { paidOn: AccountingDate; settles: number | null },
  rules: OrderRules,
): PlannedPayment | undefined {
  const amountMinor = minorOf(payment.value, currency)
  if (amountMinor === 0n) return undefined // the data has payments of nothing, of type not_defined
  const reference = `${payment.order}/${payment.place}`
  return plannedPayment({ kind: 'capture', reference, name: payment.type, on: paidOn, amountMinor, settles }, rules)
}

function exceptionsOf(
  order: OrderRow,
  request: DocumentRequest,
  payments: readonly Payment[],
  rules: OrderRules,
): NewException[] {
  const paidMinor = payments.reduce((sum, { value }) => sum + minorOf(value, currency), 0n)
  if (request.kind === 'order') {
    const message = `${order.order} has no items and is called ${order.status}: what was paid for it is held for the customer`
    return [exceptionOf(rules, { kind: 'order_without_items', subject: order.order, message, amountMinor: paidMinor })]
  }
  const raised: NewException[] = []
  const differenceMinor = paidMinor - grossOf(request)
  if (differenceMinor !== 0n) {
    const message =
      differenceMinor > 0n
        ? `${order.order} was paid more than its items and freight: the rest is held for the customer`
        : `${order.order} was paid less than its items and freight: the rest is still owed`
    raised.push(
      exceptionOf(rules, { kind: 'payments_differ', subject: order.order, message, amountMinor: differenceMinor }),
    )
  }
  if (order.shipped === '' || neverSold.has(order.status)) {
    const message = `Orders that the files call ${order.status} are booked as sold: no refund is named, and of some no shipment`
    raised.push(
      exceptionOf(rules, { kind: 'sale_not_shipped', subject: order.status, message, amountMinor: grossOf(request) }),
    )
  }
  return raised
}

const neverSold: ReadonlySet<string> = new Set(['canceled', 'unavailable'])
