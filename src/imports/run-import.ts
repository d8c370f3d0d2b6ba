import type { Database, Tx } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { freshenStatistics } from '../kernel/statistics.ts'
import { companyFacts } from '../modules/company/index.ts'
import { closeRefused, type NewException, raiseExceptions, withAmountsNow } from '../modules/inbox/index.ts'
import {
  type AccountChoice,
  advanceImportRun,
  beginImportRun,
  type CheckedChange,
  failImportRun,
  finishImportRun,
  runChanges,
  saveImportFiles,
} from '../modules/intake/index.ts'
import { foldBalances, sealEntries } from '../modules/journal/index.ts'
import {
  grossOf,
  type ImportedOrderOutcome,
  importOrders,
  linkCreditLines,
  prepareDocuments,
} from '../modules/sales/index.ts'
import { linesOfBatch, teaches } from './batch-size.ts'
import { type DecisionSummary, Decisions } from './decisions.ts'
import type { RowGroup } from './document-spill.ts'
import { exceptionsOf } from './exceptions-of.ts'
import type { ImportFormat, PlannedDocument, PlannedOrder, Planner, ReadInput } from './import-format.ts'
import { beginning, emptyResult, type ImportProgress, type ImportResult } from './import-result.ts'
import { type ImportSession, importSession } from './import-session.ts'
import { previewEntries } from './preview-entries.ts'
import { keepRows } from './rerun-refused.ts'
import { type Step, stepOf } from './run-step.ts'

export type ImportOptions = {
  files: readonly string[]
  dryRun?: boolean
  /** How many lines a transaction takes, or a few more, since a document is never split. */
  batchLines?: number
  onProgress?: (progress: ImportProgress) => void
  log?: (line: string) => void
  /** The request that the run is of, if it was asked for. */
  requestId?: bigint
  /** Ends the import before its next batch; its reason is thrown. */
  signal?: AbortSignal
  /** Of a dry run, before it is taken back: what it would have posted, and what a person would have to decide. */
  onChecked?: (changes: CheckedChange[], decisions: DecisionSummary) => void
  /** Which accounts of the chart the accounts of the files are; for journals. */
  accounts?: readonly AccountChoice[]
}

// Three batches are in memory at a time, one planned and two under way: larger ones take more of it and no less time.
const usualBatchLines = 4_000
const batchesAtOnce = 2
const previewDocuments = 5

/**
 * Imports files of a format: reads and checks all of them before the first write, then issues the documents in batches, links the credit notes
 * and seals the entries. A run that was cut off is taken up by running it again, and a document that is there already is left alone.
 * Throws `BadInput`, `import_running`.
 */
export async function runImport<Row, Input extends ReadInput<Row>>(
  database: Database,
  companyId: bigint,
  format: ImportFormat<Row, Input>,
  options: ImportOptions,
): Promise<ImportResult> {
  const { files, dryRun = false, onProgress = () => {}, log = () => {}, signal } = options
  const progress = beginning()
  const report = (): void => {
    signal?.throwIfAborted()
    onProgress(progress)
  }
  const input = await format.read(files, {
    log,
    onLines: (lines) => {
      progress.lines = lines
      report()
    },
    onFile: (read) => {
      progress.files = read
      report()
    },
  })
  try {
    progress.documents = input.spill.documents
    progress.lines = input.files.reduce((lines, file) => lines + file.lines, 0)
    return await importSession(database, companyId, dryRun, (session) =>
      new Run(session, { format, input, progress, options }).perform(),
    )
  } finally {
    input.spill.remove()
  }
}

/** An order with the rows that it was planned from, in case the books refuse it. */
type Read<Row> = PlannedOrder & { group: RowGroup<Row> }

type Running<Row, Input extends ReadInput<Row>> = {
  format: ImportFormat<Row, Input>
  input: Input
  progress: ImportProgress
  options: ImportOptions
}

class Run<Row, Input extends ReadInput<Row>> {
  private readonly session: ImportSession
  private readonly format: ImportFormat<Row, Input>
  private readonly input: Input
  private readonly options: ImportOptions
  private readonly progress: ImportProgress
  private readonly result: ImportResult
  private readonly decisions = new Decisions()
  private readonly opened: NewException[] = []
  private batches = 0
  private runId = 0n
  private fileIds: readonly bigint[] = []
  private currency = ''

  constructor(session: ImportSession, { format, input, progress, options }: Running<Row, Input>) {
    this.session = session
    this.format = format
    this.input = input
    this.options = options
    this.progress = progress
    this.result = emptyResult(format.name, session.dryRun)
    this.result.lines = progress.lines
  }

  private report(): void {
    this.options.onProgress?.(this.progress)
  }

