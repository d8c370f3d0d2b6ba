import { type AccountingDate, accountingDate } from '../../kernel/accounting-date.ts'
import { isCurrencyCode } from '../../kernel/currencies.ts'
import { decimal, multiply, toMinor } from '../../kernel/decimal.ts'
import { exponentOf } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { normaliseCode } from '../../modules/catalog/index.ts'
import { unidentifiedCard } from '../../modules/gift-cards/index.ts'
import type { NewException } from '../../modules/inbox/index.ts'
import { type DocumentLine, type DocumentRequest, grossOf } from '../../modules/sales/index.ts'
import type { DestinationReading, TaxCode } from '../../modules/tax/index.ts'
import type { PlacedRow, RowGroup } from '../document-spill.ts'
import type { PlannedDocument, PlannedOrder, PlannedPayment } from '../import-format.ts'
import {
  asOrder,
  contentHash,
  exceptionOf,
  lastDay,
  minorOf,
  type OrderRules,
  plannedPayment,
  refuseForeignCard,
  withTotal,
} from '../plan-support.ts'
import { depositTaxesOf, type Taxable, taxDocument } from '../tax-document.ts'
import type { OrderRecord } from './records.ts'

export const source = 'orders'

export type OwnOrderRules = OrderRules & {
  destination: (destination: string, day: AccountingDate) => DestinationReading
}

type Placed = PlacedRow<OrderRecord>

/** Everything about an order that its documents share. */
type Head = {
  number: string
  fields: OrderRecord['fields']
  prices: 'net' | 'gross'
  day: AccountingDate
  currency: string
  reading: DestinationReading
}

/**
 * Turns the records of an order into its invoice, or, as long as it has no day of invoice, into an order that books nothing; into its credit
 * notes; and into its payments and refunds. Pure. Refuses `import_row_missing` for records of an order that no file holds, `currency_unknown`,
 * `tax_code_unknown`, and `input_invalid` for what cannot be true of an order.
 */
export function planOwnOrder({ key: number, rows }: RowGroup<OrderRecord>, rules: OwnOrderRules): PlannedOrder {
  const of = (kind: OrderRecord['kind']): Placed[] => rows.filter(({ row }) => row.kind === kind)
  const head = headOf(number, of('order'), rules)
  const sold = [...of('line'), ...of('shipping'), ...of('discount'), ...of('gift_card')]
  const invoice = invoiceOf(head, { sold, paid: of('payment') }, rules)
  const isInvoiced = head.fields.invoiced_on !== undefined
  const documents: PlannedDocument[] = [
    isInvoiced ? invoice : { request: asOrder(invoice.request), exceptions: [] },
    ...creditNotesOf(head, { credits: of('credit'), refunds: of('refund') }, rules),
  ]
  if (!isInvoiced && documents.length > 1)
    throw new Refusal('input_invalid', { order: number, credit: 'of an order that is not invoiced' })
  const money = { head, invoice: invoice.request, isInvoiced, documents }
  return { documents, payments: [...capturesOf(of('payment'), money, rules), ...refundsOf(of('refund'), money, rules)] }
}

function headOf(number: string, records: readonly Placed[], rules: OwnOrderRules): Head {
  const [record, another] = records
  if (record === undefined) throw new Refusal('import_row_missing', { order: number })
  if (another !== undefined) throw new Refusal('input_invalid', { order: number, repeated: 'order' })
  const { fields } = record.row
  const currency = fields.currency as string
  if (!isCurrencyCode(currency)) throw new Refusal('currency_unknown', { order: number, currency })
  const day = accountingDate(fields.invoiced_on ?? (fields.ordered_on as string))
  const reading = rules.destination(fields.country ?? rules.country, day)
  return { number, fields, currency, day, reading, prices: fields.prices === 'gross' ? 'gross' : 'net' }
}

type Sale = { sold: readonly Placed[]; paid: readonly Placed[] }

function invoiceOf(head: Head, { sold, paid }: Sale, rules: OwnOrderRules): PlannedDocument {
  const { number, fields } = head
  const request: DocumentRequest = {
    ...shared(head, head.day, rules),
    number: fields.invoice ?? number,
    kind: 'invoice',
    otherDays: {
      payment: lastDay(paid.map(({ row }) => row.fields.paid_on)),
      shipment: lastDay([fields.shipped_on]),
      payout: lastDay(paid.map(({ row }) => row.fields.paid_out_on)),
    },
    ...(fields.due_on === undefined ? {} : { dueOn: accountingDate(fields.due_on) }),
    ...linesAndTaxes(head, head.day, sold, 1n, rules),
    contentHash: hashOf(head, sold),
  }
  const planned = withTotal(request, fields.total === undefined ? null : minorOf(fields.total, head.currency), rules)
  const { rule, country } = head.reading
  if (!rule.raisesException || country !== null || fields.country === undefined) return planned
  return { ...planned, exceptions: [...planned.exceptions, unclear(planned.request, fields.country, rules)] }
}

