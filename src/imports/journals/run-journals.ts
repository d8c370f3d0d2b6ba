import type { Database, Tx } from '../../kernel/database.ts'
import { moneyJson } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { freshenStatistics } from '../../kernel/statistics.ts'
import { companyFacts } from '../../modules/company/index.ts'
import { closeRefused, type NewException, raiseExceptions } from '../../modules/inbox/index.ts'
import {
  type AccountChoice,
  advanceImportRun,
  beginImportRun,
  failImportRun,
  finishImportRun,
  runChanges,
  saveImportFiles,
} from '../../modules/intake/index.ts'
import { foldBalances, sealEntries } from '../../modules/journal/index.ts'
import { linesOfBatch, teaches } from '../batch-size.ts'
import { Decisions } from '../decisions.ts'
import { beginning, emptyResult, type ImportProgress, type ImportResult } from '../import-result.ts'
import { type ImportSession, importSession } from '../import-session.ts'
import type { InputFile } from '../input-files.ts'
import type { ImportOptions } from '../run-import.ts'
import { type KeptEntry, keepEntry } from './kept-entries.ts'
import { previewOf } from './preview.ts'

/** An entry that is ready to be posted: what it is called, what it is worth, and how many lines it has. */
export type Planned = { reference: string; lines: readonly { amountMinor: bigint }[] }

/** What became of an entry: it is in the books, or it waits for a second person as a request. */
export type Outcome = { entryId: bigint; existing: boolean } | { waits: bigint }

type InBooks = Exclude<Outcome, { waits: bigint }>
const inBooks = (outcomes: readonly Outcome[]): InBooks[] =>
  outcomes.flatMap((outcome) => ('waits' in outcome ? [] : [outcome]))

/** What files of a format hold, read and checked to the last line, and how it is posted. */
export type JournalInput<Entry extends Planned> = {
  files: (InputFile & { lines: number })[]
  /** Checks all entries, makes what they name, such as accounts, and returns them as they will be posted, to be gone through once. */
  plan(tx: Tx, accounts?: readonly AccountChoice[]): Promise<{ count: number; entries: Iterable<Entry> }>
  post(tx: Tx, entries: readonly Entry[]): Promise<Outcome[]>
  /** What is kept of an entry that the books refuse, so that it can be tried again without its files. */
  kept?(entry: Entry): KeptEntry
  /** What is left to do once all entries are in. */
  finish?(tx: Tx): Promise<void>
  /** Removes what reading left on the disk. */
  close?(): void
}

export type JournalFormat<Entry extends Planned> = {
  name: string
  /** What an entry is called in the result. */
  kind: string
  /** All of it or nothing: what the books refuse ends the import, where otherwise it is set aside. */
  wholly?: boolean
  read(paths: readonly string[], log: (line: string) => void): Promise<JournalInput<Entry>>
}

const usualBatchLines = 4_000
const previewEntries = 5

/**
 * Imports entries of a format: reads and checks all files before the first write, then posts the entries in batches and seals them. Entries
 * that are there already are left alone, so that a run that was cut off is taken up by running it again; those that the books refuse are set
 * aside with an exception. Throws `BadInput`, `import_running`, and what `plan` refuses.
 */
export async function runJournals<Entry extends Planned>(
  database: Database,
  companyId: bigint,
  format: JournalFormat<Entry>,
  options: ImportOptions,
): Promise<ImportResult> {
  const { files, dryRun = false, onProgress = () => {}, log = () => {} } = options
  const progress = beginning()
  onProgress(progress)
  const input = await format.read(files, log)
  progress.files = input.files.length
  progress.lines = input.files.reduce((sum, file) => sum + file.lines, 0)
  onProgress(progress)
  try {
    return await importSession(database, companyId, dryRun, (session) =>
      new Run(session, format, input, { options, progress, report: () => onProgress(progress) }).perform(),
    )
  } finally {
    input.close?.()
  }
}

