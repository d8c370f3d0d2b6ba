import { afterAll, beforeAll, expect, test } from 'vitest'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import { writeOffBadDebts } from '../../../src/modules/receivables/index.ts'
import { issueCreditNotes, issueInvoices } from '../../../src/modules/sales/index.ts'
import { agedReceivables } from '../../../src/reports/aged.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { day, invoice as invoiceOf, openShop, type Shop, whileHeld } from '../../support/shop.ts'

const anna = { number: 'Anna', name: 'Anna' }
const on = day('2024-03-02')
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work((tx) => findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }]))
})
afterAll(() => shop.close())

const invoice = (number: string) => ({
  number,
  on,
  customer: anna,
  lines: [{ itemCode: 'mug', quantity: '2', unitPrice: '50.00' }],
})
const owed = async (): Promise<string | undefined> =>
  (await shop.work((tx) => agedReceivables(tx, { asOf: day('2024-12-31'), withItems: true }))).totals[0]?.total.amount

test('an invoice, a credit note and a write-off that meet themselves on their way are there once', async () => {
  const twice = async <Outcome>(act: Parameters<typeof whileHeld<Outcome, Outcome>>[1]): Promise<Outcome> =>
    await whileHeld(shop, act, act)
  const [again] = await twice((tx) => issueInvoices(tx, [invoice('T1')]))
  expect(again).toMatchObject({ result: 'existing', entries: 0 })
  expect(again?.documentId).toBeGreaterThan(0n)
  await expect(
    whileHeld(
      shop,
      (tx) => issueInvoices(tx, [invoice('T2')]),
      (tx) => issueInvoices(tx, [{ ...invoice('T2'), on: day('2024-03-03') }]),
    ),
  ).rejects.toMatchObject({ code: 'document_exists_differently' })
  const all = [{ lineNo: 1, quantity: '2' }]
  const credit = { number: 'T1-C', invoiceNumber: 'T1', on, lines: all }
  expect(await twice((tx) => issueCreditNotes(tx, [credit]))).toMatchObject([{ result: 'existing' }])
  const documentId = await invoiceOf(shop, 'T3', 'Anna', 10_000n)
  for (const amountMinor of [5_000n, undefined]) {
    const debt = { reference: `B${amountMinor}`, documentId, on, reason: 'gone', amountMinor }
    expect(await twice((tx) => writeOffBadDebts(tx, [debt]))).toMatchObject([{ existing: true }])
  }
  expect(await shop.balances()).toMatchObject({ receivable: 12_000n, bad_debts: 12_000n })
})

test('the same invoice twice in one list is one invoice', async () => {
  const [first, second] = await shop.work((tx) => issueInvoices(tx, [invoice('L1'), invoice('L1')]))
  expect(second).toEqual({ result: 'existing', documentId: first?.documentId, entries: 0 })
})

test('a credit note settles what is open of its invoice, and nothing beyond it', async () => {
  const before = await owed()
  await shop.work((tx) => issueInvoices(tx, [invoice('N1')]))
  const half = [{ lineNo: 1, quantity: '1' }]
  for (const number of ['N1-C1', 'N1-C2'])
    await shop.work((tx) => issueCreditNotes(tx, [{ number, invoiceNumber: 'N1', on, lines: half }]))
  expect(await owed()).toBe(before)
  expect(
    await shop.look(
      `select i.amount_minor, i.applied_minor from open_item i join sales_document d on d.id::text = i.source_id
         where i.source_kind = 'sales_document' and d.number like 'N1%' order by i.id`,
    ),
  ).toEqual([
    { amount_minor: 12_000n, applied_minor: 12_000n },
    { amount_minor: -6_000n, applied_minor: -6_000n },
    { amount_minor: -6_000n, applied_minor: -6_000n },
  ])
})

test('a discount of more than there is makes no invoice', async () => {
  const bargain = (discountMinor: bigint) =>
    shop.work((tx) => issueInvoices(tx, [{ ...invoice(`D${discountMinor}`), shippingMinor: 500n, discountMinor }]))
  await expect(bargain(10_501n)).rejects.toMatchObject({ code: 'input_invalid' })
  await bargain(10_500n)
})

test('no check is broken', async () => {
  const { checks } = await shop.work(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
})
