import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'

export type ImportRun = {
  id: bigint
  format: string
  state: 'running' | 'done' | 'failed'
  startedAt: string
  finishedAt: string | null
  lines: bigint
  documents: bigint
  documentsDone: bigint
  message: string
}

/**
 * Begins a run, of an import that was asked for or of none. Runs of the format that were cut off are marked as such: this one goes on where they
 * ended.
 */
export async function beginImportRun(
  tx: Tx,
  format: string,
  { lines, documents, requestId = null }: { lines: number; documents: number; requestId?: bigint | null },
): Promise<bigint> {
  await tx.query(
    `update import_run set state = 'failed', finished_at = now(), message = 'cut off before it was done'
       where company_id = $1 and format = $2 and state = 'running'`,
    [tx.companyId, format],
  )
  const rows = await tx.query<{ id: bigint }>(
    `insert into import_run (company_id, format, state, lines, documents, request_id) values ($1, $2, 'running', $3, $4, $5) returning id`,
    [tx.companyId, format, lines, documents, requestId],
  )
  return only(rows).id
}

/** What a batch did: how many documents it went through, how many were new, and what was posted for them. */
export type RunStep = {
  documents: number
  created?: number
  payments?: number
  entries?: number
  byKind?: Readonly<Record<string, number>>
}

/** Has the transaction work for a run: what it posts and whatever exceptions it opens are known to be of that. */
export async function workForImportRun(tx: Tx, runId: bigint): Promise<void> {
  await tx.query(`select set_config('countinghouse.import_run', $1, true)`, [String(runId)])
}

/** Adds to what a run has done, in the transaction that did it. */
export async function advanceImportRun(tx: Tx, runId: bigint, step: RunStep): Promise<void> {
  const { documents, created = 0, payments = 0, entries = 0, byKind = {} } = step
  await tx.query(
    `update import_run set documents_done = documents_done + $3, created = created + $4, payments = payments + $5, entries = entries + $6,
        by_kind = case when $7::jsonb = '{}' then by_kind else (
          select jsonb_object_agg(key, number) from (
            select key, sum(value::bigint) as number
              from (select * from jsonb_each_text(by_kind) union all select * from jsonb_each_text($7::jsonb)) both_of group by key) summed) end
      where company_id = $1 and id = $2`,
    [tx.companyId, runId, documents, created, payments, entries, JSON.stringify(byKind)],
  )
}

/** What the runs of an import that was asked for have posted, or one run by its id: an amount for each account, on or before a day. */
export const importChanges = (
  tx: Tx,
  { requestId, asOf }: { requestId: bigint; asOf: string | null },
): Promise<{ code: string; name: string; amountMinor: bigint }[]> =>
  tx.query(
    `select a.code, a.name, sum(c.amount_minor)::bigint as "amountMinor"
      from import_run r
      join import_change c on c.company_id = r.company_id and c.run_id = r.id
      join account a on a.company_id = c.company_id and a.id = c.account_id
      where r.company_id = $1 and r.request_id = $2 and ($3::date is null or c.posted_on <= $3)
      group by a.code, a.name having sum(c.amount_minor) <> 0 order by a.code`,
    [tx.companyId, requestId, asOf],
  )

/** What a run has posted so far, by account and day: for a dry run, before it is taken back. */
export const runChanges = (
  tx: Tx,
  runId: bigint,
): Promise<{ code: string; name: string; day: string; amountMinor: string }[]> =>
  tx.query(
    `select a.code, a.name, c.posted_on as day, sum(c.amount_minor)::text as "amountMinor"
      from import_change c join account a on a.company_id = c.company_id and a.id = c.account_id
      where c.company_id = $1 and c.run_id = $2 group by a.code, a.name, c.posted_on having sum(c.amount_minor) <> 0 order by a.code, c.posted_on`,
    [tx.companyId, runId],
  )

/** Makes the runs of a format that nobody had asked for those of a request, which then says what they posted. */
export const adoptImportRuns = (tx: Tx, requestId: bigint, format: string): Promise<unknown> =>
  tx.query('update import_run set request_id = $2 where company_id = $1 and format = $3 and request_id is null', [
    tx.companyId,
    requestId,
    format,
  ])

/** Ends a run, and with it those of its format that were cut off: the credit notes of all of them have been linked. */
export async function finishImportRun(tx: Tx, runId: bigint, format: string): Promise<void> {
  await tx.query(
    `update import_run set links_done = true, state = case when id = $2 then 'done' else state end,
        finished_at = case when id = $2 then now() else finished_at end
      where company_id = $1 and format = $3 and not links_done`,
    [tx.companyId, runId, format],
  )
}

export async function failImportRun(tx: Tx, runId: bigint, message: string): Promise<void> {
  await tx.query(
    `update import_run set state = 'failed', finished_at = now(), message = $3 where company_id = $1 and id = $2`,
    [tx.companyId, runId, message],
  )
}

export const listImportRuns = (tx: Tx): Promise<ImportRun[]> =>
  tx.query<ImportRun>(
    `select id, format, state, started_at as "startedAt", finished_at as "finishedAt", lines, documents, documents_done as "documentsDone", message
      from import_run where company_id = $1 order by id desc limit 100`,
    [tx.companyId],
  )

/** Files are known by the hash of their content; returns their ids in order. */
export async function saveImportFiles(
  tx: Tx,
  files: readonly { sha256: string; name: string; lines: number }[],
): Promise<bigint[]> {
  // One after the other in the order of the import, since a file's id stands for its place.
  await tx.query(
    `insert into import_file (company_id, sha256, name, lines)
       select $1, decode(sha256, 'hex'), name, lines
         from unnest($2::text[], $3::text[], $4::bigint[]) with ordinality as f (sha256, name, lines, place) order by place
       on conflict (company_id, sha256) do nothing`,
    [tx.companyId, column(files, (f) => f.sha256), column(files, (f) => f.name), column(files, (f) => f.lines)],
  )
  const rows = await tx.query<{ id: bigint; sha256: string }>(
    `select f.id, encode(f.sha256, 'hex') as sha256 from unnest($2::text[]) as wanted (sha256)
       join import_file f on f.company_id = $1 and f.sha256 = decode(wanted.sha256, 'hex')`,
    [tx.companyId, column(files, (f) => f.sha256)],
  )
  const ids = new Map(rows.map((row) => [row.sha256, row.id]))
  return files.map((file) => ids.get(file.sha256) as bigint)
}
