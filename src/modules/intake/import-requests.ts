import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { type ImportAction, type ImportState, mayMove, movesOf } from './import-states.ts'

/** A file as it was uploaded: its content is known by its hash, its name is what the person called it. */
export type UploadedFile = { name: string; sha256: string }

/** How far a check or a run has come; before its first write its phase is 'reading'. What it cannot tell yet is null. */
export type RequestProgress = {
  phase: string
  filesRead: number
  lines: number
  linesDone: number
  documents: number
  documentsDone: number
  entries: number
  entriesPerSecond: number
  secondsLeft: number | null
}

/** Which account of the chart an account of the files is; with a class, one that is added where the chart lacks it. */
export type AccountChoice = { legacyAccount: string; account: string; name?: string; class?: string }

/** What all runs of an import have posted so far. */
export type Posted = {
  documents: number
  payments: number
  entries: number
  byKind: Record<string, number>
  exceptions: number
}

/** An import that was asked for. `check` and `result` are the JSON of the latest dry run and of the import itself, once they are done. */
export type ImportRequest = RequestProgress & {
  id: bigint
  format: string
  dryRun: boolean
  files: UploadedFile[]
  state: ImportState
  check: unknown
  checkedAt: string | null
  /** What stopped the latest check or run, in parts. */
  problem: unknown
  accounts: AccountChoice[]
  posted: Posted
  result: unknown
  message: string
  requestedBy: string
  requestedAt: string
  finishedAt: string | null
  revision: bigint
}

const columnsWith = ({
  check,
  result,
}: {
  check: string
  result: string
}): string => `q.id, q.format, q.dry_run as "dryRun", q.files, q.state, q.phase,
  q.files_read as "filesRead", q.lines::int, q.lines_done::int as "linesDone", q.documents::int, q.documents_done::int as "documentsDone",
  q.entries::int, q.entries_per_second as "entriesPerSecond", q.seconds_left as "secondsLeft", ${check} as check,
  ${utcMoment('q.checked_at')} as "checkedAt", q.problem, q.accounts, ${result} as result, q.message, q.requested_by as "requestedBy",
  ${utcMoment('q.requested_at')} as "requestedAt", ${utcMoment('q.finished_at')} as "finishedAt", q.revision, posted`

const tables = `import_request q cross join lateral (
    select jsonb_build_object('documents', coalesce(sum(r.created), 0), 'payments', coalesce(sum(r.payments), 0),
        'entries', coalesce(sum(r.entries), 0),
        'exceptions', (select count(*) from import_run o join exception x on x.company_id = o.company_id and x.import_run_id = o.id
          where o.company_id = q.company_id and o.request_id = q.id),
        'byKind', (select coalesce(jsonb_object_agg(k.key, k.number), '{}')
          from (select n.key, sum(n.value::bigint) as number from import_run o cross join lateral jsonb_each_text(o.by_kind) n
            where o.company_id = q.company_id and o.request_id = q.id group by n.key) k)) as posted
      from import_run r where r.company_id = q.company_id and r.request_id = q.id) p`

const whole = columnsWith({ check: 'q.check_result', result: 'q.result' })
const listed = columnsWith({ check: 'null::jsonb', result: 'q.result' })
const progressed = columnsWith({ check: 'null::jsonb', result: 'null::jsonb' })

/** Keeps a request: one that begins at once is running from now on, one that is held waits for its check. */
export async function saveImportRequest(
  tx: Tx,
  request: { format: string; dryRun: boolean; files: readonly UploadedFile[]; held?: boolean },
): Promise<ImportRequest> {
  const { format, dryRun, files, held = false } = request
  const { id } = only(
    await tx.query<{ id: bigint }>(
      `insert into import_request (company_id, format, dry_run, files, state) values ($1, $2, $3, $4, $5) returning id`,
      [tx.companyId, format, dryRun && !held, JSON.stringify(files), held ? 'uploaded' : 'running'],
    ),
  )
  return await importRequest(tx, id)
}

/** Refuses `import_unknown`. */
export async function importRequest(tx: Tx, id: bigint): Promise<ImportRequest> {
  const [request] = await tx.query<ImportRequest>(
    `select ${whole} from ${tables} where q.company_id = $1 and q.id = $2`,
    [tx.companyId, id],
  )
  if (request === undefined) throw new Refusal('import_unknown', { import: id })
  return request
}

/** How far an import is, without what its check and its result say. */
export type ImportProgressView = Omit<ImportRequest, 'check' | 'result'>

