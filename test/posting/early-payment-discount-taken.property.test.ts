import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { earlyPaymentDiscountTaken, splitDiscount } from '../../src/posting/early-payment-discount-taken.ts'
import { amounts, amountsOrZero, days, ids, movements, moving, signedAmounts, sumOf } from './support.ts'

const tax = { taxCodeId: 3n, taxAuthority: 'HMRC' }

test('126.00 with 5% off for paying early: 119.70 comes in', () => {
  const discounts = splitDiscount({ grossMinor: 630n, baseMinor: 630n }, [
    { ...tax, netMinor: 10500n, taxMinor: 2100n },
  ])
  const [entry] = earlyPaymentDiscountTaken([
    {
      id: '1',
      date: accountingDate('2011-01-20'),
      partyId: 1n,
      into: 'bank',
      invoices: [{ documentId: 2n, paidMinor: 11970n, discounts }],
    },
  ])
  expect(movements(entry)).toEqual({ bank: 11970n, sales_discounts: 525n, output_tax: 105n, receivable: -12600n })
})

const parts = fc.record({
  netMinor: amountsOrZero,
  taxMinor: amountsOrZero,
  taxCodeId: ids,
  taxAuthority: fc.constant('HMRC'),
})
const facts = fc.record({
  id: fc.constant('1'),
  date: days,
  partyId: ids,
  into: fc.constantFrom('bank', 'cash', 'payment_clearing'),
  invoices: fc.array(fc.record({ documentId: ids, paidMinor: amounts, discounts: fc.array(parts, { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
})

test('money, discount and its tax settle the receivable, and the return learns of less tax on less turnover', () => {
  fc.assert(
    fc.property(facts, (fact) => {
      const [entry] = earlyPaymentDiscountTaken([fact])
      if (entry === undefined) throw new Error('no entry')
      const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n)
      const discounts = fact.invoices.flatMap((invoice) => invoice.discounts)
      const paid = sum(fact.invoices.map(({ paidMinor }) => paidMinor))
      const [net, taxed] = [sum(discounts.map((d) => d.netMinor)), sum(discounts.map((d) => d.taxMinor))]
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(
        moving({ [fact.into]: paid, sales_discounts: net, output_tax: taxed, receivable: -(paid + net + taxed) }),
      )
      const bases = entry.lines.flatMap(({ role, taxBaseMinor }) => (role === 'output_tax' ? [taxBaseMinor] : []))
      expect(bases).toEqual(discounts.filter(({ taxMinor }) => taxMinor !== 0n).map(({ netMinor }) => -netMinor))
    }),
  )
})

test('a discount is split as the invoice is, to the penny, whatever of it was returned', () => {
  const invoice = fc
    .array(fc.record({ netMinor: signedAmounts, taxMinor: signedAmounts }), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map((part, index) => ({ ...part, ...tax, taxCodeId: BigInt(index) })))
  fc.assert(
    fc.property(amounts, amounts, invoice, (grossMinor, baseMinor, whole) => {
      const weight = (minor: bigint): bigint => (minor < 0n ? 0n : minor)
      const total = whole.reduce((sum, { netMinor, taxMinor }) => sum + weight(netMinor) + weight(taxMinor), 0n)
      fc.pre(total > 0n)
      const split = splitDiscount({ grossMinor, baseMinor }, whole)
      expect(split.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0n)).toBe(grossMinor)
      const booked = split.map(({ bookedNetMinor = 0n, bookedTaxMinor = 0n }) => bookedNetMinor + bookedTaxMinor)
      expect(booked.reduce((sum, each) => sum + each, 0n)).toBe(baseMinor)
      for (const { netMinor, taxCodeId } of split) {
        const off =
          netMinor * total - grossMinor * weight(whole.find((part) => part.taxCodeId === taxCodeId)?.netMinor ?? 0n)
        expect((off < 0n ? -off : off) <= total).toBe(true)
      }
    }),
  )
})

test('two taxes on the same 100.00: the price falls once, and both say that 10.00 less was taxed', () => {
  const second = { ...tax, taxCodeId: 4n }
  const split = splitDiscount({ grossMinor: 1080n, baseMinor: 540n }, [
    { ...tax, netMinor: 10000n, taxMinor: 600n },
    { ...second, netMinor: 10000n, taxMinor: 200n },
    { taxCodeId: null, taxAuthority: null, netMinor: -10000n, taxMinor: 0n },
  ])
  const less = { taxBaseMinor: 1000n, taxBaseBookedMinor: 500n }
  expect(split).toMatchObject([
    { taxCodeId: null, netMinor: 1000n, taxMinor: 0n, bookedNetMinor: 500n },
    { ...tax, netMinor: 0n, taxMinor: 60n, bookedTaxMinor: 30n, ...less },
    { ...second, netMinor: 0n, taxMinor: 20n, bookedTaxMinor: 10n, ...less },
  ])
})
