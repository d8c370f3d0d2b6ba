import { afterAll, beforeAll, expect, test } from 'vitest'
import { reverseEntries } from '../../src/ledger/reverse-entries.ts'
import { closeYears } from '../../src/modules/journal/index.ts'
import { balanceSheet } from '../../src/reports/balance-sheet.ts'
import { type ProfitAndLossParameters, profitAndLoss } from '../../src/reports/profit-and-loss.ts'
import type { StatementRow } from '../../src/reports/statement-rows.ts'
import { type Books, day, entry, openBooks, postEntries } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  const sale = (on: string, minor: bigint) =>
    entry(books, on, [
      ['1200', minor],
      ['4000', -minor],
    ])
  const paid = (on: string, account: string, minor: bigint) =>
    entry(books, on, [
      [account, minor],
      ['1200', -minor],
    ])
  await postEntries(
    books,
    entry(books, '2010-06-01', [
      ['1200', 500_00n],
      ['3000', -500_00n],
    ]),
    sale('2010-11-30', 70_00n),
    sale('2011-01-10', 100_00n),
    sale('2011-01-31', 20_00n),
    sale('2011-02-01', 200_00n),
    paid('2011-01-11', '5000', 40_00n),
    paid('2011-02-11', '7100', 25_00n),
    paid('2011-02-12', '6110', 3_00n),
    paid('2011-02-13', '8300', 1_00n),
    paid('2011-03-01', '9000', 10_00n),
    paid('2011-03-02', '0030', 90_00n),
  )
})
afterAll(() => books.close())

const amounts = (rows: readonly StatementRow[]) =>
  Object.fromEntries(rows.map(({ code, amount }) => [code, amount.amount]))
const profits = (parameters: Omit<ProfitAndLossParameters, 'from' | 'to'> & { from: string; to: string }) =>
  books.read((tx) => profitAndLoss(tx, { ...parameters, from: day(parameters.from), to: day(parameters.to) }))

const quarter = {
  '4000': '320.00',
  revenue: '320.00',
  '5000': '40.00',
  cost_of_sales: '40.00',
  gross_profit: '280.00',
  '6110': '3.00',
  selling_costs: '3.00',
  '7100': '25.00',
  administration: '25.00',
  overheads: '28.00',
  operating_profit: '252.00',
  '8300': '1.00',
  finance_costs: '1.00',
  profit_before_tax: '251.00',
  '9000': '10.00',
  taxation: '10.00',
  profit: '241.00',
}

test('income less costs, by headings, in the order in which it is read', async () => {
  const report = await profits({ from: '2011-01-01', to: '2011-03-31' })
  expect(amounts(report.rows)).toEqual(quarter)
  expect(report.rows.map(({ code }) => code).join(' ')).toBe(
    '4000 revenue 5000 cost_of_sales gross_profit 6110 selling_costs 7100 administration overheads operating_profit 8300 finance_costs ' +
      'profit_before_tax 9000 taxation profit',
  )
  expect(report.rows.find(({ code }) => code === 'selling_costs')).toMatchObject({ kind: 'total', level: 1 })
})

test('any range counts its own days and no others', async () => {
  expect(amounts((await profits({ from: '2011-01-11', to: '2011-02-01' })).rows)).toMatchObject({ '4000': '220.00' })
  expect(amounts((await profits({ from: '2011-01-31', to: '2011-01-31' })).rows)).toMatchObject({ '4000': '20.00' })
  expect(amounts((await profits({ from: '2010-11-30', to: '2011-01-30' })).rows)).toMatchObject({ '4000': '170.00' })
  expect(amounts((await profits({ from: '2012-01-01', to: '2012-12-31' })).rows)).toMatchObject({ profit: '0.00' })
})

test('by month, and beside the period or the year before', async () => {
  const months = await profits({ from: '2011-01-15', to: '2011-03-31', by: 'month' })
  expect(months.periods).toEqual([
    { from: '2011-01-15', to: '2011-01-31' },
    { from: '2011-02-01', to: '2011-02-28' },
    { from: '2011-03-01', to: '2011-03-31' },
  ])
  expect(months.rows.find(({ code }) => code === 'profit')).toMatchObject({
    amount: { amount: '181.00' },
    periods: [{ amount: '20.00' }, { amount: '171.00' }, { amount: '-10.00' }],
  })
  const compared = await profits({ from: '2011-01-01', to: '2011-02-28', compare: 'previous-period' })
  expect(compared.comparedWith).toEqual({ from: '2010-11-01', to: '2010-12-31' })
  expect(compared.rows.find(({ code }) => code === '4000')).toMatchObject({ comparison: { amount: '70.00' } })
  const yearBefore = await profits({ from: '2011-11-01', to: '2011-11-30', compare: 'previous-year' })
  expect(yearBefore.rows.find(({ code }) => code === '4000')).toMatchObject({
    amount: { amount: '0.00' },
    comparison: { amount: '70.00' },
  })
})

