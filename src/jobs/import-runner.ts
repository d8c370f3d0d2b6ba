import { basename } from 'node:path'
import { BadInput, importFiles, importRuns } from '../imports/index.ts'
import { actingAs, type Database, inCompany, readCompany } from '../kernel/database.ts'
import { Refusal, refusals } from '../kernel/refusal.ts'
import {
  finishImportRequest,
  type ImportRequest,
  importRequest,
  listImportRequests,
  type RequestProgress,
  saveImportProgress,
  type Uploads,
} from '../modules/intake/index.ts'
import { eachCompany } from './each-company.ts'

/** Runs imports that were asked for, beside the requests of the server. */
export type ImportRunner = {
  /** Begins an import and returns at once; its request tells how far it is. */
  start(companyId: bigint, request: ImportRequest): void
  /** Takes up what an earlier server left unfinished. */
  resume(): Promise<void>
  /** What is under way stops with its next batch, and is taken up by the next server. */
  stop(): void
}

type RunnerOptions = { uploads: Uploads; log: (line: string) => void; progressEveryMs?: number }

export function importRunner(shared: Database, { uploads, log, progressEveryMs = 500 }: RunnerOptions): ImportRunner {
  let stopping = false

  /** Several servers may have been told of the same request, or find it unfinished: one of them runs it. */
  const run = async (companyId: bigint, request: ImportRequest): Promise<void> => {
    const claim = await claimRequest(shared, companyId, request.id)
    if (claim === undefined) return
    try {
      await perform(companyId, request)
    } finally {
      await claim.release()
    }
  }

  const perform = async (companyId: bigint, request: ImportRequest): Promise<void> => {
    const database = actingAs(shared, request.requestedBy)
    const progress = new ProgressWriter(database, companyId, request.id, progressEveryMs)
    try {
      const { paths, release } = await uploads.gather(companyId, request.files)
      const result = await importFiles(database, companyId, request.format, {
        files: paths,
        dryRun: request.dryRun,
        onProgress: (now) => progress.note(now),
        log,
      }).finally(release)
      await progress.settle()
      await inCompany(database, companyId, (tx) => finishImportRequest(tx, request.id, { result }))
    } catch (error) {
      await progress.settle()
      if (stopping) return // taken up by the next server
      const message = wordsFor(error, log)
      await inCompany(database, companyId, (tx) => finishImportRequest(tx, request.id, { message }))
    }
  }

  const begin = (companyId: bigint, request: ImportRequest): Promise<void> =>
    run(companyId, request).catch((error: Error) => {
      if (!stopping) log(`Import ${request.id} could not be recorded: ${error.message}`)
    })

  /** The files of a request may lie with another server, on another machine; one that nobody takes up for an hour fails here. */
  const isOurs = async (companyId: bigint, { files, requestedAt }: ImportRequest): Promise<boolean> =>
    Date.now() - Date.parse(requestedAt) > PATIENCE_MS ||
    (await uploads.require(companyId, files).then(
      () => true,
      () => false,
    ))

  return {
    start: (companyId, request) => void begin(companyId, request),
    resume: async () => {
      await eachCompany(shared, { log, what: 'Taking up the imports' }, async ({ id: companyId }) => {
        const requests = await readCompany(shared, companyId, listImportRequests)
        const unfinished = requests.filter(({ state }) => state === 'running')
        // One that another server is running just now is that server's.
        if (unfinished.length === 0 || (await importRuns(shared, companyId))) return
        for (const request of unfinished.reverse()) {
          if (await isOurs(companyId, request)) await begin(companyId, request)
        }
      })
    },
    stop: () => {
      stopping = true
    },
  }
}

const PATIENCE_MS = 3_600_000

/**
 * Makes this program the one that runs a request, as long as its connection lasts: the claim of a server that is killed ends with it. Undefined
 * where another has it, or has done it meanwhile.
 */
async function claimRequest(
  database: Database,
  companyId: bigint,
  requestId: bigint,
): Promise<{ release(): Promise<void> } | undefined> {
  const client = await database.app.connect()
  const name = [`countinghouse.import-request.${companyId}`, requestId]
  const { rows } = await client.query<{ claimed: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, $2)) as claimed',
    name,
  )
  const release = async (): Promise<void> => {
    await client.query('select pg_advisory_unlock(hashtextextended($1, $2))', name).catch(() => {})
    client.release()
  }
  if (rows[0]?.claimed !== true) {
    client.release()
    return undefined
  }
  const { state } = await readCompany(database, companyId, (tx) => importRequest(tx, requestId))
  if (state === 'running') return { release }
  await release()
  return undefined
}

function wordsFor(error: unknown, log: (line: string) => void): string {
  if (error instanceof BadInput) {
    return `${basename(error.file)}:${error.line}:${error.column}: ${error.found}; ${error.expected}`
  }
  if (error instanceof Refusal) return `${error.message}. ${refusals[error.code].remedy}`
  log(`An import failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return `It was cut off: ${error instanceof Error ? error.message : String(error)}. What was done is kept; run it again to go on.`
}

/** Writes progress down at most once in a while, one write at a time, the latest wins. */
class ProgressWriter {
  private readonly database: Database
  private readonly companyId: bigint
  private readonly requestId: bigint
  private readonly everyMs: number
  private lastWrite = 0
  private writing: Promise<void> | undefined

  constructor(database: Database, companyId: bigint, requestId: bigint, everyMs: number) {
    this.database = database
    this.companyId = companyId
    this.requestId = requestId
    this.everyMs = everyMs
  }

  note(progress: RequestProgress): void {
    if (this.writing !== undefined || performance.now() - this.lastWrite < this.everyMs) return
    const now = { ...progress }
    this.lastWrite = performance.now()
    this.writing = inCompany(this.database, this.companyId, (tx) => saveImportProgress(tx, this.requestId, now))
      .catch(() => {}) // the import itself will meet what is wrong with the database
      .finally(() => {
        this.writing = undefined
      })
  }

  async settle(): Promise<void> {
    await this.writing
  }
}
