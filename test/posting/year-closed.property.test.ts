import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yearClosed } from '../../src/posting/year-closed.ts'
import { days, signedAmounts, sumOf } from './support.ts'

test('every result account ends at zero, and retained earnings take the profit or the loss', () => {
  const results = fc.array(signedAmounts, { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(days, results, (lastDay, balances) => {
      const accounts = balances.map((balanceMinor, index) => ({ accountId: BigInt(index + 1), balanceMinor }))
      const [entry] = yearClosed([{ fiscalYear: 2011, lastDay, revision: 0, results: accounts }])
      if (entry === undefined) throw new Error('no entry')
      expect(sumOf(entry)).toBe(0n)
      expect(entry).toMatchObject({ closesYear: true, date: lastDay, source: { kind: 'fiscal_year', id: '2011' } })
      for (const { accountId, balanceMinor } of accounts) {
        const closing = entry.lines.filter((line) => line.accountId === accountId)
        expect(closing.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(-balanceMinor)
      }
      const retained = entry.lines.filter((line) => line.role === 'retained_earnings')
      const total = balances.reduce((sum, balance) => sum + balance, 0n)
      expect(retained.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(total)
    }),
  )
})
