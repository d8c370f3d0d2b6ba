import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceRealised } from '../../src/posting/difference-realised.ts'
import { revaluation } from '../../src/posting/revaluation.ts'
import { days, ids, signedAmounts, sumOf } from './support.ts'

const balances = fc.array(
  fc.record({
    accountId: ids,
    partyId: fc.option(ids, { nil: null }),
    gainMinor: signedAmounts.filter((gain) => gain !== 0n),
  }),
  { minLength: 1, maxLength: 20 },
)

test('a revaluation moves base amounts alone, and what it gains is unrealised', () => {
  fc.assert(
    fc.property(balances, days, fc.boolean(), fc.nat({ max: 3 }), (revalued, on, kept, revision) => {
      const [entry] = revaluation([{ on, currency: 'EUR', rate: null, kept, revision, balances: revalued }])
      if (entry === undefined) throw new Error('no entry')
      expect(sumOf(entry)).toBe(0n)
      expect(
        entry.lines.every(({ currency, currencyAmountMinor }) => currency === 'EUR' && currencyAmountMinor === 0n),
      ).toBe(true)
      const gained = revalued.reduce((sum, { gainMinor }) => sum + gainMinor, 0n)
      const unrealised = entry.lines.find(({ role }) => role === 'unrealised_fx')?.amountMinor ?? 0n
      expect(unrealised).toBe(-gained)
      expect(
        entry.lines
          .slice(0, revalued.length)
          .map(({ accountId, partyId, amountMinor }) => ({ accountId, partyId, gainMinor: amountMinor })),
      ).toEqual(revalued)
      expect(entry).toMatchObject({ rule: 'revaluation', revision, date: on })
    }),
  )
})

test('a realised difference leaves the account on which both items stood', () => {
  fc.assert(
    fc.property(
      ids,
      days,
      ids,
      signedAmounts.filter((lost) => lost !== 0n),
      fc.constantFrom('receivable' as const, 'payable' as const),
      (id, date, partyId, lostMinor, ledger) => {
        const [entry] = differenceRealised([{ id: String(id), date, partyId, ledger, currency: 'EUR', lostMinor }])
        expect(entry?.lines).toMatchObject([
          { role: 'realised_fx', amountMinor: lostMinor, currencyAmountMinor: 0n, currency: 'EUR' },
          { role: ledger, amountMinor: -lostMinor, currencyAmountMinor: 0n, partyId },
        ])
      },
    ),
  )
})
