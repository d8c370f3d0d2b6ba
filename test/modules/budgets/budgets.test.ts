import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBudget } from '../../../src/imports/index.ts'
import { type BudgetAmount, listBudgets, saveBudgets, setBudgetAmounts } from '../../../src/modules/budgets/index.ts'
import { budgetReport } from '../../../src/reports/budget.ts'
import { type Books, day, entry, openBooks, postEntries } from '../../reports/support.ts'

let books: Books
const folder = mkdtempSync(join(tmpdir(), 'countinghouse-budget-test-'))
beforeAll(async () => {
  books = await openBooks()
  await books.owner((tx) =>
    tx.query(`insert into channel (company_id, code, name) values ($1, 'web', 'Web'), ($1, 'till', 'Till')`, [
      tx.companyId,
    ]),
  )
  const channels = await books.read((tx) => tx.query<{ id: bigint }>('select id from channel order by id'))
  const [web, till] = channels.map(({ id }) => id) as [bigint, bigint]
  await postEntries(
    books,
    entry(books, '2011-01-10', [
      ['1200', 80_00n],
      ['4000', -80_00n, { channelId: web }],
    ]),
    entry(books, '2011-02-10', [
      ['1200', 30_00n],
      ['4000', -30_00n, { channelId: till }],
    ]),
    entry(books, '2011-02-11', [
      ['7100', 25_00n],
      ['1200', -25_00n],
    ]),
    entry(books, '2011-03-11', [
      ['7100', 99_00n],
      ['1200', -99_00n],
    ]),
  )
  await books.write((tx) => saveBudgets(tx, [{ code: '2011', name: 'Plan' }]))
})
afterAll(async () => {
  await books.close()
  rmSync(folder, { recursive: true })
})

const set = (amounts: BudgetAmount[], more = {}) => books.write((tx) => setBudgetAmounts(tx, '2011', amounts, more))
const report = (more: { from?: string; to?: string; channel?: string } = {}) =>
  books.read((tx) =>
    budgetReport(tx, {
      budget: '2011',
      channel: more.channel,
      from: more.from === undefined ? undefined : day(more.from),
      to: more.to === undefined ? undefined : day(more.to),
    }),
  )
const january = day('2011-01-01')
const february = day('2011-02-01')

test('actual stands beside the plan, with what it does to the profit', async () => {
  await set([
    { account: '4000', month: january, channel: 'web', amountMinor: 100_00n },
    { account: '4000', month: february, amountMinor: 20_00n },
    { account: '7100', month: february, amountMinor: 20_00n },
    { account: '7200', month: february, amountMinor: 5_00n },
  ])
  const { rows, from, to } = await report()
  expect([from, to]).toEqual(['2011-01-01', '2011-02-28'])
  const told = rows.map(({ code, actual, budget, variance, percent, favourable }) => [
    code,
    actual.amount,
    budget.amount,
    variance.amount,
    percent,
    favourable,
  ])
  expect(told).toEqual([
    ['4000', '110.00', '120.00', '-10.00', '-8.3', false],
    ['revenue', '110.00', '120.00', '-10.00', '-8.3', false],
    ['gross_profit', '110.00', '120.00', '-10.00', '-8.3', false],
    ['7100', '25.00', '20.00', '5.00', '25.0', false],
    ['7200', '0.00', '5.00', '-5.00', '-100.0', true],
    ['administration', '25.00', '25.00', '0.00', '0.0', null],
    ['overheads', '25.00', '25.00', '0.00', '0.0', null],
    ['operating_profit', '85.00', '95.00', '-10.00', '-10.5', false],
    ['profit_before_tax', '85.00', '95.00', '-10.00', '-10.5', false],
    ['profit', '85.00', '95.00', '-10.00', '-10.5', false],
  ])
})

test('one channel is compared with what is planned of it', async () => {
  const web = await report({ channel: 'web' })
  expect(web.rows.find(({ code }) => code === '4000')).toMatchObject({
    actual: { amount: '80.00' },
    budget: { amount: '100.00' },
  })
  const till = await report({ channel: 'till' })
  expect(till.rows.find(({ code }) => code === 'profit')).toMatchObject({
    actual: { amount: '30.00' },
    budget: { amount: '0.00' },
    percent: null,
  })
})

