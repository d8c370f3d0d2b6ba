import { type ChildProcess, spawn } from 'node:child_process'
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
import {
  generatedBeancount,
  generatedCsvJournal,
  generatedHledger,
  generatedOpening,
  generatedRates,
  generatedXero,
} from './generated-books.ts'
import { seeded } from './generated-history.ts'
import { booksOf, Files, ImportingCompany } from './support.ts'

/*
 * An import of earlier books that is killed, or whose PostgreSQL is, and then run again comes to the books of one that nobody disturbed; and
 * between the two no entry is there by half.
 *
 * KILL_ROUNDS: how many times each is tried, each time with other moments; 1 unless given.
 * KILL_SEED: which moments; in the name of each test.
 */
const rounds = Number(process.env.KILL_ROUNDS ?? 1)
const firstSeed = Number(process.env.KILL_SEED ?? 1)
const program = fileURLToPath(new URL('./import-in-a-process.ts', import.meta.url))
const temporary = temporaryFolder()
const files = new Files()
let server: DatabaseServer
let database: Database

beforeAll(async () => {
  server = await openDatabaseServer({ env: { COUNTINGHOUSE_DATA: temporary.path }, log: () => {} })
  await migrate(server.url)
  database = openDatabase({ url: server.url })
})
afterAll(async () => {
  await database.close()
  await server.stop()
  files.remove()
  temporary.remove()
})

const newCompany = async (): Promise<ImportingCompany> =>
  new ImportingCompany(
    database,
    await createCompany(database, { name: 'Shop', country: 'GB', currency: 'GBP', chart: 'generic' }),
    files,
  )

/** When to strike: so long after so much of a phase is done. */
type Moment = { phase: string; share: number; delayMs: number }
type Progress = { phase: string; documents: number; documentsDone: number }
type What = { format: string; paths: readonly string[]; batchLines: number }

const hasCome = (moment: Moment, { phase, documents, documentsDone }: Progress): boolean =>
  phase === moment.phase && documentsDone >= moment.share * documents

/** Runs an import in a process of its own and strikes at the moment. Returns its exit code or the signal that ended it, and what it said. */
async function run(
  company: { id: bigint },
  { format, paths, batchLines }: What,
  moment?: Moment,
  strike: (child: ChildProcess) => void = () => {},
) {
  const words = [program, server.url, String(company.id), String(batchLines), format, ...paths]
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
    strike(child)
  }
  const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null]
  return { end: signal ?? code, said }
}

const killed = async (company: { id: bigint }, what: What, moment: Moment) =>
  (await run(company, what, moment, (child) => child.kill('SIGKILL'))).end

/** Kills PostgreSQL at the moment, waits until there is one again, and returns how the import ended. */
async function withoutServer(company: { id: bigint }, what: What, moment: Moment) {
  const { postmaster } = runningIn(temporary.path)
  const { end, said } = await run(company, what, moment, () => process.kill(postmaster, 'SIGKILL'))
  if (end !== 0) expect(said).toMatch(/^The database cannot be reached any more: /)
  await eventually(() => runningIn(temporary.path).postmaster !== postmaster)
  await eventually(async () => (await database.owner.query('select 1')).rows.length === 1)
  return end
}

type Undisturbed = { books: Record<string, string[]>; rows: Record<string, number> }

async function stateOf(company: ImportingCompany): Promise<Undisturbed> {
  const { import_run: _runs, ...rows } = await company.rowCounts() // each attempt leaves a run
  return { books: await booksOf(company), rows }
}

