import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** Closes the exceptions of documents that had been set aside and are in the books now. One statement, whatever the number of documents. */
export async function closeRefused(tx: Tx, documents: readonly { source: string; number: string }[]): Promise<void> {
  if (documents.length === 0) return
  await tx.query(
    `with closed as (
        update exception x set state = 'resolved', resolution = 'The document is in the books', closed_by = $4, closed_at = clock_timestamp()
          from unnest($2::text[], $3::text[]) as d (source, number)
          where x.company_id = $1 and x.kind = 'document_refused' and x.source = d.source and x.subject = d.number
            and x.state in ('open', 'in_progress')
          returning x.id, x.resolution
      )
      insert into exception_note (company_id, exception_id, kind, author, body) select $1, id, 'resolved', $4, resolution from closed`,
    [tx.companyId, column(documents, (d) => d.source), column(documents, (d) => d.number), tx.actor],
  )
}
