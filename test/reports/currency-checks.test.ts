import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompanyAsOwner, type Tx } from '../../src/kernel/database.ts'
import { addAccounts } from '../../src/ledger/accounts.ts'
import { findOrAddItems } from '../../src/modules/catalog/index.ts'
import { capturePayments, receivePayments } from '../../src/modules/payments/index.ts'
import { addCompanyRates } from '../../src/modules/rates/index.ts'
import { applyOpenItems } from '../../src/modules/receivables/index.ts'
import { revalue } from '../../src/modules/revaluation/index.ts'
import { issueCreditNotes, issueInvoices } from '../../src/modules/sales/index.ts'
import { addMappingRulesByCode } from '../../src/posting/mapping-by-code.ts'
import { cashFlowAccounts } from '../../src/reports/cash-movements.ts'
import { runChecks } from '../../src/reports/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  const customer = { number: 'Anna', name: 'Anna' }
  const euro = (number: string, on: string, unitPrice: string) => ({
    number,
    on: day(on),
    customer,
    currency: 'EUR',
    lines: [{ itemCode: 'MUG', quantity: '1', unitPrice }],
  })
  await shop.work(async (tx) => {
    await useOwnAccounts(tx)
    await findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }])
    const rate = (on: string, value: string) => ({
      source: 'manual' as const,
      currency: 'EUR',
      day: day(on),
      rate: value,
    })
    await addCompanyRates(
      tx,
      [rate('2024-01-01', '0.85'), rate('2024-01-20', '0.86'), rate('2024-01-31', '0.87')],
      'test',
    )
    const [first, second] = await issueInvoices(tx, [euro('E1', '2024-01-10', '100'), euro('E2', '2024-01-21', '100')])
    const ids = [first, second].map((outcome) => outcome?.documentId as bigint)
    const paid = { source: 'test', into: 'bank' as const, customer, currency: 'EUR' }
    await receivePayments(tx, [
      { ...paid, reference: 'P1', documentIds: ids.slice(0, 1), on: day('2024-01-22'), amountMinor: 12000n },
    ])
    await capturePayments(tx, [
      {
        source: 'test',
        reference: 'D1',
        method: 'card',
        customer,
        on: day('2024-01-22'),
        currency: 'EUR',
        amountMinor: 1200n,
        orderReference: 'W1',
        depositTaxCode: 'standard',
      },
    ])
    await issueCreditNotes(tx, [
      { number: 'C1', invoiceNumber: 'E1', on: day('2024-01-23'), lines: [{ lineNo: 1, quantity: '0.5' }] },
    ])
  })
  // The credit of the first invoice, at 0.85, settles the second, at 0.86.
  const items = await shop.look<{ id: bigint; amount: bigint }>(
    `select id, amount_minor as amount from open_item where source_kind = 'sales_document' and applied_minor <> amount_minor order by amount_minor`,
  )
  const [credit, debit] = items.map(({ id }) => id) as [bigint, bigint]
  await shop.work((tx) =>
    applyOpenItems(tx, [
      { debitItemId: debit, creditItemId: credit, appliedOn: day('2024-01-24'), amountMinor: 6000n },
    ]),
  )
  await shop.work((tx) => revalue(tx, day('2024-01-31')))
})
afterAll(() => shop.close())

/** Money and differences on accounts of the company's own, which the mapping alone says what they are. */
async function useOwnAccounts(tx: Tx): Promise<void> {
  const own = (code: string, name: string, role: string, accountClass: 'asset' | 'expense') => ({
    account: { code, name, class: accountClass },
    rule: { role, account: code, reason: 'ours' },
  })
  const accounts = [
    own('1291', 'Bank in Lyon', 'bank', 'asset'),
    own('1292', 'Cards', 'payment_clearing', 'asset'),
    own('7991', 'Exchange', 'realised_fx', 'expense'),
  ]
  await addAccounts(
    tx,
    accounts.map(({ account }) => account),
  )
  await addMappingRulesByCode(
    tx,
    accounts.map(({ rule }) => rule),
    'test',
  )
}

