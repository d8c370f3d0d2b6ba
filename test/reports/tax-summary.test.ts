import { afterAll, beforeAll, expect, test } from 'vitest'
import { reverseEntries } from '../../src/ledger/reverse-entries.ts'
import { taxSummary } from '../../src/reports/tax-summary.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await issue(
    books,
    { number: 'W1', on: '2011-01-10', tax: 20_00n, lines: [{ net: 100_00n }] },
    { number: 'C1', on: '2011-02-10', kind: 'credit_note', tax: -2_00n, lines: [{ net: -10_00n }] },
  )
  await postEntries(
    books,
    entry(books, '2011-02-20', [
      ['2200', -1_00n],
      ['8200', 1_00n],
    ]),
  )
})
afterAll(() => books.close())

const rowsOf = async (from: string, to: string, by?: 'month' | 'quarter') => {
  const { rows, movement } = await books.read((tx) => taxSummary(tx, { from: day(from), to: day(to), by }))
  return {
    rows: rows.map(({ period, code, side, net, tax, gross, lines }) => [
      period?.from ?? null,
      code,
      side,
      net.amount,
      tax.amount,
      gross.amount,
      lines,
    ]),
    output: movement.output_tax.amount,
  }
}

test('tax by code comes to what the tax accounts moved by, and what was adjusted by hand stands apart', async () => {
  expect(await rowsOf('2011-01-01', '2011-02-28')).toEqual({
    rows: [
      [null, 'standard', 'output_tax', '90.00', '18.00', '108.00', 2],
      [null, null, 'output_tax', '0.00', '1.00', '1.00', 1],
    ],
    output: '-19.00',
  })
  expect((await rowsOf('2011-01-01', '2011-02-28', 'month')).rows.map((row) => row.slice(0, 5))).toEqual([
    ['2011-01-01', 'standard', 'output_tax', '100.00', '20.00'],
    ['2011-02-01', 'standard', 'output_tax', '-10.00', '-2.00'],
    ['2011-02-01', null, 'output_tax', '0.00', '1.00'],
  ])
})

test('a document whose entry is taken back is in no net', async () => {
  const [entryId] = await books.read(async (tx) =>
    (
      await tx.query<{ id: bigint }>(
        `select e.id from journal_entry e join sales_document d on d.id::text = e.source_id where d.number = 'W1'`,
      )
    ).map(({ id }) => id),
  )
  await books.write((tx) => reverseEntries(tx, [{ entryId: entryId as bigint, date: day('2011-03-05') }]))
  expect((await rowsOf('2011-01-01', '2011-03-31')).rows[0]).toEqual([
    null,
    'standard',
    'output_tax',
    '-10.00',
    '-2.00',
    '-12.00',
    3,
  ])
})
