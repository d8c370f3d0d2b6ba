import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { manualJournal } from '../../posting/manual-journal.ts'
import { post } from '../../posting/post.ts'
import { type JournalLine, type ResolvedLine, resolveJournalLines } from './journal-lines.ts'
import { writeSubLedgers } from './sub-ledgers.ts'

/** An entry that a person writes. The reference makes it one: the same again finds it. */
export type Journal = {
  reference: string
  date: AccountingDate
  description?: string
  lines: readonly JournalLine[]
}

/**
 * Posts entries by hand, all or none. A closed period refuses them (`period_closed`): whoever writes a date means it. See
 * `resolveJournalLines` and `post` for the other refusals.
 */
export async function postJournals(tx: Tx, journals: readonly Journal[], postedBy = tx.actor): Promise<Posted[]> {
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
  await writeSubLedgers(
    tx,
    journals.map(({ date }, index) => ({ date, lines: resolved[index] as ResolvedLine[], posted: posted[index] })),
  )
  return posted
}