const unclear = (request: DocumentRequest, destination: string, rules: OrderRules): NewException =>
  exceptionOf(rules, {
    kind: 'unclear_destination',
    subject: request.number,
    message: `${request.number} went to '${destination}': where its lines name no tax code they are taxed as if at home`,
    amountMinor: grossOf(request),
    currency: request.currency,
  })

/** What an invoice and its credit notes have in common. */
const shared = ({ number, fields, currency, prices, reading }: Head, issuedOn: AccountingDate, rules: OrderRules) => ({
  source,
  issuedOn,
  customer:
    fields.customer === undefined ? null : { number: fields.customer, name: fields.customer_name ?? fields.customer },
  channelCode: fields.channel ?? source,
  destination: fields.country ?? '',
  country: reading.country,
  settlement: 'on_account' as const,
  currency,
  prices,
  rounding: 'per_document' as const,
  orderReference: number,
  importRunId: rules.importRunId,
})

/** Lines and taxes of records; `sign` is -1 for what is credited. */
function linesAndTaxes(
  head: Head,
  day: AccountingDate,
  records: readonly Placed[],
  sign: 1n | -1n,
  rules: OwnOrderRules,
): Pick<DocumentRequest, 'lines' | 'taxes'> {
  const amounts = records.map(({ row }): Taxable => {
    const way = row.kind === 'discount' ? -sign : sign
    const { tax } = row.fields
    return {
      amountMinor: amountOf(row, head.currency) * way,
      taxCode: row.kind === 'gift_card' ? outsideScope(rules) : taxCodeOf(row, head, rules),
      taxMinor: tax === undefined ? null : minorOf(tax, head.currency) * way,
    }
  })
  if (records.some(({ row }) => row.kind === 'gift_card')) refuseForeignCard(head.currency, rules)
  const { netMinors, taxes } = taxDocument(amounts, head.prices, day)
  const lines = records.map((placed, place) =>
    lineOf(
      placed,
      { netMinor: netMinors[place] as bigint, taxCodeId: (amounts[place] as Taxable).taxCode.id, sign, day },
      rules,
    ),
  )
  return { lines, taxes }
}

function amountOf({ fields, order }: OrderRecord, currency: string): bigint {
  if (fields.amount !== undefined) return minorOf(fields.amount, currency)
  const price = multiply(decimal(fields.quantity as string), decimal(fields.unit_price as string))
  const amount = toMinor(price, exponentOf(currency)) - minorOf(fields.discount ?? '0', currency)
  if (amount < 0n) throw new Refusal('input_invalid', { order, discount: fields.discount, of: fields.item ?? '' })
  return amount
}

const outsideScope = ({ taxCodes, outsideScopeId }: OrderRules): TaxCode =>
  taxCodes.find(({ id }) => id === outsideScopeId) as TaxCode

/** The code that a record names, or else that of the order's destination. */
function taxCodeOf({ fields }: OrderRecord, { reading }: Head, { taxCodes }: OrderRules): TaxCode {
  const named = fields.tax_code
  const code = taxCodes.find(({ id, code }) => (named === undefined ? id === reading.rule.taxCodeId : code === named))
  if (code === undefined) throw new Refusal('tax_code_unknown', { code: named ?? reading.rule.taxCode })
  return code
}

const roles = {
  line: 'sales',
  credit: 'sales',
  shipping: 'shipping_income',
  discount: 'sales_discounts',
  gift_card: 'gift_card_liability',
} as const

type Priced = { netMinor: bigint; taxCodeId: bigint; sign: 1n | -1n; day: AccountingDate }

function lineOf(
  { file, line, row }: Placed,
  { netMinor, taxCodeId, sign, day }: Priced,
  rules: OrderRules,
): DocumentLine {
  const { kind, fields } = row
  const item = fields.item
  const quantity = fields.quantity ?? '1'
  return {
    itemCode: item === undefined ? null : normaliseCode(item),
    code: item ?? kind.toUpperCase(),
    description: fields.description ?? item ?? kind.replace('_', ' '),
    quantity: sign === 1n ? quantity : `-${quantity}`,
    unitPrice: fields.unit_price ?? (fields.amount as string),
    netMinor,
    role: roles[kind as keyof typeof roles],
    taxCodeId,
    giftCardCode: kind === 'gift_card' ? (fields.card ?? unidentifiedCard) : null,
    occurredAt: `${day} 00:00:00`,
    importFileId: rules.fileIds[file] ?? null,
    importLine: line,
  }
}

