import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { abroad, acrossCurrencies, shareOfBase, toBase, type UsedRate } from '../../src/posting/exchange.ts'
import { invoiceIssued } from '../../src/posting/invoice-issued.ts'
import { salesFacts } from './support.ts'

const rates = fc
  .record({ numerator: fc.bigInt({ min: 1n, max: 10n ** 8n }), denominator: fc.bigInt({ min: 1n, max: 10n ** 8n }) })
  .map((ratio): UsedRate => ({ ...ratio, base: 'GBP', currency: 'EUR', source: 'manual', day: '2024-01-31' as never }))
const amounts = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })

/** An oracle that shares no code with the product: far more places than needed, then half away from zero. */
function byBig(minor: bigint, { numerator, denominator }: UsedRate): bigint {
  Big.DP = 40
  const exact = new Big(minor.toString()).times(numerator.toString()).div(denominator.toString())
  return BigInt(exact.round(0, 1).toFixed())
}

test('an amount is converted exactly and rounded once', () => {
  fc.assert(
    fc.property(amounts, rates, (minor, rate) => {
      expect(toBase(minor, rate)).toBe(byBig(minor, rate))
    }),
  )
})

test('a currency without minor units and one with three are converted by their own places', () => {
  const rate = {
    base: 'JPY',
    currency: 'KWD',
    source: 'manual' as const,
    day: '2024-01-31' as never,
    numerator: 490n,
    denominator: 1n,
  }
  expect(toBase(1_500n, rate)).toBe(735n) // 1.500 dinar at 490 yen
  expect(acrossCurrencies(735n, { currency: 'JPY', rate: null }, { currency: 'KWD', rate })).toBe(1_500n)
})

test('a document in another currency balances in both, and its gross and tax are what the rate says', () => {
  fc.assert(
    fc.property(salesFacts('invoice'), rates, (fact, rate) => {
      const [entry] = invoiceIssued([fact])
      if (entry === undefined) throw new Error('no entry')
      const { lines } = abroad(entry, { currency: 'EUR', base: 'GBP', rate })
      expect(lines.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(0n)
      expect(lines.reduce((sum, line) => sum + (line.currencyAmountMinor ?? 0n), 0n)).toBe(0n)
      const off = lines.filter(
        (line, index) => line.amountMinor !== toBase(entry.lines[index]?.amountMinor ?? 0n, rate),
      )
      expect(off.length).toBeLessThanOrEqual(1)
      const others = lines.some(({ role }) => role !== 'receivable' && role !== 'output_tax')
      if (others) expect(off.filter(({ role }) => role === 'receivable' || role === 'output_tax')).toEqual([])
    }),
  )
})

test('the parts of a booked value make the whole, in whatever steps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 }),
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.constantFrom(1n, -1n),
      (parts, base, sign) => {
        const amountMinor = parts.reduce((sum, part) => sum + part, 0n) * sign
        const item = { amountMinor, baseMinor: base * sign, appliedMinor: 0n, appliedBaseMinor: 0n }
        for (const part of parts) {
          const share = shareOfBase(item, part * sign)
          item.appliedMinor += part * sign
          item.appliedBaseMinor += share
          expect(share * sign).toBeGreaterThanOrEqual(0n)
        }
        expect(item.appliedBaseMinor).toBe(item.baseMinor)
      },
    ),
  )
})
