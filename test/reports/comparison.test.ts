import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Line } from '../../src/ledger/journal.ts'
import { closeYears } from '../../src/modules/journal/index.ts'
import { balanceSheet } from '../../src/reports/balance-sheet.ts'
import type { LineDimension } from '../../src/reports/breakdown.ts'
import { percentOf } from '../../src/reports/comparison.ts'
import { comparedRanges, quartersOf } from '../../src/reports/periods.ts'
import { profitAndLoss, profitAndLossBreakdowns } from '../../src/reports/profit-and-loss.ts'
import { sales, salesDimensions } from '../../src/reports/sales.ts'
import type { StatementRow } from '../../src/reports/statement-rows.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
let channels: bigint[]
let items: bigint[]
let documents: bigint[]

beforeAll(async () => {
  books = await openBooks({ fiscalYearStartMonth: 2 })
  await books.owner(async (tx) => {
    await tx.query(`insert into channel (company_id, code, name) values ($1, 'web', 'Web'), ($1, 'till', 'Till')`, [
      tx.companyId,
    ])
    await tx.query(
      `with g as (insert into item_group (company_id, code, name) values ($1, 'cups', 'Cups'), ($1, 'pots', 'Pots') returning id)
        insert into item (company_id, code, name, item_group_id) select $1, 'I' || id, 'I', id from g`,
      [tx.companyId],
    )
    await tx.query(`insert into item (company_id, code, name) values ($1, 'LOOSE', 'Of no group')`, [tx.companyId])
  })
  documents = await issue(
    books,
    { number: 'D1', on: '2010-12-01', country: 'GB', lines: [{ net: 1_00n, item: 'LOOSE' }] },
    { number: 'D2', on: '2011-01-01', country: 'DE', lines: [{ net: 2_00n }] },
    { number: 'D3', on: '2011-03-01', country: null, settlement: 'paid', lines: [{ net: 3_00n }] },
  )
  const ids = (table: string) =>
    books.read(async (tx) =>
      (await tx.query<{ id: bigint }>(`select id from ${table} order by id`)).map(({ id }) => id),
    )
  channels = await ids('channel')
  items = await ids('item')
})
afterAll(() => books.close())

const facts = fc.array(
  fc.record({
    on: fc.constantFrom(
      '2010-12-31',
      '2011-01-01',
      '2011-01-31',
      '2011-02-01',
      '2011-02-28',
      '2011-04-30',
      '2011-05-01',
    ),
    account: fc.constantFrom('4000', '4010', '5000', '7100', '8300'),
    minor: fc.bigInt({ min: -1_000_00n, max: 1_000_00n }).filter((minor) => minor !== 0n),
    channel: fc.nat(2),
    item: fc.nat(3),
    document: fc.nat(3),
  }),
  { minLength: 1, maxLength: 12 },
)

const minorOf = (amount: string): bigint => BigInt(amount.replace('.', ''))
const sumOf = (amounts: readonly { amount: string }[]): bigint =>
  amounts.reduce((sum, { amount }) => sum + minorOf(amount), 0n)

async function post(drawn: typeof facts extends fc.Arbitrary<infer Drawn> ? Drawn : never) {
  const entries = drawn.map(({ on, account, minor, ...named }) => {
    const more: Partial<Line> = {
      channelId: channels[named.channel] ?? null,
      itemId: items[named.item] ?? null,
      documentId: documents[named.document] ?? null,
    }
    return entry(books, on, [
      [account, minor, more],
      ['1200', -minor],
    ])
  })
  await postEntries(books, ...entries)
}

/** What the lines that name a value, or none, sum to by account: computed from the lines alone. */
const fromLines = (by: LineDimension, from: string, to: string) => {
  const value = { channel: 'c.code', 'item-group': 'g.code', country: 'd.country' }[by]
  return books.read(async (tx) => {
    const rows = await tx.query<{ account: string; key: string | null; minor: bigint; class: string }>(
      `select a.code as account, a.class, ${value} as key, sum(l.amount_minor)::bigint as minor from journal_line l
         join journal_entry e on e.company_id = l.company_id and e.id = l.entry_id and not e.closes_year
         join account a on a.company_id = l.company_id and a.id = l.account_id
         left join channel c on c.company_id = l.company_id and c.id = l.channel_id
         left join item i on i.company_id = l.company_id and i.id = l.item_id
         left join item_group g on g.company_id = l.company_id and g.id = i.item_group_id
         left join sales_document d on d.company_id = l.company_id and d.id = l.document_id
         where l.posted_on between $1 and $2 and a.class in ('income', 'expense') group by 1, 2, 3`,
      [from, to],
    )
    const sums = rows.map(
      (row) => [`${row.account} ${row.key}`, row.class === 'income' ? -row.minor : row.minor] as const,
    )
    return Object.fromEntries(sums.filter(([, minor]) => minor !== 0n))
  })
}