test('an amount takes the place of the one before it, zero takes it out, and a replacement takes out all others', async () => {
  const countOf = async () => (await books.read(listBudgets)).find(({ code }) => code === '2011')?.amounts
  expect(await countOf()).toBe(4n)
  await set([{ account: '7200', month: february, amountMinor: 6_00n }])
  expect((await report()).rows.find(({ code }) => code === '7200')?.budget.amount).toBe('6.00')
  await set([{ account: '7200', month: february, amountMinor: 0n }])
  expect(await countOf()).toBe(3n)
  await set([{ account: '7100', month: january, amountMinor: 1_00n }], { replace: true })
  expect(await books.read(listBudgets)).toMatchObject([
    { code: '2011', name: 'Plan', from: '2011-01', to: '2011-01', amounts: 1n },
  ])
  expect(
    await books.write((tx) =>
      saveBudgets(tx, [
        { code: '2011', name: 'Revised' },
        { code: '2012', name: 'Next' },
      ]),
    ),
  ).toEqual([{ existing: true }, { existing: false }])
})

test.each([
  ['an account that is not there', [{ account: '9999', month: january, amountMinor: 1n }], 'account_unknown'],
  ['the bank', [{ account: '1200', month: january, amountMinor: 1n }], 'input_invalid'],
  [
    'a channel that is not there',
    [{ account: '4000', month: january, channel: 'moon', amountMinor: 1n }],
    'input_invalid',
  ],
  [
    'an amount twice',
    [1n, 2n].map((amountMinor) => ({ account: '4000', month: january, amountMinor })),
    'input_invalid',
  ],
])('%s is refused', async (_, amounts, code) => {
  await expect(set(amounts)).rejects.toMatchObject({ code })
})

test('a budget that is not there, and parts of months, are refused', async () => {
  await expect(books.write((tx) => setBudgetAmounts(tx, 'x', []))).rejects.toMatchObject({ code: 'budget_unknown' })
  await expect(books.read((tx) => budgetReport(tx, { budget: 'x' }))).rejects.toMatchObject({ code: 'budget_unknown' })
  await expect(report({ from: '2011-01-02' })).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(report({ to: '2011-01-30' })).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(report({ from: '2011-03-01', to: '2011-01-31' })).rejects.toMatchObject({ code: 'input_invalid' })
})

test('the database keeps one amount of each month, and months by their first day', async () => {
  const insert = (month: string) =>
    books.write((tx) =>
      tx.query(
        `insert into budget_amount (company_id, budget_id, account_id, month, amount_minor)
           select $1, b.id, a.id, $2, 1 from budget b join account a on a.company_id = $1 and a.code = '7100' where b.company_id = $1 and b.code = '2011'`,
        [tx.companyId, month],
      ),
    )
  await expect(insert('2011-01-01')).rejects.toThrow(/budget_amount_once/)
  await expect(insert('2011-02-02')).rejects.toThrow(/budget_amount_is_of_a_month/)
  await expect(
    books.write((tx) => tx.query(`insert into budget (company_id, code, name) values ($1, ' x', 'y')`, [tx.companyId])),
  ).rejects.toThrow(/budget_code_is_trimmed/)
  await expect(
    books.write((tx) => tx.query(`insert into budget (company_id, code, name) values ($1, 'x', ' ')`, [tx.companyId])),
  ).rejects.toThrow(/budget_has_name/)
})

describe('a file', () => {
  const file = (text: string): string => {
    const path = join(folder, 'budget.csv')
    writeFileSync(path, text)
    return path
  }
  const expected = [
    { account: '4000', channel: 'web', month: '2011-01-01', amountMinor: 100_00n },
    { account: '7100', channel: null, month: '2011-02-01', amountMinor: -20_50n },
  ]

  test('names an amount in each row, or a month in each column', async () => {
    const long = 'account,channel,month,amount\n4000,web,2011-01,100\n7100,,2011-02,-20.50\n'
    const wide = 'Account,2011-01,2011-02,Channel\n4000,100.00,,web\n7100,,-20.50,\n'
    expect(await readBudget(file(long), 'GBP')).toEqual(expected)
    expect(await readBudget(file(wide), 'GBP')).toEqual(expected)
  })

  test.each([
    ['', 1, 1],
    ['code,2011-01\n', 1, 1],
    ['account,month,amount,note\n', 1, 4],
    ['account,2011-01,2011-01\n', 1, 3],
    ['account,2011-01\n4000,1.234\n', 2, 2],
    ['account,month,amount\n4000,2011-13,1\n', 2, 2],
    ['account,month,amount\n4000,2011-01,1\n,2011-01,1\n', 3, 1],
    ['account,month,amount\n4000,2011-01,=1\n', 2, 3],
  ])('that says %j is refused where it is wrong', async (text, line, column) => {
    await expect(readBudget(file(text), 'GBP')).rejects.toMatchObject({ line, column })
  })
})
