import fc from 'fast-check'
import { expect, test } from 'vitest'
import { payoutArrived } from '../../src/posting/payout-arrived.ts'
import { payoutSent } from '../../src/posting/payout-sent.ts'
import { amounts, days, movements, sumOf } from './support.ts'

const payouts = (sign: bigint) =>
  fc
    .record({
      id: fc.string({ minLength: 1 }),
      sentOn: days,
      arrivedOn: days,
      method: fc.constant('card'),
      size: amounts,
    })
    .map(({ size, ...payout }) => ({ ...payout, amountMinor: size * sign }))

test('a payout that arrived has moved the money from clearing to the bank, with nothing left in transit', () => {
  fc.assert(
    fc.property(payouts(1n), (payout) => {
      const [sent] = payoutSent([payout])
      const [arrived] = payoutArrived([payout])
      if (sent === undefined || arrived === undefined) throw new Error('no entry')
      expect([sumOf(sent), sumOf(arrived)]).toEqual([0n, 0n])
      expect(movements(sent)).toEqual({ payout_in_transit: payout.amountMinor, payment_clearing: -payout.amountMinor })
      expect(movements(arrived)).toEqual({ bank: payout.amountMinor, payout_in_transit: -payout.amountMinor })
      expect([sent.date, arrived.date]).toEqual([payout.sentOn, payout.arrivedOn])
    }),
  )
})

test('a negative payout is taken from the bank at once', () => {
  fc.assert(
    fc.property(payouts(-1n), (payout) => {
      const [arrived] = payoutArrived([payout])
      expect(payoutSent([payout])).toEqual([])
      expect(movements(arrived)).toEqual({ bank: payout.amountMinor, payment_clearing: -payout.amountMinor })
    }),
  )
})
