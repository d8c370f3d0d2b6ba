import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MoneyJson } from '../../src/kernel/money.ts'
import { saveBudgets } from '../../src/modules/budgets/index.ts'
import { closeYears } from '../../src/modules/journal/index.ts'
import { layOutReport, type RawParameters, type ReportDefinition, reports } from '../../src/reports/index.ts'
import type { Lines } from '../../src/reports/lines.ts'
import type { Source } from '../../src/reports/source.ts'
import type { ColumnSources, StatementRow } from '../../src/reports/statement-rows.ts'
import { type Books, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await books.owner(async (tx) => {
    await tx.query(`insert into channel (company_id, code, name) values ($1, 'web', 'Web')`, [tx.companyId])
    await tx.query(
      `with g as (insert into item_group (company_id, code, name) values ($1, 'cups', 'Cups') returning id)
         insert into item (company_id, code, name, item_group_id) select $1, 'CUP', 'Cup', id from g`,
      [tx.companyId],
    )
  })
  const line = (net: bigint, item?: string) => ({ net, ...(item === undefined ? {} : { item }) })
  await issue(
    books,
    { number: 'D1', on: '2010-12-30', country: 'GB', tax: 2_00n, lines: [line(10_00n, 'CUP')] },
    { number: 'D2', on: '2011-01-05', country: 'DE', channelCode: 'web', lines: [line(20_00n, 'CUP'), line(1_00n)] },
    { number: 'D3', on: '2011-01-31', country: null, lines: [line(3_00n, 'POT')] },
    { number: 'D4', on: '2011-02-01', kind: 'credit_note', country: 'DE', tax: -1_00n, lines: [line(-5_00n, 'CUP')] },
  )
  await postEntries(
    books,
    entry(books, '2011-01-20', [
      ['7100', 8_00n],
      ['1200', -8_00n],
    ]),
    entry(books, '2011-02-02', [
      ['7100', -8_00n],
      ['1200', 8_00n],
    ]),
    entry(books, '2011-02-03', [
      ['1210', 1_00n, { currency: 'EUR', currencyAmountMinor: 1_20n }],
      ['1250', -1_00n, { currency: 'EUR', currencyAmountMinor: -1_20n }],
    ]),
  )
  await books.write((tx) => closeYears(tx, [2010]))
})
afterAll(() => books.close())

const run = (name: string, raw: RawParameters = {}) =>
  books.read(async (tx) => {
    const definition = reports[name]
    if (definition === undefined) throw new Error(`no report ${name}`)
    return await definition.run(tx, raw)
  })
const linesOf = async (raw: RawParameters): Promise<Lines> => (await run('lines', raw)) as unknown as Lines

const minorOf = ({ amount }: MoneyJson): bigint => BigInt(amount.replace('.', ''))
const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor)

/** What the lines of a source come to, read in pages of two. */
async function sumOf(source: Source, parameters: Record<string, string> = {}): Promise<bigint> {
  const { counted } = await linesOf({ ...source.parameters, ...parameters, count: 'true' })
  const all = minorOf(counted?.amount as MoneyJson)
  let sum = 0n
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const raw = { ...source.parameters, ...parameters, limit: '2' }
    const page = await linesOf(cursor === undefined ? raw : { ...raw, cursor })
    expect(
      minorOf(
        (await linesOf({ ...raw, ...(cursor ? { cursor } : {}), count: 'true' })).counted?.remaining as MoneyJson,
      ),
    ).toBe(all - sum)
    sum += page.rows.reduce((so, row) => so + minorOf(row.amount), 0n)
    cursor = page.next
  }
  expect(all).toBe(sum)
  return sum
}

type Statement = { rows: StatementRow[]; sources: ColumnSources }

