import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import type { ExceptionKind } from './exceptions.ts'

/** Which exceptions to close, by what they are about, and how they were done. */
export type Closing = {
  kinds: readonly ExceptionKind[]
  subjects: readonly { source: string; subject: string }[]
  resolution: string
}

/** Closes the open exceptions about these subjects, where there are any. One statement, whatever their number. */
export async function closeExceptions(tx: Tx, { kinds, subjects, resolution }: Closing): Promise<void> {
  if (subjects.length === 0) return
  await tx.query(
    `with closed as (
        update exception x set state = 'resolved', resolution = $5, closed_by = $6, closed_at = clock_timestamp()
          from unnest($3::text[], $4::text[]) as d (source, subject)
          where x.company_id = $1 and x.kind = any ($2::text[]) and x.source = d.source and x.subject = d.subject
            and x.state in ('open', 'in_progress')
          returning x.id
      )
      insert into exception_note (company_id, exception_id, kind, author, body) select $1, id, 'resolved', $6, $5 from closed`,
    [
      tx.companyId,
      column(kinds, (kind) => kind),
      column(subjects, (s) => s.source),
      column(subjects, (s) => s.subject),
      resolution,
      tx.actor,
    ],
  )
}

/** Closes the exceptions of documents that had been set aside and are in the books now. */
export const closeRefused = (tx: Tx, documents: readonly { source: string; number: string }[]): Promise<void> =>
  closeExceptions(tx, {
    kinds: ['document_refused'],
    subjects: documents.map(({ source, number }) => ({ source, subject: number })),
    resolution: 'The document is in the books',
  })
