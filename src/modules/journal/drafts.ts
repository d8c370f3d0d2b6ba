import { isDeepStrictEqual } from 'node:util'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import type { JournalLine } from './journal-lines.ts'
import { type JournalRecord, journalsByReference } from './journal-records.ts'
import { type Journal, postJournals, reversalDay } from './post-journals.ts'

/** Whether a draft that is there already under its reference is written anew: by whoever has read it and changes it. */
type Saving = { replaces?: boolean }

/**
 * Keeps journals that somebody is still writing: nothing is posted. The same again finds its draft. Refuses `journal_draft_exists` for another
 * draft under the reference, unless it is to be replaced, and `journal_not_a_draft` for a reference that is posted.
 */
export async function saveDrafts(
  tx: Tx,
  journals: readonly Journal[],
  writtenBy: string,
  { replaces = false }: Saving = {},
): Promise<JournalRecord[]> {
  const references = journals.map(({ reference }) => reference)
  refuseRepeated(references)
  const saved = await tx.query<{ reference: string }>(
    `insert into manual_journal as m (company_id, reference, state, dated_on, description, document_reference, reason, reverses_on, template_id,
        lines, written_by)
      select $1, reference, 'draft', dated_on, coalesce(description, ''), document_reference, coalesce(reason, ''), reverses_on, template_id,
          lines::jsonb, $10
        from unnest($2::text[], $3::date[], $4::text[], $5::text[], $6::text[], $7::date[], $8::bigint[], $9::text[])
          as j (reference, dated_on, description, document_reference, reason, reverses_on, template_id, lines)
      on conflict (company_id, reference) where state <> 'discarded' do update
        set dated_on = excluded.dated_on, description = excluded.description, document_reference = excluded.document_reference,
          reason = excluded.reason, reverses_on = excluded.reverses_on, lines = excluded.lines
        where m.state = 'draft' and ($11 or (m.dated_on, m.description, m.document_reference, m.reason, m.reverses_on, m.template_id, m.lines)
          is not distinct from (excluded.dated_on, excluded.description, excluded.document_reference, excluded.reason, excluded.reverses_on,
            excluded.template_id, excluded.lines))
      returning reference`,
    [
      tx.companyId,
      column(journals, (j) => j.reference),
      column(journals, (j) => j.date),
      column(journals, (j) => j.description),
      column(journals, (j) => j.documentReference),
      column(journals, (j) => j.reason),
      column(journals, (j) => (j.reverse ? reversalDay(j.date, j.reverse) : null)),
      column(journals, (j) => j.templateId),
      column(journals, (j) => JSON.stringify({ reverse: j.reverse ?? null, lines: j.lines }, bigintAsText)),
      writtenBy,
      replaces,
    ],
  )
  const kept = new Set(saved.map(({ reference }) => reference))
  const records = await journalsByReference(tx, references)
  const other = records.find(({ reference }) => !kept.has(reference))
  if (other !== undefined)
    throw new Refusal(other.state === 'draft' ? 'journal_draft_exists' : 'journal_not_a_draft', {
      reference: other.reference,
    })
  return records
}

/**
 * Locks a draft that is to be changed, and returns its reference. Refuses `journal_unknown`, also of one that was discarded, and
 * `journal_not_a_draft`.
 */
export async function lockDraft(tx: Tx, id: bigint): Promise<string> {
  const [found] = await tx.query<{ reference: string; state: string }>(
    `select reference, state from manual_journal where company_id = $1 and id = $2 and state <> 'discarded' for update`,
    [tx.companyId, id],
  )
  if (found === undefined) throw new Refusal('journal_unknown', { id })
  if (found.state !== 'draft') throw new Refusal('journal_not_a_draft', { reference: found.reference })
  return found.reference
}

const bigintAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)
// Only what is a number of its own: the code of an account or the number of a document may read '12n' too.
const textAsBigint = (name: string, value: unknown): unknown =>
  typeof value === 'string' && /(Minor|Id)$/.test(name) && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value

type StoredDraft = Omit<Journal, 'lines' | 'reverse'> & { content: string; state: string }

