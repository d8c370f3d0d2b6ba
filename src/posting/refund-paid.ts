import type { JournalDraft } from './draft.ts'
import { type PaymentFact, paymentEntry } from './payment-fact.ts'

/**
 * Money goes back to the customer.
 *
 * After a credit note: Dr receivable · Cr payment_clearing. Of a prepaid order that is cancelled: Dr customer_deposits, output_tax ·
 * Cr payment_clearing.
 */
export const refundPaid = (payments: readonly PaymentFact[]): JournalDraft[] =>
  payments.map((payment) => paymentEntry('refund-paid', payment, -1n))
