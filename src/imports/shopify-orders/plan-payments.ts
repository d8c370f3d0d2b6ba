import { type DocumentRequest, grossOf } from '../../modules/sales/index.ts'
import type { PlannedPayment } from '../import-format.ts'
import { exceptionOf, minorOf, type OrderRules, plannedPayment } from '../plan-support.ts'
import { depositTaxesOf } from '../tax-document.ts'
import { dayOf, refundDay } from './order.ts'
import type { ShopifyHead } from './rows.ts'

type Booked = { invoice: DocumentRequest; isInvoiced: boolean; hasCreditNote: boolean }

/** States of an order in which nothing has been captured. */
const unpaid: ReadonlySet<string> = new Set(['', 'pending', 'authorized', 'voided', 'expired', 'unpaid'])

/**
 * What was paid is the total less the outstanding balance, on the day of `Paid at`, or of the order where that is empty. The export names the methods
 * and not how much came by each: several together are one name, which nobody has explained, so that their money waits in suspense. A refund
 * goes back by the same method.
 */
export function paymentsOf(name: string, head: ShopifyHead, booked: Booked, rules: OrderRules): PlannedPayment[] {
  const paidMinor = unpaid.has(head.financialStatus)
    ? 0n
    : minorOf(head.total, head.currency) - minorOf(head.outstanding, head.currency)
  const refundedMinor = minorOf(head.refunded, head.currency)
  const captures = paidMinor > 0n ? [captureOf(name, head, paidMinor, booked, rules)] : []
  const refunds = refundedMinor > 0n ? [refundOf(name, head, refundedMinor, booked, rules)] : []
  return [...captures, ...refunds].filter((payment) => payment !== undefined)
}

const methodOf = (head: ShopifyHead): string => head.paymentMethod || 'no payment method'

function captureOf(
  name: string,
  head: ShopifyHead,
  amountMinor: bigint,
  { invoice, isInvoiced }: Booked,
  rules: OrderRules,
): PlannedPayment | undefined {
  const on = dayOf(head.paidAt || head.createdAt)
  const reference = `${name}/${head.paymentReference || 'payment'}`
  const settles = isInvoiced && on >= invoice.issuedOn ? 0 : null
  const planned = plannedPayment(
    { kind: 'capture', reference, name: methodOf(head), on, amountMinor, settles },
    rules,
    head.currency,
  )
  if (planned === undefined || settles !== null) return planned
  const { payment, exceptions } = planned
  if (payment.through === 'gift_card') {
    // A card pays an invoice and nothing else: until there is one, nothing is booked.
    return isInvoiced ? { exceptions, payment: { ...payment, settles: 0, on: invoice.issuedOn } } : undefined
  }
  const depositTaxes = depositTaxesOf(
    amountMinor,
    { taxes: invoice.taxes, grossMinor: grossOf(invoice) },
    rules.taxCodes,
  )
  return { exceptions, payment: { ...payment, depositTaxes } }
}

function refundOf(
  name: string,
  head: ShopifyHead,
  amountMinor: bigint,
  { invoice, hasCreditNote }: Booked,
  rules: OrderRules,
): PlannedPayment | undefined {
  const paidOn = dayOf(head.paidAt || head.createdAt)
  const on = refundDay(head, hasCreditNote && invoice.issuedOn > paidOn ? invoice.issuedOn : paidOn)
  const reference = `${name}/refund`
  const settles = hasCreditNote ? 1 : null
  const planned = plannedPayment(
    { kind: 'refund', reference, name: methodOf(head), on, amountMinor, settles },
    rules,
    head.currency,
  )
  if (planned === undefined || hasCreditNote) return planned
  const unclear = exceptionOf(rules, {
    kind: 'refund_unclear',
    subject: name,
    message: `The export does not say when ${name} was refunded: it is booked on ${on}`,
    amountMinor: -amountMinor,
    currency: head.currency,
  })
  return { ...planned, exceptions: [...planned.exceptions, unclear] }
}