/** A draft as it stands, or the reference alone of a journal that is posted. */
export type Draft = { reference: string; journal: Journal | null }

/** Drafts as they stand, locked, in order. Refuses `journal_unknown`. */
export async function readDrafts(tx: Tx, references: readonly string[]): Promise<Draft[]> {
  refuseRepeated(references)
  const drafts = await lockJournals(tx, references)
  return drafts.map((draft) => ({
    reference: draft.reference,
    journal: draft.state === 'draft' ? journalOf(draft) : null,
  }))
}

/** What a draft holds, to be looked at: not locked. Undefined where the reference is no draft by now. */
export async function draftOf(tx: Tx, reference: string): Promise<Journal | undefined> {
  const [stored] = await tx.query<StoredDraft>(
    `select ${storedColumns} from manual_journal m where m.company_id = $1 and m.state = 'draft' and m.reference = $2`,
    [tx.companyId, reference],
  )
  return stored === undefined ? undefined : journalOf(stored)
}

/**
 * Posts drafts as they stand, all or none. Refuses `journal_unknown`, and whatever `postJournals` refuses. A posted one finds its entry. A draft
 * that was approved in another form than it has by now is refused: `approval_outdated`.
 */
export async function postDrafts(
  tx: Tx,
  references: readonly string[],
  postedBy: string,
  approved?: readonly Draft[],
): Promise<Posted[]> {
  const drafts = await readDrafts(tx, references)
  for (const [index, { reference, journal }] of drafts.entries()) {
    const seen = approved?.[index]
    if (seen !== undefined && journal !== null && !isDeepStrictEqual(seen.journal, journal))
      throw new Refusal('approval_outdated', { reference })
  }
  const waiting = drafts.flatMap(({ journal }) => (journal === null ? [] : [journal]))
  const posted = await postJournals(tx, waiting, postedBy, { approved: approved !== undefined })
  const now = new Map(waiting.map(({ reference }, index) => [reference, posted[index] as Posted]))
  const before = await journalsByReference(
    tx,
    references.filter((reference) => !now.has(reference)),
  )
  for (const { reference, entryId, date } of before)
    now.set(reference, { entryId: entryId as bigint, postedOn: date, existing: true })
  return references.map((reference) => now.get(reference) as Posted)
}

function journalOf({ content, state: _, ...draft }: StoredDraft): Journal {
  const { reverse, lines } = JSON.parse(content, textAsBigint) as {
    reverse: Journal['reverse']
    lines: JournalLine[]
  }
  return { ...draft, reverse: reverse ?? null, lines }
}

/** Puts drafts aside for good; their references are free again. Refuses `journal_unknown`, `journal_not_a_draft`. */
export async function discardDrafts(tx: Tx, references: readonly string[]): Promise<void> {
  const drafts = await lockJournals(tx, references)
  const posted = drafts.find(({ state }) => state !== 'draft')
  if (posted !== undefined) throw new Refusal('journal_not_a_draft', { reference: posted.reference })
  await tx.query(
    `update manual_journal set state = 'discarded' where company_id = $1 and state = 'draft' and reference in (select unnest($2::text[]))`,
    [tx.companyId, column(references, (reference) => reference)],
  )
}

const storedColumns = `m.reference, m.state, m.dated_on as date, m.description, m.document_reference as "documentReference", m.reason,
  m.template_id as "templateId", m.lines::text as content`

/** Locked in order of their ids, so that two who post the same drafts post them once. */
async function lockJournals(tx: Tx, references: readonly string[]): Promise<StoredDraft[]> {
  const rows = await tx.query<StoredDraft>(
    `select ${storedColumns} from manual_journal m
      where m.company_id = $1 and m.state <> 'discarded' and m.reference in (select unnest($2::text[])) order by m.id for update`,
    [tx.companyId, column(references, (reference) => reference)],
  )
  const found = new Map(rows.map((row) => [row.reference, row]))
  return references.map((reference) => {
    const row = found.get(reference)
    if (row === undefined) throw new Refusal('journal_unknown', { reference })
    return row
  })
}
