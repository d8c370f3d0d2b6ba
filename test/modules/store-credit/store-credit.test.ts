import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompanyAsOwner } from '../../../src/kernel/database.ts'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import { giveUpGiftCards, redeemGiftCards, sellGiftCards } from '../../../src/modules/gift-cards/index.ts'
import { postJournals, reverseJournals } from '../../../src/modules/journal/index.ts'
import { receivePayments } from '../../../src/modules/payments/index.ts'
import { writeOffBadDebts } from '../../../src/modules/receivables/index.ts'
import { issueCreditNotes, issueInvoices } from '../../../src/modules/sales/index.ts'
import { moveStoreCredit, type StoreCreditRequest } from '../../../src/modules/store-credit/index.ts'
import { reports, runChecks } from '../../../src/reports/index.ts'
import { addCustomer, day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
let anna = 0n
const documents: Record<string, bigint> = {}
beforeAll(async () => {
  shop = await openShop()
  anna = await addCustomer(shop, 'Anna')
  await shop.work(async (tx) => {
    await findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }])
    const customer = { number: 'Anna', name: 'Anna' }
    const lines = [{ itemCode: 'MUG', quantity: '10', unitPrice: '10' }]
    for (const number of ['I1', 'I2', 'I3']) {
      const [issued] = await issueInvoices(tx, [{ number, on: day('2024-01-10'), customer, lines }])
      documents[number] = issued?.documentId as bigint
    }
    await receivePayments(tx, [
      {
        source: 'test',
        reference: 'P1',
        into: 'bank',
        customer,
        documentIds: [documents.I1 as bigint],
        on: day('2024-01-11'),
        amountMinor: 12000n,
      },
    ])
    const [note] = await issueCreditNotes(tx, [
      { number: 'N1', invoiceNumber: 'I1', on: day('2024-01-12'), lines: [{ lineNo: 1, quantity: '5' }] },
    ])
    documents.N1 = note?.documentId as bigint
    const card = { purpose: 'multi' as const, on: day('2024-01-10'), paidMinor: 5000n, method: 'card' }
    await sellGiftCards(tx, [{ ...card, reference: 'S1', code: 'G1' }])
  })
})
afterAll(() => shop.close())

const move = (request: StoreCreditRequest) => shop.work((tx) => moveStoreCredit(tx, [request]))
const on = day('2024-01-20')

test('a credit note becomes store credit once, and pays invoices of the same customer', async () => {
  const issue = { kind: 'issued' as const, reference: 'C1', documentId: documents.N1 as bigint, on }
  expect(await move(issue)).toMatchObject([{ existing: false }])
  expect(await move(issue)).toMatchObject([{ existing: true }])
  await expect(move({ ...issue, on: day('2024-01-21') })).rejects.toMatchObject({ code: 'fact_posted_differently' })
  await expect(move({ ...issue, reference: 'C2' })).rejects.toMatchObject({ code: 'amount_not_positive' })
  await expect(move({ ...issue, reference: 'C2', documentId: documents.I2 as bigint })).rejects.toMatchObject({
    code: 'document_unknown',
  })
  const redeem = {
    kind: 'redeemed' as const,
    reference: 'U1',
    documentId: documents.I2 as bigint,
    on,
    amountMinor: 4000n,
  }
  await move(redeem)
  expect(await move(redeem)).toMatchObject([{ existing: true }])
  await expect(move({ ...redeem, documentId: documents.I3 as bigint })).rejects.toMatchObject({
    code: 'fact_posted_differently',
  })
  await expect(move({ ...redeem, reference: 'U2', amountMinor: 2001n })).rejects.toMatchObject({
    code: 'store_credit_exceeded',
  })
  const cash = { kind: 'cashed' as const, reference: 'X1', partyId: anna, on, amountMinor: 500n, from: 'bank' as const }
  await move(cash)
  await expect(move({ ...cash, amountMinor: 501n })).rejects.toMatchObject({ code: 'fact_posted_differently' })
  expect(await shop.balances()).toMatchObject({ store_credit_liability: -1500n })
})

test('two who spend the same credit at once cannot both have it', async () => {
  const spend = (reference: string) =>
    move({ kind: 'cashed', reference, partyId: anna, on, amountMinor: 1000n, from: 'cash' })
  const both = await Promise.allSettled([spend('Y1'), spend('Y2')])
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'store_credit_exceeded' } })
})

test('a journal on store credit moves it, and its reversal takes that back', async () => {
  const lines = [
    { role: 'sales_discounts' as const, amountMinor: 700n },
    { role: 'store_credit_liability' as const, amountMinor: -700n, partyId: anna },
  ]
  await shop.work((tx) => postJournals(tx, [{ reference: 'goodwill', date: on, lines }]))
  expect((await report('store-credit')).rows).toMatchObject([{ party: 'Anna', balance: { amount: '12.00' } }])
  await shop.work((tx) => reverseJournals(tx, [{ reference: 'goodwill' }]))
  expect((await report('store-credit')).rows).toMatchObject([{ party: 'Anna', balance: { amount: '5.00' } }])
})

