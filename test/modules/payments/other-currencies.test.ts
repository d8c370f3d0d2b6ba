import { afterAll, beforeAll, expect, test } from 'vitest'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import {
  applyDeposits,
  capturePayments,
  chargeFees,
  receivePayments,
  recordPayouts,
  refundPayments,
} from '../../../src/modules/payments/index.ts'
import { addCompanyRates } from '../../../src/modules/rates/index.ts'
import { issueCreditNotes, issueInvoices } from '../../../src/modules/sales/index.ts'
import { runChecks } from '../../../src/reports/index.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work(async (tx) => {
    await findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }])
    const rates = [
      ['EUR', '2024-01-10', '0.8500'],
      ['EUR', '2024-02-10', '0.8600'],
      ['EUR', '2024-03-10', '0.8400'],
      ['USD', '2024-01-01', '0.7900'],
    ] as const
    await addCompanyRates(
      tx,
      rates.map(([currency, on, rate]) => ({ source: 'manual' as const, currency, day: day(on), rate })),
      'test',
    )
  })
})
afterAll(async () => {
  await shop.close()
})

const customer = (name: string) => ({ number: name, name })
const inEuro = async (
  number: string,
  name: string,
  on: string,
  unitPrice = '100.00',
  order?: string,
): Promise<bigint> => {
  const [outcome] = await shop.work((tx) =>
    issueInvoices(tx, [
      {
        number,
        on: day(on),
        customer: customer(name),
        currency: 'EUR',
        ...(order === undefined ? {} : { orderReference: order }),
        lines: [{ itemCode: 'MUG', quantity: '1', unitPrice }],
      },
    ]),
  )
  return outcome?.documentId as bigint
}
const pay = (
  reference: string,
  name: string,
  documentIds: bigint[],
  on: string,
  amountMinor: bigint,
  more: object = { currency: 'EUR' },
) =>
  shop.work((tx) =>
    receivePayments(tx, [
      {
        source: 'test',
        reference,
        into: 'bank',
        customer: customer(name),
        documentIds,
        on: day(on),
        amountMinor,
        ...more,
      },
    ]),
  )

type Change = Record<string, bigint>
/** What a fact changes, by role. */
async function changeOf(act: () => Promise<unknown>): Promise<Change> {
  const before = await shop.balances()
  await act()
  const after = await shop.balances()
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const changes = [...names].map((name) => [name, (after[name] ?? 0n) - (before[name] ?? 0n)] as const)
  return Object.fromEntries(changes.filter(([, change]) => change !== 0n))
}

const heldChecks = async () => {
  const { checks } = await shop.work(runChecks)
  return checks.filter(({ result }) => result === 'broken')
}

test('an invoice in another currency is booked at its day, and paid in parts at later ones', async () => {
  let id = 0n
  expect(
    await changeOf(async () => {
      id = await inEuro('E1', 'Anna', '2024-01-15')
    }),
  ).toEqual({
    receivable: 10200n,
    sales: -8500n,
    output_tax: -1700n,
  })
  expect(await changeOf(() => pay('P1', 'Anna', [id], '2024-02-12', 5000n))).toEqual({
    bank: 4300n,
    receivable: -4250n,
    realised_fx: -50n,
  })
  expect(await changeOf(() => pay('P2', 'Anna', [id], '2024-03-12', 7000n))).toEqual({
    bank: 5880n,
    receivable: -5950n,
    realised_fx: 70n,
  })
  expect(await heldChecks()).toEqual([])
})

test('what is paid in the base currency goes through currency_exchange', async () => {
  const id = await inEuro('E2', 'Bert', '2024-01-15')
  const change = await changeOf(() => pay('P3', 'Bert', [id], '2024-02-12', 10250n, { settlesMinor: 12000n }))
  expect(change).toEqual({ bank: 10250n, receivable: -10200n, realised_fx: -50n })
  const lines = await shop.look<{ currency: string; minor: bigint; base: bigint }>(
    `select l.currency, l.currency_amount_minor as minor, l.amount_minor as base from journal_line l
       join account a on a.company_id = l.company_id and a.id = l.account_id where a.role = 'currency_exchange' order by l.currency`,
  )
  expect(lines).toEqual([
    { currency: 'EUR', minor: 12000n, base: 10250n },
    { currency: 'GBP', minor: -10250n, base: -10250n },
  ])
  expect(await heldChecks()).toEqual([])
})

test('a third currency settles as much as the rates of the day say', async () => {
  const id = await inEuro('E3', 'Carl', '2024-01-15')
  // 130.63 USD at 0.79 are 103.20 GBP, at 0.86 120.00 EUR
  const change = await changeOf(() => pay('P4', 'Carl', [id], '2024-02-12', 13063n, { currency: 'USD' }))
  expect(change).toEqual({ bank: 10320n, receivable: -10200n, realised_fx: -120n })
  expect(await heldChecks()).toEqual([])
})

