import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialBalance } from '../../src/reports/trial-balance.ts'
import { type Books, day, entry, openBooks, postEntries } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await postEntries(
    books,
    entry(books, '2010-12-31', [
      ['1200', 100_00n],
      ['3000', -100_00n],
    ]),
    entry(books, '2011-01-15', [
      ['7100', 30_00n],
      ['1200', -30_00n],
    ]),
    entry(books, '2011-02-10', [
      ['7100', 5_01n],
      ['1200', -5_01n],
    ]),
    entry(books, '2011-02-11', [
      ['1200', 2_00n],
      ['1230', -2_00n],
    ]),
    entry(books, '2011-02-12', [
      ['1200', -2_00n],
      ['1230', 2_00n],
    ]),
  )
})
afterAll(() => books.close())

const balances = async (on: string) => {
  const report = await books.read((tx) => trialBalance(tx, { asOf: day(on) }))
  return Object.fromEntries(report.rows.map(({ code, balance }) => [code, balance.amount]))
}

async function expectBalances() {
  expect(await balances('2010-12-30')).toEqual({})
  expect(await balances('2010-12-31')).toEqual({ '1200': '100.00', '3000': '-100.00' })
  expect(await balances('2011-01-14')).toEqual({ '1200': '100.00', '3000': '-100.00' })
  expect(await balances('2011-01-31')).toEqual({ '1200': '70.00', '3000': '-100.00', '7100': '30.00' })
  expect(await balances('2011-02-10')).toEqual({ '1200': '64.99', '3000': '-100.00', '7100': '35.01' })
  // Petty cash was used and is back at zero: a row of zero is left out.
  expect(await balances('2011-02-11')).toMatchObject({ '1230': '-2.00' })
  expect(await balances('2011-02-12')).toEqual({ '1200': '64.99', '3000': '-100.00', '7100': '35.01' })
  expect(await balances('2025-06-30')).toEqual({ '1200': '64.99', '3000': '-100.00', '7100': '35.01' })
}

test('it is cumulative to its day, whether the balances are pending, folded or both', async () => {
  await expectBalances()
  await books.fold()
  await expectBalances()
  await postEntries(
    books,
    entry(books, '2011-01-15', [
      ['1200', 1n],
      ['3000', -1n],
    ]),
  )
  expect(await balances('2011-01-14')).toEqual({ '1200': '100.00', '3000': '-100.00' })
  expect(await balances('2011-01-31')).toEqual({ '1200': '70.01', '3000': '-100.01', '7100': '30.00' })
})

test('a row is code, name, role and balance with its source, and the report says of whom and when', async () => {
  const source = (account: string) => ({ report: 'lines', parameters: { account, to: '2010-12-31' } })
  const report = await books.read((tx) => trialBalance(tx, { asOf: day('2010-12-31') }))
  expect(report).toEqual({
    report: 'trial-balance',
    company: String(books.companyId),
    currency: 'GBP',
    asOf: '2010-12-31',
    rows: [
      {
        code: '1200',
        name: 'Bank current account',
        role: 'bank',
        balance: { amount: '100.00', currency: 'GBP' },
        source: source('1200'),
      },
      {
        code: '3000',
        name: 'Ordinary share capital',
        role: 'share_capital',
        balance: { amount: '-100.00', currency: 'GBP' },
        source: source('3000'),
      },
    ],
  })
})
