import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../../src/kernel/database.ts'
import { foldActivity } from '../../src/ledger/fold-balances.ts'
import { type ActivityDimension, activityBy, activityRange } from '../../src/reports/activity.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { foldSales, reports } from '../../src/reports/index.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
let channel: bigint
beforeAll(async () => {
  books = await openBooks()
  await books.owner((tx) =>
    tx.query(`insert into channel (company_id, code, name) values ($1, 'web', 'Web')`, [tx.companyId]),
  )
  const [found] = await books.read((tx) => tx.query<{ id: bigint }>('select id from channel'))
  channel = found?.id as bigint
})
afterAll(() => books.close())

const fold = (most?: number): Promise<number> => books.owner((tx) => foldActivity(tx, most))
const foldDocuments = (most?: number): Promise<number> => books.owner((tx) => foldSales(tx, most))
const dimensions: readonly ActivityDimension[] = ['item', 'channel', 'country']
const lineKey: Readonly<Record<ActivityDimension, string>> = {
  item: 'l.item_id::text',
  channel: 'l.channel_id::text',
  country: 'd.country',
}

/** What the statement says, and what the lines themselves say. */
async function bothOf(dimension: ActivityDimension, from: string, to: string): Promise<[unknown[], unknown[]]> {
  const range = { from: day(from), to: day(to) }
  return await books.read(async (tx) => [
    await tx.query(`select * from (${activityBy(dimension)}) a where amount_minor <> 0 order by account_id, key`, [
      tx.companyId,
      ...activityRange(range),
    ]),
    await tx.query(
      `select l.account_id, ${lineKey[dimension]} as key, sum(l.amount_minor)::bigint as amount_minor from journal_line l
         join account a on a.company_id = l.company_id and a.id = l.account_id and a.class in ('income', 'expense')
         left join sales_document d on d.company_id = l.company_id and d.id = l.document_id
         where l.posted_on between $1 and $2 and ${lineKey[dimension]} is not null
         group by 1, 2 having sum(l.amount_minor) <> 0 order by 1, 2`,
      [range.from, range.to],
    ),
  ])
}

const days = [
  '2010-12-31',
  '2011-01-01',
  '2011-01-15',
  '2011-01-31',
  '2011-02-01',
  '2011-02-28',
  '2011-03-31',
  '2011-09-20',
]
const fact = fc.record({
  on: fc.constantFrom(...days),
  minor: fc.bigInt({ min: 1n, max: 9_999n }),
  item: fc.constantFrom('MUG', 'LAMP', undefined),
  country: fc.constantFrom('GB', 'DE', null),
  customer: fc.constantFrom('Anna', 'Bob', null),
})

/** What the reports say that read stored sums, whoever asks. */
async function saidBy(tx: Tx, range: { from: string; to: string }): Promise<unknown[]> {
  const said: unknown[] = []
  for (const by of ['month', 'quarter', 'item', 'item-group', 'customer', 'channel', 'country'])
    said.push(await reports.sales?.run(tx, { ...range, by, compare: 'previous-period' }))
  for (const by of [undefined, 'month']) said.push(await reports['tax-summary']?.run(tx, { ...range, by }))
  for (const method of ['direct', 'indirect'])
    said.push(await reports['cash-flow']?.run(tx, { ...range, method, compare: 'previous-period' }))
  return said
}

class TakenBack extends Error {}

/** The same as if nothing were folded: it is undone for as long as they are read. */
async function saidUnfolded(range: { from: string; to: string }): Promise<unknown[]> {
  let said: unknown[] = []
  const look = books.owner(async (tx) => {
    for (const table of ['account_activity', 'tax_activity', 'shape_activity', 'activity_fold', 'sales_activity'])
      await tx.query(`delete from ${table}`)
    await tx.query(`insert into sales_unfolded (company_id, document_id)
      select company_id, id from sales_document where kind in ('invoice', 'credit_note') on conflict do nothing`)
    said = await saidBy(tx, range)
    throw new TakenBack()
  })
  await look.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error
  })
  return said
}

let number = 0
const check = async () => (await books.read(runChecks)).checks.find(({ name }) => name === 'activity-matches-lines')