/** What is there is whole: every entry balances, has all of its lines, and is what its sub-ledgers say. */
async function expectWhole(company: ImportingCompany): Promise<void> {
  const halves = await company.look(
    `select e.id from journal_entry e left join journal_line l on l.company_id = e.company_id and l.entry_id = e.id
       group by e.id, e.line_count having count(l.entry_id) <> e.line_count or sum(l.amount_minor) <> 0`,
  )
  expect(halves).toEqual([])
  const { checks } = await readCompany(database, company.id, runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
}

async function expectUndisturbed(company: ImportingCompany, as: Undisturbed): Promise<void> {
  expect(await stateOf(company)).toEqual(as)
  await expectWhole(company)
  expect(await company.work((tx) => verifySeals(tx))).toEqual({ compared: as.rows.journal_entry, broken: [] })
  const [last, ...earlier] = await company.work(listImportRuns)
  expect(last).toMatchObject({ state: 'done' })
  expect(earlier.every(({ state }) => state !== 'running')).toBe(true)
}

/** In every phase; those of a shorter time than the phase takes hit it. */
const momentsOf = (random: () => number): [first: Moment, ...Moment[]] => [
  { phase: 'posting', share: 0, delayMs: Math.floor(random() * 60) },
  { phase: 'reading', share: 0, delayMs: Math.floor(random() * 400) },
  { phase: 'posting', share: 0.2 + random() * 0.4, delayMs: Math.floor(random() * 20) },
  { phase: 'posting', share: 0.6 + random() * 0.3, delayMs: Math.floor(random() * 20) },
  { phase: 'sealing', share: 0, delayMs: Math.floor(random() * 30) },
]

const imports: { name: string; format: string; created: number; batchLines: number; write: () => string[] }[] = [
  {
    name: 'a journal of hledger',
    format: 'journal',
    created: 720,
    batchLines: 100,
    write: () => [files.write(generatedHledger(600), 'books.journal')],
  },
  {
    name: 'a journal of beancount and one as CSV',
    format: 'journal',
    created: 600,
    batchLines: 100,
    write: () => [
      files.write(generatedBeancount(300), 'books.beancount'),
      files.write(generatedCsvJournal(300), 'books.csv'),
    ],
  },
  {
    name: 'opening balances',
    format: 'opening-balances',
    created: 1,
    batchLines: 100,
    write: () => [files.write(generatedOpening(1_500), 'opening.csv')],
  },
  {
    name: "Xero's journals",
    format: 'xero-journals',
    created: 525,
    batchLines: 100,
    write: () => Object.entries(generatedXero(300)).map(([name, text]) => files.write(text, name)),
  },
]

const eachRound = Array.from({ length: rounds }, (_, round) => firstSeed + round)

for (const seed of eachRound) {
  test.each(imports)(
    `$name: killed and run again, nothing is lost or doubled (seed ${seed})`,
    async ({ format, created, batchLines, write }) => {
      const what = { format, paths: write(), batchLines }
      const undisturbed = await newCompany()
      const { documents } = await undisturbed.importAs(format, what.paths, { batchLines })
      expect(documents).toEqual({ created, existing: 0, refused: 0 })
      const as = await stateOf(undisturbed)
      const [first, ...moments] = momentsOf(seeded(seed))

      const company = await newCompany()
      const ends: unknown[] = []
      for (const moment of [first, ...moments]) {
        ends.push(await killed(company, what, moment))
        await expectWhole(company)
      }
      expect(ends[0]).toBe('SIGKILL')
      expect(await run(company, what)).toEqual({ end: 0, said: '' })
      await expectUndisturbed(company, as)

      const another = await newCompany()
      expect(await withoutServer(another, what, first)).toBe(3)
      await expectWhole(another)
      const again = await withoutServer(another, what, moments[1] as Moment)
      expect([0, 3]).toContain(again)
      await expectWhole(another)
      expect(await run(another, what)).toEqual({ end: 0, said: '' })
      await expectUndisturbed(another, as)
    },
    180_000,
  )

  test(`reference rates: killed and run again, all are there once, and never some of them (seed ${seed})`, async () => {
    const days = 4_000
    const what = {
      format: 'ecb-rates',
      paths: [files.write(generatedRates(days, 2000 + 20 * seed), 'rates.csv')],
      batchLines: 1,
    }
    const rates = async (): Promise<number> =>
      (await database.owner.query<{ rates: number }>('select count(*)::int as rates from reference_rate')).rows[0]
        ?.rates as number
    const before = await rates()
    const random = seeded(seed)
    const moment = (): Moment => ({ phase: 'reading', share: 0, delayMs: Math.floor(100 + random() * 500) })
    const none = { id: 0n }
    for (let time = 0; time < 4; time += 1) {
      const end = await killed(none, what, moment())
      expect(['SIGKILL', 0]).toContain(end)
      expect([0, 2 * days]).toContain((await rates()) - before)
    }
    expect([0, 3]).toContain(await withoutServer(none, what, moment()))
    expect([0, 2 * days]).toContain((await rates()) - before)
    expect(await run(none, what)).toEqual({ end: 0, said: '' })
    expect((await rates()) - before).toBe(2 * days)
  }, 120_000)
}