type Running = { options: ImportOptions; progress: ImportProgress; report: () => void }

class Run<Entry extends Planned> {
  private readonly session: ImportSession
  private readonly format: JournalFormat<Entry>
  private readonly input: JournalInput<Entry>
  private readonly running: Running
  private readonly result: ImportResult
  private readonly decisions = new Decisions()
  private currency = ''
  private runId = 0n
  private fileIds: bigint[] = []

  constructor(session: ImportSession, format: JournalFormat<Entry>, input: JournalInput<Entry>, running: Running) {
    this.session = session
    this.format = format
    this.input = input
    this.running = running
    this.result = emptyResult(format.name, session.dryRun)
    this.result.lines = running.progress.lines
  }

  async perform(): Promise<ImportResult> {
    const { progress, report, options } = this.running
    const { batchLines = usualBatchLines, signal, requestId = null, accounts = [] } = options
    const { count, entries } = await this.session.batch(async (tx) => {
      this.currency = (await companyFacts(tx)).baseCurrency
      const planned = await this.input.plan(tx, accounts)
      this.runId = await beginImportRun(tx, this.format.name, {
        lines: progress.lines,
        documents: planned.count,
        requestId: this.session.dryRun ? null : requestId,
      })
      this.fileIds = await saveImportFiles(tx, this.input.files)
      return planned
    })
    this.session.worksFor(this.runId)
    try {
      progress.phase = 'posting'
      progress.documents = count
      report()
      let batches = 0
      for (const batch of batchesOf(entries, batchLines)) {
        signal?.throwIfAborted()
        await this.post(batch)
        batches += 1
        // Plans made for a company of which nothing is known are ruinous once it has much.
        if (teaches(batches)) await this.session.asOwner(freshenStatistics)
      }
      await this.session.batch(async (tx) => {
        await this.input.finish?.(tx)
        await finishImportRun(tx, this.runId, this.format.name)
      })
      progress.phase = 'sealing'
      report()
      if (this.session.dryRun) return await this.whatWouldBe() // there is nothing to seal in what is taken back
      await this.session.asOwner(foldBalances)
      await this.session.asOwner(sealEntries)
      await this.session.asOwner(freshenStatistics)
      return this.result
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      await this.session.batch((tx) => failImportRun(tx, this.runId, message)).catch(() => {})
      throw error
    }
  }

  private async whatWouldBe(): Promise<ImportResult> {
    const { onChecked } = this.running.options
    const changes = await this.session.batch((tx) => runChanges(tx, this.runId))
    onChecked?.(changes, this.decisions.summary())
    return this.result
  }

  private async post(batch: readonly Entry[]): Promise<void> {
    try {
      const outcomes = await this.session.batch(async (tx) => {
        const posted = await this.input.post(tx, batch)
        await closeRefused(
          tx,
          batch.map(({ reference }) => ({ source: this.format.name, number: reference })),
        )
        const created = inBooks(posted).filter(({ existing }) => !existing).length
        const byKind = created > 0 ? { [this.format.kind]: created } : {}
        await advanceImportRun(tx, this.runId, { documents: batch.length, created, entries: created, byKind })
        if (this.session.dryRun && this.result.preview.length === 0)
          this.result.preview = await previewOf(
            tx,
            inBooks(posted)
              .filter(({ existing }) => !existing)
              .slice(0, previewEntries),
          )
        return posted
      })
      this.running.progress.linesDone += batch.reduce((sum, { lines }) => sum + lines.length, 0)
      this.tally(inBooks(outcomes))
      for (const [index, outcome] of outcomes.entries())
        if ('waits' in outcome) await this.sayWaiting(batch[index] as Entry, outcome.waits)
    } catch (error) {
      if (!(error instanceof Refusal) || this.format.wholly === true) throw error
      await this.bisect(batch, error)
    }
  }

