import { afterAll, beforeAll, expect, test } from 'vitest'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import {
  capturePayments,
  forfeitDeposits,
  receiveEarlyPayments,
  receivePayments,
  refundPayments,
} from '../../../src/modules/payments/index.ts'
import { addCompanyRates } from '../../../src/modules/rates/index.ts'
import { issueDocuments, issueInvoices, offerEarlyPayment } from '../../../src/modules/sales/index.ts'
import { listTaxCodes } from '../../../src/modules/tax/index.ts'
import { reports, runChecks } from '../../../src/reports/index.ts'
import { day, invoice, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work(async (tx) => {
    await findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }])
    const rates = [
      ['2024-01-10', '0.8500'],
      ['2024-02-10', '0.8600'],
    ] as const
    await addCompanyRates(
      tx,
      rates.map(([on, rate]) => ({ source: 'manual' as const, currency: 'EUR', day: day(on), rate })),
      'test',
    )
  })
})
afterAll(async () => {
  await shop.close()
})

const offer = (documentId: bigint, percent: string, until: string) =>
  shop.work((tx) => offerEarlyPayment(tx, [{ documentId, percent, until: day(until) }]))
const customer = (name: string) => ({ number: name, name })
const pay = (reference: string, name: string, documentIds: bigint[], amountMinor: bigint, more: object = {}) =>
  shop.work((tx) =>
    receiveEarlyPayments(tx, [
      {
        source: 'test',
        reference,
        into: 'bank',
        customer: customer(name),
        documentIds,
        on: day('2024-03-10'),
        amountMinor,
        ...more,
      },
    ]),
  )

/** What a fact changes, by role. */
async function changeOf(act: () => Promise<unknown>): Promise<Record<string, bigint>> {
  const before = await shop.balances()
  await act()
  const after = await shop.balances()
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changes = names.map((name) => [name, (after[name] ?? 0n) - (before[name] ?? 0n)] as const)
  return Object.fromEntries(changes.filter(([, change]) => change !== 0n))
}

test('one payment takes the discount of several invoices, each by its own terms', async () => {
  const [first, second] = [await invoice(shop, 'I1', 'Anna', 10000n), await invoice(shop, 'I2', 'Anna', 5000n)]
  await offer(first, '5', '2024-03-10')
  await offer(first, '5.0', '2024-03-10') // the same again
  await offer(second, '2.5', '2024-03-31')
  // 5% of 120.00 and 2.5% of 60.00: 7.50 of 180.00.
  expect(await changeOf(() => pay('P1', 'Anna', [first, second], 17250n))).toEqual({
    bank: 17250n,
    sales_discounts: 625n,
    output_tax: 125n,
    receivable: -18000n,
  })
  expect(await pay('P1', 'Anna', [first, second], 17250n)).toMatchObject([{ result: 'existing' }])
  await expect(pay('P1', 'Anna', [first, second], 17251n)).rejects.toMatchObject({ code: 'payment_exists_differently' })
})

test('nothing is kept without terms, after their day, beyond them, or of an invoice that is settled', async () => {
  const documentId = await invoice(shop, 'I3', 'Ben', 10000n)
  await expect(pay('P2', 'Ben', [documentId], 11999n)).rejects.toMatchObject({
    code: 'discount_not_offered',
    detail: { discount: '0.01', offered: '0.00' },
  })
  await offer(documentId, '5', '2024-03-09')
  await expect(pay('P2', 'Ben', [documentId], 11400n)).rejects.toMatchObject({ code: 'discount_not_offered' })
  const early = { on: day('2024-03-09') }
  await expect(pay('P2', 'Ben', [documentId], 11399n, early)).rejects.toMatchObject({ code: 'discount_not_offered' })
  await expect(pay('P2', 'Ben', [documentId], 12000n, early)).rejects.toMatchObject({ code: 'amount_not_positive' })
  await expect(pay('P2', 'Ben', [documentId], 12001n, early)).rejects.toMatchObject({ code: 'open_item_exceeded' })
  await expect(pay('P2', 'Ben', [documentId], 0n, early)).rejects.toMatchObject({ code: 'amount_not_positive' })
  await expect(pay('P2', 'Anna', [documentId], 11400n, early)).rejects.toMatchObject({ code: 'document_unknown' })
  await expect(pay('P2', 'Ben', [documentId, documentId], 11400n, early)).rejects.toMatchObject({
    code: 'input_invalid',
  })
  await expect(pay('P2', 'Ben', [], 11400n, early)).rejects.toMatchObject({ code: 'input_invalid' })
  await pay('P2', 'Ben', [documentId], 11400n, early)
  await expect(pay('P3', 'Ben', [documentId], 1n, early)).rejects.toMatchObject({ code: 'open_item_exceeded' })
})

