import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { readCountry } from '../../kernel/country-names.ts'
import { isCurrencyCode } from '../../kernel/currencies.ts'
import { decimal, divideRounded, multiply, toMinor } from '../../kernel/decimal.ts'
import { exponentOf } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { NewException } from '../../modules/inbox/index.ts'
import { type DocumentLine, type DocumentRequest, grossOf } from '../../modules/sales/index.ts'
import type { PlacedRow, RowGroup } from '../document-spill.ts'
import type { PlannedDocument, PlannedOrder } from '../import-format.ts'
import {
  asOrder,
  chargeLine,
  contentHash,
  exceptionOf,
  type OrderRules,
  refuseForeignCard,
  withDifference,
} from '../plan-support.ts'
import { dayOf, dayOrNull, type Line, type PlacedLine, refundDay, source } from './order.ts'
import { goodsLines, type LineCodes } from './plan-lines.ts'
import { paymentsOf } from './plan-payments.ts'
import { readTotals, type ShopifyTotals } from './read-totals.ts'
import type { ShopifyHead, ShopifyRow } from './rows.ts'
import { type TaxableAmount, type TaxedAmounts, taxAmounts } from './tax-lines.ts'

export type ShopifyRules = OrderRules & { lineCodes: LineCodes }

/**
 * Turns the rows of an order into the invoice of the day of its fulfilment, or, until all of it is fulfilled, into an order that books nothing; into a
 * credit note for what was refunded of an invoice; and into the payments that the export tells of. Pure. Refuses `import_row_missing` for lines
 * without the row that has the order's totals, `currency_unknown`, and `input_invalid` for an order that files tell differently.
 */
export function planShopifyOrder({ key: name, rows }: RowGroup<ShopifyRow>, rules: ShopifyRules): PlannedOrder {
  const { head, lines } = orderOf(name, rows)
  if (!isCurrencyCode(head.currency)) throw new Refusal('currency_unknown', { order: name, currency: head.currency })
  const isInvoiced = head.fulfillmentStatus === 'fulfilled'
  const issuedOn = dayOf(head.fulfilledAt || head.paidAt || head.createdAt)
  const invoice = invoiceOf(name, { head, lines, issuedOn }, rules)
  const first = isInvoiced ? invoice : { request: asOrder(invoice.request), exceptions: [] }
  const credit = isInvoiced ? creditNoteOf(name, head, invoice.request, rules) : undefined
  const documents = credit === undefined ? [first] : [first, credit]
  const payments = paymentsOf(
    name,
    head,
    { invoice: invoice.request, isInvoiced, hasCreditNote: credit !== undefined },
    rules,
  )
  return { documents, payments }
}

/** The order and its lines. Exports may overlap: an order that several files tell alike is read once. */
function orderOf(name: string, rows: readonly PlacedRow<ShopifyRow>[]): { head: ShopifyHead; lines: PlacedLine[] } {
  const byFile = [...Map.groupBy(rows, ({ file }) => file).values()]
  const told = byFile.map((ofFile) => JSON.stringify(ofFile.map(({ row }) => row)))
  if (new Set(told).size > 1)
    throw new Refusal('input_invalid', { order: name, repeated: 'differently, in several files' })
  const own = byFile[0] as PlacedRow<ShopifyRow>[]
  const [head, another] = own.flatMap(({ row }) => row.head ?? [])
  if (head === undefined) throw new Refusal('import_row_missing', { order: name })
  if (another !== undefined) throw new Refusal('input_invalid', { order: name, repeated: 'order' })
  return {
    head,
    lines: own.flatMap(({ file, line, row }) => (row.line === null ? [] : [{ file, line, row: row.line }])),
  }
}

type Order = { head: ShopifyHead; lines: readonly PlacedLine[]; issuedOn: AccountingDate }

