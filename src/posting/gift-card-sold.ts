import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'
import { type TaxPart, taxDimensions } from './tax-part.ts'

/** A card sold for money. `netMinor` and `taxMinor` make what was paid, not the face value; a multi-purpose card has no tax yet. */
export type GiftCardSold = TaxPart & {
  id: string
  date: AccountingDate
  giftCardId: bigint
  partyId?: bigint | null
  method: string
  reference?: string | null
  netMinor: bigint
}

/**
 * Money for goods not chosen yet. A card that can buy things of different tax is taxed when it is used; one whose goods and tax are known
 * is taxed now (EU directive 2006/112 art. 30b, UK VATA 1994 Sch 10B).
 *
 * Dr payment_clearing · Cr gift_card_liability, output_tax (single-purpose).
 */
export const giftCardSold = (sales: readonly GiftCardSold[]): JournalDraft[] =>
  sales.map((sale) => {
    const { id, date, giftCardId, partyId, method, reference, netMinor, taxMinor } = sale
    const about = { partyId, giftCardId }
    return draft({
      rule: 'gift-card-sold',
      source: { kind: 'gift_card_sale', id },
      date,
      lines: [
        debit('payment_clearing', netMinor + taxMinor, {
          ...about,
          paymentMethod: method,
          processorReference: reference,
        }),
        credit('gift_card_liability', netMinor, about),
        credit('output_tax', taxMinor, { ...about, ...taxDimensions(sale, date, netMinor) }),
      ],
    })
  })
