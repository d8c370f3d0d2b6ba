import { afterAll, beforeAll, expect, test } from 'vitest'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import { applyDeposits, capturePayments, forfeitDeposits, refundPayments } from '../../../src/modules/payments/index.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { day, invoice, openShop, type Shop, whileHeld } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work((tx) => findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }]))
})
afterAll(() => shop.close())

const deposit = async (order: string, customer: string, amountMinor: bigint): Promise<bigint> => {
  const [outcome] = await shop.work((tx) =>
    capturePayments(tx, [
      {
        source: 'card',
        reference: order,
        method: 'card',
        customer: { number: customer, name: customer },
        on: day('2024-02-01'),
        amountMinor,
        orderReference: order,
        depositTaxCode: 'standard',
      },
    ]),
  )
  return outcome?.paymentId as bigint
}
const noneBroken = async () =>
  expect((await shop.work(runChecks)).checks.filter(({ result }) => result === 'broken')).toEqual([])

test('a refund that meets the deposit while an invoice uses it up takes nothing out of it', async () => {
  const paymentId = await deposit('R1', 'Anna', 12_000n)
  const documentId = await invoice(shop, 'R1', 'Anna', 10_000n)
  const on = day('2024-03-02')
  await whileHeld(
    shop,
    (tx) => applyDeposits(tx, [{ orderReference: 'R1', documentId, on }]),
    (tx) => refundPayments(tx, [{ source: 'card', reference: 'R1-back', paymentId, on, amountMinor: 12_000n }]),
  )
  expect(await shop.balances()).toEqual({ receivable: 12_000n, sales: -10_000n, output_tax: -2_000n })
  await noneBroken()
})

test('two deposits that are asked to settle one invoice stop where it is settled', async () => {
  await deposit('S1', 'Ben', 6_000n)
  await deposit('S2', 'Ben', 12_000n)
  const documentId = await invoice(shop, 'S1', 'Ben', 10_000n)
  const on = day('2024-03-02')
  const uses = [
    { orderReference: 'S1', documentId, on },
    { orderReference: 'S2', documentId, on },
    { orderReference: 'S2', documentId, on },
  ]
  expect(await shop.work((tx) => applyDeposits(tx, uses))).toEqual([6_000n, 6_000n, 0n])
  await noneBroken()
})

test("one customer's deposit does not settle the invoice of another", async () => {
  await deposit('T1', 'Cleo', 12_000n)
  const documentId = await invoice(shop, 'T1', 'Dan', 10_000n)
  const use = { orderReference: 'T1', documentId, on: day('2024-03-02') }
  await expect(shop.work((tx) => applyDeposits(tx, [use]))).rejects.toMatchObject({
    code: 'open_items_of_different_parties',
  })
  await noneBroken()
})

test('what was kept of a deposit never goes back, however both are asked for at once', async () => {
  const on = day('2024-03-02')
  const refund = (paymentId: bigint, reference: string, amountMinor: bigint) => ({
    source: 'card',
    reference,
    paymentId,
    on,
    amountMinor,
  })
  const kept = await deposit('U1', 'Eve', 12_000n)
  const other = await deposit('U2', 'Eve', 12_000n)
  const part = refund(kept, 'U1-part', 2_000n)
  await shop.work((tx) => refundPayments(tx, [part]))
  await expect(
    whileHeld(
      shop,
      (tx) => forfeitDeposits(tx, [{ paymentId: kept, on, reason: 'Not fetched' }]),
      (tx) => refundPayments(tx, [refund(other, 'U2-back', 12_000n), refund(kept, 'U1-back', 1n)]),
    ),
  ).rejects.toMatchObject({ code: 'deposit_forfeited', detail: { payment: 'U1', beyondCreditNotes: '0.01 GBP' } })
  expect(await shop.look(`select refunded_minor from payment where id = ${other}`)).toEqual([{ refunded_minor: 0n }])
  // What was refunded before is found again, and nothing is refunded twice.
  expect(await shop.work((tx) => refundPayments(tx, [part]))).toEqual([{ paymentId: null, result: 'existing' }])
  await noneBroken()
})
