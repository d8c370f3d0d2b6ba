import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feeCharged } from '../../src/posting/fee-charged.ts'
import { amounts, amountsOrZero, days, movements, moving, sumOf } from './support.ts'

const fees = fc.record({
  id: fc.constant('card/1'),
  date: days,
  role: fc.constantFrom('payment_fees', 'channel_fees'),
  method: fc.constant('card'),
  netMinor: amounts,
})
const tax = (reverseCharge: boolean) =>
  amountsOrZero.map((taxMinor) => ({ taxMinor, taxCodeId: 3n, taxAuthority: 'HMRC', reverseCharge }))

test('a fee without tax leaves clearing and is an expense', () => {
  fc.assert(
    fc.property(fees, (fee) => {
      const [entry] = feeCharged([fee])
      expect(movements(entry)).toEqual({ [fee.role]: fee.netMinor, payment_clearing: -fee.netMinor })
      expect(entry?.lines.at(-1)?.paymentMethod).toBe('card')
    }),
  )
})

test('tax that the supplier charges is kept with the fee, and recovered', () => {
  fc.assert(
    fc.property(fees, tax(false), (fee, charged) => {
      const [entry] = feeCharged([{ ...fee, tax: charged }])
      const { netMinor } = fee
      const { taxMinor } = charged
      expect(movements(entry)).toEqual(
        moving({ [fee.role]: netMinor, input_tax: taxMinor, payment_clearing: -netMinor - taxMinor }),
      )
    }),
  )
})

test('a reverse charge is declared and recovered, and costs nothing', () => {
  fc.assert(
    fc.property(fees, tax(true), (fee, charged) => {
      const [entry] = feeCharged([{ ...fee, tax: charged }])
      if (entry === undefined) throw new Error('no entry')
      const { netMinor } = fee
      const { taxMinor } = charged
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(
        moving({ [fee.role]: netMinor, input_tax: taxMinor, output_tax: -taxMinor, payment_clearing: -netMinor }),
      )
      for (const line of entry.lines.filter(({ taxPoint }) => taxPoint))
        expect(line).toMatchObject({ taxBaseMinor: netMinor, taxCodeId: 3n, taxAuthority: 'HMRC' })
    }),
  )
})
