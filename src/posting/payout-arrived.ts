import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'

/** What a processor pays out to the bank; negative where it takes money back. */
export type Payout = {
  id: string
  sentOn: AccountingDate
  arrivedOn: AccountingDate
  method: string
  amountMinor: bigint
}

/**
 * A payout is on the bank account.
 *
 * Dr bank · Cr payout_in_transit. A negative payout: Dr payment_clearing · Cr bank.
 */
export const payoutArrived = (payouts: readonly Payout[]): JournalDraft[] =>
  payouts.map(({ id, arrivedOn, method, amountMinor }) => {
    const about = { paymentMethod: method, processorReference: id }
    return draft({
      rule: 'payout-arrived',
      source: { kind: 'payout', id },
      date: arrivedOn,
      lines: [
        debit('bank', amountMinor, { processorReference: id }),
        credit(amountMinor > 0n ? 'payout_in_transit' : 'payment_clearing', amountMinor, about),
      ],
    })
  })