function invoiceOf(name: string, order: Order, rules: ShopifyRules): PlannedDocument {
  const { head, lines, issuedOn } = order
  const amountOf = ({ price, quantity }: Line): bigint =>
    toMinor(multiply(decimal(price), decimal(quantity)), exponentOf(head.currency))
  const totals = readTotals(
    head,
    lines.map(({ row }) => row),
    amountOf,
  )
  const goods = goodsLines(lines, { issuedOn, amountOf }, rules)
  if (goods.some(({ line }) => line.giftCardCode)) refuseForeignCard(head.currency, rules)
  const charges = chargesOf(totals, head.currency)
  const amounts = [...goods.map(({ amount }) => amount), ...charges.map(({ amount }) => amount)]
  const taxed = taxAmounts(head, amounts, { day: issuedOn, taxesIncluded: totals.taxesIncluded }, rules)
  const documentLines = [...goods.map(({ line }) => line), ...charges.map(({ line }) => line)].map((line, place) => ({
    ...line,
    netMinor: taxed.netMinors[place] as bigint,
    taxCodeId: taxed.codes[place]?.id ?? rules.outsideScopeId,
  }))
  const request: DocumentRequest = {
    ...sharedOf(name, head, rules),
    number: name,
    kind: 'invoice',
    issuedOn,
    issuedAt: head.fulfilledAt || head.paidAt || head.createdAt,
    otherDays: { payment: dayOrNull(head.paidAt), shipment: dayOrNull(head.fulfilledAt) },
    prices: totals.taxesIncluded ? 'gross' : 'net',
    taxes: taxed.taxes,
    lines: [
      ...documentLines.filter(({ netMinor, itemCode }) => netMinor !== 0n || itemCode !== null),
      ...unknownTaxLines(taxed, head.currency, rules),
    ],
    contentHash: contentHash(
      name,
      hashedHead(head),
      lines.map(({ row }) => JSON.stringify(row)),
    ),
  }
  // What stands in suspense is net, also where the prices have their tax in them.
  const ofCodes = goods.flatMap(({ exceptions }, place) =>
    exceptions.map((exception) => ({ ...exception, amountMinor: taxed.netMinors[place] as bigint })),
  )
  const exceptions = [...ofCodes, ...taxExceptions(request, taxed, rules)]
  const planned = withDifference(request, totals.differenceMinor, rules)
  return { request: planned.request, exceptions: [...planned.exceptions, ...exceptions] }
}

/** What of an order does not change when it is paid or refunded. */
const hashedHead = (head: ShopifyHead): string =>
  JSON.stringify([
    head.email,
    head.fulfillmentStatus,
    head.fulfilledAt,
    head.createdAt,
    head.cancelledAt,
    head.currency,
    head.subtotal,
    head.shipping,
    head.taxes,
    head.total,
    head.duties,
    head.discount,
    head.country,
    head.namedTaxes,
  ])

function sharedOf(name: string, head: ShopifyHead, rules: OrderRules) {
  const reading = readCountry(head.country)
  return {
    source,
    customer: head.email === '' ? null : { number: head.email, name: head.billingName || head.email },
    channelCode: source,
    destination: head.country,
    country: reading.kind === 'country' ? reading.code : null,
    settlement: 'on_account' as const,
    currency: head.currency,
    rounding: 'per_line' as const,
    orderReference: name,
    importRunId: rules.importRunId,
  }
}

type Charge = { amount: TaxableAmount; line: DocumentLine }

