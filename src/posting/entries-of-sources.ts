import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Posted } from '../ledger/journal.ts'

/** The entries that facts of one kind have posted already, by the facts' ids: how a command finds a retry before it looks at anything else. */
export async function entriesOfSources(tx: Tx, kind: string, ids: readonly string[]): Promise<Map<string, Posted>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Posted & { sourceId: string }>(
    `select e.source_id as "sourceId", e.id as "entryId", e.posted_on as "postedOn", true as existing
      from (select distinct unnest($3::text[]) as id) as wanted
      join journal_entry e on e.company_id = $1 and e.source_kind = $2 and e.source_id = wanted.id order by e.id`,
    [tx.companyId, kind, column(ids, (id) => id)],
  )
  return new Map(rows.map(({ sourceId, ...posted }) => [sourceId, posted]))
}

/** A list that names one fact twice is a mistake of whoever made it. Refuses `input_invalid`. */
export function refuseRepeated(references: readonly string[]): void {
  const seen = new Set<string>()
  for (const reference of references) {
    if (reference.trim() === '') throw new Refusal('input_invalid', { reference: 'a reference is needed' })
    if (seen.has(reference)) throw new Refusal('input_invalid', { repeated: reference })
    seen.add(reference)
  }
}
