import { books, credit, debit, draft, type JournalDraft } from './draft.ts'
import type { Payout } from './payout-arrived.ts'

/**
 * A processor pays out what it holds for us; the money is under way. A negative payout has no such step: the bank pays at once.
 *
 * Dr payout_in_transit · Cr payment_clearing.
 */
export const payoutSent = (payouts: readonly Payout[]): JournalDraft[] => payouts.map(draftOf).filter(books)

const draftOf = ({ id, sentOn, method, amountMinor }: Payout): JournalDraft => {
  const sentMinor = amountMinor > 0n ? amountMinor : 0n
  const about = { paymentMethod: method, processorReference: id }
  return draft({
    rule: 'payout-sent',
    source: { kind: 'payout', id },
    date: sentOn,
    lines: [debit('payout_in_transit', sentMinor, about), credit('payment_clearing', sentMinor, about)],
  })
}
