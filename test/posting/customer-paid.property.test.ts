import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customerPaid } from '../../src/posting/customer-paid.ts'
import { amounts, amountsOrZero, days, ids, movements, moving, sumOf } from './support.ts'

test('what is owed is settled, and what is overpaid stays the customer’s, untaxed', () => {
  const facts = fc
    .record({
      id: fc.constant('7'),
      date: days,
      partyId: ids,
      into: fc.constantFrom('bank', 'cash', 'payment_clearing'),
      owed: amountsOrZero,
      overpaidMinor: amounts,
    })
    .map(({ owed, ...fact }) => ({ ...fact, amountMinor: owed + fact.overpaidMinor }))
  fc.assert(
    fc.property(facts, (fact) => {
      const [entry] = customerPaid([fact])
      if (entry === undefined) throw new Error('no entry')
      const { into, amountMinor, overpaidMinor, partyId } = fact
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(
        moving({ [into]: amountMinor, receivable: overpaidMinor - amountMinor, customer_deposits: -overpaidMinor }),
      )
      for (const line of entry.lines) expect(line.partyId).toBe(partyId)
    }),
  )
})