test('a credit note is at the rate of its invoice, and the refund at that of its day', async () => {
  const id = await inEuro('E4', 'Dora', '2024-01-15', '100.00', 'W4')
  await shop.work((tx) =>
    capturePayments(tx, [
      {
        source: 'test',
        reference: 'C4',
        method: 'card',
        customer: customer('Dora'),
        on: day('2024-01-15'),
        currency: 'EUR',
        amountMinor: 12000n,
        documentId: id,
        orderReference: 'W4',
      },
    ]),
  )
  expect(
    await changeOf(() =>
      shop.work((tx) =>
        issueCreditNotes(tx, [
          { number: 'N4', invoiceNumber: 'E4', on: day('2024-02-12'), lines: [{ lineNo: 1, quantity: '0.5' }] },
        ]),
      ),
    ),
  ).toEqual({ sales_returns: 4250n, output_tax: 850n, receivable: -5100n })
  const [{ id: paymentId } = { id: 0n }] = await shop.look<{ id: bigint }>(
    `select id from payment where reference = 'C4'`,
  )
  const refund = { source: 'test', reference: 'R4', paymentId, on: day('2024-03-12'), amountMinor: 6000n }
  expect(await changeOf(() => shop.work((tx) => refundPayments(tx, [refund])))).toEqual({
    payment_clearing: -5040n,
    receivable: 5100n,
    realised_fx: -60n,
  })
  expect(await changeOf(() => shop.work((tx) => refundPayments(tx, [refund])))).toEqual({})
  expect(await heldChecks()).toEqual([])
})

test('a deposit keeps its own rate, and settles the invoice at what that was booked at', async () => {
  await shop.work((tx) =>
    capturePayments(tx, [
      {
        source: 'test',
        reference: 'C5',
        method: 'card',
        customer: customer('Emil'),
        on: day('2024-01-15'),
        currency: 'EUR',
        amountMinor: 12000n,
        orderReference: 'W5',
        depositTaxCode: 'standard',
      },
    ]),
  )
  const id = await inEuro('E5', 'Emil', '2024-02-12', '100.00', 'W5')
  const change = await changeOf(() =>
    shop.work((tx) => applyDeposits(tx, [{ orderReference: 'W5', documentId: id, on: day('2024-02-12') }])),
  )
  expect(change).toEqual({ customer_deposits: 8500n, output_tax: 1700n, receivable: -10320n, realised_fx: 120n })
  expect(await heldChecks()).toEqual([])
})

test('fees and payouts of a processor in another currency', async () => {
  const fee = { method: 'card', reference: 'F1', on: day('2024-02-12'), netMinor: 1000n, currency: 'EUR' }
  expect(await changeOf(() => shop.work((tx) => chargeFees(tx, [fee])))).toEqual({
    payment_fees: 860n,
    payment_clearing: -860n,
  })
  await shop.work((tx) =>
    addCompanyRates(tx, [{ source: 'manual', currency: 'EUR', day: day('2024-02-10'), rate: '0.9000' }], 'test'),
  )
  expect(await changeOf(() => shop.work((tx) => chargeFees(tx, [fee])))).toEqual({})
  await shop.work((tx) =>
    addCompanyRates(tx, [{ source: 'manual', currency: 'EUR', day: day('2024-02-10'), rate: '0.8600' }], 'test'),
  )
  const payout = { method: 'card', reference: 'O1', sentOn: day('2024-02-12'), amountMinor: 5000n, currency: 'EUR' }
  expect(await changeOf(() => shop.work((tx) => recordPayouts(tx, [payout])))).toEqual({
    payment_clearing: -4300n,
    bank: 4300n,
  })
  const other = {
    ...payout,
    reference: 'O2',
    arrivedOn: day('2024-02-14'),
    arrived: { currency: 'GBP', amountMinor: 4250n },
  }
  expect(await changeOf(() => shop.work((tx) => recordPayouts(tx, [other])))).toEqual({
    payment_clearing: -4300n,
    bank: 4250n,
    realised_fx: 50n,
  })
  expect(await heldChecks()).toEqual([])
})

test('the rate of every entry is kept with its source and day', async () => {
  const rates = await shop.look<{ currency: string; source: string; day: string }>(
    `select r.currency, r.source, r.day from entry_rate r join journal_entry e on e.company_id = r.company_id and e.id = r.entry_id
       where e.source_kind = 'sales_document' order by e.id limit 1`,
  )
  expect(rates).toEqual([{ currency: 'EUR', source: 'manual', day: '2024-01-10' }])
})

test('without a rate nothing is booked', async () => {
  await expect(inEuro('E9', 'Fred', '2024-01-05')).rejects.toMatchObject({
    code: 'rate_missing',
    detail: { currency: 'EUR', day: '2024-01-05' },
  })
})
