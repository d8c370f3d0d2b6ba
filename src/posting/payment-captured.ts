import type { JournalDraft } from './draft.ts'
import { type PaymentFact, paymentEntry } from './payment-fact.ts'

/**
 * A processor has taken the customer's money for us.
 *
 * For something invoiced: Dr payment_clearing · Cr receivable. Before shipment and invoice: Dr payment_clearing · Cr customer_deposits,
 * output_tax on the amount received, since the tax point is the earlier of payment and invoice (UK VATA 1994 s6(4), EU directive
 * 2006/112 art. 65); where prepayments are not taxed the deposit carries no tax.
 */
export const paymentCaptured = (payments: readonly PaymentFact[]): JournalDraft[] =>
  payments.map((payment) => paymentEntry('payment-captured', payment, 1n))
