import { afterAll, beforeAll, expect, test } from 'vitest'
import { capturePayments, receivePayments, refundPayments } from '../../../src/modules/payments/index.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

const anna = { number: 'Anna', name: 'Anna' }
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const on = day('2024-03-01')
const refund = (reference: string, paymentId: bigint, amountMinor: bigint) =>
  shop.work((tx) => refundPayments(tx, [{ source: 'bank', reference, paymentId, on, amountMinor }]))

test('what was overpaid goes back the way it came', async () => {
  for (const into of ['bank', 'cash'] as const) {
    const [paid] = await shop.work((tx) =>
      receivePayments(tx, [
        { source: 'bank', reference: into, into, customer: anna, documentIds: [], on, amountMinor: 5_000n },
      ]),
    )
    await refund(`${into} back`, paid?.paymentId as bigint, 2_000n)
  }
  expect(await shop.balances()).toEqual({ bank: 3_000n, cash: 3_000n, customer_deposits: -6_000n })
})

test('a reference that was used for another payment, customer or order is no repetition', async () => {
  const capture = { source: 'card', method: 'card', customer: anna, on, amountMinor: 1_000n }
  const ids = await shop.work((tx) =>
    capturePayments(tx, [
      { ...capture, reference: 'W1', orderReference: 'W1' },
      { ...capture, reference: 'W2', orderReference: 'W2' },
    ]),
  )
  const [first, second] = ids.map(({ paymentId }) => paymentId as bigint) as [bigint, bigint]
  await refund('R', first, 400n)
  expect(await refund('R', first, 400n)).toEqual([{ paymentId: null, result: 'existing' }])
  await expect(refund('R', second, 400n)).rejects.toMatchObject({ code: 'payment_exists_differently' })
  const again = (more: object) =>
    shop.work((tx) => capturePayments(tx, [{ ...capture, reference: 'W1', orderReference: 'W1', ...more }]))
  expect(await again({})).toEqual([{ paymentId: null, result: 'existing' }])
  const ben = { number: 'Ben', name: 'Ben' }
  for (const other of [{ orderReference: 'W3' }, { customer: ben }, { method: 'wallet' }])
    await expect(again(other)).rejects.toMatchObject({ code: 'payment_exists_differently' })
})
