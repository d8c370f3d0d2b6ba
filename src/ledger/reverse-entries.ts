import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type AppendOptions, appendEntries } from './append-entries.ts'
import type { Entry, Line, Posted } from './journal.ts'
import { type StoredLine as LineOfJournal, lineColumns } from './read-lines.ts'

/** Without a day, the reversal takes effect on the day of the entry that it reverses. */
export type Reversal = { entryId: bigint; date?: AccountingDate; description?: string }

type StoredEntry = { id: bigint; posted_on: AccountingDate; closes_year: boolean; lines: StoredLine[] }
type StoredLine = LineOfJournal & { entryId: bigint }

/**
 * Posts, for each entry, one that takes it back line by line, account by account: the only way to correct what is posted. Asking twice
 * finds the reversal. Refuses `entry_unknown`, and `already_reversed` where the first reversal took effect on another day.
 */
export async function reverseEntries(
  tx: Tx,
  reversals: readonly Reversal[],
  options: AppendOptions = {},
): Promise<Posted[]> {
  const stored = await loadEntries(tx, reversals)
  const entries = reversals.map((reversal): Entry => {
    const entry = stored.get(reversal.entryId)
    if (entry === undefined) throw new Refusal('entry_unknown', { entry: reversal.entryId })
    return {
      rule: 'reversal',
      source: { kind: 'journal_entry', id: String(entry.id) },
      effectiveOn: reversal.date ?? entry.posted_on,
      reversesId: entry.id,
      // A year opened again leaves profit and loss as it was: neither its closing nor the way back belongs there.
      closesYear: entry.closes_year,
      description: reversal.description ?? '',
      lines: entry.lines.map(({ entryId: _, ...line }) => takenBack(line)),
    }
  })
  try {
    return await appendEntries(tx, entries, options)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'fact_posted_differently') throw error
    // The fact is the reversal itself, and its lines are those of the entry: only its day can differ.
    throw new Refusal('already_reversed', error.detail)
  }
}

/** A line that takes another back: the same account and dimensions, every amount with the other sign. */
export const takenBack = (line: Line): Line => ({
  ...line,
  amountMinor: -line.amountMinor,
  currencyAmountMinor: -line.currencyAmountMinor,
  taxBaseMinor: typeof line.taxBaseMinor === 'bigint' ? -line.taxBaseMinor : null,
})

async function loadEntries(tx: Tx, reversals: readonly Reversal[]): Promise<Map<bigint, StoredEntry>> {
  const ids = column(reversals, (r) => r.entryId)
  const entries = await tx.query<StoredEntry>(
    'select e.id, e.posted_on, e.closes_year from unnest($1::bigint[]) as wanted (id) join journal_entry e on e.company_id = $2 and e.id = wanted.id',
    [ids, tx.companyId],
  )
  const byId = new Map(entries.map((entry) => [entry.id, { ...entry, lines: [] as StoredLine[] }]))
  const lines = await tx.query<StoredLine>(
    `select l.entry_id as "entryId", ${lineColumns}
      from unnest($1::bigint[]) as wanted (id) join journal_line l on l.company_id = $2 and l.entry_id = wanted.id
      order by l.entry_id, l.line_no`,
    [ids, tx.companyId],
  )
  for (const line of lines) byId.get(line.entryId)?.lines.push(line)
  return byId
}
