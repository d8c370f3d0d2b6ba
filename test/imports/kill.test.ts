import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase, readCompany } from '../../src/kernel/database.ts'
import { type DatabaseServer, openDatabaseServer } from '../../src/kernel/database-server.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { verifySeals } from '../../src/ledger/seal.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { listImportRuns } from '../../src/modules/intake/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { eventually, runningIn, temporaryFolder } from '../platform/programs.ts'
import { generatedHistory, seeded } from './generated-history.ts'
import { namedCsv } from './refused-files.ts'
import { booksOf, Files, ImportingCompany } from './support.ts'

/*
 * An import that is killed, or whose PostgreSQL is, and then run again comes to the books of one that nobody disturbed.
 *
 * KILL_ROUNDS: how many times each of both is tried, each time with other moments; 1 unless given.
 * KILL_SEED: which moments; printed with a failure.
 * KILL_FILES: a folder or file to import in place of the generated history, KILL_BATCH its lines in a batch.
 */
const rounds = Number(process.env.KILL_ROUNDS ?? 1)
const seed = Number(process.env.KILL_SEED ?? 1)
const batchLines = process.env.KILL_BATCH ?? '150'

const program = fileURLToPath(new URL('./import-in-a-process.ts', import.meta.url))
const temporary = temporaryFolder()
const files = new Files()
let server: DatabaseServer
let database: Database
let history: string
let expected: { books: Record<string, string[]>; rows: Record<string, number> }

const newCompany = async (): Promise<ImportingCompany> =>
  new ImportingCompany(database, await createCompany(database, { name: 'Shop', country: 'GB', currency: 'GBP' }), files)

/** The rows of every table, without the runs, of which each attempt leaves one. */
async function rowsOf(company: ImportingCompany): Promise<Record<string, number>> {
  const { import_run: _runs, ...rows } = await company.rowCounts()
  return rows
}

beforeAll(async () => {
  server = await openDatabaseServer({ env: { COUNTINGHOUSE_DATA: temporary.path }, log: () => {} })
  await migrate(server.url)
  database = openDatabase({ url: server.url })
  history = process.env.KILL_FILES ?? files.write(generatedHistory(seed, 400))
  const undisturbed = await newCompany()
  await undisturbed.importFiles([history])
  expected = { books: await booksOf(undisturbed), rows: await rowsOf(undisturbed) }
})
afterAll(async () => {
  await database.close()
  await server.stop()
  files.remove()
  temporary.remove()
})

type Moment = { phase: string; share: number; delayMs: number }
type Progress = { phase: string; documents: number; documentsDone: number }

const hasCome = (moment: Moment, { phase, documents, documentsDone }: Progress): boolean =>
  phase === moment.phase && documentsDone >= moment.share * documents

/** Starts the import and calls `strike` at the moment. Returns how it ended: an exit code, or the signal that ended it. */
async function run(
  company: ImportingCompany,
  moment?: Moment,
  strike: (child: number) => void = () => {},
  [format, file]: readonly [format: string, file: string] = ['online-retail', history],
) {
  const words = [program, server.url, String(company.id), batchLines, format, file]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  let struck = moment === undefined
  for await (const line of createInterface(child.stdout)) {
    if (struck || moment === undefined || !hasCome(moment, JSON.parse(line))) continue
    struck = true
    await sleep(moment.delayMs)
    strike(child.pid as number)
  }
  const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null]
  return { end: signal ?? code, said }
}

