import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft, negated } from './draft.ts'

/** What was left of a prepayment when it was forfeited, net of tax: one part for each part of the deposit, above zero. */
export type DepositForfeited = {
  /** The payment: what is left of it is forfeited once. */
  paymentId: bigint
  date: AccountingDate
  partyId: bigint | null
  reference: string
  reason: string
  parts: readonly { netMinor: bigint; bookedMinor?: bigint | undefined }[]
}

/**
 * The customer does not come for what was prepaid, and the terms let us keep it. The tax on the prepayment stays declared, since nothing is paid
 * back (Revenue and Customs Brief 13 (2018); CJEU C-250/14, Air France-KLM).
 *
 * Dr customer_deposits · Cr other_income, at the value at which the deposit was booked.
 */
export const depositForfeited = (forfeits: readonly DepositForfeited[]): JournalDraft[] =>
  forfeits.map(({ paymentId, date, partyId, reference, reason, parts }) => {
    const about = { partyId, processorReference: reference }
    return draft({
      rule: 'deposit-forfeited',
      source: { kind: 'deposit_forfeited', id: String(paymentId) },
      date,
      description: reason,
      lines: parts.flatMap(({ netMinor, bookedMinor }) => [
        debit('customer_deposits', netMinor, { ...about, bookedMinor }),
        credit('other_income', netMinor, { ...about, bookedMinor: negated(bookedMinor) }),
      ]),
    })
  })
