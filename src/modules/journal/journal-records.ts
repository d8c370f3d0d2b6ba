import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { type Journal, reversalDay } from './post-journals.ts'

type Recorded = Journal & { entryId: bigint }

/** Keeps what a posted journal says beside its lines. A draft of the same reference becomes the posted one. */
export async function saveJournalRecords(tx: Tx, journals: readonly Recorded[], postedBy: string): Promise<void> {
  if (journals.length === 0) return
  await tx.query(
    `insert into manual_journal as m (company_id, reference, state, dated_on, description, document_reference, reason, reverses_on, template_id,
        recurring_id, entry_id, written_by, posted_by, posted_at)
      select $1, reference, 'posted', dated_on, coalesce(description, ''), document_reference, coalesce(reason, ''), reverses_on, template_id,
          recurring_id, entry_id, $11, $11, now()
        from unnest($2::text[], $3::date[], $4::text[], $5::text[], $6::text[], $7::date[], $8::bigint[], $9::bigint[], $10::bigint[])
          as j (reference, dated_on, description, document_reference, reason, reverses_on, template_id, recurring_id, entry_id)
      on conflict (company_id, reference) where state <> 'discarded' do update
        set state = 'posted', dated_on = excluded.dated_on, description = excluded.description, reverses_on = excluded.reverses_on,
          document_reference = excluded.document_reference, reason = excluded.reason, lines = null, entry_id = excluded.entry_id,
          posted_by = excluded.posted_by, posted_at = excluded.posted_at`,
    [
      tx.companyId,
      column(journals, (j) => j.reference),
      column(journals, (j) => j.date),
      column(journals, (j) => j.description),
      column(journals, (j) => j.documentReference),
      column(journals, (j) => j.reason),
      column(journals, (j) => (j.reverse ? reversalDay(j.date, j.reverse) : null)),
      column(journals, (j) => j.templateId),
      column(journals, (j) => j.recurringId),
      column(journals, (j) => j.entryId),
      postedBy,
    ],
  )
}

/** A journal as it stands: a draft, or posted with the entry and the one that takes it back. */
export type JournalRecord = {
  id: bigint
  reference: string
  state: 'draft' | 'posted' | 'discarded'
  date: AccountingDate
  description: string
  documentReference: string | null
  reason: string
  reversesOn: AccountingDate | null
  template: string | null
  recurring: string | null
  entryId: bigint | null
  reversalId: bigint | null
  writtenBy: string
  writtenAt: string
  postedBy: string | null
  postedAt: string | null
}

const recordColumns = `m.id, m.reference, m.state, m.dated_on as date, m.description, m.document_reference as "documentReference", m.reason,
  m.reverses_on as "reversesOn", t.name || ' ' || t.version as template, r.name as recurring, m.entry_id as "entryId", e.id as "reversalId",
  m.written_by as "writtenBy", ${utcMoment('m.written_at')} as "writtenAt", m.posted_by as "postedBy", ${utcMoment('m.posted_at')} as "postedAt"`

const recordTables = `manual_journal m
  left join journal_template t on t.company_id = m.company_id and t.id = m.template_id
  left join recurring_journal r on r.company_id = m.company_id and r.id = m.recurring_id
  left join journal_entry e on e.company_id = m.company_id and e.reverses_id = m.entry_id`

type JournalPage = {
  state?: JournalRecord['state'] | null
  after?: bigint | null
  limit?: number
  newestFirst?: boolean
}

/** Journals in order of their ids, or the newest first, from the one after `after`. */
export const listJournals = (
  tx: Tx,
  { state = null, after = null, limit = 50, newestFirst = false }: JournalPage,
): Promise<JournalRecord[]> =>
  tx.query<JournalRecord>(
    `select ${recordColumns} from ${recordTables}
      where m.company_id = $1 and ($2::bigint is null or m.id ${newestFirst ? '<' : '>'} $2) and ($3::text is null or m.state = $3)
      order by m.id ${newestFirst ? 'desc' : 'asc'} limit $4`,
    [tx.companyId, after, state, limit],
  )

/** The journal of an id. Refuses `journal_unknown`. */
export async function journalById(tx: Tx, id: bigint): Promise<JournalRecord> {
  const [record] = await tx.query<JournalRecord>(
    `select ${recordColumns} from ${recordTables} where m.company_id = $1 and m.id = $2`,
    [tx.companyId, id],
  )
  if (record === undefined) throw new Refusal('journal_unknown', { id })
  return record
}

/** The journals of these references, in order; a discarded one is left out. */
export const journalsByReference = (tx: Tx, references: readonly string[]): Promise<JournalRecord[]> =>
  tx.query<JournalRecord>(
    `select ${recordColumns} from unnest($2::text[]) with ordinality as wanted (reference, place)
      join ${recordTables.replace('manual_journal m', "manual_journal m on m.company_id = $1 and m.reference = wanted.reference and m.state <> 'discarded'")}
      order by wanted.place`,
    [tx.companyId, column(references, (reference) => reference)],
  )
