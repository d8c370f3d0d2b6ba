import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SalesDimension, sales, salesDimensions } from '../../src/reports/sales.ts'
import { trialBalance } from '../../src/reports/trial-balance.ts'
import { type Books, day, issue, openBooks } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await issue(
    books,
    {
      number: 'W1',
      on: '2011-01-05',
      tax: 21_01n,
      lines: [
        { net: 60_00n, item: 'MUG', quantity: '6' },
        { net: 50_00n, item: 'CUP', quantity: '2.5' },
        { net: -10_00n, role: 'sales_discounts' },
        { net: 5_00n, role: 'shipping_income' },
        { net: 25_00n, role: 'gift_card_liability', giftCard: 'G1' },
      ],
    },
    {
      number: 'C1',
      kind: 'credit_note',
      on: '2011-02-01',
      tax: -2_00n,
      lines: [{ net: -10_00n, item: 'MUG', quantity: '-1' }],
    },
    {
      number: 'W2',
      on: '2011-02-05',
      customer: null,
      country: 'DE',
      settlement: 'paid',
      lines: [{ net: 8_00n, item: 'CUP' }],
    },
    { number: 'B1', kind: 'bad_debt', on: '2011-02-06', lines: [{ net: -3_00n, role: 'bad_debts' }] },
    { number: 'W3', on: '2011-04-01', lines: [{ net: 1_00n, item: 'MUG' }] },
  )
})
afterAll(() => books.close())

const rowsBy = async (by: SalesDimension, from = '2011-01-01', to = '2011-03-31') => {
  const report = await books.read((tx) => sales(tx, { from: day(from), to: day(to), by }))
  return report.rows.map(({ key, quantity, sales, returns, discounts, shipping, net, tax }) => [
    key,
    quantity,
    ...[sales, returns, discounts, shipping, net, tax].map(({ amount }) => amount),
  ])
}

test('sales, returns, discounts, shipping and tax by item, with what is no item last', async () => {
  // Of 21.01 on 105.00 the mugs' 60.00 carry 12.01, the cups' 50.00 10.00, the discount -2.00 and shipping 1.00; 2.00 come back.
  expect(await rowsBy('item')).toEqual([
    ['CUP', '3.5', '58.00', '0.00', '0.00', '0.00', '58.00', '10.00'],
    ['MUG', '5', '60.00', '-10.00', '0.00', '0.00', '50.00', '10.01'],
    [null, '0', '0.00', '0.00', '-10.00', '5.00', '-5.00', '-1.00'],
  ])
})

test('by customer, country and month', async () => {
  expect(await rowsBy('customer')).toEqual([
    ['Anna', '7.5', '110.00', '-10.00', '-10.00', '5.00', '95.00', '19.01'],
    [null, '1', '8.00', '0.00', '0.00', '0.00', '8.00', '0.00'],
  ])
  expect(await rowsBy('country')).toEqual([
    ['DE', '1', '8.00', '0.00', '0.00', '0.00', '8.00', '0.00'],
    ['GB', '7.5', '110.00', '-10.00', '-10.00', '5.00', '95.00', '19.01'],
  ])
  expect(await rowsBy('month')).toEqual([
    ['2011-01', '8.5', '110.00', '0.00', '-10.00', '5.00', '105.00', '21.01'],
    ['2011-02', '0', '8.00', '-10.00', '0.00', '0.00', '-2.00', '-2.00'],
  ])
})

test('however it is told apart, it comes to what the accounts hold', async () => {
  const { rows } = await books.read((tx) => trialBalance(tx, { asOf: day('2011-03-31') }))
  const minor = (amount: unknown): bigint => BigInt(String(amount).replace('.', ''))
  const held = (...roles: string[]): bigint =>
    rows.reduce((sum, { role, balance }) => (roles.includes(role ?? '') ? sum - minor(balance.amount) : sum), 0n)
  for (const by of salesDimensions) {
    const found = await rowsBy(by)
    const sum = (column: number): bigint => found.reduce((total, row) => total + minor(row[column]), 0n)
    expect([by, sum(6)]).toEqual([by, held('sales', 'sales_returns', 'sales_discounts', 'shipping_income')])
    expect([by, sum(7)]).toEqual([by, held('output_tax')])
  }
})
