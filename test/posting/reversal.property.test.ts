import fc from 'fast-check'
import { expect, test } from 'vitest'
import { takenBack } from '../../src/ledger/reverse-entries.ts'
import { ids, signedAmounts } from './support.ts'

test('a line and the one that takes it back leave nothing, in no currency and on no return', () => {
  const posted = fc.record({
    accountId: ids,
    amountMinor: signedAmounts,
    currency: fc.constantFrom('GBP', 'EUR'),
    currencyAmountMinor: signedAmounts,
    partyId: ids,
    itemId: ids,
    giftCardId: ids,
    taxCodeId: ids,
    taxAuthority: fc.constant('HMRC'),
    taxBaseMinor: signedAmounts,
  })
  fc.assert(
    fc.property(posted, (line) => {
      const back = takenBack(line)
      expect(back.amountMinor + line.amountMinor).toBe(0n)
      expect(back.currencyAmountMinor + line.currencyAmountMinor).toBe(0n)
      expect((back.taxBaseMinor ?? 0n) + line.taxBaseMinor).toBe(0n)
      const { amountMinor, currencyAmountMinor, taxBaseMinor, ...same } = line
      expect(back).toMatchObject(same)
    }),
  )
})
