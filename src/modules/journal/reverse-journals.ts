import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { lockLineMoves } from '../../posting/line-moves.ts'
import { postReversals } from '../../posting/reversal.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { followMoves } from '../inbox/index.ts'
import { takeBackSubLedgers } from './sub-ledgers.ts'
import { refuseMovedOn, takeBackMoves } from './take-back-moves.ts'

/** An entry by its id, or a journal by the reference that its writer gave it. Without a day, its own day. */
export type JournalReversal = ({ entryId: bigint } | { reference: string }) & {
  date?: AccountingDate
  description?: string
}

type Found = {
  place: number
  id: bigint
  kind: string
  postedOn: AccountingDate
}

// What a document posted is corrected by a document, so that its own record and its sub-ledgers stay true.
const reversible = new Set([
  'manual_journal',
  'opening_balance',
  'fiscal_year',
  'journal_line',
  'journal_entry',
  'fee',
  'payout',
])

/**
 * Takes journals back, with what they opened in the sub-ledgers. Refuses `entry_unknown`, `entry_belongs_to_document`, `already_reversed`
 * where it was taken back on another day, `line_moved_on` for a reclassification whose line has moved further, and `period_closed`. Lines that
 * have moved are taken back from where they stand, and the exceptions of lines that are in suspense again open again. The same again finds the reversal. Where the company wants a second person for so much, it
 * refuses `approval_needed` unless one has approved it.
 */
export async function reverseJournals(
  tx: Tx,
  requests: readonly JournalReversal[],
  postedBy = tx.actor,
  { approved = false }: Approved = {},
): Promise<Posted[]> {
  if (!approved) await refuseUnapproved(tx, 'journal', await amountsReversed(tx, requests))
  refuseRepeated(requests.map((r) => ('entryId' in r ? `entry ${r.entryId}` : r.reference)))
  await lockLineMoves(tx)
  const found = await findEntries(tx, requests)
  const reversals = requests.map(({ date, description }, index) => {
    const entry = found[index] as Found
    return { entryId: entry.id, date: date ?? entry.postedOn, description: description ?? '' }
  })
  await refuseMovedOn(
    tx,
    found.map(({ id }) => id),
  )
  const posted = await postReversals(tx, reversals, { closedPeriod: 'refuse', postedBy })
  const fresh = reversals.flatMap(({ entryId, date }, index) => {
    const reversal = posted[index] as Posted
    return reversal.existing ? [] : [{ entryId, date, reversalId: reversal.entryId }]
  })
  await takeBackSubLedgers(tx, fresh)
  await takeBackMoves(tx, fresh, postedBy)
  await followMoves(
    tx,
    fresh.map(({ reversalId }) => reversalId),
  )
  return posted
}

/** What each reversal moves: the debits of the entry that it takes back, in minor units of the base currency. Refuses as `reverseJournals`. */
export async function amountsReversed(tx: Tx, requests: readonly JournalReversal[]): Promise<bigint[]> {
  const found = await findEntries(tx, requests)
  const rows = await tx.query<{ id: bigint; amountMinor: bigint }>(
    `select l.entry_id as id, sum(greatest(l.amount_minor, 0))::bigint as "amountMinor" from journal_line l
      where l.company_id = $1 and l.entry_id = any ($2::bigint[]) group by l.entry_id`,
    [tx.companyId, column(found, ({ id }) => id) ?? '{}'],
  )
  const amounts = new Map(rows.map(({ id, amountMinor }) => [id, amountMinor]))
  return found.map(({ id }) => amounts.get(id) ?? 0n)
}

async function findEntries(tx: Tx, requests: readonly JournalReversal[]): Promise<Found[]> {
  const rows = await tx.query<Found>(
    `select w.place::int, e.id, e.source_kind as kind, e.posted_on as "postedOn"
      from unnest($2::bigint[], $3::text[]) with ordinality as w (id, reference, place)
      join journal_entry e on e.company_id = $1
        and (e.id = w.id or (w.reference is not null and e.source_kind = 'manual_journal' and e.source_id = w.reference))
      order by w.place, e.revision desc`,
    [
      tx.companyId,
      column(requests, (r) => ('entryId' in r ? r.entryId : null)),
      column(requests, (r) => ('reference' in r ? r.reference : null)),
    ],
  )
  return requests.map((request, index) => {
    const entry = rows.find(({ place }) => place === index + 1)
    const name = 'entryId' in request ? request.entryId : request.reference
    if (entry === undefined) throw new Refusal('entry_unknown', { entry: name })
    if (!reversible.has(entry.kind)) throw new Refusal('entry_belongs_to_document', { entry: name, kind: entry.kind })
    return entry
  })
}
