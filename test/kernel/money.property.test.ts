import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, exponentOf, formatMinor, moneyJson, parseMinor } from '../../src/kernel/money.ts'

const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 60 })
const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n)

describe('allocated parts', () => {
  test('equal the whole', () => {
    fc.assert(fc.property(amount, weights, (whole, by) => void expect(sum(allocate(whole, by))).toBe(whole)))
  })

  test('lie within one minor unit of their exact share', () => {
    fc.assert(
      fc.property(amount, weights, (whole, by) => {
        const total = sum(by)
        fc.pre(total > 0n)
        for (const [index, part] of allocate(whole, by).entries()) {
          const difference = part * total - whole * (by[index] as bigint)
          expect(difference <= total && difference >= -total).toBe(true)
        }
      }),
    )
  })

  test('of 100.00 in three are 33.33, 33.34 and 33.33; without weights the last takes all; of nothing there are none', () => {
    expect(allocate(10_000n, [1n, 1n, 1n])).toEqual([3333n, 3334n, 3333n])
    expect(allocate(-7n, [0n, 0n])).toEqual([0n, -7n])
    expect(allocate(5n, [])).toEqual([])
  })

  test('333 lines of a third of a penny leave nothing over', () => {
    expect(sum(allocate(111n, Array(333).fill(1n)))).toBe(111n)
  })
})

describe('an amount', () => {
  test('has the places of its currency', () => {
    expect(formatMinor(1234n, 'GBP')).toBe('12.34')
    expect(formatMinor(-5n, 'GBP')).toBe('-0.05')
    expect(formatMinor(1234n, 'JPY')).toBe('1234')
    expect(formatMinor(46_043_677n, 'KWD')).toBe('46043.677')
    expect(formatMinor(1n, 'HUF')).toBe('0.01') // ISO 4217, whatever else says that it has none
    expect(moneyJson(9_007_199_254_740_993n, 'USD')).toEqual({ amount: '90071992547409.93', currency: 'USD' })
  })

  test('is read back as it was written, in any currency', () => {
    const currency = fc.constantFrom('GBP', 'JPY', 'KWD', 'CLF')
    fc.assert(
      fc.property(
        amount,
        currency,
        (minor, code) => void expect(parseMinor(formatMinor(minor, code), code)).toBe(minor),
      ),
    )
  })

  test('with more places than its currency is none', () => {
    expect(parseMinor('1.5', 'JPY')).toBeUndefined()
    expect(parseMinor('1.005', 'GBP')).toBeUndefined()
    expect(parseMinor('1.234,56', 'EUR')).toBeUndefined()
    expect(parseMinor('', 'EUR')).toBeUndefined()
    expect(parseMinor('1.5', 'KWD')).toBe(1500n)
    expect(() => exponentOf('XYZ')).toThrow('not a currency')
  })
})
