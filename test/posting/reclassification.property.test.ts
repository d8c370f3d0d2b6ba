import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reclassification } from '../../src/posting/reclassification.ts'
import { days, ids, signedAmounts, sumOf } from './support.ts'

const maybeId = fc.option(ids, { nil: null })

test('the line moves whole: nothing of it stays behind and all that it was about goes with it', () => {
  const posted = fc.record({
    accountId: fc.constant(1n),
    amountMinor: signedAmounts.filter((amount) => amount !== 0n),
    currency: fc.constantFrom('GBP', 'EUR'),
    currencyAmountMinor: signedAmounts,
    mappingRuleId: maybeId,
    partyId: maybeId,
    itemId: maybeId,
    documentId: maybeId,
    channelId: maybeId,
    taxCodeId: maybeId,
    taxBaseMinor: maybeId,
  })
  fc.assert(
    fc.property(posted, days, (line, date) => {
      const source = { kind: 'journal_line', id: '5/2' }
      const moves = [{ line, toAccountId: 9n, mappingRuleId: 3n }]
      const [entry] = reclassification([{ source, date, reason: 'mapped', moves }])
      if (entry === undefined) throw new Error('no entry')
      const [left, arrived] = entry.lines
      const { mappingRuleId: _, ...kept } = line
      expect(sumOf(entry)).toBe(0n)
      expect(entry).toMatchObject({ source: { kind: 'journal_line', id: '5/2' }, rule: 'reclassification' })
      expect(arrived).toMatchObject({ ...kept, accountId: 9n, mappingRuleId: 3n })
      expect(left).toMatchObject({
        ...kept,
        accountId: 1n,
        mappingRuleId: null,
        amountMinor: -line.amountMinor,
        currencyAmountMinor: -line.currencyAmountMinor,
        taxBaseMinor: line.taxBaseMinor === null ? null : -line.taxBaseMinor,
      })
    }),
  )
})