test('a repetition that names another invoice or day is no repetition', async () => {
  const redeem = { reference: 'R1', code: 'G1', documentId: documents.I3 as bigint, on, amountMinor: 2000n }
  const use = (request: typeof redeem) => shop.work((tx) => redeemGiftCards(tx, [request]))
  await use(redeem)
  expect(await use(redeem)).toMatchObject([{ existing: true }])
  for (const other of [{ documentId: documents.I2 as bigint }, { on: day('2024-01-21') }])
    await expect(use({ ...redeem, ...other })).rejects.toMatchObject({ code: 'fact_posted_differently' })
  const debt = { reference: 'B1', documentId: documents.I3 as bigint, on, reason: 'gone', amountMinor: 100n }
  const writeOff = (request: typeof debt) => shop.work((tx) => writeOffBadDebts(tx, [request]))
  await writeOff(debt)
  expect(await writeOff(debt)).toMatchObject([{ existing: true }])
  for (const other of [{ documentId: documents.I2 as bigint }, { on: day('2024-01-21') }])
    await expect(writeOff({ ...debt, ...other })).rejects.toMatchObject({ code: 'fact_posted_differently' })
  const refund = { kind: 'refunded' as const, reference: 'F1', code: 'G1', on, amountMinor: 500n, method: 'card' }
  const giveUp = (request: typeof refund) => shop.work((tx) => giveUpGiftCards(tx, [request]))
  await giveUp(refund)
  expect(await giveUp(refund)).toMatchObject([{ existing: true }])
  await expect(giveUp({ ...refund, on: day('2024-01-21') })).rejects.toMatchObject({ code: 'fact_posted_differently' })
  await expect(giveUp({ ...refund, reference: 'F2', code: 'G9' })).rejects.toMatchObject({ code: 'gift_card_unknown' })
})

const report = (name: string, asOf = '2024-01-31') =>
  shop.work(async (tx) => {
    const definition = reports[name]
    if (definition === undefined) throw new Error(`no report ${name}`)
    return await definition.run(tx, { asOf })
  })

test('the reports say what each card, customer and currency holds', async () => {
  expect((await report('gift-cards')).rows).toMatchObject([
    {
      card: '…1',
      sold: { amount: '50.00' },
      redeemed: { amount: '20.00' },
      refunded: { amount: '5.00' },
      balance: { amount: '25.00' },
    },
  ])
  expect((await report('gift-cards', '2024-01-15')).rows).toMatchObject([{ balance: { amount: '50.00' } }])
  const balances = (await report('currency-balances')).rows as unknown as { role: string; base: { amount: string } }[]
  expect(balances.find(({ role }) => role === 'gift_card_liability')?.base.amount).toBe('-25.00')
})

test('what is left of a deposit is told for each day', async () => {
  const customer = { number: 'Anna', name: 'Anna' }
  await shop.work((tx) =>
    receivePayments(tx, [
      {
        source: 'test',
        reference: 'P9',
        into: 'bank',
        customer,
        documentIds: [],
        on: day('2024-01-25'),
        amountMinor: 3000n,
      },
    ]),
  )
  expect((await report('deposits', '2024-01-24')).rows).toEqual([])
  expect((await report('deposits')).rows).toMatchObject([
    {
      party: 'Anna',
      payment: 'test P9',
      received: { amount: '30.00' },
      left: { amount: '30.00' },
      leftInBase: { amount: '30.00' },
    },
  ])
})

test('every check holds, and that of store credit names who breaks it', async () => {
  const { checks } = await shop.work(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  const name = 'store-credit-matches-liability'
  const broken = async (statement: string): Promise<unknown> => {
    const undo = new Error('take it back')
    let rows: unknown
    const damage = inCompanyAsOwner(shop.database, shop.companyId, async (tx) => {
      await tx.query('set local session_replication_role = replica')
      await tx.query(statement)
      rows = (await runChecks(tx)).checks.find((check) => check.name === name)?.rows
      throw undo
    })
    await expect(damage).rejects.toBe(undo)
    return rows
  }
  expect(
    await broken(`update store_credit_movement set amount_minor = amount_minor + 1 where reference = 'C1'`),
  ).toMatchObject([{ party: 'Anna', what: 'what is left of the store credit is not what the account holds' }])
  expect(await broken('update store_credit set balance_minor = balance_minor + 1')).toMatchObject([
    { party: 'Anna', what: 'what the customer can pay with is not what the movements left' },
  ])
  expect(await broken('update journal_line set party_id = null')).toMatchObject([
    { party: null, what: 'lines on a store credit account name no customer' },
    { party: 'Anna' },
  ])
})
