import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeAccounts } from '../../src/ledger/accounts.ts'
import type { ChosenActivity } from '../../src/ledger/charts/index.ts'
import { closeYears, postOpeningBalances } from '../../src/modules/journal/index.ts'
import { type CashFlowMethod, cashFlow } from '../../src/reports/cash-flow.ts'
import { cashFlowMatchesCash } from '../../src/reports/checks/cash-flow-matches-cash.ts'
import { type Books, day, entry, openBooks, postEntries } from './support.ts'

let books: Books
// A year of a shop: what moves cash, and what does not.
const year: [day: string, what: string, lines: [account: string, amountMinor: bigint][]][] = [
  [
    '2011-01-05',
    'sold on credit, with a tax',
    [
      ['1105', 120_00n],
      ['4000', -100_00n],
      ['2210', -20_00n],
    ],
  ],
  [
    '2011-01-20',
    'the customer pays, less a fee',
    [
      ['1240', 90_00n],
      ['6110', 3_00n],
      ['1105', -93_00n],
    ],
  ],
  [
    '2011-01-21',
    'from the processor to the bank: no flow',
    [
      ['1200', 90_00n],
      ['1240', -90_00n],
    ],
  ],
  [
    '2011-02-01',
    'equipment on credit: no flow',
    [
      ['0030', 60_00n],
      ['2109', -60_00n],
    ],
  ],
  [
    '2011-02-15',
    'some of it is paid',
    [
      ['2109', 40_00n],
      ['1200', -40_00n],
    ],
  ],
  [
    '2011-02-16',
    'equipment for cash',
    [
      ['0040', 30_00n],
      ['1200', -30_00n],
    ],
  ],
  [
    '2011-03-01',
    'depreciation',
    [
      ['8000', 10_00n],
      ['0031', -10_00n],
    ],
  ],
  [
    '2011-03-02',
    'a loan',
    [
      ['1200', 200_00n],
      ['2300', -200_00n],
    ],
  ],
  [
    '2011-03-03',
    'the owner draws',
    [
      ['3100', 15_00n],
      ['1200', -15_00n],
    ],
  ],
  [
    '2011-03-04',
    'rent',
    [
      ['7100', 25_00n],
      ['1200', -25_00n],
    ],
  ],
  [
    '2011-03-31',
    'money in another currency is worth more',
    [
      ['1210', 2_00n],
      ['8311', -2_00n],
    ],
  ],
]

beforeAll(async () => {
  books = await openBooks()
  await books.write((tx) =>
    postOpeningBalances(tx, [
      {
        reference: 'opening',
        date: day('2010-12-31'),
        lines: [
          { account: '1200', amountMinor: 500_00n },
          { account: '0030', amountMinor: 100_00n },
        ],
      },
    ]),
  )
  await postEntries(books, ...year.map(([on, , lines]) => entry(books, on, lines)))
})
afterAll(() => books.close())

const minorOf = (amount = '0.00'): bigint => BigInt(amount.replace('.', ''))
const flow = (from: string, to: string, method: CashFlowMethod, more = {}) =>
  books.read((tx) => cashFlow(tx, { from: day(from), to: day(to), method, ...more }))
const amounts = (rows: readonly { code: string; name: string; amount: { amount: string } }[]) =>
  Object.fromEntries(
    rows.map(({ code, name, amount }) => [
      name.includes(': ') ? `${code} ${name.split(': ')[1]}` : code,
      amount.amount,
    ]),
  )

test('a year of a shop, told by who paid and was paid', async () => {
  const direct = amounts((await flow('2011-01-01', '2011-12-31', 'direct')).rows)
  expect(direct).toEqual({
    '1105 received': '93.00',
    '6110 paid': '-3.00',
    '2109 paid': '-40.00',
    '7100 paid': '-25.00',
    operating: '25.00',
    '0040 paid': '-30.00',
    investing: '-30.00',
    '2300 received': '200.00',
    '3100 paid': '-15.00',
    financing: '185.00',
    '8311 received': '2.00',
    exchange: '2.00',
    change_in_cash: '182.00',
    opening_cash: '500.00',
    closing_cash: '682.00',
  })
})

test('a year of a shop, told from its profit', async () => {
  const indirect = amounts((await flow('2011-01-01', '2011-12-31', 'indirect')).rows)
  expect(indirect).toEqual({
    profit: '64.00',
    '8000 not in cash': '10.00',
    '8311 not in cash': '-2.00',
    '1105 change': '-27.00',
    '2109 change': '-40.00',
    '2210 change': '20.00',
    operating: '25.00',
    '0040': '-30.00',
    investing: '-30.00',
    '2300': '200.00',
    '3100': '-15.00',
    financing: '185.00',
    '8311': '2.00',
    exchange: '2.00',
    change_in_cash: '182.00',
    opening_cash: '500.00',
    closing_cash: '682.00',
  })
  // What earlier books held is neither earned nor borrowed.
  expect(amounts((await flow('2010-01-01', '2010-12-31', 'indirect')).rows)).toEqual({
    operating: '0.00',
    investing: '0.00',
    financing: '0.00',
    brought_in: '500.00',
    change_in_cash: '500.00',
    opening_cash: '0.00',
    closing_cash: '500.00',
  })
})

