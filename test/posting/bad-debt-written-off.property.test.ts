import fc from 'fast-check'
import { expect, test } from 'vitest'
import { badDebtDocumented, badDebtWrittenOff } from '../../src/posting/bad-debt-written-off.ts'
import { amounts, days, ids, movements, moving, signedAmounts } from './support.ts'

test('the whole gross is lost and no longer owed', () => {
  const debts = fc.record({
    id: fc.constant('B1'),
    date: days,
    partyId: ids,
    amountMinor: amounts,
    reason: fc.constant('insolvent'),
  })
  fc.assert(
    fc.property(debts, (debt) => {
      const [entry] = badDebtWrittenOff([debt])
      expect(movements(entry)).toEqual({ bad_debts: debt.amountMinor, receivable: -debt.amountMinor })
      expect(entry).toMatchObject({ rule: 'bad-debt-written-off', source: { kind: 'bad_debt', id: 'B1' } })
      for (const line of entry?.lines ?? []) expect(line.partyId).toBe(debt.partyId)
    }),
  )
})

test('a document of a bad debt says the same with its sign: negative is a loss, positive takes one back', () => {
  fc.assert(
    fc.property(ids, days, signedAmounts, (id, date, netMinor) => {
      const lines = [{ lineNo: 1, role: 'bad_debts' as const, netMinor }]
      const about = { id, kind: 'bad_debt' as const, number: 'A1', date, partyId: 2n }
      const [entry] = badDebtDocumented([{ ...about, taxes: [], lines }])
      expect(movements(entry)).toEqual(moving({ bad_debts: -netMinor, receivable: netMinor }))
      expect(entry).toMatchObject({ rule: 'bad-debt-written-off', documentKind: 'bad_debt' })
    }),
  )
})
