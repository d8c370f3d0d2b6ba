import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippingOfShipment, splitShipping } from '../../src/posting/shipping.ts'
import { amountsOrZero } from './support.ts'

test('7 of 12 mugs take 2.92 of the carriage of 5.00, the other five 2.08', () => {
  const order = { shippingNetMinor: 500n, orderNetMinor: 12000n }
  const first = { recognisedMinor: 0n, shippedBeforeMinor: 0n, shippingNowMinor: 7000n, completes: false }
  const second = { recognisedMinor: 292n, shippedBeforeMinor: 7000n, shippingNowMinor: 5000n, completes: true }
  expect(shippingOfShipment({ ...order, ...first })).toBe(292n)
  expect(shippingOfShipment({ ...order, ...second })).toBe(208n)
})

const values = fc.array(amountsOrZero, { minLength: 1, maxLength: 10 })

test('the parts are the whole, and none is off by more than a penny of its share', () => {
  fc.assert(
    fc.property(amountsOrZero, values, (shipping, goods) => {
      const parts = splitShipping(shipping, goods)
      const total = goods.reduce((sum, value) => sum + value, 0n)
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(shipping)
      for (const [index, part] of parts.entries()) {
        const off = part * total - shipping * (goods[index] as bigint)
        if (total > 0n) expect((off < 0n ? -off : off) <= total).toBe(true)
      }
    }),
  )
})

test('the shipments of an order recognise its carriage once, whatever they ship', () => {
  fc.assert(
    fc.property(amountsOrZero, values, (shippingNetMinor, shipments) => {
      const orderNetMinor = shipments.reduce((sum, value) => sum + value, 0n)
      let recognisedMinor = 0n
      let shippedBeforeMinor = 0n
      for (const [index, shippingNowMinor] of shipments.entries()) {
        const completes = index === shipments.length - 1
        const progress = { recognisedMinor, shippedBeforeMinor, shippingNowMinor, completes }
        const now = shippingOfShipment({ shippingNetMinor, orderNetMinor, ...progress })
        expect(now >= 0n).toBe(true)
        recognisedMinor += now
        shippedBeforeMinor += shippingNowMinor
      }
      expect(recognisedMinor).toBe(shippingNetMinor)
    }),
  )
})
