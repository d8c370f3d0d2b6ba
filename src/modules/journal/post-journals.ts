import { type AccountingDate, endOfMonth, nextDay } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { manualJournal } from '../../posting/manual-journal.ts'
import { post } from '../../posting/post.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { type JournalLine, type ResolvedLine, resolveJournalLines } from './journal-lines.ts'
import { saveJournalRecords } from './journal-records.ts'
import { reverseJournals } from './reverse-journals.ts'
import { refuseOtherItems, writeSubLedgers } from './sub-ledgers.ts'

/** When an entry is taken back by itself: on the day after it, or on the first day of the month after it. */
export const reversals = ['next_day', 'next_period'] as const
export type ReversesOn = (typeof reversals)[number]

/** An entry that a person writes. The reference makes it one: the same again finds it. */
export type Journal = {
  reference: string
  date: AccountingDate
  description?: string
  /** The number of the paper that it follows. */
  documentReference?: string | null
  /** Why it is written. */
  reason?: string
  /** Posts the entry and, in the same transaction, the one that takes it back. */
  reverse?: ReversesOn | null
  lines: readonly JournalLine[]
  /** The version of the template and the recurring journal that it comes from. */
  templateId?: bigint | null
  recurringId?: bigint | null
}

/** The day on which an entry of `date` is taken back. */
export const reversalDay = (date: AccountingDate, reverse: ReversesOn): AccountingDate =>
  nextDay(reverse === 'next_day' ? date : endOfMonth(date))

/** What moves by a journal: the sum of its debits, in minor units of the base currency. */
export const debitsOf = ({ lines }: Pick<Journal, 'lines'>): bigint =>
  lines.reduce((sum, { amountMinor }) => (amountMinor > 0n ? sum + amountMinor : sum), 0n)

/**
 * Posts entries by hand, all or none, each that reverses together with its reversal. A closed period refuses them (`period_closed`): whoever
 * writes a date means it. Where the company wants a second person for so much, it refuses `approval_needed` unless one has approved it. See
 * `resolveJournalLines` and `post` for the other refusals; `fact_posted_differently` also where the same reference was posted with another
 * reversal.
 */
export async function postJournals(
  tx: Tx,
  journals: readonly Journal[],
  postedBy = tx.actor,
  { approved = false }: Approved = {},
): Promise<Posted[]> {
  if (journals.length === 0) return []
  if (!approved) await refuseUnapproved(tx, 'journal', journals.map(debitsOf))
  refuseRepeated(journals.map(({ reference }) => reference))
  const resolved = await resolveJournalLines(tx, journals)
  const drafts = manualJournal(
    journals.map(({ reference, date, description = reference }, index) => ({
      reference,
      date,
      description,
      lines: (resolved[index] as ResolvedLine[]).map(({ line }) => line),
    })),
  )
  const posted = await post(tx, drafts, { closedPeriod: 'refuse', postedBy })
  const moved = journals.map(({ date }, index) => ({
    date,
    lines: resolved[index] as ResolvedLine[],
    posted: posted[index],
  }))
  await refuseOtherItems(tx, 'manual-journal', moved)
  await writeSubLedgers(tx, moved)
  await takeBack(tx, journals, posted, postedBy)
  await saveJournalRecords(
    tx,
    journals.flatMap((journal, index) => {
      const { existing, entryId } = posted[index] as Posted
      return existing ? [] : [{ ...journal, entryId }]
    }),
    postedBy,
  )
  return posted
}

async function takeBack(
  tx: Tx,
  journals: readonly Journal[],
  posted: readonly Posted[],
  postedBy: string,
): Promise<void> {
  await refuseOtherRecord(tx, journals, posted)
  const reversing = journals.flatMap(({ date, reverse, description, reference }, index) => {
    if (reverse === null || reverse === undefined) return []
    const words = `Reversal of ${description || reference}`
    return [{ entryId: (posted[index] as Posted).entryId, date: reversalDay(date, reverse), description: words }]
  })
  if (reversing.length > 0) await reverseJournals(tx, reversing, postedBy, { approved: true })
}

/**
 * A retry with other words or another number, or that reverses where the first did not or the other way round, is another journal under an
 * old name.
 */
async function refuseOtherRecord(tx: Tx, journals: readonly Journal[], posted: readonly Posted[]): Promise<void> {
  const existing = journals.flatMap((journal, index) => ((posted[index] as Posted).existing ? [journal] : []))
  if (existing.length === 0) return
  const rows = await tx.query<KeptRecord & { reference: string }>(
    `select m.reference, m.description, m.document_reference as "documentReference", m.reverses_on as "reversesOn"
       from unnest($2::text[]) as wanted (reference)
       join manual_journal m on m.company_id = $1 and m.reference = wanted.reference and m.state = 'posted'`,
    [tx.companyId, column(existing, (journal) => journal.reference)],
  )
  const kept = new Map(rows.map((row) => [row.reference, row]))
  for (const journal of existing) {
    const record = kept.get(journal.reference)
    if (isOther(journal, record))
      throw new Refusal('fact_posted_differently', { rule: 'manual-journal', source: journal.reference })
  }
}

type KeptRecord = { description: string; documentReference: string | null; reversesOn: AccountingDate | null }

function isOther(journal: Journal, record: KeptRecord | undefined): boolean {
  const { date, reverse, description = '', documentReference = null } = journal
  const reversesOn = reverse ? reversalDay(date, reverse) : null
  if (record === undefined) return reversesOn !== null
  return (
    record.reversesOn !== reversesOn ||
    record.description !== description ||
    record.documentReference !== documentReference
  )
}