test('closing the year, and taking that back, changes no profit and keeps the balance sheet balanced', async () => {
  const year = { from: '2011-01-01', to: '2011-12-31' }
  const before = amounts((await profits(year)).rows)
  const [closed] = await books.write((tx) => closeYears(tx, [2011]))
  expect(amounts((await profits(year)).rows)).toEqual(before)
  expect(await sheet('2011-12-31')).toMatchObject({ '3200': '241.00', current_result: '70.00', equity: '811.00' })
  await books.write((tx) => reverseEntries(tx, [{ entryId: closed?.entryId as bigint, date: day('2012-01-15') }]))
  expect(amounts((await profits(year)).rows)).toEqual(before)
  expect(amounts((await profits({ from: '2012-01-01', to: '2012-12-31' })).rows)).toMatchObject({ profit: '0.00' })
  expect(await sheet('2012-01-15')).toMatchObject({ current_result: '311.00', equity: '811.00' })
})

async function sheet(on: string) {
  const { rows } = await books.read((tx) => balanceSheet(tx, { asOf: day(on) }))
  const found = amounts(rows)
  expect(found.total_assets).toBe(found.liabilities_and_equity)
  return found
}

test('the balance sheet balances on every day, with the result so far as a line of equity', async () => {
  expect(await sheet('2009-12-31')).toEqual({
    total_assets: '0.00',
    total_liabilities: '0.00',
    liabilities_and_equity: '0.00',
  })
  expect(await sheet('2010-11-30')).toMatchObject({ total_assets: '570.00', current_result: '70.00' })
  expect(await sheet('2011-03-31')).toEqual({
    '0030': '90.00',
    fixed_assets: '90.00',
    '1200': '721.00',
    money: '721.00',
    current_assets: '721.00',
    total_assets: '811.00',
    total_liabilities: '0.00',
    '3000': '500.00',
    current_result: '311.00',
    equity: '811.00',
    liabilities_and_equity: '811.00',
  })
})

test('the balance sheet of several month ends is each of their balance sheets', async () => {
  const report = await books.read((tx) =>
    balanceSheet(tx, {
      asOf: day('2011-03-15'),
      by: { period: 'month', from: day('2010-12-01') },
      compare: 'previous-year',
    }),
  )
  expect(report.periods).toEqual(['2010-12-31', '2011-01-31', '2011-02-28', '2011-03-15'])
  expect(report.comparedWith).toBe('2010-03-15')
  for (const [index, on] of (report.periods ?? []).entries()) {
    const alone = await sheet(on)
    for (const { code, periods } of report.rows)
      expect([on, code, periods?.[index]?.amount]).toEqual([on, code, alone[code] ?? '0.00'])
  }
})

test('an account without a heading, or under one of its own, is not lost', async () => {
  await books.owner(async (tx) => {
    await tx.query(
      `insert into account_group (company_id, code, name, class, parent_id)
         select $1, 'events', 'Events', 'expense', id from account_group where company_id = $1 and code = 'overheads'`,
      [tx.companyId],
    )
    await tx.query(
      `insert into account_group (company_id, code, name, class) values ($1, 'loose', 'Loose', 'income')`,
      [tx.companyId],
    )
    await tx.query(
      `insert into account (company_id, code, name, class, group_id)
         select $1, n.code, n.code, n.class, (select id from account_group g where g.company_id = $1 and g.code = n.grp)
           from (values ('X1', 'expense', 'events'), ('X2', 'income', 'loose'), ('X3', 'expense', null), ('X4', 'asset', 'revenue')) as n (code, class, grp)`,
      [tx.companyId],
    )
    const rows = await tx.query<{ code: string; id: bigint }>(`select code, id from account where company_id = $1`, [
      tx.companyId,
    ])
    for (const { code, id } of rows) (books.accounts as Map<string, bigint>).set(code, id)
  })
  await postEntries(
    books,
    entry(books, '2013-01-01', [
      ['X1', 1_00n],
      ['X2', -20_00n],
      ['X3', 2_00n],
      ['X4', 17_00n],
    ]),
  )
  const report = await profits({ from: '2013-01-01', to: '2013-01-31' })
  expect(amounts(report.rows)).toEqual({
    gross_profit: '0.00',
    X2: '20.00',
    other_income: '20.00',
    X3: '2.00',
    X1: '1.00',
    events: '1.00',
    overheads: '3.00',
    operating_profit: '17.00',
    profit_before_tax: '17.00',
    profit: '17.00',
  })
  expect(await sheet('2013-01-31')).toMatchObject({ X4: '17.00', total_assets: '828.00' })
})
