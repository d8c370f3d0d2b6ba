import { afterAll, beforeAll, expect, test } from 'vitest'
import { generalLedger } from '../../src/reports/general-ledger.ts'
import { readCursor } from '../../src/reports/parameters.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  const days = ['2011-01-05', '2011-01-05', '2011-01-05', '2011-01-31', '2011-02-01', '2011-03-15']
  await postEntries(
    books,
    ...days.map((on, index) =>
      entry(books, on, [
        ['1200', BigInt(index + 1)],
        ['3000', -BigInt(index + 1)],
      ]),
    ),
  )
})
afterAll(() => books.close())

const page = (cursor: string | null, limit: number, from = '2011-01-05', to = '2011-12-31') =>
  books.read((tx) =>
    generalLedger(tx, {
      account: '1200',
      from: day(from),
      to: day(to),
      limit,
      cursor: cursor === null ? undefined : readCursor({ cursor }),
    }),
  )

test('pages of any size follow each other with one running balance', async () => {
  for (const folded of [false, true]) {
    if (folded) await books.fold()
    for (const limit of [1, 2, 4, 100]) {
      const balances: string[] = []
      let cursor: string | null = null
      do {
        const found = await page(cursor, limit)
        expect(found.openingBalance.amount).toBe(balances.at(-1) ?? '0.00')
        balances.push(...found.rows.map(({ balance }) => balance.amount))
        cursor = found.next
      } while (cursor !== null)
      expect(balances).toEqual(['0.01', '0.03', '0.06', '0.10', '0.15', '0.21'])
    }
  }
})

test('a range opens with the balance of everything before it', async () => {
  const found = await page(null, 100, '2011-01-31', '2011-02-28')
  expect(found.openingBalance.amount).toBe('0.06')
  expect(found.rows.map(({ date, balance }) => [date, balance.amount])).toEqual([
    ['2011-01-31', '0.10'],
    ['2011-02-01', '0.15'],
  ])
  expect((await page(null, 100, '0001-01-01', '2011-01-05')).rows).toHaveLength(3)
})

test('a row leads to its entry, its document and the row of the file that it came from', async () => {
  const [document] = await issue(books, {
    number: '536365',
    on: '2011-06-01',
    lines: [{ net: 10_00n, item: 'MUG' }],
    tax: 2_00n,
  })
  await books.owner(async (tx) => {
    await tx.query(
      `insert into import_file (company_id, id, sha256, name, lines) overriding system value values ($1, 77, '\\x00', '2011-06-01.csv', 9)`,
      [tx.companyId],
    )
  })
  await books.corrupt(
    `update sales_document_line set import_file_id = 77, import_line = 4 where document_id = ${document}`,
  )
  await books.seal()
  const report = await books.read((tx) =>
    generalLedger(tx, { account: '1100', from: day('2011-01-01'), to: day('2011-12-31') }),
  )
  expect(report.rows).toEqual([
    expect.objectContaining({
      date: '2011-06-01',
      lineNo: 1,
      entryNumber: expect.stringMatching(/^2011-\d+$/),
      rule: 'invoice-issued',
      party: 'Anna',
      documentId: String(document),
      documentNumber: '536365',
      sourceFile: '2011-06-01.csv',
      sourceRow: 4,
      amount: { amount: '12.00', currency: 'GBP' },
      currencyAmount: null,
      balance: { amount: '12.00', currency: 'GBP' },
    }),
  ])
  expect(report.account).toEqual({ code: '1100', name: 'Trade debtors', role: 'receivable' })
})

test('an account that does not exist is refused', async () => {
  await expect(
    books.read((tx) => generalLedger(tx, { account: 'nine', from: day('2011-01-01'), to: day('2011-01-31') })),
  ).rejects.toMatchObject({ code: 'account_unknown' })
})
