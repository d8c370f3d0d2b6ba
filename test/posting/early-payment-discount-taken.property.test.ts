import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { earlyPaymentDiscountTaken, splitDiscount } from '../../src/posting/early-payment-discount-taken.ts'
import { amounts, amountsOrZero, days, ids, movements, moving, sumOf } from './support.ts'

const tax = { taxCodeId: 3n, taxAuthority: 'HMRC' }

test('126.00 with 5% off for paying early: 119.70 comes in', () => {
  const discount = splitDiscount(630n, { netMinor: 10500n, taxMinor: 2100n })
  const about = { id: '1', date: accountingDate('2011-01-20'), partyId: 1n, documentId: 2n, into: 'bank' as const }
  const [entry] = earlyPaymentDiscountTaken([{ ...about, ...tax, ...discount, paidMinor: 11970n }])
  expect(movements(entry)).toEqual({ bank: 11970n, sales_discounts: 525n, output_tax: 105n, receivable: -12600n })
})

test('money, discount and its tax settle the receivable, and the return learns of less tax on less turnover', () => {
  const facts = fc.record({
    id: fc.constant('1'),
    date: days,
    partyId: ids,
    documentId: ids,
    into: fc.constantFrom('bank', 'payment_clearing'),
    paidMinor: amounts,
    discountNetMinor: amountsOrZero,
    taxMinor: amountsOrZero,
    taxCodeId: ids,
    taxAuthority: fc.constant('HMRC'),
  })
  fc.assert(
    fc.property(facts, (fact) => {
      const [entry] = earlyPaymentDiscountTaken([fact])
      if (entry === undefined) throw new Error('no entry')
      const { into, paidMinor, discountNetMinor, taxMinor } = fact
      const receivable = -(paidMinor + discountNetMinor + taxMinor)
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(
        moving({ [into]: paidMinor, sales_discounts: discountNetMinor, output_tax: taxMinor, receivable }),
      )
      const line = entry.lines.find(({ role }) => role === 'output_tax')
      if (line) expect(line).toMatchObject({ taxBaseMinor: -discountNetMinor, taxPoint: fact.date })
    }),
  )
})

test('a discount is split as the invoice is, to the penny', () => {
  fc.assert(
    fc.property(amounts, amounts, amountsOrZero, (grossMinor, netMinor, taxMinor) => {
      const split = splitDiscount(grossMinor, { netMinor, taxMinor })
      expect(split.discountNetMinor + split.taxMinor).toBe(grossMinor)
      const off = split.discountNetMinor * (netMinor + taxMinor) - grossMinor * netMinor
      expect(2n * (off < 0n ? -off : off) <= netMinor + taxMinor).toBe(true)
    }),
  )
})