  private tally(outcomes: readonly InBooks[]): void {
    const { documents, byKind } = this.result
    const created = outcomes.filter(({ existing }) => !existing).length
    documents.created += created
    documents.existing += outcomes.length - created
    if (created > 0) byKind[this.format.kind] = (byKind[this.format.kind] ?? 0) + created
    this.result.entries += created
    this.running.progress.entries = this.result.entries
    this.running.progress.documentsDone += outcomes.length
    this.running.report()
  }

  /** Finds the entries that the books refuse by halving the batch, and sets them aside. */
  private async bisect(batch: readonly Entry[], refusal: Refusal): Promise<void> {
    const [only, another] = batch
    if (only !== undefined && another === undefined) return await this.setAside(only, refusal)
    const middle = Math.ceil(batch.length / 2)
    await this.post(batch.slice(0, middle))
    await this.post(batch.slice(middle))
  }

  private async setAside(entry: Entry, refusal: Refusal): Promise<void> {
    const changed = refusal.code === 'fact_posted_differently'
    const kept = this.input.kept?.(entry)
    const named = this.nameOf(entry, kept)
    const message = changed
      ? `${named} is in the books with other content: nothing was changed`
      : `${named} was set aside: ${refusal.message}`
    const exception = this.exceptionOf(entry, changed ? 'document_changed' : 'document_refused', message)
    const opened = await this.session.batch(async (tx) => {
      await advanceImportRun(tx, this.runId, { documents: 1 })
      const raised = await raiseExceptions(tx, [exception])
      const { files } = this.input
      if (!changed && kept !== undefined)
        await keepEntry(tx, kept, { format: this.format.name, currency: this.currency, files, fileIds: this.fileIds })
      return raised
    })
    if (changed) this.decisions.note([exception])
    else this.decisions.noteRefused(exception, refusal)
    this.running.progress.linesDone += entry.lines.length
    this.tallySetAside(opened)
  }

  /** What an entry is called, and where it stands. */
  private nameOf({ reference }: Entry, kept: KeptEntry | undefined): string {
    if (kept === undefined) return reference
    const file = this.input.files.find(({ path }) => path === kept.file)?.name ?? ''
    return `${reference} (${file}:${kept.lines[0] ?? 1})`
  }

  private async sayWaiting(entry: Entry, request: bigint): Promise<void> {
    const message = `${entry.reference} waits for a second person: request ${request}`
    const exception = this.exceptionOf(entry, 'document_refused', message)
    this.decisions.note([exception])
    this.tallySetAside(await this.session.batch((tx) => raiseExceptions(tx, [exception])))
  }

  private exceptionOf({ reference, lines }: Entry, kind: NewException['kind'], message: string): NewException {
    return {
      kind,
      source: this.format.name,
      subject: reference,
      message,
      amountMinor: lines.reduce((sum, { amountMinor }) => (amountMinor > 0n ? sum + amountMinor : sum), 0n),
      currency: this.currency,
    }
  }

  private tallySetAside(opened: readonly NewException[]): void {
    const { documents, exceptions } = this.result
    documents.refused += 1
    for (const { kind, source, message, amountMinor, currency } of opened) {
      exceptions.opened += 1
      exceptions.byKind[kind] = (exceptions.byKind[kind] ?? 0) + 1
      exceptions.rows.push({ kind, source, message, amount: moneyJson(amountMinor, currency) })
    }
    this.running.progress.documentsDone += 1
    this.running.report()
  }
}

function* batchesOf<Entry extends Planned>(entries: Iterable<Entry>, batchLines: number): Generator<Entry[]> {
  let batch: Entry[] = []
  let lines = 0
  let place = 0
  for (const entry of entries) {
    batch.push(entry)
    lines += entry.lines.length
    if (lines < linesOfBatch(place, batchLines)) continue
    place += 1
    yield batch
    batch = []
    lines = 0
  }
  if (batch.length > 0) yield batch
}
