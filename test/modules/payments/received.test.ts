import { afterAll, beforeAll, expect, test } from 'vitest'
import { receivePayments } from '../../../src/modules/payments/index.ts'
import { day, invoice, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await shop.close()
})

const receive = (reference: string, customer: string, documentIds: bigint[], amountMinor: bigint) =>
  shop.work((tx) =>
    receivePayments(tx, [
      {
        source: 'test',
        reference,
        into: 'bank',
        customer: { number: customer, name: customer },
        documentIds,
        on: day('2024-03-20'),
        amountMinor,
      },
    ]),
  )

const left = () =>
  shop.look(
    'select amount_minor - applied_minor as left from open_item where source_kind = $$sales_document$$ order by id',
  )

test('a payment settles the invoices that it names, in order, and keeps what is too much', async () => {
  const documents = [await invoice(shop, 'I1', 'Anna', 1000n), await invoice(shop, 'I2', 'Anna', 1000n)]
  await receive('P1', 'Anna', documents, 1500n)
  expect(await left()).toEqual([{ left: 0n }, { left: 900n }])
  expect(await receive('P1', 'Anna', documents, 1500n)).toMatchObject([{ result: 'existing' }])
  await receive('P2', 'Anna', documents, 1000n)
  expect(await left()).toEqual([{ left: 0n }, { left: 0n }])
  expect(await shop.balances()).toEqual({ bank: 2500n, customer_deposits: -100n, sales: -2000n, output_tax: -400n })
})

test('nobody pays nothing, nor the invoice of somebody else', async () => {
  const documentId = await invoice(shop, 'I3', 'Ben', 1000n)
  await expect(receive('P3', 'Ben', [documentId], 0n)).rejects.toMatchObject({ code: 'amount_not_positive' })
  await expect(receive('P3', 'Anna', [documentId], 1n)).rejects.toMatchObject({ code: 'document_unknown' })
  await expect(receive('P3', 'Anna', [999n], 1n)).rejects.toMatchObject({ code: 'document_unknown' })
})

test('two payments of one invoice at the same moment settle it once', async () => {
  const documentId = await invoice(shop, 'I4', 'Carl', 1000n)
  await Promise.all(['P4', 'P5'].map((reference) => receive(reference, 'Carl', [documentId], 1200n)))
  expect((await left()).at(-1)).toEqual({ left: 0n })
  expect((await shop.balances()).customer_deposits).toBe(-1300n)
})
