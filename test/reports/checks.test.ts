import { afterAll, beforeAll, expect, test } from 'vitest'
import { closePeriod } from '../../src/ledger/periods.ts'
import { checks, runChecks } from '../../src/reports/checks/index.ts'
import { brokenBy as breakBooks } from './checked-books.ts'
import { type Books, day, entry, openBooks, postEntries } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

const brokenBy = (...statements: string[]) => breakBooks(books, ...statements)

test('books without a fact have nothing to compare', async () => {
  const report = await books.read(runChecks)
  expect(report.ok).toBe(true)
  for (const { name, result, compared, rows } of report.checks) {
    expect({ name, result, compared, rows }).toEqual({ name, result: 'not-applicable', compared: 0, rows: [] })
  }
})

test('each check has a name of its own', () => {
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length)
})

let entryIds: bigint[] = []
test('sound books hold', async () => {
  const euro = { currency: 'EUR' }
  const posted = await postEntries(
    books,
    entry(books, '2011-01-10', [
      ['1200', 100_00n],
      ['3000', -100_00n],
    ]),
    entry(books, '2011-01-20', [
      ['1200', 87_00n, { ...euro, currencyAmountMinor: 100_00n }],
      ['1250', -87_00n, { ...euro, currencyAmountMinor: -100_00n }],
    ]),
  )
  await books.fold()
  posted.push(
    ...(await postEntries(
      books,
      entry(books, '2011-02-01', [
        ['7100', 5_00n],
        ['1200', -5_00n],
      ]),
    )),
  )
  await books.seal()
  await books.write((tx) => closePeriod(tx, { month: day('2011-01-01'), decidedBy: 'the bookkeeper' }))
  entryIds = posted.map(({ entryId }) => entryId)
  const report = await books.read(runChecks)
  const found = Object.fromEntries(report.checks.map(({ name, result, compared }) => [name, [result, compared]]))
  expect(report.ok).toBe(true)
  expect(found).toMatchObject({
    'entries-balance': ['held', 3],
    // Three entries of two lines each: six balances of days, and six of months.
    'balances-match-lines': ['held', 12],
    'closed-periods-unchanged': ['held', 1],
    'numbers-gapless': ['held', 3],
    'seals-match-entries': ['held', 3],
  })
})

test('entries-balance names an entry that does not sum to zero, lacks a line, or stands on two days', async () => {
  const [first, second, third] = entryIds
  const row = (entryId: bigint | undefined, what: string) => expect.objectContaining({ entryId: String(entryId), what })
  const found = await brokenBy(
    `update journal_line set amount_minor = amount_minor + 1 where entry_id = ${first} and line_no = 1`,
    `update journal_line set currency_amount_minor = 1 where entry_id = ${second} and line_no = 1`,
    `update journal_entry set line_count = 3 where id = ${third}`,
  )
  expect(found['entries-balance']).toEqual([
    row(first, 'it does not sum to zero in base currency'),
    row(second, 'it does not sum to zero in each currency'),
    row(third, 'it has other lines than it declares'),
  ])
  const more = await brokenBy(
    `delete from journal_line where entry_id = ${first}`,
    `update journal_line set posted_on = '2011-02-03' where entry_id = ${second} and line_no = 1`,
    `delete from journal_entry where id = ${third}`,
  )
  expect(more['entries-balance']).toEqual([
    row(first, 'it has no lines'),
    row(second, 'its lines stand on another day'),
    row(third, 'its lines have no entry'),
  ])
  const early = await brokenBy(
    `alter table journal_entry drop constraint journal_entry_is_not_posted_early`,
    `update journal_entry set effective_on = '2011-03-01' where id = ${third}`,
  )
  expect(early['entries-balance']).toEqual([row(third, 'it is posted before it took effect')])
})

test('balances-match-lines names a balance of a day or a month, folded or pending, in either currency', async () => {
  const folded = await brokenBy(
    `update account_balance set amount_minor = amount_minor + 1 where grain = 'month' and currency = 'EUR'
       and account_id = ${books.accounts.get('1200')}`,
  )
  expect(folded).toEqual({
    'balances-match-lines': [
      {
        account: '1200',
        grain: 'month',
        startsOn: '2011-01-01',
        what: 'the stored balance is not the sum of its lines',
        stored: { amount: '87.01', currency: 'GBP' },
        lines: { amount: '87.00', currency: 'GBP' },
        storedInCurrency: { amount: '100.00', currency: 'EUR' },
        linesInCurrency: { amount: '100.00', currency: 'EUR' },
      },
    ],
  })
  const pending = await brokenBy(
    `update account_balance_delta set currency_amount_minor = 0 where account_id = ${books.accounts.get('7100')}`,
  )
  expect(pending).toEqual({
    'balances-match-lines': ['day', 'month'].map((grain) =>
      expect.objectContaining({ account: '7100', grain, storedInCurrency: { amount: '0.00', currency: 'GBP' } }),
    ),
  })
  const lost = await brokenBy(
    `delete from account_balance where grain = 'day' and account_id = ${books.accounts.get('3000')}`,
  )
  expect(lost['balances-match-lines']).toEqual([expect.objectContaining({ account: '3000', grain: 'day' })])
})

test('closed-periods-unchanged names the month, and so does the chain the entry', async () => {
  const found = await brokenBy(`update journal_entry set description = 'something else' where id = ${entryIds[0]}`)
  expect(found).toEqual({
    'closed-periods-unchanged': [{ period: '2011-01', what: 'its content is not what was closed' }],
    'seals-match-entries': [expect.objectContaining({ entryId: String(entryIds[0]), what: 'its hash differs' })],
  })
})

test('numbers-gapless names the number after the hole', async () => {
  const found = await brokenBy('delete from journal_seal where number = 2')
  expect(found['numbers-gapless']).toEqual([
    { number: '2011-3', entryId: String(entryIds[2]), what: 'the number before it is missing' },
  ])
})

test('seals-match-entries names a seal that says something else', async () => {
  const found = await brokenBy(`update journal_seal set hash = '\\x00' where number = 3`)
  expect(found).toEqual({
    'seals-match-entries': [{ position: '3', number: '3', entryId: String(entryIds[2]), what: 'its hash differs' }],
  })
})
