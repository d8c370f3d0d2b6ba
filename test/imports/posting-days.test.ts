import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPostingDayRules, type postingBases } from '../../src/modules/sales/index.ts'
import { goodFiles } from './fuzz-inputs/good-files.ts'
import { expectSound, type ImportDesk, type ImportingCompany, openImportDesk } from './support.ts'

type PostingBasis = (typeof postingBases)[number]

let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

/** A company whose documents of a source are posted on another day than their own. */
async function companyBy(
  basis: PostingBasis,
  source: string,
  options: Parameters<ImportDesk['company']>[0] = {},
): Promise<ImportingCompany> {
  const company = await desk.company(options)
  await company.work((tx) => addPostingDayRules(tx, [{ source, basis }]))
  return company
}

/** The entries in order, as 'day rule'; every check of the books holds. */
async function entriesOf(company: ImportingCompany): Promise<string[]> {
  await expectSound(company)
  const rows = await company.look<{ text: string }>(
    `select effective_on || ' ' || rule as text from journal_entry where effective_on = posted_on order by effective_on, rule`,
  )
  return rows.map(({ text }) => text)
}

const order = {
  order: '1',
  currency: 'GBP',
  ordered_on: '2026-03-30',
  invoiced_on: '2026-04-02',
  shipped_on: '2026-04-06',
  lines: [{ item: 'MUG', quantity: '10', unit_price: '10.00', tax_code: 'standard' }],
  payments: [
    { method: 'card', reference: 'a', paid_on: '2026-03-30', amount: '100.00', paid_out_on: '2026-04-07' },
    { method: 'card', reference: 'b', paid_on: '2026-04-04', amount: '20.00', paid_out_on: '2026-04-09' },
  ],
  credits: [
    {
      credit_note: 'CN',
      credited_on: '2026-04-10',
      item: 'MUG',
      quantity: '1',
      unit_price: '10.00',
      tax_code: 'standard',
    },
  ],
  refunds: [{ credit_note: 'CN', method: 'card', paid_on: '2026-04-12', amount: '12.00' }],
}

const orders: [basis: PostingBasis, expected: string[]][] = [
  [
    'document',
    [
      '2026-03-30 payment-captured',
      '2026-04-02 deposit-applied',
      '2026-04-02 invoice-issued',
      '2026-04-04 payment-captured',
      '2026-04-10 credit-note-issued',
      '2026-04-12 refund-paid',
    ],
  ],
  [
    'payment',
    [
      '2026-03-30 payment-captured',
      '2026-04-04 deposit-applied',
      '2026-04-04 invoice-issued',
      '2026-04-04 payment-captured',
      '2026-04-12 credit-note-issued',
      '2026-04-12 refund-paid',
    ],
  ],
  [
    'shipment',
    [
      '2026-03-30 payment-captured',
      '2026-04-04 payment-captured',
      '2026-04-06 deposit-applied',
      '2026-04-06 invoice-issued',
      '2026-04-10 credit-note-issued',
      '2026-04-12 refund-paid',
    ],
  ],
  [
    'payout',
    [
      '2026-03-30 payment-captured',
      '2026-04-04 payment-captured',
      '2026-04-09 deposit-applied',
      '2026-04-09 invoice-issued',
      '2026-04-10 credit-note-issued',
      '2026-04-12 refund-paid',
    ],
  ],
]

test.each(orders)('an order of our own format is posted by %s', async (basis, expected) => {
  const company = await companyBy(basis, 'orders')
  await company.importAs('orders', [desk.files.write(JSON.stringify([order]), `by-${basis}.json`)])
  expect(await entriesOf(company)).toEqual(expected)
  expect(
    await company.look('select distinct tax_point from journal_line where tax_point is not null order by 1'),
  ).toContainEqual({
    tax_point: '2026-04-02',
  })
})

test('a shipment that comes before the money does not use a deposit before it was paid', async () => {
  const company = await companyBy('shipment', 'orders')
  const early = { ...order, invoiced_on: '2026-04-05', shipped_on: '2026-03-20', credits: [], refunds: [] }
  await company.importAs('orders', [desk.files.write(JSON.stringify([early]), 'early.json')])
  expect(await entriesOf(company)).toEqual([
    '2026-03-20 invoice-issued',
    '2026-03-30 deposit-applied',
    '2026-03-30 payment-captured',
    '2026-04-04 deposit-applied',
    '2026-04-04 payment-captured',
  ])
})

test('a day of shipment that comes to be known later is no other content, and moves nothing', async () => {
  const company = await companyBy('shipment', 'orders')
  const { shipped_on: _, ...unshipped } = order
  const write = (one: object, name: string) => desk.files.write(JSON.stringify([one]), name)
  await company.importAs('orders', [write(unshipped, 'unshipped.json')])
  const before = await entriesOf(company)
  expect(await company.importAs('orders', [write(order, 'shipped.json')])).toMatchObject({
    documents: { existing: 2, refused: 0 },
    entries: 0,
  })
  expect(await entriesOf(company)).toEqual(before)
})

test("an order of Shopify's is posted on the day on which it was paid", async () => {
  const file = desk.files.write(goodFiles.shopify['a.csv'], 'shopify.csv')
  const byShipment = await companyBy('shipment', 'shopify-orders')
  await byShipment.importAs('shopify-orders', [file])
  expect(await entriesOf(byShipment)).toContain('2026-04-02 invoice-issued')
  const byPayment = await companyBy('payment', 'shopify-orders')
  await byPayment.importAs('shopify-orders', [file])
  const entries = await entriesOf(byPayment)
  expect(entries).toContain('2026-03-30 invoice-issued')
  expect(entries).toContain('2026-03-30 deposit-applied')
})

test("an order of Olist's is posted on the day on which its payment was approved", async () => {
  const tables = Object.entries(goodFiles.olist).map(([name, text]) => desk.files.write(text, `days/${name}`))
  const brazil = { country: 'BR', currency: 'BRL' }
  const byPayment = await companyBy('payment', 'olist', brazil)
  await byPayment.importAs('olist', tables)
  expect(await entriesOf(byPayment)).toContain('2017-07-09 invoice-issued')
  const byShipment = await companyBy('shipment', 'olist', brazil)
  await byShipment.importAs('olist', tables)
  expect(await entriesOf(byShipment)).toContain('2017-07-11 invoice-issued')
})
