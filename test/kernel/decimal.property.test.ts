import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Decimal,
  decimal,
  divideRounded,
  formatDecimal,
  multiply,
  multiplyMinor,
  parseDecimal,
  toMinor,
} from '../../src/kernel/decimal.ts'

// Digits enough for any rounding below, none of which is left to the other library's own taste.
Big.DP = 40
Big.RM = Big.roundHalfUp
Big.NE = -100
Big.PE = 100

const unscaled = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
const anyDecimal: fc.Arbitrary<Decimal> = fc.record({ unscaled, scale: fc.nat(12) })
const big = (value: Decimal) => new Big(value.unscaled.toString()).div(new Big(10).pow(value.scale))
const plain = (value: Big) => value.toFixed().replace(/^-0$/, '0')

describe('decimals agree with another library', () => {
  test('when written', () => {
    fc.assert(fc.property(anyDecimal, (value) => void expect(formatDecimal(value)).toBe(plain(big(value)))))
  })

  test('when multiplied', () => {
    fc.assert(
      fc.property(
        anyDecimal,
        anyDecimal,
        (a, b) => void expect(formatDecimal(multiply(a, b))).toBe(plain(big(a).times(big(b)))),
      ),
    )
  })

  test('when rounded to minor units, half away from zero', () => {
    fc.assert(
      fc.property(anyDecimal, fc.nat(4), (value, exponent) => {
        const minor = big(value).round(exponent, Big.roundHalfUp).times(new Big(10).pow(exponent))
        expect(toMinor(value, exponent).toString()).toBe(plain(minor))
      }),
    )
  })

  test('when an amount is multiplied by a rate', () => {
    fc.assert(
      fc.property(unscaled, anyDecimal, (amountMinor, rate) => {
        const product = big({ unscaled: amountMinor, scale: 0 }).times(big(rate)).round(0, Big.roundHalfUp)
        expect(multiplyMinor(amountMinor, rate).toString()).toBe(plain(product))
      }),
    )
  })
})

describe('a decimal', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        const text = formatDecimal(value)
        expect(formatDecimal(decimal(text))).toBe(text)
      }),
    )
  })

  test('is nothing else', () => {
    const none = ['', '.', '-', '+.', '1e3', '1,000', '0x10', ' 1', '1 ', '--1', '1.2.3', 'NaN', 'Infinity', '１']
    for (const text of none) expect(parseDecimal(text), JSON.stringify(text)).toBeUndefined()
    for (const text of ['.5', '5.', '+1', '-0']) expect(parseDecimal(text), text).toBeDefined()
    expect(formatDecimal(decimal('-0.00'))).toBe('0')
  })
})

test('a quotient is the nearest whole number, and halves go away from zero', () => {
  const some = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
  fc.assert(
    fc.property(
      some,
      some.filter((d) => d !== 0n),
      (numerator, denominator) => {
        const abs = (value: bigint) => (value < 0n ? -value : value)
        const rest = numerator - divideRounded(numerator, denominator) * denominator
        expect(abs(rest) * 2n <= abs(denominator)).toBe(true)
        expect(divideRounded(-numerator, denominator)).toBe(-divideRounded(numerator, denominator))
      },
    ),
  )
  expect([divideRounded(1n, 2n), divideRounded(-1n, 2n), divideRounded(5n, -2n)]).toEqual([1n, -1n, -3n])
})
