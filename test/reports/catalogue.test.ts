import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { saveBudgets, setBudgetAmounts } from '../../src/modules/budgets/index.ts'
import { sellGiftCards } from '../../src/modules/gift-cards/index.ts'
import { postJournals } from '../../src/modules/journal/index.ts'
import { capturePayments } from '../../src/modules/payments/index.ts'
import { moveStoreCredit } from '../../src/modules/store-credit/index.ts'
import { type RawParameters, renderFormats, renderReport, renderTable, reports } from '../../src/reports/index.ts'
import { type Books, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await postEntries(
    books,
    entry(books, '2011-01-10', [
      ['1200', 1_234_567_89n],
      ['3000', -1_234_567_89n],
    ]),
    entry(books, '2011-01-11', [
      ['1210', 1_00n, { currency: 'EUR', currencyAmountMinor: 1_20n }],
      ['1250', -1_00n, { currency: 'EUR', currencyAmountMinor: -1_20n }],
    ]),
  )
  await books.write(async (tx) => {
    await saveBudgets(tx, [{ code: '2011', name: 'Plan' }])
    await setBudgetAmounts(tx, '2011', [{ account: '4000', month: accountingDate('2011-01-01'), amountMinor: 1n }])
  })
  await books.owner((tx) =>
    tx.query(`insert into party (company_id, kind, number, name) values ($1, 'supplier', 'P1', 'Potter')`, [
      tx.companyId,
    ]),
  )
  const [supplier] = await books.read((tx) => tx.query<{ id: bigint }>(`select id from party where number = 'P1'`))
  const bill = [
    { account: '7100', amountMinor: 80_00n },
    { account: '2100', amountMinor: -80_00n, partyId: supplier?.id as bigint },
  ]
  await books.write((tx) => postJournals(tx, [{ reference: 'bill', date: accountingDate('2011-01-12'), lines: bill }]))
  await issue(books, { number: 'W1', on: '2011-01-12', tax: 2_00n, lines: [{ net: 10_00n, item: 'MUG' }] })
  const [returned] = await issue(books, {
    number: 'C1',
    on: '2011-01-12',
    kind: 'credit_note',
    tax: -2_00n,
    lines: [{ net: -10_00n, item: 'MUG' }],
  })
  await books.write(async (tx) => {
    const on = accountingDate('2011-01-12')
    const card = { reference: 'G1', code: 'CARD-1', purpose: 'multi' as const, on, paidMinor: 20_00n, method: 'card' }
    await sellGiftCards(tx, [card])
    await moveStoreCredit(tx, [{ kind: 'issued', reference: 'S1', documentId: returned as bigint, on }])
    const prepaid = { source: 'card', reference: 'P1', method: 'card', customer: { number: 'Anna', name: 'Anna' }, on }
    await capturePayments(tx, [{ ...prepaid, amountMinor: 12_00n, orderReference: 'W2' }])
  })
})
afterAll(() => books.close())

const definition = (name: string) => {
  const found = reports[name]
  if (found === undefined) throw new Error(`no report ${name}`)
  return found
}
const run = (name: string, raw: RawParameters = {}) => books.read((tx) => definition(name).run(tx, raw))

test('every report runs without a parameter that it does not require, and renders in every form', async () => {
  for (const [name, { parameters }] of Object.entries(reports)) {
    const raw = {
      ...(parameters.account === undefined ? {} : { account: '1200' }),
      ...(parameters.budget === undefined ? {} : { budget: '2011' }),
    }
    const report = await run(name, raw)
    expect(report).toMatchObject({ report: name, company: String(books.companyId), currency: 'GBP' })
    expect([name, report.rows.length]).not.toEqual([name, 0])
    for (const format of renderFormats) expect(renderReport(definition(name), report, format)).toMatch(/\n$/)
    expect(JSON.parse(renderReport(definition(name), report, 'json'))).toEqual(report)
    // Every column of the table is there in each of its rows, so that none is silently empty.
    const table = definition(name).table(report)
    for (const row of table.rows)
      for (const { key } of table.columns) expect([name, key, row[key]]).not.toContain(undefined)
  }
})

test('without dates a report covers the books from their first day', async () => {
  expect((await run('sales')).from).toBe('2011-01-10')
  expect((await run('sales', { to: '2009-01-01' })).from).toBe('2009-01-01')
})

