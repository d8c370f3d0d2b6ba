import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'

/** A file as it was uploaded: its content is known by its hash, its name is what the person called it. */
export type UploadedFile = { name: string; sha256: string }

/** How far an import has come; before its first write it is 'reading'. */
export type RequestProgress = {
  phase: string
  lines: number
  documents: number
  documentsDone: number
  entries: number
}

/** An import that was asked for. `result` is the import's own JSON, once it is done. */
export type ImportRequest = RequestProgress & {
  id: bigint
  format: string
  dryRun: boolean
  files: UploadedFile[]
  state: 'running' | 'done' | 'failed'
  result: unknown
  message: string
  requestedBy: string
  requestedAt: string
  finishedAt: string | null
}

const columns = `id, format, dry_run as "dryRun", files, state, phase, lines::int, documents::int, documents_done::int as "documentsDone",
  entries::int, result, message, requested_by as "requestedBy", ${utcMoment('requested_at')} as "requestedAt",
  ${utcMoment('finished_at')} as "finishedAt"`

/** Keeps a request, which is running from now on. */
export async function saveImportRequest(
  tx: Tx,
  request: { format: string; dryRun: boolean; files: readonly UploadedFile[] },
): Promise<ImportRequest> {
  return only(
    await tx.query<ImportRequest>(
      `insert into import_request (company_id, format, dry_run, files) values ($1, $2, $3, $4) returning ${columns}`,
      [tx.companyId, request.format, request.dryRun, JSON.stringify(request.files)],
    ),
  )
}

/** Refuses `import_unknown`. */
export async function importRequest(tx: Tx, id: bigint): Promise<ImportRequest> {
  const [request] = await tx.query<ImportRequest>(
    `select ${columns} from import_request where company_id = $1 and id = $2`,
    [tx.companyId, id],
  )
  if (request === undefined) throw new Refusal('import_unknown', { import: id })
  return request
}

/** The latest hundred, the newest first. */
export const listImportRequests = (tx: Tx): Promise<ImportRequest[]> =>
  tx.query<ImportRequest>(`select ${columns} from import_request where company_id = $1 order by id desc limit 100`, [
    tx.companyId,
  ])

export async function saveImportProgress(tx: Tx, id: bigint, progress: RequestProgress): Promise<void> {
  await tx.query(
    `update import_request set phase = $3, lines = $4, documents = $5, documents_done = $6, entries = $7
       where company_id = $1 and id = $2 and state = 'running'`,
    [tx.companyId, id, progress.phase, progress.lines, progress.documents, progress.documentsDone, progress.entries],
  )
}

/** Ends a request: with its result, or with what went wrong. */
export async function finishImportRequest(
  tx: Tx,
  id: bigint,
  outcome: { result: unknown } | { message: string },
): Promise<void> {
  const done = 'result' in outcome
  await tx.query(
    `update import_request set state = $3, result = $4, message = $5, finished_at = now() where company_id = $1 and id = $2`,
    [
      tx.companyId,
      id,
      done ? 'done' : 'failed',
      done ? JSON.stringify(outcome.result) : null,
      done ? '' : outcome.message || 'it failed without saying why',
    ],
  )
}
