import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompany, inCompanyAsOwner, readCompany, type Tx } from '../../src/kernel/database.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { foldSales, layOutReport, type ReportDefinition, reports } from '../../src/reports/index.ts'
import { documentPage } from '../../src/reports/lists/index.ts'
import { firstPartiesIn } from '../../src/reports/parties-in.ts'
import { type Books, issue, openBooks } from './support.ts'

let books: Books
let others: Books
beforeAll(async () => {
  books = await openBooks()
  // Another company of the same database, with customers and days of the same names.
  const companyId = await createCompany(books.database, { name: 'Other', country: 'GB', currency: 'GBP' })

  others = {
    ...books,
    companyId,
    write: (work) => inCompany(books.database, companyId, work),
    read: (work) => readCompany(books.database, companyId, work),
    owner: (work) => inCompanyAsOwner(books.database, companyId, work),
  }
})
afterAll(() => books.close())

const sold = fc.record({
  on: fc.constantFrom('2010-12-30', '2011-01-01', '2011-01-20', '2011-06-30', '2011-11-02'),
  minor: fc.bigInt({ min: -99n, max: 999n }).filter((minor) => minor !== 0n),
  customer: fc.constantFrom('Anna', 'Bob', 'Cleo', 'Dora', null),
  item: fc.constantFrom('MUG', 'LAMP', 'CUP', undefined),
})

const ranges = [
  { from: '2010-01-01', to: '2011-12-31' },
  { from: '2011-01-01', to: '2011-11-30' },
  { from: '2011-01-20', to: '2011-01-31' },
  { from: '2011-07-01', to: '2011-09-30' },
  // One stored sum: a year, a quarter; and one of which others are taken off.
  { from: '2011-01-01', to: '2011-12-31' },
  { from: '2011-04-01', to: '2011-06-30' },
  { from: '2011-01-10', to: '2011-08-20' },
]

const asked: [name: string, raw: Record<string, string>][] = [
  ...ranges.flatMap((range) =>
    ['customer', 'item', 'item-group', 'month'].map((by): [string, Record<string, string>] => [
      'sales',
      { ...range, by },
    ]),
  ),
  ['sales', { from: '2011-01-01', to: '2011-12-31', by: 'customer', compare: 'previous-year' }],
  ['aged-receivables', { asOf: '2011-01-10' }],
  ['aged-receivables', { asOf: '2011-12-31' }],
]

let number = 0

test('the first rows of a report are those of the whole, with the sums of the whole, however many are asked for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sold, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(0, 1, 100),
      async (facts, folded) => {
        for (const into of [books, others])
          await issue(
            into,
            ...facts.map(({ on, minor, customer, item }) => {
              number += 1
              const settlement = customer === null ? ('paid' as const) : ('on_account' as const)
              const kind = minor < 0n ? ('credit_note' as const) : ('invoice' as const)
              return {
                number: `F${number}`,
                on,
                customer,
                kind,
                settlement,
                lines: [{ net: minor, ...(item && { item }) }],
              }
            }),
          )
        if (folded > 0) await books.owner((tx) => foldSales(tx, folded))
        await books.read(async (tx) => {
          for (const [name, raw] of asked) await compareFirst(tx, reports[name] as ReportDefinition, raw)
        })
      },
    ),
    {
      numRuns: 6,
      // Nothing was sold but in the year before, and of the two the one is open, the other was paid at once.
      examples: [
        [
          [
            { on: '2010-12-30', minor: 999n, customer: 'Dora', item: 'MUG' },
            { on: '2010-12-30', minor: 500n, customer: null, item: 'CUP' },
          ],
          0,
        ],
      ],
    },
  )
})