function chargesOf(totals: ShopifyTotals, currency: string): Charge[] {
  const { discountMinor, shippingMinor, shippingDiscountMinor, dutiesMinor } = totals
  const charge = (
    what: { code: string; description: string; role: NonNullable<DocumentLine['role']> },
    amountMinor: bigint,
    taxed: Pick<TaxableAmount, 'isGoods' | 'taxable'>,
  ): Charge => ({
    amount: { amountMinor, ...taxed },
    line: chargeLine({ ...what, netMinor: amountMinor, taxCodeId: null }, currency),
  })
  const ofGoods = { isGoods: true, taxable: true }
  const ofShipping = { isGoods: false, taxable: true }
  return [
    charge({ code: 'DISCOUNT', description: 'Discount', role: 'sales_discounts' }, -discountMinor, ofGoods),
    charge({ code: 'SHIPPING', description: 'Shipping', role: 'shipping_income' }, shippingMinor, ofShipping),
    charge(
      { code: 'SHIPPING-DISCOUNT', description: 'Discount on shipping', role: 'sales_discounts' },
      -shippingDiscountMinor,
      ofShipping,
    ),
    charge({ code: 'DUTIES', description: 'Duties', role: 'shipping_income' }, dutiesMinor, {
      isGoods: false,
      taxable: false,
    }),
  ].filter(({ amount }) => amount.amountMinor !== 0n)
}

const unknownTaxLines = ({ unknown }: TaxedAmounts, currency: string, rules: OrderRules): DocumentLine[] =>
  unknown.map(({ name, taxMinor }) =>
    chargeLine(
      { code: 'TAX', description: name, netMinor: taxMinor, role: 'sales_suspense', taxCodeId: rules.outsideScopeId },
      currency,
    ),
  )

function taxExceptions(
  request: DocumentRequest,
  { unknown, taxes, baseIsUnclear }: TaxedAmounts,
  rules: OrderRules,
): NewException[] {
  const ofNames = unknown.map(({ name, taxMinor }) =>
    exceptionOf(rules, {
      kind: 'unknown_tax',
      subject: name,
      message: `Nobody has said which tax '${name}' is: it is in suspense`,
      amountMinor: taxMinor,
      currency: request.currency,
    }),
  )
  if (!baseIsUnclear) return ofNames
  const taxMinor = taxes.reduce((sum, tax) => sum + tax.taxMinor, 0n)
  const message = `The export does not say what of ${request.number} was taxed: it was computed back from the tax`
  return [
    ...ofNames,
    exceptionOf(rules, { kind: 'tax_base_unclear', subject: request.number, message, amountMinor: taxMinor }),
  ]
}

/**
 * What was refunded of an invoice, in one line: the export names neither the lines nor the day. Its tax is the invoice's, in proportion; it is dated
 * when the order was cancelled, or else with the invoice.
 */
function creditNoteOf(
  name: string,
  head: ShopifyHead,
  invoice: DocumentRequest,
  rules: OrderRules,
): PlannedDocument | undefined {
  const refunded = toMinor(decimal(head.refunded), exponentOf(head.currency))
  const gross = grossOf(invoice)
  const [credited] = [refunded, gross].sort((a, b) => (a < b ? -1 : 1)) as [bigint, bigint]
  if (credited <= 0n) return undefined
  const share = (amount: bigint): bigint => -divideRounded(amount * credited, gross)
  const taxes = invoice.taxes.map((tax) => ({ ...tax, baseMinor: share(tax.baseMinor), taxMinor: share(tax.taxMinor) }))
  const netMinor = -credited - taxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0n)
  const onlyCode = taxes.length === 1 ? (taxes[0]?.taxCodeId ?? null) : null
  const line = { code: 'REFUND', description: `Refund of ${name}`, netMinor, role: 'sales' as const }
  const issuedOn = refundDay(head, invoice.issuedOn)
  const request: DocumentRequest = {
    ...sharedOf(name, head, rules),
    number: `${name}-refund`,
    kind: 'credit_note',
    issuedOn,
    prices: 'net',
    taxes,
    lines: [chargeLine({ ...line, quantity: '-1', taxCodeId: onlyCode ?? rules.outsideScopeId }, head.currency)],
    contentHash: contentHash(name, head.refunded, issuedOn),
  }
  const message = `The export does not say what of ${name} was refunded, nor when: it is credited in one line on ${issuedOn}`
  return {
    request,
    exceptions: [
      exceptionOf(rules, {
        kind: 'refund_unclear',
        subject: name,
        message,
        amountMinor: -refunded,
        currency: head.currency,
      }),
    ],
  }
}