/** The checks that are broken once statements have done their damage, which is taken back. */
async function brokenBy(...statements: string[]): Promise<Record<string, unknown[]>> {
  let broken: Record<string, unknown[]> = {}
  const undo = new Error('take it back')
  const damage = inCompanyAsOwner(shop.database, shop.companyId, async (tx) => {
    await tx.query('set local session_replication_role = replica')
    for (const statement of statements) await tx.query(statement)
    const { checks } = await runChecks(tx)
    broken = Object.fromEntries(
      checks.filter(({ result }) => result === 'broken').map(({ name, rows }) => [name, rows as unknown[]]),
    )
    throw undo
  })
  await expect(damage).rejects.toBe(undo)
  return broken
}

const said = (what: string) => [expect.objectContaining({ what })]

test('sound books in two currencies hold', async () => {
  expect(await brokenBy()).toEqual({})
  const { checks } = await shop.work(runChecks)
  expect(checks.find(({ name }) => name === 'currencies-match-rates')).toMatchObject({ result: 'held', rows: [] })
  expect(await shop.balances()).toMatchObject({ '7991': -120n - 60n + 120n })
})

test('money on an account that only the mapping says is one is revalued, and cash', async () => {
  const rows = await shop.look<{ account: string; after: bigint }>(
    `select a.code as account, r.base_after_minor as after from revaluation_line r join account a on a.id = r.account_id
       where not r.reversed order by 1`,
  )
  expect(rows).toEqual([
    { account: '1291', after: 104_40n },
    { account: '1292', after: 10_44n },
  ])
  const accounts = await shop.work(cashFlowAccounts)
  const activityOf = (code: string) => accounts.find((account) => account.code === code)?.activity
  expect([activityOf('1291'), activityOf('1292')]).toEqual(['cash', 'cash'])
})

test('an amount that is not what its rate says', async () => {
  const broken = await brokenBy(
    `update entry_rate set numerator = numerator + 1 where currency = 'EUR' and entry_id = (select min(entry_id) from entry_rate)`,
  )
  expect(broken).toEqual({
    'currencies-match-rates': said('the line is not what the rate of its entry makes of its amount'),
  })
})

test('a settlement that realised something else', async () => {
  const broken = await brokenBy(
    `update open_item_application set credit_base_minor = credit_base_minor + 1 where debit_base_minor <> credit_base_minor`,
  )
  expect(broken['currencies-match-rates']).toEqual(
    said('the settlement has realised another difference than that of its items'),
  )
})

test('a revaluation to another rate, of another amount, or not taken back', async () => {
  const name = 'currencies-match-rates'
  const bank = `account_id = (select id from account where code = '1291')`
  expect(
    (await brokenBy(`update revaluation_line set base_after_minor = base_after_minor + 1 where ${bank}`))[name],
  ).toEqual(said('the balance was not brought to the rate of its day'))
  expect(
    (await brokenBy(`update revaluation_line set base_before_minor = base_before_minor + 1 where ${bank}`))[name],
  ).toEqual(said('the line does not move what the balance gained'))
  expect((await brokenBy('update journal_entry set reverses_id = null'))[name]).toEqual(
    said('what is owed was not taken back'),
  )
})

test('open items and deposits that stand at another base value', async () => {
  expect(
    await brokenBy(
      `update open_item set base_minor = base_minor + 1 where source_kind = 'sales_document' and applied_minor = 6000`,
    ),
  ).toEqual({
    'receivable-matches-customers': said('the open items stand at another base value than the account'),
  })
  expect(await brokenBy('update deposit set base_net_minor = base_net_minor + 1')).toEqual({
    'deposits-match-orders': said('what is left of the deposits stands at another base value than the account'),
  })
})