test.each([
  ['trial-balance', { asOf: '2011-02-30' }, 'a day such as 2011-01-31'],
  ['trial-balance', { asof: '2011-02-01' }, 'one of: asOf'],
  ['profit-and-loss', { from: '2011-02-01', to: '2011-01-01' }, 'a day not after 2011-01-01'],
  ['profit-and-loss', { by: 'week' }, 'one of: month, quarter, channel, item-group, country'],
  ['profit-and-loss', { by: 'month', from: '1990-01-01', to: '2011-01-01' }, 'at most 60 months'],
  ['profit-and-loss', { compare: 'next' }, 'previous-period, previous-year, or a number of periods from 1 to 24'],
  ['general-ledger', {}, 'a value'],
  ['general-ledger', { account: '1200', limit: '0' }, 'a whole number from 1 to 1000'],
  ['general-ledger', { account: '1200', limit: '1e2' }, 'a whole number from 1 to 1000'],
  ['journal', { cursor: '2011-01-01' }, 'what the page before gave as next'],
  ['aged-receivables', { items: 'yes' }, 'one of: true, false'],
  ['sales', { by: 'colour' }, 'one of: item, item-group, customer, channel, country, month, quarter'],
] as const)('%s refuses %o', async (name, raw, expected) => {
  await expect(run(name, raw)).rejects.toMatchObject({ code: 'input_invalid', detail: { expected } })
})

test('by month and without dates profit and loss ends with the last month that has an entry', async () => {
  expect(await run('profit-and-loss', { by: 'month' })).toMatchObject({ from: '2011-01-10', to: '2011-01-31' })
  expect(await run('profit-and-loss', { by: 'month', from: '2011-01-01', to: '2011-03-31' })).toMatchObject({
    to: '2011-03-31',
  })
})

test('a terminal gets aligned numbers, CSV plain ones with a currency where it is another', async () => {
  const balances = await run('trial-balance', { asOf: '2011-01-11' })
  expect(renderReport(definition('trial-balance'), balances, 'table')).toBe(
    [
      'Trial balance · 2011-01-11 · GBP',
      '',
      'Code  Account                 Role                     Balance',
      '----  ----------------------  -----------------  -------------',
      '1200  Bank current account    bank                1,234,567.89',
      '1210  Bank deposit account                                1.00',
      '1250  Currency exchange       currency_exchange          -1.00',
      '3000  Ordinary share capital  share_capital      -1,234,567.89',
      '',
    ].join('\n'),
  )
  const ledger = await run('general-ledger', { account: '1210' })
  const [head, row] = renderReport(definition('general-ledger'), ledger, 'csv').split('\n')
  expect(head).toContain('amount,currencyAmount,currencyAmountCurrency,balance')
  expect(row).toMatch(/,1\.00,1\.20,EUR,1\.00$/)
  expect(renderReport(definition('general-ledger'), ledger, 'table')).toContain('EUR 1.20')
})

test('a cell cannot break a line of a table, nor a field of a CSV', () => {
  const table = {
    columns: [{ key: 'name', title: 'Name', kind: 'text' as const }],
    rows: [{ name: 'a "b",\nc' }],
  }
  expect(renderTable(table, 'GBP')).toBe('Name\n--------\na "b", c\n')
  expect(
    renderReport(
      { ...definition('trial-balance'), table: () => table },
      { report: 'x', company: '1', currency: 'GBP', rows: [] },
      'csv',
    ),
  ).toBe('name\n"a ""b"",\nc"\n')
})

test('a text that a spreadsheet would take for a formula is one no more, and numbers stay numbers', () => {
  const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =1', '1=1', 'a-b', '']
  const table = {
    columns: [
      { key: 'name', title: 'Name', kind: 'text' as const },
      { key: 'net', title: 'Net', kind: 'money' as const },
      { key: 'percent', title: '%', kind: 'number' as const },
    ],
    rows: texts.map((name) => ({ name, net: { amount: '-1.00', currency: 'GBP' }, percent: '-2.5' })),
  }
  const report = { report: 'x', company: '1', currency: 'GBP', rows: [] }
  const csv = renderReport({ ...definition('trial-balance'), table: () => table }, report, 'csv')
  expect(csv.split('\n').slice(1, -1)).toEqual(
    ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'  =1", '1=1', 'a-b', ''].map((name) => `${name},-1.00,-2.5`),
  )
})
