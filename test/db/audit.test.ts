import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actingAs, inCompany, inCompanyAsOwner } from '../../src/kernel/database.ts'
import { accountByCode, addAccounts, changeAccounts } from '../../src/ledger/accounts.ts'
import { closePeriod } from '../../src/ledger/periods.ts'
import { postJournals } from '../../src/modules/journal/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'

type Audited = {
  table_name: string
  operation: string
  old_row: Record<string, unknown> | null
  new_row: Record<string, unknown> | null
  actor: string
}

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const as = (actor: string) => actingAs(shop.database, actor)
const audited = (where: string): Promise<Audited[]> =>
  shop.look(`select table_name, operation, old_row, new_row, actor from audit_log where ${where} order by id`)

describe('the audit log', () => {
  test('tells what a company began with, and that the product set it up', async () => {
    const rows = await audited(`operation = 'insert'`)
    expect(new Set(rows.map(({ table_name }) => table_name))).toEqual(
      new Set([
        'company',
        'account',
        'account_group',
        'mapping_rule',
        'line_code_rule',
        'destination_rule',
        'tax_code',
        'tax_rate',
      ]),
    )
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set(['countinghouse']))
  })

  test('keeps the row before and after, who and when', async () => {
    const before = await shop.work((tx) => accountByCode(tx, '4000'))
    await inCompany(as('user:7'), shop.companyId, (tx) => changeAccounts(tx, [{ code: '4000', name: 'Turnover' }]))
    const [change, ...more] = await audited(`operation = 'update' and actor = 'user:7'`)
    expect(more).toEqual([])
    expect(change).toMatchObject({ table_name: 'account', actor: 'user:7' })
    expect([change?.old_row?.name, change?.new_row?.name]).toEqual([before.name, 'Turnover'])
  })

  test('has nothing of a change that changes nothing, or that was rolled back', async () => {
    const count = async () => (await audited('true')).length
    const before = await count()
    await shop.work((tx) => changeAccounts(tx, [{ code: '4000', name: 'Turnover' }]))
    const failing = shop.work(async (tx) => {
      await addAccounts(tx, [{ code: '9999', name: 'Never', class: 'expense' }])
      throw new Error('never mind')
    })
    await expect(failing).rejects.toThrow('never mind')
    expect(await count()).toBe(before)
  })

  test('has the decisions on periods', async () => {
    const database = as('user:8')
    await inCompany(database, shop.companyId, (tx) =>
      closePeriod(tx, { month: day('2010-01-01'), decidedBy: tx.actor }),
    )
    const rows = await audited(`actor = 'user:8'`)
    expect(rows.map(({ table_name }) => table_name).sort()).toEqual(['accounting_period', 'period_decision'])
  })

  test.each([
    `insert into audit_log (company_id, table_name, operation, actor) values (current_company(), 'x', 'insert', 'x')`,
    `update audit_log set actor = 'somebody else'`,
    'delete from audit_log',
    'truncate audit_log',
    'alter table audit_log disable trigger append_only',
    'alter table account disable trigger audit',
    'drop trigger audit on account',
    `set local session_replication_role = replica`,
    `create or replace function write_audit() returns trigger language plpgsql as 'begin return null; end'`,
  ])('is not written, changed or switched off by the application: %s', async (statement) => {
    await expect(shop.work((tx) => tx.query(statement))).rejects.toMatchObject({ code: '42501' })
  })

  test.each([
    `update audit_log set actor = 'somebody else'`,
    'delete from audit_log',
    'truncate audit_log',
    'truncate account cascade',
  ])('is not changed by the owner either: %s', async (statement) => {
    const change = inCompanyAsOwner(shop.database, shop.companyId, (tx) => tx.query(statement))
    await expect(change).rejects.toMatchObject({ code: 'append_only' })
  })
})

describe('who acts', () => {
  test('stands on what is posted, unless it is said', async () => {
    const lines = [
      { role: 'bank' as const, amountMinor: 100n },
      { role: 'sales' as const, amountMinor: -100n },
    ]
    const journal = (reference: string) => ({ reference, date: day('2024-01-15'), lines })
    await inCompany(as('user:7'), shop.companyId, (tx) => postJournals(tx, [journal('A')]))
    const rows = await shop.look('select posted_by from journal_entry')
    expect(rows).toEqual([{ posted_by: 'user:7' }])
  })

  test('is the login, past the product', async () => {
    const { rows } = await shop.database.owner.query('select current_actor() as actor, session_user as login')
    expect(rows[0].actor).toBe(`database:${rows[0].login}`)
  })

  test('does not leak into the next transaction of the connection', async () => {
    await inCompany(as('user:9'), shop.companyId, (tx) => tx.query('select 1'))
    const { rows } = await shop.database.app.query('select current_actor() as actor')
    expect(rows[0].actor).toMatch(/^database:/)
  })

  test.each(["user:7'; drop table account; --", '', 'a b', 'x'.repeat(201)])('is never %j', (actor) => {
    expect(() => as(actor)).toThrow(/not of the form/)
  })
})