test('by month and beside other periods the columns are the statements of their days', async () => {
  const report = await flow('2011-01-01', '2011-03-31', 'indirect', { by: 'month', compare: 'previous-year' })
  for (const [index, range] of [...(report.periods ?? []), ...(report.comparedPeriods ?? [])].entries()) {
    const alone = amounts((await flow(range.from, range.to, 'indirect')).rows)
    for (const row of report.rows) {
      const [key] = Object.keys(amounts([row])) as [string]
      const shown = index < 3 ? row.periods?.[index] : row.comparisons?.[0]?.amount
      expect([range.from, key, shown?.amount]).toEqual([range.from, key, alone[key] ?? '0.00'])
    }
  }
  expect(amounts(report.rows)).toMatchObject({
    opening_cash: '500.00',
    closing_cash: '682.00',
    change_in_cash: '182.00',
  })
})

test('a company says where its accounts stand, of the past too, and takes it back', async () => {
  const whole = async () => amounts((await flow('2011-01-01', '2011-12-31', 'direct')).rows)
  const before = await whole()
  const place = (code: string, cashFlow: ChosenActivity | null) =>
    books.write((tx) => changeAccounts(tx, [{ code, cashFlow }]))
  await place('2109', 'investing') // owed for equipment
  await place('1240', 'operating') // what the processor holds is no cash to this company
  expect(await whole()).toMatchObject({
    '1240 received': '90.00',
    operating: '65.00',
    '2109 paid': '-40.00',
    investing: '-70.00',
    closing_cash: '682.00',
  })
  expect(amounts((await flow('2011-01-01', '2011-12-31', 'indirect')).rows)).toMatchObject({
    operating: '65.00',
    investing: '-70.00',
  })
  expect(await books.read((tx) => cashFlowMatchesCash.run(tx))).toMatchObject({ result: 'held' })
  await place('2109', null)
  await place('1240', null)
  expect(await whole()).toEqual(before)
  const audited = await books.owner((tx) =>
    tx.query<{ changes: number }>(
      `select count(*)::int as changes from audit_log where company_id = $1 and table_name = 'account' and operation = 'update'`,
      [tx.companyId],
    ),
  )
  expect(audited).toEqual([{ changes: 4 }])
  // What rates did and what earlier books held are no flows.
  for (const code of ['8311', '3999'])
    await expect(place(code, 'operating')).rejects.toMatchObject({ code: 'input_invalid' })
})

const codes = [
  '1200',
  '1240',
  '1001',
  '1105',
  '0030',
  '0031',
  '2109',
  '2300',
  '3000',
  '3999',
  '4000',
  '7100',
  '8000',
  '8311',
  '9000',
]
const drawn = fc.array(
  fc.record({
    on: fc.constantFrom('2012-01-15', '2012-01-31', '2012-02-01', '2012-12-31', '2013-01-01'),
    lines: fc.array(fc.tuple(fc.constantFrom(...codes), fc.bigInt({ min: -900n, max: 900n })), {
      minLength: 2,
      maxLength: 5,
    }),
  }),
  { minLength: 1, maxLength: 10 },
)

test('whatever is posted, both methods agree on each activity and end at the change of cash', async () => {
  let closed = false
  await fc.assert(
    fc.asyncProperty(drawn, async (facts) => {
      const entries = facts.flatMap(({ on, lines }) => {
        const moving = lines.filter(([, minor]) => minor !== 0n)
        const sum = moving.reduce((total, [, minor]) => total + minor, 0n)
        const whole = sum === 0n ? moving : [...moving, ['1200', -sum] as [string, bigint]]
        return whole.length < 2 ? [] : [entry(books, on, whole)]
      })
      await postEntries(books, ...entries)
      if (!closed) await books.write((tx) => closeYears(tx, [2011]))
      closed = true
      for (const [from, to] of [
        ['2012-01-01', '2012-01-31'],
        ['2012-01-16', '2013-12-31'],
        ['2010-01-01', '2013-12-31'],
      ] as const) {
        const direct = amounts((await flow(from, to, 'direct')).rows)
        const indirect = amounts((await flow(from, to, 'indirect')).rows)
        const results = [
          'operating',
          'investing',
          'financing',
          'exchange',
          'brought_in',
          'change_in_cash',
          'opening_cash',
          'closing_cash',
        ]
        for (const code of results) expect([code, minorOf(direct[code])]).toEqual([code, minorOf(indirect[code])])
        const [cash] = await books.read((tx) =>
          tx.query<{ change: bigint }>(
            `select coalesce(sum(l.amount_minor), 0)::bigint as change from journal_line l join account a on a.company_id = l.company_id and a.id = l.account_id
               where a.code in ('1200', '1210', '1230', '1240', '1241', '1242', '1243', '1250', '1260') and l.posted_on between $1 and $2`,
            [from, to],
          ),
        )
        expect(minorOf(direct.change_in_cash)).toBe(cash?.change)
        expect(minorOf(direct.opening_cash) + minorOf(direct.change_in_cash)).toBe(minorOf(direct.closing_cash))
      }
      expect(await books.read((tx) => cashFlowMatchesCash.run(tx))).toEqual({ result: 'held', compared: 6, rows: [] })
    }),
    { numRuns: 12 },
  )
})

test('the check names what differs when a line and the stored balances part', async () => {
  await books.fold()
  await books.corrupt(
    `update account_balance set amount_minor = amount_minor + 7 where grain = 'month' and starts_on = '2011-03-01'
       and account_id = (select id from account where code = '1200' and company_id = ${books.companyId})`,
  )
  const { result, rows } = await books.read((tx) => cashFlowMatchesCash.run(tx))
  expect(result).toBe('broken')
  expect(rows.map(({ what }) => what)).toEqual([
    'the direct statement does not end at the change of cash',
    'the indirect statement does not end at the change of cash',
  ])
})
