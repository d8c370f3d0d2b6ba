import type { JournalDraft } from './draft.ts'
import { type PaymentFact, paymentEntry } from './payment-fact.ts'

/**
 * Money goes back to the customer.
 *
 * After a credit note: Dr receivable · Cr payment_clearing. Of a prepaid order that is cancelled: Dr customer_deposits, output_tax ·
 * Cr payment_clearing. What a customer paid into the bank or the till goes back out of it: Cr bank or cash.
 */
export const refundPaid = (payments: readonly PaymentFact[]): JournalDraft[] =>
  payments.map((payment) => paymentEntry('refund-paid', payment, -1n))
