import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalOf, isNegative, isZero, minorUnits, negated, sumOf, typedDecimal } from '../../web/ui/exact.ts'
import { figure } from '../../web/ui/figures.ts'

const places = fc.integer({ min: 0, max: 4 })
const units = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })

describe('amounts', () => {
  test('go to minor units and back unchanged, whatever their size', () => {
    fc.assert(fc.property(units, places, (given, at) => minorUnits(decimalOf(given, at), at) === given))
  })

  test('add up exactly, and are undone by their other sign', () => {
    fc.assert(
      fc.property(fc.array(units, { minLength: 1, maxLength: 30 }), places, (given, at) => {
        const amounts = given.map((one) => ({ amount: decimalOf(one, at), currency: 'GBP' }))
        const sum = given.reduce((all, one) => all + one, 0n)
        expect(sumOf(amounts)).toEqual({ amount: decimalOf(sum, at), currency: 'GBP' })
        const undone = amounts.flatMap((one) => [one, { ...one, amount: negated(one.amount) }])
        expect(isZero(sumOf(undone)?.amount ?? '')).toBe(true)
      }),
    )
  })

  test('of two currencies, or with more places than there are, have no sum and no units', () => {
    expect(() =>
      sumOf([
        { amount: '1.00', currency: 'GBP' },
        { amount: '1.00', currency: 'EUR' },
      ]),
    ).toThrow(RangeError)
    expect(() => minorUnits('1.005', 2)).toThrow(RangeError)
    expect(() => minorUnits('1e3', 2)).toThrow(RangeError)
    expect(minorUnits('1.5000', 2)).toBe(150n)
    expect(sumOf([])).toBeUndefined()
  })

  test('below zero are those that are not zero', () => {
    expect([isNegative('-0.01'), isNegative('-0.00'), isNegative('0.01')]).toEqual([true, false, false])
    expect([negated('0.00'), negated('-1.20'), negated('1.20')]).toEqual(['0.00', '1.20', '-1.20'])
  })
})

describe('what is typed', () => {
  const typed = (text: string, locale = 'en-GB') => typedDecimal(text, { places: 2, locale })

  test.each([
    ['1234.5', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1234,5', '1234.50'],
    ['1 234.50', '1234.50'],
    ['-12', '-12.00'],
    ['−12.3', '-12.30'],
    ['1,234,567', '1234567.00'],
    ['007', '7.00'],
    ['0,1', '0.10'],
  ])('%s is %s', (text, amount) => expect(typed(text)).toBe(amount))

  test('is thousands or decimals as the locale says, where it could be both', () => {
    expect(typed('1,234', 'en-GB')).toBe('1234.00')
    expect(typed('1.234', 'de-DE')).toBe('1234.00')
    expect(typedDecimal('1,234', { places: 3, locale: 'de-DE' })).toBe('1.234')
  })

  test.each(['', '-', 'abc', '1.2.3,4x', '12.345', '1e5', '.'])('%s is no amount', (text) =>
    expect(typed(text)).toBeUndefined(),
  )

  test.each(['1.234.56', '12.5.0', '1,2,3', '1,23,4', '1234,567', '0,123', '1.234,567', '1,234.567,8', '1.23,45.6'])(
    '%s is a slip, and not what is left without its marks',
    (text) => expect(typed(text)).toBeUndefined(),
  )

  test('is in groups as the locale makes them', () => {
    expect(typed('12,34,567.50', 'en-IN')).toBe('1234567.50')
    expect(typed('12.345.678', 'de-DE')).toBe('12345678.00')
    expect(typedDecimal('1.234,567', { places: 3, locale: 'en-GB' })).toBe('1234.567')
  })

  test('as a locale writes an amount is that amount', () => {
    for (const locale of ['en-GB', 'de-DE', 'fr-FR', 'de-CH', 'pt-PT', 'en-IN']) {
      fc.assert(
        fc.property(units, (given) => {
          fc.pre(given !== 0n)
          expect(typed(figure(decimalOf(given, 2), locale), locale)).toBe(decimalOf(given, 2))
        }),
      )
    }
  })
})

test('figures are written exactly, in the way of the locale, and zero as a dash', () => {
  expect(figure('-9007199254740993.25', 'en-GB')).toBe('-9,007,199,254,740,993.25')
  expect(figure('1234.50', 'de-DE')).toBe('1.234,50')
  expect(figure('0.00', 'en-GB')).toBe('–')
})
