import { basename } from 'node:path'
import {
  AccountsUnknown,
  BadInput,
  type DecisionSummary,
  ImportStopped,
  importFiles,
  importRuns,
} from '../imports/index.ts'
import { actingAs, type Database, inCompany, readCompany } from '../kernel/database.ts'
import { Refusal, refusals } from '../kernel/refusal.ts'
import { trySessionLock } from '../kernel/session-lock.ts'
import {
  type CheckedChange,
  failCheck,
  finishCheck,
  finishImportRequest,
  type ImportRequest,
  importRequest,
  isUnderWay,
  touchImportRequest,
  type UnfinishedImport,
  type Uploads,
  unfinishedImports,
} from '../modules/intake/index.ts'
import { eachCompany } from './each-company.ts'
import { ProgressWriter } from './import-progress.ts'
import { resultOfAllRuns, withFewRows } from './import-results.ts'

/** Runs imports that were asked for, beside the requests of the server. */
export type ImportRunner = {
  /** Begins, or goes on with, a check or an import and returns at once; its request tells how far it is. */
  start(companyId: bigint, request: Pick<ImportRequest, 'id'>): void
  /** Takes up what an earlier server left unfinished. */
  resume(): Promise<void>
  /** What is under way stops with its next batch, and is taken up by the next server. */
  stop(): void
}

type RunnerOptions = {
  uploads: Uploads
  log: (line: string) => void
  progressEveryMs?: number
  batchLines?: number | undefined
}

export function importRunner(
  shared: Database,
  { uploads, log, progressEveryMs = 500, batchLines }: RunnerOptions,
): ImportRunner {
  const stopping = new AbortController()

  /** The import, if there is anything to do for it. */
  const isToGoOn = async (companyId: bigint, requestId: bigint): Promise<ImportRequest | undefined> => {
    const request = await readCompany(shared, companyId, (tx) => importRequest(tx, requestId))
    return isUnderWay(request.state) && !stopping.signal.aborted ? request : undefined
  }

  /**
   * Several servers may have been told of the same request, or find it unfinished: the one that has the claim runs it, and keeps it as long as its
   * connection lasts, so that the claim of a server that is killed ends with it. Whoever is told of it meanwhile leaves it to that one, which therefore
   * looks once more after it has let go: what was checked anew or gone on with at that moment goes on here.
   */
  const run = async (companyId: bigint, requestId: bigint): Promise<void> => {
    do {
      const claim = await trySessionLock(shared.app, `countinghouse.import-request.${companyId}`, requestId)
      if (claim === undefined) return
      try {
        for (let next = await isToGoOn(companyId, requestId); next; next = await isToGoOn(companyId, requestId))
          await perform(
            { shared, uploads, log, progressEveryMs, batchLines, stopping: stopping.signal },
            companyId,
            next,
          )
      } finally {
        await claim.release()
      }
    } while (await isToGoOn(companyId, requestId))
    if (!stopping.signal.aborted) await inCompany(shared, companyId, (tx) => touchImportRequest(tx, requestId))
  }

  const begin = (companyId: bigint, requestId: bigint): Promise<void> =>
    run(companyId, requestId).catch((error: Error) => {
      if (!stopping.signal.aborted) log(`Import ${requestId} could not be recorded: ${error.message}`)
    })

  /** The files of a request may lie with another server, on another machine; one that nobody takes up for an hour fails here. */
  const isOurs = async (companyId: bigint, { files, aliveAt }: UnfinishedImport): Promise<boolean> =>
    Date.now() - Date.parse(aliveAt) > PATIENCE_MS ||
    (await uploads.require(companyId, files).then(
      () => true,
      () => false,
    ))

  return {
    start: (companyId, { id }) => void begin(companyId, id),
    resume: async () => {
      await eachCompany(shared, { log, what: 'Taking up the imports' }, async ({ id: companyId }) => {
        const unfinished = await readCompany(shared, companyId, unfinishedImports)
        // One that another server is running just now is that server's.
        if (unfinished.length === 0 || (await importRuns(shared, companyId))) return
        for (const request of unfinished) {
          if (await isOurs(companyId, request)) await begin(companyId, request.id)
        }
      })
    },
    stop: () => {
      stopping.abort(new ImportStopped('The server ends'))
    },
  }
}

type Running = RunnerOptions & { shared: Database; progressEveryMs: number; stopping: AbortSignal }

/** Checks or runs an import that this program has the claim of, and keeps what came of it. */
async function perform(running: Running, companyId: bigint, request: ImportRequest): Promise<void> {
  const { shared, uploads, log, progressEveryMs, batchLines, stopping } = running
  const database = actingAs(shared, request.requestedBy)
  const { id, accounts, posted } = request
  const isCheck = request.state === 'checking'
  const paused = new AbortController()
  const progress = new ProgressWriter(database, {
    companyId,
    requestId: id,
    entriesBefore: isCheck ? 0 : posted.entries,
    everyMs: progressEveryMs,
    onStop: (state) => paused.abort(new ImportStopped(`It was stopped: ${state}`)),
  })
  let changes: CheckedChange[] = []
  let decisions: DecisionSummary = { rows: [], beyond: {} }
  try {
    const { paths, release } = await uploads.gather(companyId, request.files)
    const found = await importFiles(database, companyId, request.format, {
      files: paths,
      dryRun: isCheck || request.dryRun,
      requestId: id,
      accounts,
      signal: AbortSignal.any([paused.signal, stopping]),
      onChecked: (all, found) => {
        changes = all
        decisions = found
      },
      onProgress: (now) => progress.note(now),
      log,
      ...(batchLines === undefined ? {} : { batchLines }),
    }).finally(release)
    const result = withFewRows(found)
    await progress.settle()
    await inCompany(database, companyId, async (tx) => {
      if (isCheck) await finishCheck(tx, id, { result: { ...result, decisions }, changes })
      else if (request.dryRun) await finishImportRequest(tx, id, { result, changes })
      else await finishImportRequest(tx, id, { result: await resultOfAllRuns(tx, id, result) })
    })
  } catch (error) {
    await progress.settle()
    // Paused or cancelled, it is as whoever wanted that left it; at the end of the server it is taken up by the next one.
    if (error instanceof ImportStopped || stopping.aborted) return
    const failure = failureOf(error, log)
    await inCompany(database, companyId, (tx) =>
      isCheck ? failCheck(tx, id, failure) : finishImportRequest(tx, id, failure),
    )
  }
}

const PATIENCE_MS = 3_600_000

/** What went wrong, in words and in parts. */
function failureOf(error: unknown, log: (line: string) => void): { message: string; problem: object } {
  if (error instanceof AccountsUnknown) {
    const names = error.decisions.map(({ subject }) => subject)
    const message = `The chart has no such accounts: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`
    return { message, problem: { code: 'accounts_unknown', detail: message, decisions: error.decisions } }
  }
  if (error instanceof BadInput) {
    const { line, column, found, expected } = error
    const file = basename(error.file)
    return {
      message: `${file}:${line}:${column}: ${found}; ${expected}`,
      problem: { code: 'file_unreadable', file, line, column, found, expected },
    }
  }
  if (error instanceof Refusal) {
    const { title, remedy } = refusals[error.code]
    return {
      message: `${error.message}. ${remedy}`,
      problem: { code: error.code, title, detail: error.message, remedy },
    }
  }
  log(`An import failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const message = `It was cut off: ${error instanceof Error ? error.message : String(error)}. What was done is kept; run it again to go on.`
  return { message, problem: { code: 'cut_off', detail: message } }
}
