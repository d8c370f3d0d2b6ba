import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { openingBalance } from '../../posting/opening-balance.ts'
import { post } from '../../posting/post.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { type JournalLine, type ResolvedLine, resolveJournalLines } from './journal-lines.ts'
import { debitsOf } from './post-journals.ts'
import { refuseOtherItems, writeSubLedgers } from './sub-ledgers.ts'

/**
 * Balances brought in from earlier books, on the last day of those books. What customers still owed is a line for each open item, with its
 * party and the days on which it was opened and fell due.
 */
export type OpeningBalances = { reference: string; date: AccountingDate; lines: readonly JournalLine[] }

/**
 * Posts opening balances against opening_balances. They may come in parts; when all are in, that account is at zero. Refuses as
 * `postJournals` does, `approval_needed` too unless somebody has approved them.
 */
export async function postOpeningBalances(
  tx: Tx,
  openings: readonly OpeningBalances[],
  postedBy = tx.actor,
  { approved = false }: Approved = {},
): Promise<Posted[]> {
  // They come in parts, and two of them can move money from anywhere to anywhere: they are entries by hand like others.
  if (!approved) await refuseUnapproved(tx, 'journal', openings.map(amountOpened))
  refuseRepeated(openings.map(({ reference }) => reference))
  const resolved = await resolveJournalLines(tx, openings)
  const drafts = openingBalance(
    openings.map(({ reference, date }, index) => ({
      reference,
      date,
      lines: (resolved[index] as ResolvedLine[]).map(({ line }) => line),
    })),
  )
  const posted = await post(tx, drafts, { closedPeriod: 'refuse', postedBy })
  const moved = openings.map(({ date }, index) => ({
    date,
    lines: resolved[index] as ResolvedLine[],
    posted: posted[index],
  }))
  await refuseOtherItems(tx, 'opening-balance', moved)
  await writeSubLedgers(tx, moved)
  return posted
}

/** What moves by them, in minor units of the base currency: they need not balance, and opening_balances takes what they leave. */
export function amountOpened({ lines }: OpeningBalances): bigint {
  const left = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  return left < 0n ? debitsOf({ lines }) - left : debitsOf({ lines })
}