test('an offer is for an invoice, above 0 and below 100 per cent, and made once', async () => {
  const documentId = await invoice(shop, 'I4', 'Ben', 10000n)
  for (const percent of ['0', '100', '-1', 'x'])
    await expect(offer(documentId, percent, '2024-03-10')).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(offer(documentId, '5', '2024-02-29')).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(offer(999n, '5', '2024-03-10')).rejects.toMatchObject({ code: 'document_unknown' })
  await offer(documentId, '5', '2024-03-10')
  await expect(offer(documentId, '5', '2024-03-11')).rejects.toMatchObject({ code: 'discount_offered_differently' })
  await expect(offer(documentId, '4', '2024-03-10')).rejects.toMatchObject({ code: 'discount_offered_differently' })
})

test('two payments of one invoice at the same moment take its discount once', async () => {
  const documentId = await invoice(shop, 'I5', 'Carl', 10000n)
  await offer(documentId, '5', '2024-03-10')
  const change = await changeOf(async () => {
    const outcomes = await Promise.allSettled(['P5', 'P6'].map((name) => pay(name, 'Carl', [documentId], 11400n)))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'open_item_exceeded' },
    })
  })
  expect(change).toEqual({ bank: 11400n, sales_discounts: 500n, output_tax: 100n, receivable: -12000n })
})

test('in another currency the discount stands at the rate of its invoice, and the money at that of its day', async () => {
  const [issued] = await shop.work((tx) =>
    issueInvoices(tx, [
      {
        number: 'E1',
        on: day('2024-01-10'),
        customer: customer('Dora'),
        currency: 'EUR',
        lines: [{ itemCode: 'MUG', quantity: '1', unitPrice: '100.00' }],
      },
    ]),
  )
  const documentId = issued?.documentId as bigint
  await offer(documentId, '5', '2024-02-10')
  const inEuro = { on: day('2024-02-10'), currency: 'EUR' }
  expect(await changeOf(() => pay('E1', 'Dora', [documentId], 11400n, inEuro))).toEqual({
    bank: 9804n, // 114.00 at 0.86
    sales_discounts: 425n, // 5.00 at 0.85
    output_tax: 85n,
    receivable: -10200n,
    realised_fx: -114n,
  })
})

test('what came in early goes back out of the bank, and never more than came in', async () => {
  const documentId = await invoice(shop, 'I6', 'Emma', 10000n)
  await offer(documentId, '5', '2024-03-10')
  const [paid] = await pay('P7', 'Emma', [documentId], 11400n)
  const refund = (reference: string, amountMinor: bigint) =>
    shop.work((tx) =>
      refundPayments(tx, [
        { source: 'test', reference, paymentId: paid?.paymentId as bigint, on: day('2024-03-12'), amountMinor },
      ]),
    )
  await expect(refund('R1', 11401n)).rejects.toMatchObject({ code: 'refund_exceeds_payment' })
  expect(await changeOf(() => refund('R1', 11400n))).toEqual({ bank: -11400n, receivable: 11400n })
})

test('what is left of a deposit is kept once, at the value at which it was booked', async () => {
  const [captured] = await shop.work((tx) =>
    capturePayments(tx, [
      {
        source: 'card',
        reference: 'D1',
        method: 'card',
        customer: customer('Fred'),
        on: day('2024-01-10'),
        amountMinor: 12000n,
        currency: 'EUR',
        orderReference: 'W1',
        depositShares: [
          { taxCode: 'standard', grossMinor: 1n },
          { taxCode: 'zero', grossMinor: 1n },
        ],
      },
    ]),
  )
  const paymentId = captured?.paymentId as bigint
  const forfeit = (reason: string, on = '2024-02-10', id = paymentId) =>
    shop.work((tx) => forfeitDeposits(tx, [{ paymentId: id, on: day(on), reason }]))
  await expect(forfeit(' ')).rejects.toMatchObject({ code: 'reason_missing' })
  await expect(forfeit('not fetched', '2024-02-10', 999n)).rejects.toMatchObject({ code: 'payment_unknown' })
  await expect(forfeit('not fetched', '2024-01-09')).rejects.toMatchObject({ code: 'input_invalid' })
  const listed = async () =>
    (await shop.work((tx) => (reports.deposits as NonNullable<typeof reports.deposits>).run(tx, {}))).rows
  expect(await listed()).toMatchObject([{ order: 'W1', left: { amount: '110.00', currency: 'EUR' } }])
  // 50.00 net of the tax and 60.00 without, at 0.85.
  expect(await changeOf(() => forfeit('not fetched'))).toEqual({ customer_deposits: 9350n, other_income: -9350n })
  expect(await listed()).toEqual([])
  expect(await forfeit('not fetched')).toMatchObject([{ existing: true }])
  await expect(forfeit('another reason')).rejects.toMatchObject({ code: 'fact_posted_differently' })
  await expect(forfeit('not fetched', '2024-02-11')).rejects.toMatchObject({ code: 'fact_posted_differently' })
})

