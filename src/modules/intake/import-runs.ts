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

/** Begins a run. Runs of the format that were cut off are marked as such: this one goes on where they ended. */
export async function beginImportRun(
  tx: Tx,
  format: string,
  size: { lines: number; documents: number },
): Promise<bigint> {
  await tx.query(
    `update import_run set state = 'failed', finished_at = now(), message = 'cut off before it was done'
       where company_id = $1 and format = $2 and state = 'running'`,
    [tx.companyId, format],
  )
  const rows = await tx.query<{ id: bigint }>(
    `insert into import_run (company_id, format, state, lines, documents) values ($1, $2, 'running', $3, $4) returning id`,
    [tx.companyId, format, size.lines, size.documents],
  )
  return only(rows).id
}

/** Adds to what a run has done, in the transaction that did it. */
export async function advanceImportRun(tx: Tx, runId: bigint, documents: number): Promise<void> {
  await tx.query('update import_run set documents_done = documents_done + $3 where company_id = $1 and id = $2', [
    tx.companyId,
    runId,
    documents,
  ])
}

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
