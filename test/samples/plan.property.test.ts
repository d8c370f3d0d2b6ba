import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOf } from '../../src/kernel/accounting-date.ts'
import { weekdayOf } from '../../src/samples/calendar.ts'
import { goods } from '../../src/samples/goods.ts'
import { planShop } from '../../src/samples/plan-shop.ts'
import { totalOf } from '../../src/samples/plan-web-shop.ts'
import { stepsOf } from '../../src/samples/steps.ts'

const days = fc
  .tuple(fc.integer({ min: 2014, max: 2040 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => dateOf(year, month, day))

test('the items of the shop have codes of their own, names and prices', () => {
  expect(goods.length).toBeGreaterThan(60)
  expect(new Set(goods.map(({ code }) => code)).size).toBe(goods.length)
  expect(
    goods.filter(({ name, priceMinor, popularity }) => name === '' || priceMinor <= 0n || !(popularity > 0)),
  ).toEqual([])
})

test('weekdays are those of the calendar', () => {
  fc.assert(fc.property(days, (day) => weekdayOf(day) === new Date(`${day}T00:00:00Z`).getUTCDay()))
})

test('a plan of any seed and day stays within its days, names each invoice once and uses no card for more than was paid for it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), days, (seed, today) => {
      const plan = planShop(seed, today)
      const { invoices, credits, receipts, cardSales, cardsGivenUp, deposits, writeOffs } = plan
      const dated = [...invoices, ...credits, ...receipts, ...cardSales, ...cardsGivenUp, ...deposits, ...writeOffs]
      expect(dated.filter(({ on }) => on < plan.calendar.start || on > today)).toEqual([])
      const keys = new Set(invoices.map(({ key }) => key))
      expect(keys.size).toBe(invoices.length)
      expect([...credits, ...writeOffs].filter(({ invoice }) => !keys.has(invoice))).toEqual([])
      expect(new Set(credits.map(({ invoice }) => invoice)).size).toBe(credits.length)
      expect(cardsGivenUp.some(({ kind }) => kind === 'lapsed')).toBe(true)
      expect(writeOffs.length).toBeGreaterThan(0)
      const left = new Map(cardSales.map(({ code, paidMinor }) => [code, paidMinor]))
      for (const invoice of invoices) {
        const { giftCard } = invoice
        expect(totalOf(invoice) > 0n).toBe(true)
        if (giftCard === undefined) continue
        expect(giftCard.amountMinor <= totalOf(invoice)).toBe(true)
        left.set(giftCard.code, (left.get(giftCard.code) as bigint) - giftCard.amountMinor)
      }
      expect([...left.values()].filter((minor) => minor < 0n)).toEqual([])
    }),
    { numRuns: 8 },
  )
})

test('the same seed and day plan the same, another seed another shop', () => {
  const today = dateOf(2026, 11, 22)
  const textOf = (seed: string): string =>
    JSON.stringify(planShop(seed, today).invoices, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  expect(textOf('one')).toBe(textOf('one'))
  expect(textOf('one')).not.toBe(textOf('another'))
  expect(stepsOf('one', today).map(({ phase }) => phase)).toContain('Trading in 2026-11')
})
