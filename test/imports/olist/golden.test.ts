import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ImportResult } from '../../../src/imports/index.ts'
import { readCompany } from '../../../src/kernel/database.ts'
import { addAccounts } from '../../../src/ledger/accounts.ts'
import { verifySeals } from '../../../src/ledger/seal.ts'
import { addMappingRulesByCode } from '../../../src/posting/mapping-by-code.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { type ImportDesk, type ImportingCompany, openImportDesk, sharedData } from '../support.ts'

/*
 * 8,135 orders of a Brazilian marketplace. The figures were added up from the CSV files by a program of its own, in another language, which
 * knows nothing of this one.
 */
const data = sharedData('orders/olist-sample-8135')
let desk: ImportDesk
let company: ImportingCompany
let first: ImportResult

beforeAll(async () => {
  desk = await openImportDesk()
  if (data === undefined) return
  company = await desk.company({ country: 'BR', currency: 'BRL' })
  await company.work(async (tx) => {
    const methods = Object.entries(clearingAccounts)
    await addAccounts(
      tx,
      methods.map(([code, name]) => ({ code, name, class: 'asset', role: 'payment_clearing', groupCode: null })),
    )
    const rules = methods.map(([account, paymentMethod]) => ({ role: 'payment_clearing', account, paymentMethod }))
    await addMappingRulesByCode(tx, rules, 'test')
  })
  first = await company.importAs('olist', [data])
}, 240_000)
afterAll(() => desk.close())
beforeEach((context) => {
  if (data === undefined) context.skip('the shared orders of Olist are not here: set COUNTINGHOUSE_SHARED')
})

const clearingAccounts = { '1061': 'credit_card', '1062': 'boleto', '1063': 'voucher', '1064': 'debit_card' }

describe('the orders of a marketplace', () => {
  test('every row of the four tables is read, every order is kept, and every payment above nothing', () => {
    expect(first).toMatchObject({
      lines: 33_559,
      documents: { created: 8_135, existing: 0, refused: 0 },
      byKind: { invoice: 7_360, order: 775 },
      payments: { created: 8_919, existing: 0 },
    })
  })

  test('sales, freight, deposits and what is owed are exactly what the files say', async () => {
    expect(await company.balances()).toEqual({
      payment_clearing: 142_860_281n,
      receivable: 16n,
      customer_deposits: -(16_259_195n + 45_828n), // of orders without items, and paid beyond items and freight
      sales: -109_326_435n,
      shipping_income: -17_228_839n,
    })
  })

  test('each type of payment is in its own clearing account', async () => {
    const rows = await company.look<{ name: string; balance: bigint }>(
      `select a.name, sum(l.amount_minor)::bigint as balance from journal_line l
        join account a on a.company_id = l.company_id and a.id = l.account_id where a.role = 'payment_clearing' group by 1`,
    )
    expect(Object.fromEntries(rows.map(({ name, balance }) => [name, balance]))).toEqual({
      credit_card: 109_961_822n,
      boleto: 24_287_850n,
      voucher: 5_994_734n,
      debit_card: 2_615_875n,
    })
  })

  test('on a day in between, what was paid before it shipped is a deposit', async () => {
    const rows = await company.look<{ role: string; balance: bigint }>(
      `select a.role, sum(l.amount_minor)::bigint as balance from journal_line l
        join account a on a.company_id = l.company_id and a.id = l.account_id where l.posted_on <= '2018-01-31' group by 1`,
    )
    expect(Object.fromEntries(rows.map(({ role, balance }) => [role, balance]))).toEqual({
      sales: -58_046_457n,
      shipping_income: -9_150_116n,
      payment_clearing: 79_597_319n,
      customer_deposits: -12_415_224n,
      receivable: 14_478n,
    })
  })

  test('sales of each month are those that the carrier took in it', async () => {
    const rows = await company.look<{ month: string; sales: bigint }>(
      `select to_char(l.posted_on, 'YYYY-MM') as month, -sum(l.amount_minor)::bigint as sales from journal_line l
        join account a on a.company_id = l.company_id and a.id = l.account_id
        where a.role = 'sales' and l.posted_on between '2017-10-01' and '2018-03-31' group by 1 order by 1`,
    )
    expect(rows.map(({ month, sales }) => `${month} ${sales}`)).toEqual([
      '2017-10 4939582',
      '2017-11 7286143',
      '2017-12 6225619',
      '2018-01 7455950',
      '2018-02 6917020',
      '2018-03 8259394',
    ])
  })

  test('orders without items, payments that differ and sales that were never shipped are exceptions', async () => {
    expect(first.exceptions.byKind).toEqual({ order_without_items: 775, payments_differ: 42, sale_not_shipped: 6 })
    const rows = await company.look<{ kind: string; amount: bigint }>(
      'select kind, sum(amount_minor)::bigint as amount from exception group by kind order by kind',
    )
    expect(rows).toEqual([
      { kind: 'order_without_items', amount: 16_259_195n },
      { kind: 'payments_differ', amount: 45_812n },
      { kind: 'sale_not_shipped', amount: 24_684_415n },
    ])
  })

  test('every check of the books holds, and every entry is sealed', async () => {
    const report = await readCompany(desk.database, company.id, runChecks)
    expect(report.checks.filter(({ result }) => result === 'broken')).toEqual([])
    expect(report.ok).toBe(true)
    expect(await company.work((tx) => verifySeals(tx))).toEqual({ compared: first.entries, broken: [] })
  })

  test('the same files once more add nothing', async () => {
    const before = await company.rowCounts()
    const again = await company.importAs('olist', [data as string])
    expect(again).toMatchObject({
      documents: { created: 0, existing: 8_135, refused: 0 },
      payments: { created: 0, existing: 8_919 },
      entries: 0,
      exceptions: { opened: 0 },
    })
    expect(await company.rowCounts()).toEqual({ ...before, import_run: (before.import_run as number) + 1 })
  }, 120_000)
})