/** Refuses `import_unknown`. */
export async function importProgress(tx: Tx, id: bigint): Promise<ImportProgressView> {
  const [found] = await tx.query<ImportProgressView>(
    `select ${progressed} from ${tables} where q.company_id = $1 and q.id = $2`,
    [tx.companyId, id],
  )
  if (found === undefined) throw new Refusal('import_unknown', { import: id })
  return found
}

/** An import that is not done, and when somebody or some server last did anything for it. */
export type UnfinishedImport = ImportProgressView & { aliveAt: string }

/** Those that are being checked or run, or wait for that, the oldest first; without what their checks and results say. */
export const unfinishedImports = (tx: Tx): Promise<UnfinishedImport[]> =>
  tx.query<UnfinishedImport>(
    `select ${progressed}, ${utcMoment('q.alive_at')} as "aliveAt" from ${tables} where q.company_id = $1 and q.state in ('checking', 'running') order by q.id`,
    [tx.companyId],
  )

/** What narrows the imports: their state, their format, letters of the name of one of their files. */
export type ImportFilter = { state?: ImportState | undefined; format?: string | undefined; file?: string | undefined }

/** A page of imports, the newest first: those before `before`, and of what the filter names. */
export const pageOfImportRequests = (
  tx: Tx,
  { before, limit, state, format, file }: ImportFilter & { before: bigint | null; limit: number },
): Promise<ImportRequest[]> =>
  tx.query<ImportRequest>(
    `select ${listed} from ${tables} where q.company_id = $1 and ($2::bigint is null or q.id < $2) and ($3::text is null or q.state = $3)
       and ($5::text is null or q.format = $5)
       and ($6::text is null or exists (select from jsonb_array_elements(q.files) f where strpos(lower(f ->> 'name'), lower($6)) > 0))
       order by q.id desc limit $4`,
    [tx.companyId, before, state ?? null, limit, format ?? null, file ?? null],
  )

/** What an import's check said that it would post: an amount for each account and day. */
export type CheckedChange = { code: string; name: string; day: string; amountMinor: string }

/** What the latest check would have posted; null for an import that has not been checked. Refuses `import_unknown`. */
export async function checkedChanges(tx: Tx, id: bigint): Promise<CheckedChange[] | null> {
  const [found] = await tx.query<{ changes: CheckedChange[] | null }>(
    'select check_changes as changes from import_request where company_id = $1 and id = $2',
    [tx.companyId, id],
  )
  if (found === undefined) throw new Refusal('import_unknown', { import: id })
  return found.changes
}

/**
 * Has an import checked, run or gone on with, paused or cancelled. Whoever runs it looks at its state. Refuses `import_unknown`, and
 * `import_not_in_state` where its state does not allow that.
 */
export async function moveImport(tx: Tx, id: bigint, action: ImportAction): Promise<ImportRequest> {
  const [found] = await tx.query<{ state: ImportState; dryRun: boolean }>(
    'select state, dry_run as "dryRun" from import_request where company_id = $1 and id = $2 for update',
    [tx.companyId, id],
  )
  if (found === undefined) throw new Refusal('import_unknown', { import: id })
  if (!mayMove(found, action))
    throw new Refusal('import_not_in_state', {
      import: id,
      state: found.state,
      possible: movesOf(found).join(', ') || 'nothing',
    })
  const begins = action === 'check' || (action === 'run' && found.state === 'ready')
  await tx.query(
    `update import_request set revision = revision + 1, state = $3, seconds_left = null, entries_per_second = 0,
        ${begins ? `phase = 'reading', files_read = 0, lines = 0, lines_done = 0, documents = 0, documents_done = 0, entries = 0,` : ''}
        message = case when $3 in ('checking', 'running') then '' else message end,
        problem = case when $3 in ('checking', 'running') then null else problem end,
        finished_at = case when $3 = 'cancelled' then now() end
      where company_id = $1 and id = $2`,
    [tx.companyId, id, stateAfter[action]],
  )
  return await importRequest(tx, id)
}

const stateAfter = { check: 'checking', run: 'running', pause: 'paused', cancel: 'cancelled' } as const

/**
 * Says which accounts of the chart accounts of the files are, for this import alone; what was said of others stays. What was checked must be
 * checked again. Refuses `import_unknown`, and `import_not_in_state` for an import that cannot be checked any more.
 */
