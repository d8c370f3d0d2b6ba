import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postJournals } from '../../src/modules/journal/index.ts'
import { applyOpenItems } from '../../src/modules/receivables/index.ts'
import { agedPayables, agedReceivables } from '../../src/reports/aged.ts'
import { layOutReport, type ReportDefinition, reports } from '../../src/reports/index.ts'
import { statements } from '../../src/reports/statements.ts'
import { trialBalance } from '../../src/reports/trial-balance.ts'
import { type Books, day, issue, openBooks } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

const minorOf = (amount: string): bigint => BigInt(amount.replace('.', ''))
let count = 0

test('a statement tells what was owed, what happened, and what is owed', async () => {
  await issue(
    books,
    { number: 'W1', on: '2011-01-10', customer: 'Anna', tax: 20_00n, lines: [{ net: 100_00n }] },
    { number: 'W2', on: '2011-02-05', customer: 'Anna', lines: [{ net: 50_00n }] },
    { number: 'C1', on: '2011-02-07', customer: 'Anna', kind: 'credit_note', lines: [{ net: -10_00n }] },
    { number: 'W3', on: '2011-02-08', customer: 'Bob', settlement: 'paid', lines: [{ net: 5_00n }] },
  )
  const items = await books.read(
    async (tx) => (await agedReceivables(tx, { asOf: day('2011-03-31'), withItems: true })).items ?? [],
  )
  const idOf = (number: string): bigint =>
    BigInt(items.find(({ documentNumber }) => documentNumber === number)?.itemId ?? 0)
  await books.write((tx) =>
    applyOpenItems(tx, [
      { debitItemId: idOf('W1'), creditItemId: idOf('C1'), appliedOn: day('2011-02-10'), amountMinor: 10_00n },
    ]),
  )
  const report = await books.read((tx) => statements(tx, { from: day('2011-02-01'), to: day('2011-02-28') }))
  const ofSeveral = async (...parties: string[]) => {
    const days = { from: day('2011-02-01'), to: day('2011-02-28') }
    return (await books.read((tx) => statements(tx, { ...days, parties }))).rows.map(({ party }) => party)
  }
  expect(await ofSeveral('Anna', 'Bob')).toEqual(['Anna'])
  expect(await ofSeveral('Bob')).toEqual([])
  await expect(ofSeveral('Nobody', 'Anna', 'No, one')).rejects.toMatchObject({
    code: 'customer_unknown',
    detail: { customers: 'Nobody; No, one' },
  })
  expect(report.rows).toMatchObject([
    {
      party: 'Anna',
      openingBalance: { amount: '120.00' },
      lines: [
        {
          date: '2011-02-05',
          what: 'Invoice',
          number: 'W2',
          amount: { amount: '50.00' },
          balance: { amount: '170.00' },
        },
        {
          date: '2011-02-07',
          what: 'Credit note',
          number: 'C1',
          amount: { amount: '-10.00' },
          balance: { amount: '160.00' },
        },
      ],
      closingBalance: { amount: '160.00' },
      ageing: {
        current: { amount: '0.00' },
        days1To30: { amount: '50.00' },
        days31To60: { amount: '110.00' },
        total: { amount: '160.00' },
      },
    },
  ])
  const bob = await books.read((tx) => statements(tx, { from: day('2011-02-01'), to: day('2011-02-28'), party: 'Bob' }))
  expect(bob.rows).toMatchObject([
    {
      closingBalance: { amount: '0.00' },
      lines: [{ what: 'Invoice' }, { what: 'Payment', amount: { amount: '-5.00' } }],
    },
  ])
  await expect(
    books.read((tx) => statements(tx, { from: day('2011-02-01'), to: day('2011-02-28'), party: 'Nobody' })),
  ).rejects.toMatchObject({ code: 'customer_unknown' })
})

const documents = fc.array(
  fc.record({
    on: fc.constantFrom('2011-03-01', '2011-03-31', '2011-04-01', '2011-05-15'),
    customer: fc.constantFrom('Anna', 'Bob', 'Cleo', 'Dora'),
    net: fc.bigInt({ min: 1n, max: 9_999n }),
    settlement: fc.constantFrom('on_account' as const, 'paid' as const),
  }),
  { minLength: 1, maxLength: 6 },
)

