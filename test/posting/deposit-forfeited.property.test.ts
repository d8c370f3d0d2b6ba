import fc from 'fast-check'
import { expect, test } from 'vitest'
import { depositForfeited } from '../../src/posting/deposit-forfeited.ts'
import { amounts, days, ids, movements, sumOf } from './support.ts'

test('what is left of a deposit, net of tax, becomes other income, and no tax moves', () => {
  const facts = fc.record({
    paymentId: ids,
    date: days,
    partyId: ids,
    reference: fc.constant('P1'),
    reason: fc.constant('not fetched'),
    parts: fc.array(fc.record({ netMinor: amounts }), { minLength: 1, maxLength: 3 }),
  })
  fc.assert(
    fc.property(facts, (fact) => {
      const [entry] = depositForfeited([fact])
      if (entry === undefined) throw new Error('no entry')
      const left = fact.parts.reduce((sum, { netMinor }) => sum + netMinor, 0n)
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual({ customer_deposits: left, other_income: -left })
      expect(entry.source).toEqual({ kind: 'deposit_forfeited', id: String(fact.paymentId) })
    }),
  )
})