  async perform(): Promise<ImportResult> {
    const { files, spill } = this.input
    const { requestId = null } = this.session.dryRun ? {} : this.options
    const size = { lines: this.result.lines, documents: spill.documents, requestId }
    const plan = await this.session.batch(async (tx) => {
      this.currency = (await companyFacts(tx)).baseCurrency
      this.runId = await beginImportRun(tx, this.format.name, size)
      this.fileIds = await saveImportFiles(tx, files)
      return await this.format.planner(tx, { fileIds: this.fileIds, importRunId: this.runId }, this.input)
    })
    this.session.worksFor(this.runId)
    try {
      await this.issueAll(plan)
      await this.linkAndFinish()
      return this.result
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      await this.session.batch((tx) => failImportRun(tx, this.runId, message)).catch(() => {})
      throw error
    }
  }

  /**
   * Plans the next batch while the database works on those before. Two batches are under way at once, on connections of their own; what they
   * share, items and parties, has been saved before, so that neither waits for the other.
   */
  private async issueAll(plan: Planner<Row>): Promise<void> {
    this.progress.phase = 'posting'
    const atOnce = this.session.dryRun || this.format.inOrder ? 1 : batchesAtOnce
    const working = new Set<Promise<void>>()
    const { signal, batchLines = usualBatchLines } = this.options
    const start = async (batch: Read<Row>[]): Promise<void> => {
      signal?.throwIfAborted()
      await this.session.batch((tx) =>
        prepareDocuments(
          tx,
          batch.flatMap(({ documents }) => documents.map(({ request }) => request)),
        ),
      )
      const work = this.issue(batch).finally(() => working.delete(work))
      working.add(work)
      work.catch(() => {}) // awaited below
      if (working.size >= (this.batches === 0 ? 1 : atOnce)) await Promise.race(working)
    }
    try {
      let batch: Read<Row>[] = []
      let lines = 0
      let started = 0
      for (const group of this.input.spill.read()) {
        const planned = await this.planned(plan, group)
        if (planned === undefined) continue
        batch.push({ ...planned, group })
        lines += group.rows.length
        if (lines < linesOfBatch(started, batchLines)) continue
        started += 1
        await start(batch)
        batch = []
        lines = 0
      }
      if (batch.length > 0) await start(batch)
      await Promise.all(working)
    } finally {
      await Promise.allSettled(working) // whatever went wrong, nothing is written once this import has ended
    }
  }

  /** The document that rows are, or undefined for one that no rule of the company covers: it has been set aside. */
  private async planned(plan: Planner<Row>, group: RowGroup<Row>): Promise<PlannedOrder | undefined> {
    try {
      return plan(group)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await this.setAside({ number: group.key, amountMinor: 0n, currency: this.currency, group }, error)
      return undefined
    }
  }

  private async issue(batch: readonly Read<Row>[]): Promise<void> {
    try {
      const { step, opened, raised } = await this.session.batch((tx) => this.save(tx, batch))
      this.tally(step, opened)
      for (const { exceptions, order } of raised) this.decisions.note(exceptions, aboutOf(order))
      this.progress.linesDone += batch.reduce((lines, { group }) => lines + group.rows.length, 0)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await this.bisect(batch, error)
      return
    }
    this.batches += 1
    await this.learn(this.batches === 4 || this.batches === 20)
    this.report()
  }

  /** Plans made on empty tables, or for a company of which nothing is known, are ruinous once these are full. */
  private async learn(wholly: boolean): Promise<void> {
    if (wholly) await this.session.asOwner((tx) => tx.query(analyze))
    else if (teaches(this.batches)) await this.session.asOwner(freshenStatistics)
  }

  private async save(
    tx: Tx,
    batch: readonly Read<Row>[],
  ): Promise<{ step: Step; opened: NewException[]; raised: { order: PlannedOrder; exceptions: NewException[] }[] }> {
    const outcomes = await importOrders(
      tx,
      batch.map(({ documents, payments = [] }) => ({
        documents: documents.map(({ request }) => request),
        payments: payments.map(({ payment }) => payment),
      })),
    )
    // What could not be planned went by the key of its rows, which its documents need not be called by.
    const source = this.format.name
    await closeRefused(
      tx,
      batch.map(({ group }) => ({ source, number: group.key })),
    )
    const raised = batch.map((order, index) => ({
      order,
      exceptions: exceptionsOf(order, outcomes[index] as ImportedOrderOutcome),
    }))
    const opened = await raiseExceptions(
      tx,
      raised.flatMap(({ exceptions }) => exceptions),
    )
    const step = stepOf(batch, outcomes)
    await advanceImportRun(tx, this.runId, step)
    if (this.session.dryRun && this.result.preview.length === 0) {
      const issued = outcomes.flatMap(({ documents }) => documents.filter((document) => document !== 'skipped'))
      const ids = issued.flatMap(({ result, documentId }) => (result === 'created' ? [documentId] : []))
      this.result.preview = await previewEntries(tx, ids.slice(0, previewDocuments))
    }
    return { step, opened, raised }
  }

