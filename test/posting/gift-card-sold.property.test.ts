import fc from 'fast-check'
import { expect, test } from 'vitest'
import { giftCardSold } from '../../src/posting/gift-card-sold.ts'
import { amounts, amountsOrZero, days, ids, movements, moving, sumOf } from './support.ts'

const sales = (taxes: fc.Arbitrary<bigint>) =>
  fc.record({
    id: fc.constant('S1'),
    date: days,
    giftCardId: ids,
    method: fc.constant('card'),
    netMinor: amounts,
    taxMinor: taxes,
    taxCodeId: fc.constant(3n),
    taxAuthority: fc.constant('HMRC'),
  })

test('a multi-purpose card is owed as it was paid, with no tax yet', () => {
  fc.assert(
    fc.property(sales(fc.constant(0n)), (sale) => {
      const [entry] = giftCardSold([sale])
      expect(movements(entry)).toEqual({ payment_clearing: sale.netMinor, gift_card_liability: -sale.netMinor })
      expect(entry?.lines.find(({ role }) => role === 'gift_card_liability')?.giftCardId).toBe(sale.giftCardId)
    }),
  )
})

test('a single-purpose card is taxed when it is sold, and owed without the tax', () => {
  fc.assert(
    fc.property(sales(amountsOrZero), (sale) => {
      const [entry] = giftCardSold([sale])
      if (entry === undefined) throw new Error('no entry')
      const { netMinor, taxMinor } = sale
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(
        moving({ payment_clearing: netMinor + taxMinor, gift_card_liability: -netMinor, output_tax: -taxMinor }),
      )
      const tax = entry.lines.find(({ role }) => role === 'output_tax')
      if (tax) expect(tax).toMatchObject({ taxPoint: sale.date, taxBaseMinor: netMinor, taxCodeId: 3n })
    }),
  )
})
