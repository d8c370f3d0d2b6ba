import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import type { MappingConditions } from '../../src/posting/draft.ts'
import { type MappingRule, mappingOf } from '../../src/posting/mapping.ts'

const day = accountingDate('2024-06-15')
const everything = {
  itemId: 1n,
  itemGroupId: 2n,
  taxCodeId: 3n,
  channelId: 4n,
  paymentMethod: 'card',
  documentKind: 'credit_note',
} as const
const names = ['itemId', 'itemGroupId', 'taxCodeId', 'channelId', 'paymentMethod', 'documentKind'] as const
const nothing = {
  itemId: null,
  itemGroupId: null,
  taxCodeId: null,
  channelId: null,
  paymentMethod: null,
  documentKind: null,
}

let nextId = 1n
const rule = (
  accountId: bigint | null,
  conditions: MappingConditions = {},
  more: Partial<MappingRule> = {},
): MappingRule => ({
  ...nothing,
  ...conditions,
  id: nextId++,
  role: 'sales',
  accountId,
  effectiveFrom: accountingDate('2000-01-01'),
  version: 1,
  ...more,
})
const accountFor = (rules: readonly MappingRule[], conditions: MappingConditions = everything, on = day): bigint =>
  mappingOf(rules)('sales', on, conditions).accountId

describe('mapping', () => {
  it('takes the most specific rule: item, item group, tax code, channel, payment method, document kind', () => {
    for (const [place, name] of names.entries()) {
      const weaker = names.slice(place + 1)
      const all = Object.fromEntries(weaker.map((other) => [other, everything[other]]))
      expect(accountFor([rule(1n, all), rule(2n, { [name]: everything[name] }), rule(3n)])).toBe(2n)
    }
  })

  it('never takes a rule that asks for something else, whatever the order of the rules', () => {
    const conditions = fc
      .subarray([...names])
      .chain((chosen) =>
        fc
          .tuple(fc.constant(chosen), fc.subarray(chosen))
          .map(([asked, wrong]) =>
            Object.fromEntries(
              asked.map((name) => [
                name,
                wrong.includes(name)
                  ? name === 'paymentMethod' || name === 'documentKind'
                    ? 'other'
                    : 99n
                  : everything[name],
              ]),
            ),
          ),
      )
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 1, maxLength: 12 }), fc.nat(), (list, turn) => {
        const rules = [rule(1n), ...list.map((each) => rule(2n, each as MappingConditions))]
        const turned = [...rules.slice(turn % rules.length), ...rules.slice(0, turn % rules.length)]
        const found = mappingOf(turned)('sales', day, everything)
        const chosen = rules.find(({ id }) => id === found.mappingRuleId) as MappingRule
        for (const name of names) expect([null, everything[name]]).toContain(chosen[name])
        const conditionsOf = (each: MappingRule) =>
          names.reduce((weight, name) => weight * 2 + (each[name] === null ? 0 : 1), 0)
        for (const other of rules) {
          if (names.every((name) => other[name] === null || other[name] === everything[name])) {
            expect(conditionsOf(chosen)).toBeGreaterThanOrEqual(conditionsOf(other))
          }
        }
      }),
    )
  })

  it('lets the next version take over on its day, and not before', () => {
    const rules = [rule(1n), rule(2n, {}, { version: 2, effectiveFrom: accountingDate('2024-06-16') })]
    expect(accountFor(rules, {}, accountingDate('2024-06-15'))).toBe(1n)
    expect(accountFor(rules, {}, accountingDate('2024-06-16'))).toBe(2n)
  })

  it('falls back to the next rule where the most specific one has ended', () => {
    const forItem = { itemId: 1n }
    const rules = [rule(1n), rule(2n, forItem), rule(null, forItem, { version: 2, effectiveFrom: day })]
    expect(accountFor(rules, forItem, accountingDate('2024-06-14'))).toBe(2n)
    expect(accountFor(rules, forItem)).toBe(1n)
  })

  it('refuses a role that nothing maps', () => {
    expect(() => mappingOf([])('sales', day, {})).toThrow(Refusal)
    expect(() => mappingOf([rule(1n, { itemId: 7n })])('sales', day, {})).toThrow(/No account is mapped/)
  })
})