async function compareFirst(tx: Tx, definition: ReportDefinition, raw: Record<string, string>): Promise<void> {
  const whole = layOutReport(definition, await definition.run(tx, raw))
  for (const most of [1, 3, 100]) {
    const first = layOutReport(definition, await definition.run(tx, raw, most), most)
    const ending = whole.rows.filter(({ emphasis }) => emphasis !== undefined)
    const rows = whole.rows.filter(({ emphasis }) => emphasis === undefined)
    expect([raw, first.rows]).toEqual([raw, [...rows.slice(0, most), ...ending]])
    const cutBySize = definition.title === 'Sales' && raw.by !== 'month' && rows.length > most
    expect([raw, first.largest !== undefined]).toEqual([raw, cutBySize])
    expect([raw, first.more]).toEqual([raw, Math.max(0, rows.length - most)])
    expect([raw, first.sums]).toEqual([raw, whole.sums])
    if (first.largest === undefined) continue
    const sizes = (some: typeof rows): bigint[] =>
      some
        .map(({ cells: { net } }) => BigInt((net as { amount: string }).amount.replace('.', '')))
        // Beside another range stand some who bought nothing in this one.
        .filter((minor) => minor !== 0n)
    const descending = sizes(rows).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
    expect([raw, sizes(first.largest)]).toEqual([raw, descending.slice(0, 15)])
    for (const row of first.largest) expect(rows).toContainEqual(row)
  }
}

test('the largest of a range come by what they are in it, whatever they were a year before', async () => {
  const companyId = await createCompany(books.database, { name: 'Beside', country: 'GB', currency: 'GBP' })
  const beside: Books = {
    ...books,
    companyId,
    write: (work) => inCompany(books.database, companyId, work),
    read: (work) => readCompany(books.database, companyId, work),
    owner: (work) => inCompanyAsOwner(books.database, companyId, work),
  }
  const of = (number: string, on: string, customer: string, net: bigint) => ({ number, on, customer, lines: [{ net }] })
  await issue(
    beside,
    of('B1', '2010-06-01', 'Anna', 900n),
    of('B2', '2011-06-01', 'Anna', 100n),
    of('B3', '2011-06-01', 'Bob', 300n),
    of('B4', '2011-06-01', 'Cleo', 200n),
  )
  const sales = reports.sales as ReportDefinition
  for (const by of ['customer', 'country']) {
    const raw = { from: '2011-01-01', to: '2011-12-31', by, compare: 'previous-year' }
    await beside.read((tx) => compareFirst(tx, sales, raw))
  }
})

test('the first parties are the same whether each is looked up or all are gone through', async () => {
  await books.read(async (tx) => {
    // As many as were drawn, with whoever stands for those of no name.
    const parties = await tx.query<{ id: string; number: string }>(
      'select id::text, number from party where company_id = $1 order by id',
      [tx.companyId],
    )
    expect(parties.length).toBeGreaterThan(0)
    for (const [meant, most, after] of [
      [parties, 2, null],
      [parties, 100, 'Bob'],
      [parties.slice(1, 3), null, null],
      [[], 5, null],
    ] as const) {
      const found = async (few: number) =>
        await tx.query<{ number: string }>(
          `with meant as (select unnest($2::bigint[]) as id)
           select number from (${firstPartiesIn('meant', 'id', { most: '$3', after: '$4' }, few)}) found order by number`,
          [tx.companyId, meant.map(({ id }) => id), most, after],
        )
      const numbers = meant.map(({ number }) => ({ number })).filter(({ number }) => after === null || number > after)
      const first = numbers.sort((a, b) => (a.number < b.number ? -1 : 1)).slice(0, most ?? numbers.length)
      expect(await found(1_000)).toEqual(first)
      expect(await found(-1)).toEqual(first)
    }
  })
})

test('documents that are open come page by page in either order, as they stand in the whole list', async () => {
  await books.read(async (tx) => {
    for (const sort of ['-issuedOn', 'issuedOn']) {
      const pages = async (filters: Record<string, string>) => {
        const rows = []
        for (let after: string | undefined; ; ) {
          const page = await documentPage(tx, { filters, sort, limit: 2, after })
          rows.push(...page.rows)
          if (page.next === null) return rows
          after = page.next
        }
      }
      const all = await pages({})
      const isOpen = ({ open }: (typeof all)[number]): boolean => open !== null && /[1-9]/.test(open.amount)
      const open = all.filter(isOpen)
      expect(open.length).toBeGreaterThan(0)
      expect(open.length).toBeLessThan(all.length)
      expect(await pages({ open: 'true' })).toEqual(open)
      const ofAnna = open.filter(({ customerNumber }) => customerNumber === 'Anna')
      expect(await pages({ open: 'true', customer: 'Anna' })).toEqual(ofAnna)
      const due = open.filter(({ dueOn, issuedOn }) => (dueOn ?? issuedOn) < '2011-01-20')
      expect(await pages({ dueBefore: '2011-01-20' })).toEqual(due)
    }
  })
})
