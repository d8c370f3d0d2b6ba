import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'

/** What of a card nobody will use any more; net of the tax that a single-purpose card was sold with. */
export type GiftCardLapsed = { id: string; date: AccountingDate; giftCardId: bigint; netMinor: bigint }

/**
 * A card has expired, or its use has become remote (IFRS 15 B46): what is left of it is ours. The tax of a single-purpose card stays declared.
 *
 * Dr gift_card_liability · Cr gift_card_breakage.
 */
export const giftCardLapsed = (cards: readonly GiftCardLapsed[]): JournalDraft[] =>
  cards.map(({ id, date, giftCardId, netMinor }) =>
    draft({
      rule: 'gift-card-lapsed',
      source: { kind: 'gift_card_breakage', id },
      date,
      lines: [
        debit('gift_card_liability', netMinor, { giftCardId }),
        credit('gift_card_breakage', netMinor, { giftCardId }),
      ],
    }),
  )
