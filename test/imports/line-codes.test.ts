import { describe, expect, test } from 'vitest'
import { lineCodeReader, normaliseCode } from '../../src/modules/catalog/index.ts'
import { day, defaultLineCodes, storedLineCodes } from './plan-support.ts'

const on = day('2011-02-01')
const read = lineCodeReader(defaultLineCodes)
const roleOf = (code: string) => {
  const rule = read(normaliseCode(code), on)
  return rule && [rule.standsFor, rule.role, rule.taxed]
}

test.each([
  ['85123A', 'item', 'sales', true],
  ['22423', 'item', 'sales', true],
  ['85123a', 'item', 'sales', true],
  ['15056BL', 'item', 'sales', true],
  [' 47503J ', 'item', 'sales', true],
  ['POST', 'charge', 'shipping_income', true],
  ['DOT', 'charge', 'shipping_income', true],
  ['C2', 'charge', 'shipping_income', true],
  ['D', 'charge', 'sales_discounts', true],
  ['M', 'charge', 'sales', true],
  ['m', 'charge', 'sales', true],
  ['S', 'charge', 'sales', true],
  ['PADS', 'charge', 'sales', true],
  ['gift_0001_20', 'gift_card', 'gift_card_liability', false],
  ['BANK CHARGES', 'charge', 'payment_fees', false],
  ['AMAZONFEE', 'charge', 'channel_fees', false],
  ['CRUK', 'charge', 'channel_fees', false],
  ['B', 'charge', 'bad_debts', false],
  ['b ', 'charge', 'bad_debts', false],
  ['DCGSSBOY', 'unknown', 'sales_suspense', true],
  ['1234', 'unknown', 'sales_suspense', true],
  ['123456', 'unknown', 'sales_suspense', true],
  ['85123-A', 'unknown', 'sales_suspense', true],
  ['POSTAGE', 'unknown', 'sales_suspense', true],
  ['MM', 'unknown', 'sales_suspense', true],
  ['BANK  CHARGES', 'unknown', 'sales_suspense', true],
  ['GIFT', 'unknown', 'sales_suspense', true],
])('"%s" stands for %s: %s', (code, standsFor, role, taxed) => {
  expect(roleOf(code)).toEqual([standsFor, role, taxed])
})

describe('among rules that match', () => {
  const rule = (
    priority: number,
    pattern: string,
    role: 'sales' | 'shipping_income' | 'sales_discounts',
    more = {},
  ) => ({
    priority,
    pattern,
    standsFor: 'charge' as const,
    role,
    taxed: true,
    ...more,
  })
  const choose = (rules: Parameters<typeof storedLineCodes>[0], code: string, date = on) =>
    lineCodeReader(storedLineCodes(rules))(code, date)?.role

  test('the lowest priority wins, in whatever order they were added', () => {
    const rules = [rule(20, 'P.*', 'sales'), rule(10, 'POST', 'shipping_income'), rule(30, '.*', 'sales_discounts')]
    expect(choose(rules, 'POST')).toBe('shipping_income')
    expect(choose(rules.toReversed(), 'POST')).toBe('shipping_income')
    expect(choose(rules, 'PX')).toBe('sales')
  })

  test('the latest version of a pattern takes over, also where it has less priority', () => {
    const rules = [
      rule(10, 'POST', 'shipping_income'),
      rule(50, 'POST', 'sales', { version: 2 }),
      rule(20, 'P.*', 'sales_discounts'),
    ]
    expect(choose(rules, 'POST')).toBe('sales_discounts')
    expect(choose(rules.slice(0, 2), 'POST')).toBe('sales')
  })

  test('a version holds from its day on and not before', () => {
    const rules = [
      rule(10, 'POST', 'shipping_income'),
      rule(10, 'POST', 'sales', { version: 2, effectiveFrom: day('2011-02-01') }),
      rule(10, 'POST', 'sales_discounts', { version: 3, effectiveFrom: day('2011-03-01') }),
    ]
    const reader = lineCodeReader(storedLineCodes(rules))
    const days = ['2011-01-31', '2011-02-01', '2011-02-28', '2011-03-01', '2011-01-31'].map(day)
    expect(days.map((date) => reader('POST', date)?.role)).toEqual([
      'shipping_income',
      'sales',
      'sales',
      'sales_discounts',
      'shipping_income',
    ])
  })

  test('a pattern must match the whole code', () => {
    expect(choose([rule(10, 'POST|DOT', 'shipping_income')], 'XPOST')).toBeUndefined()
    expect(choose([rule(10, 'POST|DOT', 'shipping_income')], 'DOTCOM')).toBeUndefined()
  })
})
