import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { inCompanyAsOwner } from '../../src/kernel/database.ts'
import { closePeriod } from '../../src/ledger/periods.ts'
import { sealEntries } from '../../src/ledger/seal.ts'
import { append, type Books, look, openBooks, sale, work } from '../support/books.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await append(books, [sale(books, 'posted')])
  await work(books, (tx) => closePeriod(tx, { month: accountingDate('2024-01-01'), decidedBy: 'test' }))
  await inCompanyAsOwner(books.database, books.companyId, sealEntries)
})
afterAll(() => books.close())

/** A change of every append-only table that would succeed if nothing stood in its way. */
const changes: Record<string, string> = {
  journal_entry: `update journal_entry set description = 'changed'`,
  journal_line: 'update journal_line set amount_minor = amount_minor + 1',
  journal_seal: 'update journal_seal set number = number + 1',
  period_decision: `update period_decision set reason = 'changed'`,
}

const tables = Object.keys(changes)
const statementsOn = (table: string) => [
  changes[table] as string,
  `delete from ${table}`,
  `truncate ${table} cascade`,
  `delete from ${table} where false`,
]

describe.each(tables)('%s', (table) => {
  test('holds something to lose', async () => {
    expect(await look(books, `select from ${table}`)).not.toEqual([])
  })

  test('is never changed by its owner', async () => {
    const before = await look(books, `select * from ${table}`)
    for (const statement of statementsOn(table)) {
      await expect(look(books, statement), statement).rejects.toMatchObject({ constraint: 'append_only' })
    }
    expect(await look(books, `select * from ${table}`)).toEqual(before)
  })

  test("is never changed by the application's role", async () => {
    for (const statement of statementsOn(table)) {
      await expect(
        work(books, (tx) => tx.query(statement)),
        statement,
      ).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe.each(['account_balance', 'account_balance_delta'])('%s', (table) => {
  test("is not written by the application's role", async () => {
    const statements = [
      `insert into ${table} select * from ${table}`,
      `update ${table} set amount_minor = 0`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]
    for (const statement of statements) {
      await expect(
        work(books, (tx) => tx.query(statement)),
        statement,
      ).rejects.toMatchObject({ code: '42501' })
    }
  })
})

test("the application's role cannot fold, list companies, or put triggers to sleep", async () => {
  const forbidden = [
    'select fold_balances()',
    'select company_list()',
    'set session_replication_role = replica',
    'alter table journal_line disable trigger all',
    'drop trigger append_only on journal_line',
    'create table own_table (id int)',
    `insert into journal_seal (company_id, position, fiscal_year, number, entry_id, hash) values (1, 1, 1, 1, 1, '')`,
  ]
  for (const statement of forbidden) {
    await expect(
      work(books, (tx) => tx.query(statement)),
      statement,
    ).rejects.toMatchObject({ code: '42501' })
  }
})
