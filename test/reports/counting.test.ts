import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldActivity } from '../../src/ledger/fold-balances.ts'
import { itemSalesPage } from '../../src/reports/lists/index.ts'
import { countRows, type List, MOST_COUNTED } from '../../src/reports/lists/list.ts'
import { type Books, issue, openBooks } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

const listOf = (rows: number, where: string): List<never> => ({
  columns: 'n',
  tables: `generate_series(1, ${rows}) n`,
  where: `$1::bigint is not null and ${where}`,
  filters: { of: { kind: 'text', description: 'This number.', sql: (at) => `n::text = ${at}` } },
  orders: {},
})

test('a list is counted up to a bound, with its filters, and not at all where that takes long', async () => {
  const count = (list: List<never>, filters = {}) => books.read((tx) => countRows(tx, list, filters))
  expect(await count(listOf(7, 'true'))).toBe(7)
  expect(await count(listOf(7, 'true'), { of: '3' })).toBe(1)
  expect(await count(listOf(MOST_COUNTED, 'true'))).toBe(MOST_COUNTED)
  expect(await count(listOf(3 * MOST_COUNTED, 'true'))).toBe(MOST_COUNTED + 1)
  expect(await count(listOf(1, 'pg_sleep(2) is not null'))).toBeNull()
  await expect(count(listOf(1, 'no_such_column'))).rejects.toThrow('no_such_column')
})

test('what was sold of items is the same before and after it is folded', async () => {
  await issue(books, {
    number: 'A',
    on: '2011-02-01',
    lines: [
      { net: 5_00n, item: 'MUG' },
      { net: 7_00n, item: 'LAMP' },
    ],
  })
  const asked = { filters: { from: '2000-01-01', to: '2099-12-31' } }
  const sold = async () =>
    JSON.stringify((await books.read((tx) => itemSalesPage(tx, asked))).rows.map(({ id, sales }) => [id, sales]))
  const before = await sold()
  expect(before).toContain('7.00')
  await books.owner((tx) => foldActivity(tx))
  expect(await sold()).toBe(before)
})

test('whatever the days, what was sold of items is asked by one statement, which a connection keeps once', async () => {
  const kept = await books.read(async (tx) => {
    for (const from of ['2011-01-01', '2011-01-15', '2010-06-30'])
      await itemSalesPage(tx, { filters: { from, to: '2011-12-31' } })
    return await tx.query(`select from pg_prepared_statements where statement like '%as "salesMinor"%'`)
  })
  expect(kept).toHaveLength(1)
})