test('all checks hold after all of this', async () => {
  const { checks } = await shop.work(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
})

test('of what is open of an invoice no more than that is kept, whatever the terms of another one leave', async () => {
  const [first, second] = [await invoice(shop, 'I7', 'Fay', 10000n), await invoice(shop, 'I8', 'Fay', 10000n)]
  await offer(first, '5', '2024-03-10')
  await offer(second, '5', '2024-03-10')
  await shop.work((tx) =>
    receivePayments(tx, [
      {
        source: 'test',
        reference: 'part of I7',
        into: 'bank',
        customer: customer('Fay'),
        documentIds: [first],
        on: day('2024-03-02'),
        amountMinor: 11900n,
      },
    ]),
  )
  // 1.00 is open of the first: it is kept whole, and 6.00 of the second; nothing is paid back on the first.
  await expect(pay('rest', 'Fay', [first, second], 11399n)).rejects.toMatchObject({
    code: 'discount_not_offered',
    detail: { discount: '7.01', offered: '7.00' },
  })
  await pay('rest', 'Fay', [first, second], 11400n)
  const lines = await shop.look<{ document: bigint; role: string; amount: bigint }>(
    `select l.document_id as document, a.role, sum(l.amount_minor)::bigint as amount from journal_line l
       join account a on a.company_id = l.company_id and a.id = l.account_id
       join journal_entry e on e.company_id = l.company_id and e.id = l.entry_id
       where e.rule = 'early-payment-discount-taken' and l.document_id in (${first}, ${second}) and a.role in ('sales_discounts', 'output_tax')
       group by 1, 2 order by 1, 2`,
  )
  expect(lines.map(({ role, amount }) => [role, amount])).toEqual([
    ['output_tax', 17n],
    ['sales_discounts', 83n],
    ['output_tax', 100n],
    ['sales_discounts', 500n],
  ])
})

test('two taxes on the same goods fall with the price, each by its rate', async () => {
  const [outcome] = await shop.work(async (tx) => {
    const [one, two] = (await listTaxCodes(tx)).filter(({ authority }) => authority !== null)
    if (one === undefined || two === undefined) throw new Error('two taxes are needed')
    return await issueDocuments(tx, [
      {
        source: 'test',
        number: 'I9',
        kind: 'invoice',
        issuedOn: day('2024-03-01'),
        customer: customer('Gus'),
        destination: 'United Kingdom',
        country: 'GB',
        settlement: 'on_account',
        currency: 'GBP',
        prices: 'net',
        rounding: 'per_document',
        taxes: [
          { taxCodeId: one.id, authority: one.authority, baseMinor: 10000n, taxMinor: 600n },
          { taxCodeId: two.id, authority: two.authority, baseMinor: 10000n, taxMinor: 200n },
        ],
        lines: [
          {
            itemCode: null,
            code: 'WORK',
            description: 'Work',
            quantity: '1',
            unitPrice: '1',
            netMinor: 10000n,
            role: 'sales',
            taxCodeId: one.id,
          },
        ],
        contentHash: Buffer.from('I9'),
      },
    ])
  })
  const documentId = outcome?.documentId as bigint
  await offer(documentId, '10', '2024-03-10')
  // 10% of 108.00: 10.00 of the price, and 0.60 and 0.20 of the taxes.
  expect(await changeOf(() => pay('two taxes', 'Gus', [documentId], 9720n))).toEqual({
    bank: 9720n,
    sales_discounts: 1000n,
    output_tax: 80n,
    receivable: -10800n,
  })
})
