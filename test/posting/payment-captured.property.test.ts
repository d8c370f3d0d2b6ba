import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paymentCaptured } from '../../src/posting/payment-captured.ts'
import { depositPayments, movements, moving, payments, sumOf } from './support.ts'

test('a payment of something invoiced settles what the customer owes', () => {
  fc.assert(
    fc.property(payments('capture'), (payment) => {
      const [entry] = paymentCaptured([payment])
      expect(movements(entry)).toEqual({ payment_clearing: payment.amountMinor, receivable: -payment.amountMinor })
      expect(entry).toMatchObject({ rule: 'payment-captured', source: { kind: 'payment', id: String(payment.id) } })
      expect(entry?.lines[0]).toMatchObject({ paymentMethod: payment.method, processorReference: payment.reference })
      expect(entry?.lines[1]).toMatchObject({ partyId: payment.partyId })
    }),
  )
})

test('a prepayment is a deposit and its tax is due on the day of the payment', () => {
  fc.assert(
    fc.property(depositPayments('capture'), (payment) => {
      const [entry] = paymentCaptured([payment])
      const deposit = payment.deposits?.[0]
      if (entry === undefined || deposit === undefined) throw new Error('no entry')
      const { netMinor, taxMinor, orderId } = deposit
      expect(sumOf(entry)).toBe(0n)
      expect(movements(entry)).toEqual(
        moving({
          payment_clearing: payment.amountMinor,
          customer_deposits: -netMinor,
          output_tax: -taxMinor,
          receivable: netMinor + taxMinor - payment.amountMinor,
        }),
      )
      const tax = entry.lines.find((line) => line.role === 'output_tax')
      if (taxMinor !== 0n) expect(tax).toMatchObject({ taxPoint: payment.date, taxBaseMinor: netMinor, taxCodeId: 7n })
      expect(entry.lines.find((line) => line.role === 'customer_deposits')?.orderId).toBe(
        netMinor === 0n ? undefined : orderId,
      )
    }),
  )
})
