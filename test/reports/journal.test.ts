import { afterAll, beforeAll, expect, test } from 'vitest'
import { reverseEntries } from '../../src/ledger/reverse-entries.ts'
import { journal } from '../../src/reports/journal.ts'
import { readCursor } from '../../src/reports/parameters.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await issue(books, { number: 'W1', on: '2011-01-05', tax: 2_00n, lines: [{ net: 10_00n, item: 'MUG' }] })
  const [posted] = await postEntries(
    books,
    entry(books, '2011-01-05', [
      ['7100', 1_00n],
      ['1200', -1_00n],
    ]),
    entry(books, '2011-01-04', [
      ['1200', 3_00n, { currency: 'EUR', currencyAmountMinor: 4_00n }],
      ['1250', -3_00n, { currency: 'EUR', currencyAmountMinor: -4_00n }],
    ]),
  )
  await books.write((tx) => reverseEntries(tx, [{ entryId: posted?.entryId as bigint, date: day('2011-02-01') }]))
  await books.seal()
})
afterAll(() => books.close())

test('entries come in order of day with all that they say, line by line', async () => {
  const { rows, next } = await books.read((tx) => journal(tx, { from: day('2011-01-01'), to: day('2011-12-31') }))
  expect(next).toBeNull()
  expect(rows.map(({ number, date, rule }) => [number, date, rule])).toEqual([
    ['2011-1', '2011-01-04', 'manual-journal'],
    ['2011-2', '2011-01-05', 'invoice-issued'],
    ['2011-3', '2011-01-05', 'manual-journal'],
    ['2011-4', '2011-02-01', 'reversal'],
  ])
  const [foreign, invoice, rent, reversal] = rows
  expect(foreign?.lines[0]).toMatchObject({
    amount: { amount: '3.00' },
    currencyAmount: { amount: '4.00', currency: 'EUR' },
  })
  expect(invoice?.source.kind).toBe('sales_document')
  expect(invoice?.lines).toEqual([
    expect.objectContaining({
      lineNo: 1,
      code: '1100',
      role: 'receivable',
      party: 'Anna',
      amount: { amount: '12.00', currency: 'GBP' },
    }),
    expect.objectContaining({
      lineNo: 2,
      code: '4000',
      item: 'MUG',
      mappingRuleId: expect.stringMatching(/^\d+$/),
      currencyAmount: null,
    }),
    expect.objectContaining({
      lineNo: 3,
      code: '2200',
      taxCode: expect.any(String),
      amount: { amount: '-2.00', currency: 'GBP' },
    }),
  ])
  expect(rent?.reversedBy).toBe(reversal?.entryId)
  expect(reversal?.reverses).toBe(rent?.entryId)
})

test('pages follow each other', async () => {
  const numbers: (string | null)[] = []
  let cursor: string | null = null
  do {
    const raw: { cursor?: string } = cursor === null ? {} : { cursor }
    const page = await books.read((tx) =>
      journal(tx, { from: day('2011-01-05'), to: day('2011-12-31'), limit: 1, cursor: readCursor(raw) }),
    )
    expect(page.rows).toHaveLength(1)
    numbers.push(...page.rows.map(({ number }) => number))
    cursor = page.next
  } while (cursor !== null)
  expect(numbers).toEqual(['2011-2', '2011-3', '2011-4'])
})