test('whatever is sold, closing balances are the aged receivables, and pages of either come to the whole', async () => {
  await fc.assert(
    fc.asyncProperty(documents, async (drawn) => {
      await issue(
        books,
        ...drawn.map(({ on, customer, net, settlement }) => {
          count += 1
          return { number: `P${count}`, on, customer, settlement, lines: [{ net }] }
        }),
      )
      for (const to of ['2011-03-31', '2011-04-30', '2011-12-31'].map(day)) {
        const from = day('2011-03-15')
        const { rows } = await books.read((tx) => statements(tx, { from, to }))
        const aged = await books.read((tx) => agedReceivables(tx, { asOf: to, withItems: true }))
        expect(rows.map(({ party, closingBalance, ageing }) => [party, closingBalance, ageing.total])).toEqual(
          aged.rows.filter(({ total }) => total.amount !== '0.00').map(({ party, total }) => [party, total, total]),
        )
        for (const { openingBalance, lines, closingBalance } of rows) {
          const moved = lines.reduce((sum, { amount }) => sum + minorOf(amount.amount), 0n)
          expect(minorOf(openingBalance.amount) + moved).toBe(minorOf(closingBalance.amount))
        }
        const paged = []
        for (let after: string | undefined; ; ) {
          const page = await books.read((tx) => statements(tx, { from, to, limit: 1, after }))
          paged.push(...page.rows)
          if (page.next === null) break
          after = page.next
        }
        expect(paged).toEqual(rows)
        await compareFirstRows({ from, to })
        const items = []
        for (let afterItem: bigint | undefined; ; ) {
          const page = await books.read((tx) => agedReceivables(tx, { asOf: to, withItems: true, limit: 2, afterItem }))
          items.push(...(page.items ?? []))
          if (page.next == null) break
          afterItem = BigInt(page.next)
        }
        expect(items).toEqual(aged.items)
      }
    }),
    { numRuns: 6 },
  )
})

/** The first rows of a page are those of all statements that begin it, and what is left out is counted. */
async function compareFirstRows(raw: Record<string, string>): Promise<void> {
  const definition = reports.statements as ReportDefinition
  await books.read(async (tx) => {
    const whole = layOutReport(definition, await definition.run(tx, raw))
    for (const most of [1, 2, 5, 8, 1_000]) {
      const found = await definition.run(tx, raw, most)
      const first = layOutReport(definition, found, most)
      expect(first.rows.slice(0, most)).toEqual(whole.rows.slice(0, most))
      expect([most, first.rows.length + first.more]).toEqual([most, whole.rows.length])
      expect(first.next).toBe(whole.next)
      if (most === 1 && whole.rows.length > 3) expect(found.rows.length).toBe(1)
    }
  })
}

test('what we owe suppliers is positive, by age, and comes to the payable account', async () => {
  await books.owner((tx) =>
    tx.query(`insert into party (company_id, kind, number, name) values ($1, 'supplier', 'P1', 'Clay & Co')`, [
      tx.companyId,
    ]),
  )
  const { partyId } = {
    partyId: (await books.read((tx) => tx.query<{ id: bigint }>(`select id from party where number = 'P1'`)))[0]?.id,
  }
  expect(partyId).toBeDefined()
  await books.write((tx) =>
    postJournals(tx, [
      {
        reference: 'bill',
        date: day('2011-01-05'),
        lines: [
          { account: '7100', amountMinor: 80_00n },
          { account: '2100', amountMinor: -80_00n, partyId: partyId as bigint },
        ],
      },
    ]),
  )
  const report = await books.read((tx) => agedPayables(tx, { asOf: day('2011-02-28'), withItems: true }))
  expect(report).toMatchObject({
    report: 'aged-payables',
    rows: [{ party: 'P1', name: 'Clay & Co', days31To60: { amount: '80.00' }, total: { amount: '80.00' } }],
    items: [{ remaining: { amount: '80.00' }, daysOverdue: 54 }],
  })
  const { rows } = await books.read((tx) => trialBalance(tx, { asOf: day('2011-02-28') }))
  expect(rows.find(({ role }) => role === 'payable')?.balance.amount).toBe('-80.00')
})

test('numbers are separated by commas, and one that holds a comma stands in quotes', async () => {
  const owed = ['Amp, Ltd', 'B "4" C', 'Cable'].map((customer, place) => ({
    number: `Q${place}`,
    on: '2010-01-10',
    customer,
    lines: [{ net: 100_00n }],
  }))
  await issue(books, ...owed)
  const asked = async (parties: string) => {
    const found = await books.read(
      (tx) => reports.statements?.run(tx, { parties, to: '2010-01-31' }) as Promise<object>,
    )
    return (found as { rows: { party: string }[] }).rows.map(({ party }) => party)
  }
  expect(await asked('Cable,"Amp, Ltd"')).toEqual(['Amp, Ltd', 'Cable'])
  expect(await asked('"B ""4"" C",Cable')).toEqual(['B "4" C', 'Cable'])
  expect(await asked('B "4" C')).toEqual(['B "4" C'])
  await expect(asked('Cable,Amp, Ltd')).rejects.toMatchObject({ detail: { customers: 'Amp;  Ltd' } })
  await expect(asked('"Amp, Ltd')).rejects.toMatchObject({ code: 'input_invalid', detail: { parameter: 'parties' } })
})
