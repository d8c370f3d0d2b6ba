import { expect, test } from 'vitest'
import {
  type Debt,
  owedOf,
  type ReceiptValues,
  receiptErrors,
  sentOf,
  settledBy,
} from '../../web/admin/src/areas/payments/receive-values.ts'

const debt = (number: string, amount: string, terms?: Debt['terms']): Debt => ({
  number,
  dueOn: '2024-02-01',
  open: { amount, currency: 'GBP' },
  terms,
})
const debts = [debt('A', '100.00', { percent: '2.5', until: '2024-02-10', gross: '100.01' }), debt('B', '50.00')]
const values: ReceiptValues = {
  on: '2024-02-01',
  into: 'bank',
  method: '',
  reference: 'R',
  currency: 'GBP',
  amount: '120',
  settles: '',
  invoices: ['B', 'A'],
  order: '',
  early: false,
}
const sent = (some: Partial<ReceiptValues>) => {
  const { operation, requests } = sentOf({ ...values, ...some }, '17850', debts)
  return [operation, requests[0] as Record<string, unknown>] as const
}

test('so much settles one after the other, in the order in which they were chosen', () => {
  const [a, b] = debts as [Debt, Debt]
  expect([...(settledBy([b, a], '120.00') ?? [])]).toEqual([
    ['B', '50.00'],
    ['A', '70.00'],
  ])
  expect([...(settledBy([b, a], '40.00') ?? [])].map(([, part]) => part)).toEqual(['40.00', '0.00'])
  expect(settledBy([a], undefined)).toBeUndefined()
})

test('what is owed falls by the discount of its gross, to the nearest penny', () => {
  const [a, b] = debts as [Debt, Debt]
  expect(owedOf([a], false)).toEqual({ amount: '100.00', currency: 'GBP' })
  expect(owedOf([a], true)).toEqual({ amount: '97.50', currency: 'GBP' })
  expect(owedOf([a, { ...b, open: { amount: '1', currency: 'EUR' } }], false)).toBeUndefined()
})

test('what is kept of an earlier try and is not owed any more is not sent', () => {
  expect(sent({ invoices: ['GONE', 'A'] })[1].invoices).toEqual(['A'])
})

test('a discount is kept within its terms alone, and where all of them have some', () => {
  expect(sent({ invoices: ['A'], early: true })[0]).toBe('createPaymentsEarly')
  expect(sent({ invoices: ['A'], early: true, on: '2024-02-11' })[0]).toBe('createPaymentsReceived')
  expect(sent({ early: true })[0]).toBe('createPaymentsReceived')
})

test('what a processor took is for one invoice or an order, and says which processor', () => {
  const taken = { into: 'payment_clearing', method: 'card' } as const
  expect(sent({ ...taken, invoices: ['B'] })).toEqual([
    'createPaymentsCaptures',
    expect.objectContaining({ source: 'card', invoice: 'B', amount: '120.00' }),
  ])
  const wrong = (some: Partial<ReceiptValues>) => Object.keys(receiptErrors({ ...values, ...some }, '17850', debts))
  expect(wrong(taken)).toEqual(['invoices'])
  expect(wrong({ ...taken, method: '', invoices: [] })).toEqual(['method', 'order'])
  expect(wrong({ amount: 'much' })).toEqual(['amount'])
  expect(wrong({})).toEqual([])
})
