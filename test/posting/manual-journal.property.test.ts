import fc from 'fast-check'
import { expect, test } from 'vitest'
import { manualJournal } from '../../src/posting/manual-journal.ts'
import { days, ids, movements, moving, signedAmounts, sumOf } from './support.ts'

test('an entry by hand is posted as it was written, but for lines of zero', () => {
  const journals = fc.record({
    reference: fc.string({ minLength: 1 }),
    date: days,
    description: fc.string(),
    amounts: fc.array(signedAmounts, { minLength: 1, maxLength: 10 }),
    accountId: ids,
  })
  fc.assert(
    fc.property(journals, ({ amounts, accountId, ...about }) => {
      const lines = amounts.map((amountMinor) => ({ role: 'expense' as const, amountMinor }))
      const total = amounts.reduce((sum, amount) => sum + amount, 0n)
      const [entry] = manualJournal([{ ...about, lines: [...lines, { role: 'bank', accountId, amountMinor: -total }] }])
      if (entry === undefined) throw new Error('no entry')
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(moving({ expense: total, bank: -total }))
      expect(entry.lines.some((line) => line.amountMinor === 0n)).toBe(false)
      expect(entry).toMatchObject({ date: about.date, source: { kind: 'manual_journal', id: about.reference } })
    }),
  )
})

test('it is not made to balance: the ledger must refuse what a person got wrong', () => {
  const lines = [
    { role: 'expense' as const, amountMinor: 100n },
    { role: 'bank' as const, amountMinor: -99n },
  ]
  const [entry] = manualJournal([{ reference: 'rent', date: '2011-01-15' as never, description: '', lines }])
  expect(entry && sumOf(entry)).toBe(1n)
})
