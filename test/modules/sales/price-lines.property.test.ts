import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, divideRounded, multiply, toMinor } from '../../../src/kernel/decimal.ts'
import { priceDocument } from '../../../src/modules/sales/price-lines.ts'

const rates: Record<string, string> = { 1: '0.2', 2: '0.05', 3: '0' }
const rate = (code: bigint) => decimal(rates[String(code)] as string)
const lines = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 500 }).map(String),
    unitPrice: fc
      .tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 9_999 }))
      .map(([a, b]) => `${a}.${String(b).padStart(4, '0')}`),
    taxCodeId: fc.constantFrom(1n, 2n, 3n),
  }),
  { minLength: 1, maxLength: 12 },
)
const charges = fc.array(
  fc.bigInt({ min: -500n, max: 5_000n }).map((amountMinor) => ({ amountMinor })),
  { maxLength: 2 },
)
const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, value) => total + value, 0n)

describe('priceDocument', () => {
  it('keeps every penny of gross prices: nets and taxes add up to quantity times price and the charges', () => {
    fc.assert(
      fc.property(lines, charges, (list, extra) => {
        const priced = priceDocument(list, extra, { prices: 'gross', exponent: 2, rate })
        const asked =
          sum(list.map((line) => toMinor(multiply(decimal(line.quantity), decimal(line.unitPrice)), 2))) +
          sum(extra.map((c) => c.amountMinor))
        const nets = sum(priced.lineNets) + sum(priced.chargeNets.flatMap((charge) => [...charge.values()]))
        expect(nets + sum(priced.taxes.map((tax) => tax.taxMinor))).toBe(asked)
        for (const tax of priced.taxes) {
          const ofLines = sum(priced.lineNets.filter((_, index) => list[index]?.taxCodeId === tax.taxCodeId))
          expect(ofLines + sum(priced.chargeNets.map((charge) => charge.get(tax.taxCodeId) ?? 0n))).toBe(tax.baseMinor)
        }
      }),
    )
  })

  it('computes the tax of each code once, on the sum of what it taxes', () => {
    fc.assert(
      fc.property(lines, charges, (list, extra) => {
        const priced = priceDocument(list, extra, { prices: 'net', exponent: 2, rate })
        for (const { taxCodeId, baseMinor, taxMinor } of priced.taxes) {
          const { unscaled, scale } = rate(taxCodeId)
          expect(taxMinor).toBe(divideRounded(baseMinor * unscaled, 10n ** BigInt(scale)))
        }
        expect(sum(priced.taxes.map((tax) => tax.baseMinor))).toBe(
          sum(priced.lineNets) + sum(extra.map((c) => c.amountMinor)),
        )
      }),
    )
  })

  it('spreads a charge over the tax codes by the value of the goods', () => {
    const list = [
      { quantity: '3', unitPrice: '10.00', taxCodeId: 1n },
      { quantity: '1', unitPrice: '10.00', taxCodeId: 3n },
    ]
    const priced = priceDocument(list, [{ amountMinor: 400n }], { prices: 'net', exponent: 2, rate })
    expect(priced.chargeNets).toEqual([
      new Map([
        [1n, 300n],
        [3n, 100n],
      ]),
    ])
    expect(priced.taxes).toEqual([
      { taxCodeId: 1n, baseMinor: 3300n, taxMinor: 660n },
      { taxCodeId: 3n, baseMinor: 1100n, taxMinor: 0n },
    ])
  })
})
