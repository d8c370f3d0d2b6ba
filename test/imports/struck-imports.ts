import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Database, openDatabase } from '../../src/kernel/database.ts'
import { type DatabaseServer, openDatabaseServer } from '../../src/kernel/database-server.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { verifySeals } from '../../src/ledger/seal.ts'
import { createCompany, type NewCompany } from '../../src/modules/company/index.ts'
import { listImportRuns } from '../../src/modules/intake/index.ts'
import { eventually, runningIn, temporaryFolder } from '../platform/programs.ts'
import { booksOf, expectSound, Files, ImportingCompany } from './support.ts'

const program = fileURLToPath(new URL('./import-in-a-process.ts', import.meta.url))

/** When to strike: so long after so much of a phase is done. */
export type Moment = { phase: string; share: number; delayMs: number }
type Progress = { phase: string; documents: number; documentsDone: number }

/** What a process imports; reference rates are of no company. */
export type Importing = { format: string; paths: readonly string[]; batchLines: number | string }

/** How a process ended: its exit code or the signal that ended it, and what it said. */
export type Ended = { end: number | NodeJS.Signals | null; said: string }

/** All that the books say and how many rows each table has, but for the runs, of which each attempt leaves one. */
export type BooksAndRows = { books: Record<string, string[]>; rows: Record<string, number> }

const hasCome = (moment: Moment, { phase, documents, documentsDone }: Progress): boolean =>
  phase === moment.phase && documentsDone >= moment.share * documents

/** A PostgreSQL for a test file alone, which may be killed, and imports into it in processes of their own, which may be killed too. */
export class StruckImports {
  readonly files = new Files()
  private readonly temporary = temporaryFolder()
  private server!: DatabaseServer
  database!: Database

  constructor() {
    beforeAll(async () => {
      this.server = await openDatabaseServer({ env: { COUNTINGHOUSE_DATA: this.temporary.path }, log: () => {} })
      await migrate(this.server.url)
      this.database = openDatabase({ url: this.server.url })
    })
    afterAll(async () => {
      await this.database.close()
      await this.server.stop()
      this.files.remove()
      this.temporary.remove()
    })
  }

  async company(options: Partial<NewCompany> = {}): Promise<ImportingCompany> {
    const id = await createCompany(this.database, { name: 'Shop', country: 'GB', currency: 'GBP', ...options })
    return new ImportingCompany(this.database, id, this.files)
  }

  /** Runs an import and strikes at the moment, where there is one. */
  async run(
    company: { id: bigint },
    { format, paths, batchLines }: Importing,
    moment?: Moment,
    strike: (child: ChildProcess) => void = () => {},
  ): Promise<Ended> {
    const words = [program, this.server.url, String(company.id), String(batchLines), format, ...paths]
    // What a killed import leaves lying in the folder of temporary files is removed with the test's own.
    const env = { ...process.env, TMPDIR: this.files.folder }
    const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
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

  /** Kills the import at the moment, and returns how it ended. */
  async killed(company: { id: bigint }, what: Importing, moment: Moment): Promise<Ended['end']> {
    return (await this.run(company, what, moment, (child) => child.kill('SIGKILL'))).end
  }

  /** Kills PostgreSQL at the moment, waits until there is one again, and returns how the import ended. */
  async withoutServer(company: { id: bigint }, what: Importing, moment: Moment): Promise<Ended['end']> {
    const { postmaster } = runningIn(this.temporary.path)
    const { end, said } = await this.run(company, what, moment, () => process.kill(postmaster, 'SIGKILL'))
    if (end !== 0) expect(said).toMatch(/^The database cannot be reached any more: /)
    await eventually(() => runningIn(this.temporary.path).postmaster !== postmaster)
    await eventually(async () => (await this.database.owner.query('select 1')).rows.length === 1)
    return end
  }

  async stateOf(company: ImportingCompany): Promise<BooksAndRows> {
    const { import_run: _runs, import_posting: _postings, import_change: _changes, ...rows } = await company.rowCounts()
    return { books: await booksOf(company), rows }
  }

  /** What is there is whole: every entry balances, has all of its lines, and is what its sub-ledgers say. */
  async expectWhole(company: ImportingCompany): Promise<void> {
    expect(await company.halfEntries()).toEqual([])
    await expectSound(company)
  }

  /** Imports what was struck once more, undisturbed, and expects all of it there, once, and nothing else: books, rows, checks and seals. */
  async expectFinished(company: ImportingCompany, what: Importing, as: BooksAndRows): Promise<void> {
    expect(await this.run(company, what)).toEqual({ end: 0, said: '' })
    expect(await this.stateOf(company)).toEqual(as)
    await this.expectWhole(company)
    expect(await company.work((tx) => verifySeals(tx))).toEqual({ compared: as.rows.journal_entry, broken: [] })
    const [last, ...earlier] = await company.work(listImportRuns)
    expect(last).toMatchObject({ state: 'done' })
    expect(earlier.every(({ state }) => state !== 'running')).toBe(true)
  }
}
