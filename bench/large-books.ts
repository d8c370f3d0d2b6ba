import { accountingDate } from '../src/kernel/accounting-date.ts'
import { only, readCompany, type Tx } from '../src/kernel/database.ts'
import { balanceSheet } from '../src/reports/balance-sheet.ts'
import { generalLedger } from '../src/reports/general-ledger.ts'
import { profitAndLoss } from '../src/reports/profit-and-loss.ts'
import { trialBalance } from '../src/reports/trial-balance.ts'
import type { BenchDatabase, BenchServer } from './support/bench-database.ts'
import { atLeast, atMost, type Figure, type Measured, median, shareOfPairs, timed } from './support/figure.ts'
import { fillBooks } from './support/fill-books.ts'
import { openCompany, postBatches } from './support/posting-job.ts'
import { proveFill } from './support/proven-fill.ts'

const linesOfEntry = 5
const smallEntries = 100_000 / linesOfEntry
const provenEntries = 2_000
const largeEntries = 10_000_000 / linesOfEntry
const millionEntries = 1_000_000 / linesOfEntry

type Books = { database: BenchDatabase; companyId: bigint }

async function openFilled(server: BenchServer, entries: number): Promise<Books> {
  const database = await server.open()
  const companyId = await openCompany(database)
  await fillBooks(database, companyId, entries)
  return { database, companyId }
}

const turnMs = 500
const effort = { named: { pairs: 5, sideMs: 10_000 }, together: { pairs: 3, sideMs: 3_000 } }

/** Posting into books of many lines against posting into books of 100,000. */
const postingInto = (name: string, entries: number, always: boolean): Figure => ({
  name,
  always,
  effort,
  async measure(server, { pairs, sideMs }) {
    await proveFill(server, provenEntries)
    const large = await openFilled(server, entries)
    const shares = { batches: [] as number[], single: [] as number[] }
    let first = largeEntries + 1
    for (let pair = 0; pair < pairs; pair++) {
      const small = await openFilled(server, smallEntries) // anew, since measuring makes it grow
      for (const [way, size] of [
        ['batches', 1_000],
        ['single', 1],
      ] as const) {
        const sides = [small, large].map((books) => ({ books, posted: 0, ms: 0 }))
        // By turns of half a second, so that what else the machine and the disk do falls on both sides alike.
        for (let turn = pair; sides.some(({ ms }) => ms < sideMs); turn++) {
          const side = sides[turn % 2] as (typeof sides)[number]
          const { database, companyId } = side.books
          const { batches, ms } = await postBatches(database, companyId, { first, size, atLeastMs: turnMs })
          first += batches * size
          side.posted += batches * size
          side.ms += ms
        }
        const [ofSmall, ofLarge] = sides.map(({ posted, ms }) => posted / ms) as [number, number]
        shares[way].push(ofLarge / ofSmall)
      }
      await small.database.drop()
    }
    await large.database.drop()
    return (['batches', 'single'] as const).map((way) => {
      const { measured, pairs: each } = shareOfPairs(shares[way])
      return atLeast({ name: `${name} ${way}`, measured, target: 0.9, detail: each })
    })
  },
})

type Look = (tx: Tx) => Promise<unknown>

const reported = ['trial balance', 'profit and loss', 'balance sheet', 'general ledger'] as const
type Reported = (typeof reported)[number]

// Days at the edges of months and within them, at both ends of the books and in their midst.
const days = ['2011-01-01', '2011-01-31', '2011-05-17', '2011-08-01', '2011-12-30'].map(accountingDate)
const [from, to] = [accountingDate('2011-01-01'), accountingDate('2011-12-31')]
const rounds = 15

/** Reports over books of many lines: how long they take, and how much longer than over 100,000. */
const reportsOver = (name: string, entries: number, always: boolean): Figure => ({
  name,
  always,
  effort,
  async measure(server, { pairs }) {
    await proveFill(server, provenEntries)
    const small = await openFilled(server, smallEntries)
    const large = await openFilled(server, entries)
    const measured: Measured[] = []
    for (const report of reported) {
      const times: number[] = []
      const ratios: number[] = []
      for (let pair = 0; pair < pairs; pair++) {
        const [ofSmall = 0, ofLarge = 0] = await slowest([small, large], report)
        times.push(ofLarge)
        ratios.push(ofLarge / ofSmall)
      }
      const detail = `${pairs} pairs: ${times.map((ms) => ms.toFixed(1)).join(' ')} ms`
      measured.push(atMost({ name: `${name} ${report}`, measured: median(times), target: 20, detail }, 'ms'))
      if (report === 'general ledger') continue
      const against = {
        name: `${name} ${report}, growth`,
        measured: median(ratios),
        target: 2,
        detail: 'against 100,000 lines',
      }
      measured.push(atMost(against, 'times'))
    }
    await large.database.drop()
    await small.database.drop()
    return measured
  },
})

/** The median time of a report, in each of the books by turns, on the day or at the depth on which it is slowest. */
async function slowest(all: readonly Books[], report: Reported): Promise<number[]> {
  const worst = all.map(() => 0)
  const looks = await Promise.all(all.map((books) => looksOf(books, report)))
  for (const index of days.keys()) {
    const times = all.map((): number[] => [])
    for (let round = -2; round < rounds; round++) {
      for (const [place, { database, companyId }] of all.entries()) {
        const look = looks[place]?.[index] as Look
        const ms = await timed(() => readCompany(database, companyId, look))
        if (round >= 0) times[place]?.push(ms) // the first two fill caches and prepare statements
      }
    }
    for (const [place, own] of times.entries()) worst[place] = Math.max(worst[place] ?? 0, median(own))
  }
  return worst
}

async function looksOf(books: Books, report: Reported): Promise<Look[]> {
  switch (report) {
    case 'trial balance':
      return days.map((asOf) => (tx) => trialBalance(tx, { asOf }))
    case 'profit and loss':
      return days.map((day) => (tx) => profitAndLoss(tx, { from, to: day }))
    case 'balance sheet':
      return days.map((asOf) => (tx) => balanceSheet(tx, { asOf }))
    case 'general ledger':
      return await ledgerPages(books)
  }
}

/** Pages of the account with the most lines: its first, its last, and those within its fullest days. */
async function ledgerPages({ database, companyId }: Books): Promise<Look[]> {
  const { code } = only(
    (
      await database.owner.query<{ code: string }>(
        `select code from account where company_id = $1 and role = 'sales'`,
        [companyId],
      )
    ).rows,
  )
  const { rows } = await database.owner.query<{ id: bigint }>(
    `select (select id from journal_entry where company_id = $1 and posted_on = d order by id desc offset 5 limit 1) as id
       from unnest($2::date[]) d`,
    [companyId, days],
  )
  return days.map((day, index) => (tx) => {
    const cursor = { day, entryId: rows[index]?.id ?? 0n, lineNo: 2 }
    return generalLedger(tx, { account: code, from, to, cursor })
  })
}

export const millionPosting = postingInto('million-posting', millionEntries, true)
export const millionReports = reportsOver('million-reports', millionEntries, true)
export const largePosting = postingInto('large-posting', largeEntries, false)
export const largeReports = reportsOver('large-reports', largeEntries, false)