/** Everything is there, once, and nothing else: by the books themselves, by every table's rows, by the checks and by the seals. */
async function expectUndisturbed(company: ImportingCompany, as = expected): Promise<void> {
  expect(await booksOf(company)).toEqual(as.books)
  expect(await rowsOf(company)).toEqual(as.rows)
  const { checks } = await readCompany(database, company.id, runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  expect(await company.work((tx) => verifySeals(tx))).toEqual({ compared: as.rows.journal_entry, broken: [] })
  const [last, ...earlier] = await company.work(listImportRuns)
  expect(last).toMatchObject({ state: 'done' })
  expect(earlier.every(({ state }) => state !== 'running')).toBe(true)
}

/** Moments in every phase; those of a shorter time than the phase takes hit it. */
const momentsOf = (random: () => number): Moment[] => [
  { phase: 'reading', share: 0, delayMs: Math.floor(random() * 400) },
  { phase: 'posting', share: random() * 0.4, delayMs: Math.floor(random() * 20) },
  { phase: 'posting', share: 0.4 + random() * 0.5, delayMs: Math.floor(random() * 20) },
  { phase: 'linking', share: 0, delayMs: Math.floor(random() * 30) },
  { phase: 'sealing', share: 0, delayMs: Math.floor(random() * 30) },
]

const eachRound = Array.from({ length: rounds }, (_, round) => seed + round)

test.each(eachRound)(
  'an import that is killed and run again loses and doubles nothing (seed %i)',
  async (roundSeed) => {
    const company = await newCompany()
    const ends: unknown[] = []
    for (const moment of momentsOf(seeded(roundSeed))) {
      const { end } = await run(company, moment, (pid) => process.kill(pid, 'SIGKILL'))
      ends.push(end)
    }
    expect(ends.slice(0, 3)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL'])
    expect(await run(company)).toEqual({ end: 0, said: '' })
    await expectUndisturbed(company)
  },
  60_000 + 30_000 * rounds,
)

/** Orders with a deposit, an invoice, a credit note, a refund and a payment by a gift card sold before. */
const generatedOrders = (count: number): string =>
  Array.from({ length: count }, (_, place) =>
    JSON.stringify({
      order: `O-${place}`,
      currency: 'GBP',
      ordered_on: '2026-01-05',
      invoiced_on: place % 5 === 0 ? null : '2026-01-08',
      customer: `C-${place % 17}`,
      lines: [{ item: `I-${place % 7}`, quantity: '2', unit_price: '10.00', tax_code: 'standard' }],
      gift_cards: place % 3 === 0 ? [{ card: `G-${place}`, amount: '6.00' }] : [],
      payments: [
        {
          method: 'card',
          reference: `ch_${place}`,
          paid_on: place % 2 === 0 ? '2026-01-05' : '2026-01-09',
          amount: '20.00',
        },
        ...(place % 5 === 3 && (place - 1) % 3 === 0
          ? [{ method: 'gift_card', card: `G-${place - 1}`, paid_on: '2026-01-09', amount: '4.00' }]
          : []),
      ],
      credits:
        place % 5 === 2
          ? [
              {
                credit_note: `CN-${place}`,
                credited_on: '2026-01-12',
                item: `I-${place % 7}`,
                quantity: '1',
                unit_price: '10.00',
              },
            ]
          : [],
      refunds:
        place % 5 === 2 ? [{ credit_note: `CN-${place}`, method: 'card', paid_on: '2026-01-13', amount: '5.00' }] : [],
    }),
  ).join('\n')

/** An export of orders, most of them fulfilled, some refunded, in two rows each. */
function generatedShopifyOrders(count: number): string {
  const columns = ['Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Fulfilled at', 'Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Payment Method', 'Refunded Amount', 'Tax 1 Name', 'Tax 1 Value'] // biome-ignore format: as a header
  const rows = Array.from({ length: count }, (_, place) => [
    {
      Name: `#${place}`,
      Email: `c${place % 17}@example.com`,
      'Financial Status': place % 6 === 1 ? 'partially_refunded' : 'paid',
      'Paid at': '2026-01-05 10:00:00 +0000',
      'Fulfillment Status': place % 5 === 0 ? 'unfulfilled' : 'fulfilled',
      'Fulfilled at': place % 5 === 0 ? '' : '2026-01-08 10:00:00 +0000',
      Currency: 'GBP',
      Subtotal: '20.00',
      Shipping: '0.00',
      Taxes: '4.00',
      Total: '24.00',
      'Created at': '2026-01-05 09:00:00 +0000',
      'Lineitem quantity': '1',
      'Lineitem name': `Thing ${place % 7}`,
      'Lineitem price': '12.00',
      'Payment Method': place % 11 === 0 ? 'Voucher' : 'Shopify Payments',
      'Refunded Amount': place % 6 === 1 ? '6.00' : '0.00',
      'Tax 1 Name': 'VAT 20%',
      'Tax 1 Value': '4.00',
    },
    { Name: `#${place}`, 'Lineitem quantity': '2', 'Lineitem name': 'Card', 'Lineitem price': '4.00' },
  ])
  return namedCsv(columns, rows.flat())
}

/** The imports of orders that are killed, with how many documents come of their files. */
const orderImports = [
  { format: 'orders', documents: 480, write: () => files.write(generatedOrders(400), 'orders.jsonl') },
  { format: 'shopify-orders', documents: 454, write: () => files.write(generatedShopifyOrders(400), 'shopify.csv') },
]

test.each(orderImports)(
  'an import of $format that is killed, or whose PostgreSQL is, and run again loses and doubles nothing',
  async ({ format, documents, write }) => {
    const file = write()
    const undisturbed = await newCompany()
    const { documents: done } = await undisturbed.importAs(format, [file])
    expect(done).toEqual({ created: documents, existing: 0, refused: 0 })
    const as = { books: await booksOf(undisturbed), rows: await rowsOf(undisturbed) }
    const company = await newCompany()
    const ends: unknown[] = []
    const moments = momentsOf(seeded(seed)).slice(1)
    for (const moment of moments.slice(0, 3)) {
      const { end } = await run(company, moment, (pid) => process.kill(pid, 'SIGKILL'), [format, file])
      ends.push(end)
    }
    expect(ends).toContain('SIGKILL')
    expect(await run(company, undefined, undefined, [format, file])).toEqual({ end: 0, said: '' })
    await expectUndisturbed(company, as)
    const another = await newCompany()
    const stops: unknown[] = []
    for (const moment of moments.slice(0, 2)) stops.push(await runWithoutServer(another, moment, [format, file]))
    expect(stops).toContain(3)
    expect(await run(another, undefined, undefined, [format, file])).toEqual({ end: 0, said: '' })
    await expectUndisturbed(another, as)
  },
  120_000,
)

/** Runs an import whose PostgreSQL is killed at a moment, waits until there is one again, and returns how the import ended. */
async function runWithoutServer(company: ImportingCompany, moment: Moment, what?: readonly [string, string]) {
  const { postmaster } = runningIn(temporary.path)
  const { end, said } = await run(company, moment, () => process.kill(postmaster, 'SIGKILL'), what)
  if (end !== 0) expect(said).toMatch(/^The database cannot be reached any more: /)
  await eventually(() => runningIn(temporary.path).postmaster !== postmaster)
  await eventually(async () => (await company.look('select 1 as up')).length === 1)
  return end
}

test.each(eachRound)(
  'an import whose PostgreSQL is killed says so, and run again loses and doubles nothing (seed %i)',
  async (roundSeed) => {
    const company = await newCompany()
    const ends: unknown[] = []
    for (const moment of momentsOf(seeded(roundSeed)).slice(1)) ends.push(await runWithoutServer(company, moment))
    expect(ends.slice(0, 2)).toEqual([3, 3])
    expect(ends.slice(2).every((end) => end === 3 || end === 0)).toBe(true)
    expect(await run(company)).toEqual({ end: 0, said: '' })
    await expectUndisturbed(company)
  },
  60_000 + 60_000 * rounds,
)