const ranges: readonly [string, string][] = [
  ['2010-12-15', '2011-05-31'],
  ['2011-01-01', '2011-02-28'],
  ['2011-02-02', '2011-04-30'],
]

describe('whatever is posted', () => {
  test('the columns of every breakdown of profit and loss sum to its total, and each is what its lines say', async () => {
    await fc.assert(
      fc.asyncProperty(facts, async (drawn) => {
        await post(drawn)
        for (const [from, to] of ranges) {
          const range = { from: day(from), to: day(to) }
          const plain = await books.read((tx) => profitAndLoss(tx, range))
          for (const by of profitAndLossBreakdowns) {
            const report = await books.read((tx) => profitAndLoss(tx, { ...range, by }))
            for (const row of report.rows) {
              expect([by, row.code, sumOf(row.periods ?? row.parts ?? [])]).toEqual([
                by,
                row.code,
                minorOf(row.amount.amount),
              ])
            }
            const shown = report.rows.filter(({ amount }) => minorOf(amount.amount) !== 0n)
            const whole = plain.rows.filter(({ amount }) => minorOf(amount.amount) !== 0n)
            expect(shown.map(({ code, amount }) => [code, amount])).toEqual(
              whole.map(({ code, amount }) => [code, amount]),
            )
            if (report.parts !== undefined)
              expect(partsOf(report.rows, report.parts)).toEqual(await fromLines(by as LineDimension, from, to))
          }
        }
      }),
      { numRuns: 8 },
    )
  })

  test('what a report is compared with is the report of that period', async () => {
    await fc.assert(
      fc.asyncProperty(facts, async (drawn) => {
        await post(drawn)
        const [from, to] = [day('2011-04-01'), day('2011-04-30')]
        const report = await books.read((tx) => profitAndLoss(tx, { from, to, compare: 4 }))
        expect(report.comparedPeriods?.map((range) => range.from)).toEqual([
          '2011-03-01',
          '2011-02-01',
          '2011-01-01',
          '2010-12-01',
        ])
        for (const [index, range] of (report.comparedPeriods ?? []).entries()) {
          const alone = amountsOf((await books.read((tx) => profitAndLoss(tx, range))).rows)
          for (const { code, amount, comparisons } of report.rows) {
            const compared = comparisons?.[index]
            expect([code, compared?.amount.amount]).toEqual([code, alone[code] ?? '0.00'])
            expect(minorOf(compared?.difference.amount ?? '')).toBe(
              minorOf(amount.amount) - minorOf(compared?.amount.amount ?? ''),
            )
          }
        }
        const sheet = await books.read((tx) =>
          balanceSheet(tx, { asOf: to, compare: 2, by: { period: 'quarter', from: day('2010-11-15') } }),
        )
        expect(sheet.periods).toEqual(['2011-01-31', '2011-04-30'])
        expect(sheet.comparedPeriods).toEqual(['2011-03-31', '2011-02-28'])
        for (const [index, asOf] of (sheet.comparedPeriods ?? []).entries()) {
          const alone = amountsOf((await books.read((tx) => balanceSheet(tx, { asOf }))).rows)
          for (const { code, comparisons } of sheet.rows)
            expect([code, comparisons?.[index]?.amount.amount]).toEqual([code, alone[code] ?? '0.00'])
        }
      }),
      { numRuns: 8 },
    )
  })
})

const amountsOf = (rows: readonly StatementRow[]) =>
  Object.fromEntries(rows.map(({ code, amount }) => [code, amount.amount]))

function partsOf(rows: readonly StatementRow[], parts: readonly { key: string | null }[]) {
  const accounts = rows.filter(({ kind }) => kind === 'account')
  const sums = accounts.flatMap(({ code, parts: amounts = [] }) =>
    amounts.map(({ amount }, index) => [`${code} ${parts[index]?.key ?? null}`, minorOf(amount)] as const),
  )
  return Object.fromEntries(sums.filter(([, minor]) => minor !== 0n))
}