  /** Finds the orders that the books refuse by halving the batch, and sets them aside. */
  private async bisect(batch: readonly Read<Row>[], refusal: Refusal): Promise<void> {
    if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2)
      await this.issue(batch.slice(0, middle))
      await this.issue(batch.slice(middle))
      return
    }
    const { documents, group } = batch[0] as Read<Row>
    const { request } = documents[0] as PlannedDocument
    const { number, currency } = request
    await this.setAside({ number, amountMinor: grossOf(request), currency, group }, refusal)
  }

  private async setAside(document: RefusedDocument & { group: RowGroup<Row> }, refusal: Refusal): Promise<void> {
    const exception = refusedDocument(document, refusal, this.format.name)
    const opened = await this.session.batch(async (tx) => {
      await advanceImportRun(tx, this.runId, { documents: 1 })
      const raised = await raiseExceptions(tx, [exception])
      const run = { fileIds: this.fileIds, importRunId: this.runId }
      await keepRows(tx, this.format, {
        number: document.number,
        group: document.group,
        run,
        input: this.input,
      })
      return raised
    })
    this.decisions.noteRefused(exception, refusal)
    this.result.documents.refused += 1
    this.progress.documentsDone += 1
    this.progress.linesDone += document.group.rows.length
    this.opened.push(...opened)
    this.report()
  }

  private tally(
    { documents, created, existing, refused, payments, paymentsThere, entries, byKind }: Step,
    opened: readonly NewException[],
  ): void {
    const { result } = this
    result.entries += entries
    result.documents.created += created
    result.documents.existing += existing
    result.documents.refused += refused
    result.payments.created += payments
    result.payments.existing += paymentsThere
    for (const [kind, number] of Object.entries(byKind)) result.byKind[kind] = (result.byKind[kind] ?? 0) + number
    this.opened.push(...opened)
    this.progress.documentsDone += documents
    this.progress.entries = result.entries
  }

  private async linkAndFinish(): Promise<void> {
    this.progress.phase = 'linking'
    this.report()
    if (this.batches >= 4) await this.session.asOwner((tx) => tx.query(analyze))
    else await this.session.asOwner(freshenStatistics)
    await this.session.batch(async (tx) => {
      this.result.links = await linkCreditLines(tx, this.format.name)
      await finishImportRun(tx, this.runId, this.format.name)
      this.result.exceptions = summary(await withAmountsNow(tx, this.opened))
    })
    this.progress.phase = 'sealing'
    this.report()
    if (this.session.dryRun) return await this.tellWhatWouldBe() // there is nothing to seal in what is taken back
    await this.session.asOwner(foldBalances)
    await this.session.asOwner(sealEntries)
    await this.session.asOwner(freshenStatistics) // also of what was counted, folded and sealed
  }

  private async tellWhatWouldBe(): Promise<void> {
    const { onChecked } = this.options
    if (onChecked === undefined) return
    onChecked(await this.session.batch((tx) => runChanges(tx, this.runId)), this.decisions.summary())
  }
}

/** What an exception of an order is about: of an unclear destination its words, which many documents share. */
const aboutOf =
  ({ documents }: PlannedOrder) =>
  ({ kind, subject }: NewException): string =>
    kind === 'unclear_destination'
      ? (documents.find(({ request }) => request.number === subject)?.request.destination ?? subject)
      : subject

const analyze = `analyze (skip_locked) company, account, party, item, mapping_rule, sales_document, sales_document_line, sales_document_tax,
  journal_entry, journal_line, open_item, payment`

function summary(opened: readonly NewException[]): ImportResult['exceptions'] {
  const byKind: Record<string, number> = {}
  for (const { kind } of opened) byKind[kind] = (byKind[kind] ?? 0) + 1
  const rows = opened.map(({ kind, source, message, amountMinor, currency }) => ({
    kind,
    source,
    message,
    amount: moneyJson(amountMinor, currency),
  }))
  return { opened: opened.length, byKind, rows }
}

type RefusedDocument = { number: string; amountMinor: bigint; currency: string }

const refusedDocument = (
  { number, amountMinor, currency }: RefusedDocument,
  refusal: Refusal,
  source: string,
): NewException => ({
  kind: 'document_refused',
  source,
  subject: number,
  message: `${number} was set aside: ${refusal.message}`,
  amountMinor,
  currency,
})