export async function chooseAccounts(tx: Tx, id: bigint, choices: readonly AccountChoice[]): Promise<ImportRequest> {
  // Locked, so that of two who say something each is heard, and nobody speaks of an import that begins to run meanwhile.
  const [found] = await tx.query<Pick<ImportRequest, 'state' | 'dryRun' | 'accounts'>>(
    'select state, dry_run as "dryRun", accounts from import_request where company_id = $1 and id = $2 for update',
    [tx.companyId, id],
  )
  if (found === undefined) throw new Refusal('import_unknown', { import: id })
  const { state, dryRun, accounts } = found
  if (!mayMove({ state, dryRun }, 'check'))
    throw new Refusal('import_not_in_state', {
      import: id,
      state,
      possible: movesOf({ state, dryRun }).join(', ') || 'nothing',
    })
  const byName = new Map([...accounts, ...choices].map((one) => [one.legacyAccount, one]))
  await tx.query(
    `update import_request set revision = revision + 1, accounts = $3, state = case when state = 'ready' then 'uploaded' else state end
       where company_id = $1 and id = $2`,
    [tx.companyId, id, JSON.stringify([...byName.values()])],
  )
  return await importRequest(tx, id)
}

/**
 * Writes down how far an import is, and returns the state that it is in: where that is neither checking nor running, somebody wants it to stop.
 * What an earlier run had done is not taken back by one that goes over it again.
 */
export async function saveImportProgress(tx: Tx, id: bigint, progress: RequestProgress): Promise<ImportState> {
  const rows = await tx.query(
    `update import_request set revision = revision + 1, phase = $3, files_read = greatest(files_read, $4), lines = greatest(lines, $5),
        lines_done = greatest(lines_done, $6), documents = greatest(documents, $7), documents_done = greatest(documents_done, $8),
        entries = greatest(entries, $9), entries_per_second = $10, seconds_left = $11
       where company_id = $1 and id = $2 and state in ('checking', 'running') returning state`,
    [
      tx.companyId,
      id,
      progress.phase,
      progress.filesRead,
      progress.lines,
      progress.linesDone,
      progress.documents,
      progress.documentsDone,
      progress.entries,
      progress.entriesPerSecond,
      progress.secondsLeft,
    ],
  )
  if (rows.length > 0) return (rows as { state: ImportState }[])[0]?.state as ImportState
  return (await importRequest(tx, id)).state
}

/** Says that whoever ran an import has let go of it, so that whoever follows it looks once more. */
export const touchImportRequest = (tx: Tx, id: bigint): Promise<unknown> =>
  tx.query('update import_request set revision = revision + 1 where company_id = $1 and id = $2', [tx.companyId, id])

/** Keeps what a check said that the import would do: it is ready, unless it has been cancelled meanwhile. */
export async function finishCheck(
  tx: Tx,
  id: bigint,
  { result, changes }: { result: unknown; changes: readonly CheckedChange[] },
): Promise<void> {
  await tx.query(
    `update import_request set revision = revision + 1, state = 'ready', check_result = $3, check_changes = $4, checked_at = now(), problem = null,
        message = '', seconds_left = null where company_id = $1 and id = $2 and state = 'checking'`,
    [tx.companyId, id, JSON.stringify(result), JSON.stringify(changes)],
  )
}

/** Keeps what stopped a check: the import waits for another. */
export async function failCheck(tx: Tx, id: bigint, failure: { message: string; problem: unknown }): Promise<void> {
  await tx.query(
    `update import_request set revision = revision + 1, state = 'uploaded', message = $3, problem = $4, seconds_left = null
       where company_id = $1 and id = $2 and state = 'checking'`,
    [tx.companyId, id, failure.message || 'it failed without saying why', JSON.stringify(failure.problem)],
  )
}

/** Ends a run: with its result, or with what went wrong. One that was done before anybody's pause reached it is done. */
export async function finishImportRequest(
  tx: Tx,
  id: bigint,
  outcome: { result: unknown; changes?: readonly CheckedChange[] } | { message: string; problem?: unknown },
): Promise<void> {
  const done = 'result' in outcome
  await tx.query(
    `update import_request set revision = revision + 1, state = $3, result = $4, message = $5, problem = $6, seconds_left = null, finished_at = now(),
        check_changes = coalesce($7, check_changes)
       where company_id = $1 and id = $2 and (state = 'running' or state = 'paused' and $3 = 'done')`,
    [
      tx.companyId,
      id,
      done ? 'done' : 'failed',
      done ? JSON.stringify(outcome.result) : null,
      done ? '' : outcome.message || 'it failed without saying why',
      done || outcome.problem === undefined ? null : JSON.stringify(outcome.problem),
      done && outcome.changes !== undefined ? JSON.stringify(outcome.changes) : null,
    ],
  )
}