test('an account whose channels take each other back is shown, with nothing in total', async () => {
  const [web, till] = channels
  await postEntries(
    books,
    entry(books, '2014-01-05', [
      ['7400', 5_00n, { channelId: web as bigint }],
      ['7400', -5_00n, { channelId: till as bigint }],
    ]),
  )
  const { rows } = await books.read((tx) =>
    profitAndLoss(tx, { from: day('2014-01-01'), to: day('2014-01-31'), by: 'channel' }),
  )
  expect(rows.find(({ code }) => code === '7400')).toMatchObject({
    amount: { amount: '0.00' },
    parts: [{ amount: '-5.00' }, { amount: '5.00' }, { amount: '0.00' }],
  })
})

test('the closing of a year and its reversal stand in no part', async () => {
  const range = { from: day('2010-01-01'), to: day('2012-12-31'), by: 'channel' as const }
  const before = await books.read((tx) => profitAndLoss(tx, range))
  await books.write((tx) => closeYears(tx, [2011]))
  expect((await books.read((tx) => profitAndLoss(tx, range))).rows).toEqual(before.rows)
})

test('each account says where its lines are', async () => {
  const { rows } = await books.read((tx) => profitAndLoss(tx, { from: day('2011-01-01'), to: day('2011-03-31') }))
  expect(rows.find(({ code }) => code === '4000')?.explain).toBe(
    `/api/v1/companies/${books.companyId}/reports/general-ledger?account=4000&from=2011-01-01&to=2011-03-31`,
  )
  expect(rows.filter(({ kind, explain }) => (kind === 'account') !== (explain !== undefined))).toEqual([])
})

describe('sales', () => {
  const range = { from: day('2011-01-01'), to: day('2011-03-31') }

  test('come to the same whatever they are told apart by', async () => {
    const totals = []
    for (const by of salesDimensions) {
      const { rows } = await books.read((tx) => sales(tx, { ...range, by }))
      totals.push([sumOf(rows.map(({ net }) => net)), sumOf(rows.map(({ tax }) => tax))])
    }
    expect(new Set(totals.map(String)).size).toBe(1)
    expect(totals[0]?.[0]).toBe(5_00n)
  })

  test('stand beside those of the periods before, months by their order', async () => {
    const compared = await books.read((tx) => sales(tx, { ...range, by: 'country', compare: 'previous-period' }))
    expect(
      compared.rows.map(({ key, net, comparison, difference, percent }) => [
        key,
        net.amount,
        comparison?.amount,
        difference?.amount,
        percent,
      ]),
    ).toEqual([
      ['DE', '2.00', '0.00', '2.00', null],
      ['GB', '0.00', '1.00', '-1.00', '-100.0'],
      [null, '3.00', '0.00', '3.00', null],
    ])
    const months = await books.read((tx) => sales(tx, { ...range, by: 'month', compare: 2 }))
    expect(
      months.rows.map(({ key, net, comparisons }) => [
        key,
        net.amount,
        comparisons?.map(({ amount }) => amount.amount),
      ]),
    ).toEqual([
      ['2011-01', '2.00', ['0.00', '0.00']],
      ['2011-03', '3.00', ['1.00', '0.00']],
    ])
    // The fiscal year starts in February, and so do its quarters.
    const quarters = await books.read((tx) => sales(tx, { ...range, by: 'quarter' }))
    expect(quarters.rows.map(({ key, net }) => [key, net.amount])).toEqual([
      ['2010-11', '2.00'],
      ['2011-02', '3.00'],
    ])
  })
})

test('quarters are those of the fiscal year, cut to the range', () => {
  const range = { from: day('2011-01-15'), to: day('2011-07-04') }
  expect(quartersOf(range, 1).map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2011-01-15 2011-03-31',
    '2011-04-01 2011-06-30',
    '2011-07-01 2011-07-04',
  ])
  expect(quartersOf(range, 12).map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2011-01-15 2011-02-28',
    '2011-03-01 2011-05-31',
    '2011-06-01 2011-07-04',
  ])
})

test('so many periods follow each other without a gap', () => {
  expect(
    comparedRanges({ from: day('2011-03-01'), to: day('2011-03-10') }, 2).map(({ from, to }) => `${from} ${to}`),
  ).toEqual(['2011-02-19 2011-02-28', '2011-02-09 2011-02-18'])
})

test('percent is of the size of what was before, to one place, half away from zero', () => {
  expect(percentOf(1n, 0n)).toBeNull()
  expect(percentOf(0n, 5n)).toBe('0.0')
  expect(percentOf(1n, 8n)).toBe('12.5')
  expect(percentOf(-1n, -3n)).toBe('-33.3')
  expect(percentOf(2n, 3n)).toBe('66.7')
  expect(percentOf(-5n, 10000n)).toBe('-0.1')
  expect(percentOf(-4n, 10000n)).toBe('0.0')
})
