import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'
import { type TaxPart, taxDimensions } from './tax-part.ts'

/** What is left on a card, or a part of it, goes back to its holder. */
export type GiftCardRefunded = TaxPart & {
  id: string
  date: AccountingDate
  giftCardId: bigint
  method: string
  netMinor: bigint
}

/**
 * The money that was paid for a card goes back, with the tax that a single-purpose card was sold with.
 *
 * Dr gift_card_liability, output_tax (single-purpose) · Cr payment_clearing.
 */
export const giftCardRefunded = (refunds: readonly GiftCardRefunded[]): JournalDraft[] =>
  refunds.map((refund) => {
    const { id, date, giftCardId, method, netMinor, taxMinor } = refund
    return draft({
      rule: 'gift-card-refunded',
      source: { kind: 'gift_card_refund', id },
      date,
      lines: [
        debit('gift_card_liability', netMinor, { giftCardId }),
        debit('output_tax', taxMinor, { giftCardId, ...taxDimensions(refund, date, -netMinor) }),
        credit('payment_clearing', netMinor + taxMinor, { giftCardId, paymentMethod: method, processorReference: id }),
      ],
    })
  })