describe.each([
  ['profit-and-loss', { from: '2010-12-01', to: '2011-02-28' }],
  ['profit-and-loss', { from: '2010-12-01', to: '2011-02-28', by: 'month' }],
  ['profit-and-loss', { from: '2011-01-01', to: '2011-02-28', by: 'channel', compare: 'previous-period' }],
  ['profit-and-loss', { from: '2010-12-01', to: '2011-02-28', by: 'item-group' }],
  ['profit-and-loss', { from: '2010-12-01', to: '2011-02-28', by: 'country' }],
  ['balance-sheet', { asOf: '2011-02-28', by: 'month', from: '2010-12-01', compare: 'previous-year' }],
] as const)('%s of %o', (name, parameters) => {
  test('each of its figures is the sum of the lines that its source gives', async () => {
    const { rows, sources } = (await run(name, parameters)) as unknown as Statement
    expect(rows.length).toBeGreaterThan(4)
    for (const row of rows) {
      const columns = (['periods', 'parts', 'comparisons'] as const).flatMap((kind) => {
        const amounts = kind === 'comparisons' ? row.comparisons?.map(({ amount }) => amount) : row[kind]
        return (amounts ?? []).map((amount, index) => ({ kind, amount, more: sources[kind]?.[index] }))
      })
      for (const { kind, amount, more } of [{ kind: 'amount', amount: row.amount, more: {} }, ...columns]) {
        const found = await sumOf(row.source as Source, more as Record<string, string>)
        expect([row.code, kind, more, size(found)]).toEqual([row.code, kind, more, size(minorOf(amount))])
      }
    }
  })
})

test.each([
  ['trial-balance', { asOf: '2011-02-28' }, 'balance'],
  ['currency-balances', { asOf: '2011-02-28' }, 'base'],
] as const)('each figure of the %s is the sum of its lines', async (name, parameters, key) => {
  const { rows } = await run(name, parameters)
  expect(rows.length).toBeGreaterThan(3)
  for (const row of rows) {
    expect([row.code, await sumOf(row.source as Source)]).toEqual([row.code, minorOf(row[key] as MoneyJson)])
  }
})

test('tax leads to the lines on its accounts, and where none was charged to the documents', async () => {
  const { rows } = await run('tax-summary', { from: '2010-12-01', to: '2011-02-28', by: 'month' })
  const taxed = rows.filter(({ tax }) => minorOf(tax as MoneyJson) !== 0n)
  expect(taxed).toHaveLength(2)
  for (const row of taxed) expect(-(await sumOf(row.source as Source))).toBe(minorOf(row.tax as MoneyJson))
})

test('what a party owes leads to its open items on that day', async () => {
  const { rows } = await run('aged-receivables', { asOf: '2011-02-28' })
  const { parameters } = (rows[0] as { source: Source }).source
  const { items } = (await run('aged-receivables', parameters)) as unknown as { items: { remaining: MoneyJson }[] }
  const sum = items.reduce((so, { remaining }) => so + minorOf(remaining), 0n)
  expect(sum).toBe(minorOf(rows[0]?.total as MoneyJson))
})

const tableOf = async (name: string, raw: RawParameters) =>
  layOutReport(reports[name] as ReportDefinition, await run(name, raw))

test('in the table of a report a party leads to its items, its items and the totals to nothing', async () => {
  const { rows } = await tableOf('aged-receivables', { asOf: '2011-02-28' })
  const source = { report: 'aged-receivables', parameters: { asOf: '2011-02-28', party: 'Anna', items: 'true' } }
  expect(rows[0]?.sources).toMatchObject({ current: source, total: source })
  expect(rows.at(-1)).toMatchObject({ emphasis: 'result', sources: {} })
  const items = await tableOf('aged-receivables', { asOf: '2011-02-28', items: 'true' })
  expect(items.rows.map(({ sources }) => sources)).toEqual(items.rows.map(() => ({})))
})

test('in the table of sales what they are compared with leads to the documents of its own days', async () => {
  const compared = { from: '2011-01-01', to: '2011-01-31', compare: 'previous-period' }
  const { rows } = await tableOf('sales', { ...compared, by: 'item' })
  const cups = { list: 'documents', parameters: { from: '2011-01-01', to: '2011-01-31', item: 'CUP' } }
  const { net, comparison, difference } = rows.find(({ cells }) => cells.key === 'CUP')?.sources ?? {}
  expect(net).toEqual(cups)
  expect(comparison).toEqual({ ...cups, parameters: { ...cups.parameters, from: '2010-12-01', to: '2010-12-31' } })
  expect(difference).toBeUndefined()
  // Months stand beside each other by their place, each with days of its own.
  const months = await tableOf('sales', { ...compared, by: 'month' })
  expect(Object.keys(months.rows[0]?.sources ?? {})).toEqual([
    'sales',
    'returns',
    'discounts',
    'shipping',
    'net',
    'tax',
  ])
})

