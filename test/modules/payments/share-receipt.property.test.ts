import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../../src/kernel/refusal.ts'
import { shareReceipt } from '../../../src/modules/payments/share-receipt.ts'

const owed = fc.array(
  fc.record({
    openMinor: fc.bigInt(0n, 1_000n),
    partMinor: fc.option(fc.bigInt(-2n, 1_000n), { nil: undefined }),
    name: fc.constant('1'),
  }),
  { maxLength: 6 },
)
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n)

test('a receipt settles the parts that were said, and the others in order, or is refused for what cannot be', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 3_000n), owed, (paid, all) => {
      const said = all.flatMap(({ partMinor }) => partMinor ?? [])
      const fits =
        said.every((part) => part > 0n) &&
        all.every(({ partMinor = 0n, openMinor }) => partMinor <= openMinor) &&
        sum(said) <= paid
      if (!fits) {
        expect(() => shareReceipt(paid, all, 'GBP')).toThrow(Refusal)
        return
      }
      const { settledMinor, leftMinor } = shareReceipt(paid, all, 'GBP')
      expect(sum(settledMinor) + leftMinor).toBe(paid)
      for (const [index, { partMinor, openMinor }] of all.entries()) {
        const settled = settledMinor[index] as bigint
        expect(settled >= 0n && settled <= openMinor).toBe(true)
        if (partMinor !== undefined) expect(settled).toBe(partMinor)
        // What is not settled wholly got all that was left: nothing is for those after it, and nothing waits.
        else if (settled < openMinor) {
          const later = all.flatMap((one, place) => (place > index && one.partMinor === undefined ? [place] : []))
          expect(sum(later.map((place) => settledMinor[place] as bigint)) + leftMinor).toBe(0n)
        }
      }
    }),
  )
})