type Returned = { credits: readonly Placed[]; refunds: readonly Placed[] }

function creditNotesOf(head: Head, { credits, refunds }: Returned, rules: OwnOrderRules): PlannedDocument[] {
  const byNumber = Map.groupBy(credits, ({ row }) => row.fields.credit_note as string)
  return [...byNumber].map(([number, records]) => {
    const days = new Set(records.map(({ row }) => row.fields.credited_on as string))
    if (days.size > 1) throw new Refusal('input_invalid', { creditNote: number, days: [...days].join(' ') })
    const issuedOn = accountingDate([...days][0] as string)
    const refunded = refunds.filter(({ row }) => row.fields.credit_note === number)
    const request: DocumentRequest = {
      ...shared(head, issuedOn, rules),
      number,
      kind: 'credit_note',
      otherDays: { payment: lastDay(refunded.map(({ row }) => row.fields.paid_on)) },
      ...linesAndTaxes(head, issuedOn, records, -1n, rules),
      contentHash: contentHash(number, records.map(textOf)),
    }
    return { request, exceptions: [] }
  })
}

type Money = { head: Head; invoice: DocumentRequest; isInvoiced: boolean; documents: readonly PlannedDocument[] }

function capturesOf(records: readonly Placed[], money: Money, rules: OwnOrderRules): PlannedPayment[] {
  const { head, invoice, isInvoiced } = money
  return records.flatMap(({ row: { fields } }, place) => {
    const paidOn = accountingDate(fields.paid_on as string)
    const amountMinor = minorOf(fields.amount as string, head.currency)
    if (amountMinor === 0n) return []
    const planned = plannedPayment(
      {
        kind: 'capture',
        reference: fields.reference ?? `${head.number}/payment-${place + 1}`,
        name: fields.method as string,
        on: paidOn,
        amountMinor,
        settles: isInvoiced && paidOn >= invoice.issuedOn ? 0 : null,
        giftCardCode: fields.card ?? null,
      },
      rules,
      head.currency,
    )
    return planned === undefined ? [] : (asMoney(planned, money, rules) ?? [])
  })
}

/** A gift card pays when there is an invoice to pay; other money that comes before it is a deposit, with the tax that is due on it. */
function asMoney(planned: PlannedPayment, money: Money, rules: OwnOrderRules): PlannedPayment | undefined {
  const { invoice, isInvoiced } = money
  const { payment, exceptions } = planned
  if (payment.settles !== null) return planned
  if (payment.through === 'gift_card')
    return isInvoiced ? { exceptions, payment: { ...payment, settles: 0, on: invoice.issuedOn } } : undefined
  const depositTaxes = depositTaxesOf(
    payment.amountMinor,
    { taxes: invoice.taxes, grossMinor: grossOf(invoice) },
    rules.taxCodes,
  )
  return { exceptions, payment: { ...payment, depositTaxes } }
}

function refundsOf(records: readonly Placed[], { head, documents }: Money, rules: OwnOrderRules): PlannedPayment[] {
  return records.flatMap(({ row: { fields } }, place) => {
    const amountMinor = minorOf(fields.amount as string, head.currency)
    if (amountMinor === 0n) return []
    const numbered = documents.findIndex(
      ({ request }) => request.kind === 'credit_note' && request.number === fields.credit_note,
    )
    if (fields.credit_note !== undefined && numbered < 0)
      throw new Refusal('import_row_missing', { order: head.number, creditNote: fields.credit_note })
    const planned = plannedPayment(
      {
        kind: 'refund',
        reference: fields.reference ?? `${head.number}/refund-${place + 1}`,
        name: fields.method as string,
        on: accountingDate(fields.paid_on as string),
        amountMinor,
        settles: numbered < 0 ? null : numbered,
      },
      rules,
      head.currency,
    )
    return planned ?? []
  })
}

const textOf = ({ row }: Placed): string => JSON.stringify([row.kind, ...Object.entries(row.fields).sort()])

/** Without the day of shipment, which may come to be known when the invoice is there already. */
const hashOf = ({ number, fields: { shipped_on: _, ...fields } }: Head, sold: readonly Placed[]): Buffer =>
  contentHash(number, JSON.stringify(Object.entries(fields).sort()), sold.map(textOf))
