import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepBooksSealed, pauseAfter } from '../../src/jobs/keep-books-sealed.ts'
import { append, type Books, look, openBooks, sale } from '../support/books.ts'
import { runSql } from '../support/sql.ts'

let books: Books
beforeEach(async () => {
  books = await openBooks()
})
afterEach(() => books.close())

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((done) => setTimeout(done, 10))
}
const sealed = async (): Promise<number> =>
  (
    await look<{ n: number }>(books, 'select count(*)::int as n from journal_seal where company_id = $1', [
      books.companyId,
    ])
  )[0]?.n ?? 0
const pending = async (): Promise<number> =>
  (
    await look<{ n: number }>(books, 'select count(*)::int as n from account_balance_delta where company_id = $1', [
      books.companyId,
    ])
  )[0]?.n ?? 0

test('seals and folds what is posted while it runs', async () => {
  const keeper = keepBooksSealed(books.database, { log: () => {}, shortestPauseMs: 1 })
  await append(books, [sale(books, '1'), sale(books, '2')])
  await until(async () => (await sealed()) === 2 && (await pending()) === 0)
  await append(books, [sale(books, '3')])
  await until(async () => (await sealed()) === 3 && (await pending()) === 0)
  await keeper.stop()
})

test('seals what an earlier server folded and did not seal', async () => {
  await append(books, [sale(books, '1')])
  await runSql(books.server.url, `set countinghouse.company_id = '${books.companyId}'; select fold_balances()`)
  expect([await sealed(), await pending()]).toEqual([0, 0])
  const keeper = keepBooksSealed(books.database, { log: () => {}, shortestPauseMs: 1 })
  await until(async () => (await sealed()) === 1)
  await keeper.stop()
})

test('says what failed and tries again', async () => {
  const logged: string[] = []
  await append(books, [sale(books, '1')])
  await runSql(books.server.url, 'alter table journal_seal rename to elsewhere')
  const keeper = keepBooksSealed(books.database, { log: (line) => logged.push(line), shortestPauseMs: 1 })
  await until(async () => logged.length > 0)
  expect(logged[0]).toContain('is tried again')
  await runSql(books.server.url, 'alter table elsewhere rename to journal_seal')
  await until(async () => (await sealed()) === 1)
  await keeper.stop()
})

test('a round in which much was folded is followed soon by the next, any other after twenty times as long as it lasted', () => {
  const pause = (lastedMs: number, folded: number) => pauseAfter({ lastedMs, folded, shortestPauseMs: 2_000 })
  expect([pause(5_000, 10_000), pause(600_000, 1_000_000)]).toEqual([2_000, 2_000])
  expect([pause(10, 0), pause(500, 9_999), pause(5_000, 0)]).toEqual([2_000, 10_000, 60_000])
})
