import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DepositLeft, depositApplied, shareOfDeposit } from '../../src/posting/deposit-applied.ts'
import { amountsOrZero, days, ids, movements, moving, sumOf } from './support.ts'

const small = fc.bigInt({ min: 0n, max: 40n })
const deposits = fc.oneof(
  fc.record({ netMinor: amountsOrZero, taxMinor: amountsOrZero }),
  fc.record({ netMinor: small, taxMinor: small }),
)

function applyAll(whole: { netMinor: bigint; taxMinor: bigint }, owed: readonly bigint[]) {
  const deposit: DepositLeft = { ...whole, appliedNetMinor: 0n, appliedTaxMinor: 0n }
  return owed.map((owedMinor) => {
    const share = shareOfDeposit(deposit, owedMinor)
    deposit.appliedNetMinor += share.netMinor
    deposit.appliedTaxMinor += share.taxMinor
    return share
  })
}

test('150.00 of which 25.00 tax, used for 87.50 and then for 62.50', () => {
  expect(applyAll({ netMinor: 12500n, taxMinor: 2500n }, [8750n, 6250n])).toEqual([
    { netMinor: 7292n, taxMinor: 1458n },
    { netMinor: 5208n, taxMinor: 1042n },
  ])
})

test('an application takes what is owed or what is left, the smaller of the two', () => {
  fc.assert(
    fc.property(deposits, fc.array(fc.oneof(small, amountsOrZero), { maxLength: 12 }), (deposit, owed) => {
      let left = deposit.netMinor + deposit.taxMinor
      for (const [index, share] of applyAll(deposit, owed).entries()) {
        const wanted = owed[index] as bigint
        const taken = share.netMinor + share.taxMinor
        if (wanted < left) expect(taken).toBe(wanted)
        else expect(taken).toBe(left)
        expect(share.netMinor >= 0n && share.taxMinor >= 0n).toBe(true)
        left -= taken
      }
    }),
  )
})

test('a deposit that is used up leaves no penny, neither of its net nor of its tax', () => {
  fc.assert(
    fc.property(deposits, fc.array(fc.bigInt({ min: 1n, max: 5n }), { maxLength: 90 }), (deposit, owed) => {
      const shares = applyAll(deposit, [...owed, deposit.netMinor + deposit.taxMinor])
      expect(shares.reduce((sum, share) => sum + share.netMinor, 0n)).toBe(deposit.netMinor)
      expect(shares.reduce((sum, share) => sum + share.taxMinor, 0n)).toBe(deposit.taxMinor)
    }),
  )
})

test('it settles the invoice and takes back the tax that the payment declared', () => {
  const applications = fc.record({
    id: fc.constant('1/2'),
    date: days,
    partyId: ids,
    documentId: ids,
    orderId: fc.option(ids, { nil: null }),
    netMinor: amountsOrZero,
    taxMinor: amountsOrZero,
    taxCodeId: ids,
    taxAuthority: fc.constant('HMRC'),
  })
  fc.assert(
    fc.property(applications, (application) => {
      const [entry] = depositApplied([application])
      if (entry === undefined) throw new Error('no entry')
      const { netMinor, taxMinor, partyId, documentId, date, taxCodeId } = application
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(
        moving({ customer_deposits: netMinor, output_tax: taxMinor, receivable: -netMinor - taxMinor }),
      )
      for (const line of entry.lines) expect(line).toMatchObject({ partyId, documentId })
      const tax = entry.lines.find((line) => line.role === 'output_tax')
      if (tax) expect(tax).toMatchObject({ taxPoint: date, taxBaseMinor: -netMinor, taxCodeId, taxAuthority: 'HMRC' })
    }),
  )
})