test('however much is sealed and folded, activity is the sum of the lines', { timeout: 120_000 }, async () => {
  const step = fc.constantFrom('seal' as const, 'fold' as const, 'fold one' as const, 'nothing' as const)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(fact, { minLength: 1, maxLength: 4 }), step), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...days),
      fc.constantFrom(...days),
      async (batches, one, other) => {
        for (const [facts, then] of batches) {
          const documents = facts.map(({ on, minor, item, country, customer }) => {
            number += 1
            return {
              number: `A${number}`,
              on,
              country,
              customer,
              settlement: customer === null ? ('paid' as const) : ('on_account' as const),
              lines: [{ net: minor, ...(item === undefined ? {} : { item }) }],
            }
          })
          await issue(books, ...documents)
          await postEntries(
            books,
            entry(books, '2011-02-02', [
              ['4000', -5n, { channelId: channel }],
              ['1200', 5n],
            ]),
          )
          if (then !== 'nothing') await books.seal()
          if (then === 'fold') while ((await fold()) > 0 || (await foldDocuments()) > 0);
          if (then === 'fold one') {
            expect(await fold(1)).toBeLessThanOrEqual(1)
            expect(await foldDocuments(1)).toBeLessThanOrEqual(1)
          }
        }
        const [from, to] = one < other ? [one, other] : [other, one]
        for (const dimension of dimensions) {
          const [told, lines] = await bothOf(dimension, from, to)
          expect(told).toEqual(lines)
        }
        const range = { from, to }
        expect(await books.read((tx) => saidBy(tx, range))).toEqual(await saidUnfolded(range))
        const broken = await check()
        expect([broken?.result, broken?.rows]).toEqual([broken?.compared === 0 ? 'not-applicable' : 'held', []])
      },
    ),
    { numRuns: 15 },
  )
})

test('what was folded before there were quarters comes to them', async () => {
  await books.seal()
  while ((await fold()) > 0);
  while ((await foldDocuments()) > 0);
  const quarters = `select dimension, starts_on, key, currency, facts, quantity, sales_minor, tax_minor from sales_activity
    where grain = 'quarter' order by 1, 2, 3, 4`
  const folded = await books.read((tx) => tx.query(quarters))
  expect(folded.length).toBeGreaterThan(5)
  await books.corrupt(`delete from sales_activity where grain = 'quarter'`)
  expect((await check())?.result).toBe('broken')
  const upgrade = await readFile(new URL('../../db/migrations/0038_sales_by_quarter.sql', import.meta.url), 'utf8')
  await books.owner((tx) => tx.query(upgrade))
  expect(await books.read((tx) => tx.query(quarters))).toEqual(folded)
  expect((await check())?.result).toBe('held')
})

test('the check proves what is folded, and names what is not the sum of its lines', async () => {
  await books.seal()
  while ((await fold()) > 0);
  expect(await fold()).toBe(0)
  const held = await check()
  expect([held?.result, held?.rows]).toEqual(['held', []])
  expect(held?.compared).toBeGreaterThan(5)
  await books.corrupt(
    `update account_activity set amount_minor = amount_minor + 1 where dimension = 'country' and grain = 'month' and key = 'DE'
       and starts_on = (select min(starts_on) from account_activity where dimension = 'country' and grain = 'month' and key = 'DE')`,
    `delete from account_activity where dimension = 'channel' and grain = 'day'`,
  )
  const broken = await check()
  expect(broken?.result).toBe('broken')
  expect(broken?.rows.map(({ dimension, grain, what }) => [dimension, grain, what])).toEqual([
    ['channel', 'day', 'what is stored is not the sum of its lines'],
    ['country', 'month', 'what is stored is not the sum of its lines'],
  ])
})

test('one that is at work is enough: a second fold of the company does nothing', async () => {
  await postEntries(
    books,
    entry(books, '2011-03-02', [
      ['4000', -5n, { channelId: channel }],
      ['1200', 5n],
    ]),
  )
  await books.seal()
  await books.owner(async (tx) => {
    expect(await foldActivity(tx)).toBe(1)
    expect(await fold()).toBe(0)
  })
  expect(await fold()).toBe(0)
})

test('an account keeps its role and its class, by which its lines are summed', async () => {
  for (const change of ["role = 'input_tax'", 'role = null', "class = 'asset'"])
    await expect(
      books.owner((tx) => tx.query(`update account set ${change} where role = 'output_tax'`)),
    ).rejects.toMatchObject({ constraint: 'account_kind_stays' })
  await books.write((tx) => tx.query(`update account set name = 'VAT to pay' where role = 'output_tax'`))
})