test('in the table of a budget what was planned, and the variance, lead to nothing', async () => {
  await books.write((tx) => saveBudgets(tx, [{ code: 'plan', name: 'Plan' }]))
  const { rows } = await tableOf('budget', { budget: 'plan', from: '2011-01-01', to: '2011-02-28' })
  expect(rows.find(({ cells }) => cells.code === '4000')?.sources).toEqual({
    actual: {
      report: 'lines',
      parameters: { account: '4000', from: '2011-01-01', to: '2011-02-28', yearClosings: 'without' },
    },
  })
})

test('lines come the latest first, each with what it is about, and a count only as far as it was asked for', async () => {
  const page = await linesOf({ account: '4000,4010', from: '2011-01-01', to: '2011-02-28' })
  expect(page.counted).toBeUndefined()
  expect(page.accounts.map(({ code }) => code)).toEqual(['4000', '4010'])
  const days = page.rows.map(({ date }) => date)
  expect(days).toEqual([...days].sort().reverse())
  expect(page.rows.find(({ channel }) => channel === 'web')).toMatchObject({
    date: '2011-01-05',
    account: '4000',
    rule: 'invoice-issued',
    party: 'Anna',
    country: 'DE',
    documentKind: 'invoice',
    documentNumber: 'D2',
  })
  const only = await linesOf({ account: '4000,4010', party: 'Anna', item: 'CUP', currency: 'GBP', count: 'true' })
  expect(only.counted).toEqual({
    lines: 3,
    complete: true,
    amount: { amount: '-25.00', currency: 'GBP' },
    remaining: { amount: '-25.00', currency: 'GBP' },
  })
  expect((await linesOf({ account: '4000', party: 'nobody' })).rows).toEqual([])
})

test('a closed year stands in the lines of its accounts, and is left out where that is asked for', async () => {
  const year = { account: '4000', from: '2010-01-01', to: '2010-12-31' }
  expect((await linesOf(year)).rows.map(({ rule }) => rule)).toContain('year-closed')
  expect((await linesOf({ ...year, yearClosings: 'without' })).rows.map(({ rule }) => rule)).toEqual(['invoice-issued'])
})

test('of more lines than are counted the sums come from stored balances, unless something narrows them', async () => {
  const many = Array.from({ length: 10_050 }, (): ['7200', bigint] => ['7200', 1_00n])
  await postEntries(
    books,
    entry(books, '2011-03-05', [
      ['7200', 5_00n],
      ['1200', -5_00n],
    ]),
    entry(books, '2011-03-10', [...many, ['1200', -10_050_00n]]),
    entry(books, '2011-03-10', [
      ['7200', -3_00n],
      ['1200', 3_00n],
    ]),
  )
  const asked = { account: '7200', from: '2011-03-01', to: '2011-03-31', count: 'true', limit: '3' }
  const first = await linesOf(asked)
  expect(first.counted).toMatchObject({ lines: 10_000, complete: false, amount: { amount: '10052.00' } })
  expect(first.counted?.remaining?.amount).toBe('10052.00')
  const second = await linesOf({ ...asked, cursor: first.next as string })
  expect(second.counted?.amount?.amount).toBe('10052.00')
  expect(second.counted?.remaining?.amount).toBe('10053.00')
  expect((await linesOf({ ...asked, currency: 'GBP' })).counted).toMatchObject({ amount: null, remaining: null })
})

test('an account that is not there, and too many of them, are refused', async () => {
  await expect(linesOf({ account: '4000,nothing' })).rejects.toMatchObject({ code: 'account_unknown' })
  const many = Array.from({ length: 301 }, (_, index) => String(index)).join(',')
  await expect(linesOf({ account: many })).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(linesOf({})).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(linesOf({ account: '4000', without: 'colour' })).rejects.toMatchObject({ code: 'input_invalid' })
})
