import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'
import { type TaxPart, taxDimensions } from './tax-part.ts'

/** A card used to pay an invoice. `netMinor` and `taxMinor` make what it pays; the tax is the part that was declared at its sale. */
export type GiftCardRedeemed = TaxPart & {
  id: string
  date: AccountingDate
  giftCardId: bigint
  partyId: bigint
  documentId?: bigint | null
  netMinor: bigint
}

/**
 * A gift card is a means of payment and no discount. The invoice declares the tax of the sale; what a single-purpose card has declared
 * already comes back here.
 *
 * Dr gift_card_liability, output_tax (single-purpose) · Cr receivable.
 */
export const giftCardRedeemed = (redemptions: readonly GiftCardRedeemed[]): JournalDraft[] =>
  redemptions.map((redemption) => {
    const { id, date, giftCardId, partyId, documentId, netMinor, taxMinor } = redemption
    const about = { partyId, documentId, giftCardId }
    return draft({
      rule: 'gift-card-redeemed',
      source: { kind: 'gift_card_redemption', id },
      date,
      lines: [
        debit('gift_card_liability', netMinor, about),
        debit('output_tax', taxMinor, { ...about, ...taxDimensions(redemption, date, -netMinor) }),
        credit('receivable', netMinor + taxMinor, about),
      ],
    })
  })
