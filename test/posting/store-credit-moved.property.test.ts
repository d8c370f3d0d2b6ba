import fc from 'fast-check'
import { expect, test } from 'vitest'
import { giftCardLapsed } from '../../src/posting/gift-card-lapsed.ts'
import { giftCardRefunded } from '../../src/posting/gift-card-refunded.ts'
import { storeCreditMoved } from '../../src/posting/store-credit-moved.ts'
import { amounts, amountsOrZero, days, ids, movements, moving, sumOf } from './support.ts'

const about = fc.record({
  reference: fc.string({ minLength: 1, maxLength: 8 }),
  date: days,
  partyId: ids,
  amountMinor: amounts,
})

test('store credit that is issued and used leaves nothing, and pays what was owed', () => {
  fc.assert(
    fc.property(about, (fact) => {
      const [issued, redeemed] = storeCreditMoved([
        { ...fact, kind: 'issued' },
        { ...fact, kind: 'redeemed' },
      ])
      const { amountMinor } = fact
      expect(movements(issued)).toEqual({ receivable: amountMinor, store_credit_liability: -amountMinor })
      expect(movements(redeemed)).toEqual({ receivable: -amountMinor, store_credit_liability: amountMinor })
    }),
  )
})

test('store credit is paid out of where it is said to be', () => {
  fc.assert(
    fc.property(about, fc.constantFrom('bank' as const, 'cash' as const, 'payment_clearing' as const), (fact, from) => {
      const [cashed] = storeCreditMoved([{ ...fact, kind: 'cashed', from }])
      expect(movements(cashed)).toEqual({ store_credit_liability: fact.amountMinor, [from]: -fact.amountMinor })
    }),
  )
})

const cards = fc.record({
  id: fc.string({ minLength: 1 }),
  date: days,
  giftCardId: ids,
  netMinor: amounts,
  taxMinor: amountsOrZero,
})

test('a refunded card takes its tax back, and one that lapses leaves it declared', () => {
  fc.assert(
    fc.property(cards, (card) => {
      const { netMinor, taxMinor } = card
      const [refunded] = giftCardRefunded([{ ...card, method: 'card', taxCodeId: 7n, taxAuthority: 'HMRC' }])
      if (refunded === undefined) throw new Error('no entry')
      expect(sumOf(refunded)).toBe(0n)
      expect(movements(refunded)).toEqual(
        moving({ gift_card_liability: netMinor, output_tax: taxMinor, payment_clearing: -netMinor - taxMinor }),
      )
      const [lapsed] = giftCardLapsed([card])
      expect(movements(lapsed)).toEqual({ gift_card_liability: netMinor, gift_card_breakage: -netMinor })
    }),
  )
})
