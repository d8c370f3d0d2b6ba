import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyDeposits, chargeFees, recordPayouts, savePayments } from '../../../src/modules/payments/index.ts'
import { paymentCaptured } from '../../../src/posting/payment-captured.ts'
import { post } from '../../../src/posting/post.ts'
import { addCustomer, day, invoice, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await shop.close()
})

/** A taxed prepayment of an order, as its capture leaves it. */
async function deposit(orderReference: string, customer: string, netMinor: bigint, taxMinor: bigint) {
  const partyId = await addCustomer(shop, customer)
  const about = { partyId, method: 'card', reference: orderReference, amountMinor: netMinor + taxMinor }
  await shop.work(async (tx) => {
    const paidOn = day('2024-02-01')
    const payment = { ...about, kind: 'capture' as const, source: 'test', orderReference, paidOn, currency: 'GBP' }
    const [id] = (await savePayments(tx, [payment])) as [bigint]
    await tx.query(
      `insert into deposit (company_id, payment_id, party_id, currency, net_minor, tax_minor, base_net_minor, base_tax_minor)
         values ($1, $2, $3, 'GBP', $4, $5, $4, $5)`,
      [tx.companyId, id, partyId, netMinor, taxMinor],
    )
    const tax = { netMinor, taxMinor, taxCodeId: null, taxAuthority: 'HMRC' }
    await post(tx, paymentCaptured([{ ...about, id, kind: 'capture', date: paidOn, deposits: [tax] }]))
  })
}

const apply = (orderReference: string, documentId: bigint) =>
  shop.work((tx) => applyDeposits(tx, [{ orderReference, documentId, on: day('2024-03-01') }]))

test('a deposit settles the invoices of its order in turn and leaves no tax behind', async () => {
  await deposit('W1', 'Anna', 12500n, 2500n)
  const first = await invoice(shop, 'I1', 'Anna', 7290n) // 87.48 with tax
  expect(await apply('W1', first)).toEqual([8748n])
  expect(await shop.balances()).toMatchObject({ customer_deposits: -5210n, output_tax: -2500n })
  expect(await apply('W1', first)).toEqual([0n])
  const second = await invoice(shop, 'I2', 'Anna', 6000n) // 72.00, more than is left
  expect(await apply('W1', second)).toEqual([6252n])
  expect(await shop.balances()).toEqual({
    payment_clearing: 15000n,
    receivable: 948n,
    sales: -13290n,
    output_tax: -2658n,
  })
  expect(await shop.look('select sum(amount_minor - applied_minor)::bigint as open from open_item')).toEqual([
    { open: 948n },
  ])
  expect(await apply('nobody paid', second)).toEqual([0n])
  await expect(apply('W1', 999n)).rejects.toMatchObject({ code: 'document_unknown' })
})

test('two shipments of one order at the same moment cannot use a deposit twice', async () => {
  await deposit('W2', 'Ben', 1000n, 200n)
  const documents = [await invoice(shop, 'I3', 'Ben', 900n), await invoice(shop, 'I4', 'Ben', 900n)]
  const used = await Promise.all(documents.map((document) => apply('W2', document)))
  expect(used.flat().reduce((sum, amount) => sum + amount, 0n)).toBe(1200n)
})

const feeBalances = async (act: () => Promise<unknown>) => {
  const before = await shop.balances()
  await act()
  const after = await shop.balances()
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const moved = names.map((name): [string, bigint] => [name, (after[name] ?? 0n) - (before[name] ?? 0n)])
  return Object.fromEntries(moved.filter(([, amount]) => amount !== 0n))
}

test('fees are kept from clearing: without tax, with tax charged, or with a reverse charge', async () => {
  const fee = { method: 'card', on: day('2024-03-05'), netMinor: 450n }
  const charge = (reference: string, detail: object = {}) =>
    feeBalances(() => shop.work((tx) => chargeFees(tx, [{ ...fee, reference, ...detail }])))
  expect(await charge('1')).toEqual({ payment_fees: 450n, payment_clearing: -450n })
  expect(await charge('1')).toEqual({})
  expect(await charge('2', { role: 'channel_fees', taxCode: 'standard' })).toEqual({
    channel_fees: 450n,
    input_tax: 90n,
    payment_clearing: -540n,
  })
  expect(await charge('3', { taxCode: 'reverse-charge' })).toEqual({
    payment_fees: 450n,
    input_tax: 90n,
    output_tax: -90n,
    payment_clearing: -450n,
  })
  await expect(charge('4', { netMinor: 0n })).rejects.toMatchObject({ code: 'amount_not_positive' })
  await expect(charge('4', { taxCode: 'none' })).rejects.toMatchObject({ code: 'tax_code_unknown' })
})

test('a payout passes through transit to the bank; a negative one is taken from it', async () => {
  const payout = (reference: string, amountMinor: bigint) =>
    feeBalances(() =>
      shop.work((tx) =>
        recordPayouts(tx, [
          { method: 'card', reference, sentOn: day('2024-03-06'), arrivedOn: day('2024-03-08'), amountMinor },
        ]),
      ),
    )
  expect(await payout('P1', 5000n)).toEqual({ bank: 5000n, payment_clearing: -5000n })
  expect(await payout('P1', 5000n)).toEqual({})
  expect(await payout('P2', -300n)).toEqual({ bank: -300n, payment_clearing: 300n })
  await expect(payout('P3', 0n)).rejects.toMatchObject({ code: 'line_is_zero' })
  const days = `select rule, posted_on from journal_entry where source_id = 'card/P1' order by posted_on`
  expect(await shop.look(days)).toEqual([
    { rule: 'payout-sent', posted_on: '2024-03-06' },
    { rule: 'payout-arrived', posted_on: '2024-03-08' },
  ])
})
