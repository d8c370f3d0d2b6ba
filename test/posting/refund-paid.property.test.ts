import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paymentCaptured } from '../../src/posting/payment-captured.ts'
import { refundPaid } from '../../src/posting/refund-paid.ts'
import { depositPayments, movements, payments, sumOf } from './support.ts'

test('a refund leaves clearing and what the customer is owed goes with it', () => {
  fc.assert(
    fc.property(payments('refund'), (payment) => {
      const [entry] = refundPaid([payment])
      expect(movements(entry)).toEqual({ receivable: payment.amountMinor, payment_clearing: -payment.amountMinor })
      expect(entry).toMatchObject({ rule: 'refund-paid', source: { kind: 'payment', id: String(payment.id) } })
    }),
  )
})

test('a prepaid order that is cancelled gives back deposit and tax, as they came', () => {
  fc.assert(
    fc.property(depositPayments('capture'), (payment) => {
      const [captured] = paymentCaptured([payment])
      const [refunded] = refundPaid([{ ...payment, kind: 'refund' }])
      if (captured === undefined || refunded === undefined) throw new Error('no entry')
      expect(sumOf(refunded)).toBe(0n)
      expect(movements({ ...refunded, lines: [...captured.lines, ...refunded.lines] })).toEqual({})
      const tax = refunded.lines.find((line) => line.role === 'output_tax')
      if (tax !== undefined) expect(tax.taxBaseMinor).toBe(-(payment.deposits?.[0]?.netMinor ?? 0n))
    }),
  )
})
