import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompanyAsOwner, openDatabase } from '../../src/kernel/database.ts'
import { freshenStatistics } from '../../src/kernel/statistics.ts'
import { append, type Books, createCompany, look, openBooks, sale } from '../support/books.ts'
import { leaveStatistics } from '../support/statistics.ts'

/* Statistics as they are while one company has much and the database has not analyzed by itself since another began. */
let books: Books
let second: Books
beforeAll(async () => {
  books = await openBooks()
  await leaveStatistics(books.server.url)
  await post(books, 2_000)
  await look(books, 'analyze')
  second = { ...books, ...(await createCompany(books.database)) }
})
afterAll(() => books.close())

const post = (of: Books, entries: number) =>
  append(
    of,
    Array.from({ length: entries }, () => sale(of, `sale ${Math.random()}`)),
  )

const freshen = (of: Books, options = {}) =>
  inCompanyAsOwner(of.database, of.companyId, (tx) => freshenStatistics(tx, options))

/** How many entries the planner expects of a company. */
async function expected({ companyId }: Books): Promise<number> {
  const [row] = await look<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>(
    books,
    `explain (format json) select from journal_entry where company_id = ${companyId}`,
  )
  return row?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? -1
}

test('a company that is new beside a large one becomes known, and is not looked at twice', async () => {
  expect(await freshen(second)).toEqual([])
  await post(second, 300)
  expect(await freshen(books)).toEqual([])
  expect(await expected(second)).toBe(1)
  expect(await freshen(second)).toEqual(expect.arrayContaining(['journal_entry', 'journal_line']))
  expect(await expected(second)).toBeGreaterThan(200)
  expect(await freshen(second)).toEqual([])
})

test('what a transaction has written itself is seen in it, before it is committed', async () => {
  const third = { ...books, ...(await createCompany(books.database)) }
  await inCompanyAsOwner(books.database, third.companyId, async (tx) => {
    await tx.query(
      `insert into account (company_id, code, name, class) select ${third.companyId}, 'X' || n, 'Account ' || n, 'asset' from generate_series(1, 2000) n`,
    )
    expect(await freshenStatistics(tx)).toContain('account')
    expect(await freshenStatistics(tx)).toEqual([])
  })
})

test('a job that asks again and again waits until enough has been committed', async () => {
  const fourth = { ...books, ...(await createCompany(books.database)) }
  await postAndLeave(fourth, 60)
  expect(await freshen(fourth, { again: true })).toEqual([])
  await postAndLeave(fourth, 300)
  await expect.poll(() => freshen(fourth, { again: true })).toEqual(expect.arrayContaining(['journal_entry']))
  expect(await freshen(fourth, { again: true })).toEqual([])
})

/** Posts on a connection that ends: the database counts what one has committed when it has nothing more to do, and at the latest then. */
async function postAndLeave(of: Books, entries: number): Promise<void> {
  const database = openDatabase({ url: of.server.url })
  await post({ ...of, database }, entries)
  await database.close()
}
