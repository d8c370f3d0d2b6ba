import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/**
 * The ids of documents by their numbers, whatever their source; ours go before imported ones. Refuses `document_unknown`. What it answers is
 * to be asked for these numbers alone.
 */
export async function documentsByNumber(tx: Tx, numbers: readonly string[]): Promise<(number: string) => bigint> {
  const rows = await tx.query<{ id: bigint; number: string }>(
    `select distinct on (d.number) d.id, d.number from sales_document d
       where d.company_id = $1 and d.number in (select unnest($2::text[])) order by d.number, d.import_run_id nulls first, d.id`,
    [tx.companyId, column(numbers, (number) => number)],
  )
  const found = new Map(rows.map((row) => [row.number, row.id]))
  const missing = numbers.find((number) => !found.has(number))
  if (missing !== undefined) throw new Refusal('document_unknown', { number: missing })
  return (number) => found.get(number) as bigint
}

/** The currencies of documents; of one that is not there, undefined. */
export async function currenciesOf(
  tx: Tx,
  ids: readonly bigint[],
): Promise<(documentId: bigint | undefined) => string | undefined> {
  const rows = await tx.query<{ id: bigint; currency: string }>(
    `select d.id, d.currency from (select distinct unnest($2::bigint[]) as id) as wanted
       join sales_document d on d.company_id = $1 and d.id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  const found = new Map(rows.map(({ id, currency }) => [id, currency]))
  return (documentId) => (documentId === undefined ? undefined : found.get(documentId))
}
