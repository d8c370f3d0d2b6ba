import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openingBalance } from '../../src/posting/opening-balance.ts'
import { days, movements, moving, signedAmounts, sumOf } from './support.ts'

const roles = fc.constantFrom('bank', 'receivable', 'payable', 'share_capital', 'retained_earnings')
const lines = fc.array(fc.record({ role: roles, amountMinor: signedAmounts }), { minLength: 1, maxLength: 12 })

test('each balance comes in as it was, and opening_balances holds the other side', () => {
  fc.assert(
    fc.property(days, lines, (date, balances) => {
      const [entry] = openingBalance([{ reference: 'old books', date, lines: balances }])
      if (entry === undefined) throw new Error('no entry')
      const expected: Record<string, bigint> = {}
      for (const { role, amountMinor } of balances) {
        expected[role] = (expected[role] ?? 0n) + amountMinor
        expected.opening_balances = (expected.opening_balances ?? 0n) - amountMinor
      }
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(moving(expected))
    }),
  )
})

test('when all balances of the earlier books are in, opening_balances is zero', () => {
  fc.assert(
    fc.property(days, lines, (date, balances) => {
      const total = balances.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
      const rest = { role: 'retained_earnings' as const, amountMinor: -total }
      const entries = openingBalance([
        { reference: 'first part', date, lines: balances },
        { reference: 'the rest', date, lines: [rest] },
      ])
      const all = entries.flatMap((entry) => entry.lines)
      const opening = all.filter(({ role }) => role === 'opening_balances')
      expect(opening.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(0n)
    }),
  )
})
