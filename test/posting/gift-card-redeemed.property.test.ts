import fc from 'fast-check'
import { expect, test } from 'vitest'
import { giftCardRedeemed } from '../../src/posting/gift-card-redeemed.ts'
import { giftCardSold } from '../../src/posting/gift-card-sold.ts'
import { amounts, amountsOrZero, days, ids, movements, moving, sumOf } from './support.ts'

const redemptions = fc.record({
  id: fc.constant('R1'),
  date: days,
  giftCardId: ids,
  partyId: ids,
  netMinor: amounts,
  taxMinor: amountsOrZero,
  taxCodeId: fc.constant(3n),
  taxAuthority: fc.constant('HMRC'),
})

test('a card settles what its user owes, and the tax of a single-purpose card is not declared twice', () => {
  fc.assert(
    fc.property(redemptions, (redemption) => {
      const [entry] = giftCardRedeemed([redemption])
      if (entry === undefined) throw new Error('no entry')
      const { netMinor, taxMinor } = redemption
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(
        moving({ gift_card_liability: netMinor, output_tax: taxMinor, receivable: -netMinor - taxMinor }),
      )
      expect(entry.lines.find(({ role }) => role === 'receivable')?.partyId).toBe(redemption.partyId)
    }),
  )
})

test('a card sold and wholly used leaves neither liability nor tax of its own', () => {
  fc.assert(
    fc.property(redemptions, (redemption) => {
      const [sold] = giftCardSold([{ ...redemption, id: 'S1', method: 'card' }])
      const [used] = giftCardRedeemed([redemption])
      if (sold === undefined || used === undefined) throw new Error('no entry')
      const paid = redemption.netMinor + redemption.taxMinor
      expect(movements({ ...sold, lines: [...sold.lines, ...used.lines] })).toEqual({
        payment_clearing: paid,
        receivable: -paid,
      })
    }),
  )
})
