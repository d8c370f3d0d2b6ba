import { type AccountingDate, nextDay } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Entry, Line, Posted } from './journal.ts'
import { findSamePostedFacts } from './posted-facts.ts'

type ClosedPeriod = { starts_on: AccountingDate; ends_on: AccountingDate }
type PlacedEntry = Entry & { postedOn: AccountingDate }
type PlacedLine = Line & { entryId: bigint; lineNo: number; postedOn: AccountingDate }

type InsertedEntry = { id: bigint; source_kind: string; source_id: string; rule: string; revision: number }

export type AppendOptions = {
  /** What to do with a fact whose day lies in a closed period: date it on the first open day (default), or refuse it. */
  closedPeriod?: 'next-open-day' | 'refuse'
  postedBy?: string
}

/**
 * Writes entries into the journal, all or none, and returns what became of each, in order. A fact that was posted before finds its entry;
 * with other content it is refused. Throws `period_closed`, `entry_not_balanced`, `entry_not_whole`, `account_ended`,
 * `fact_posted_differently`. Three statements, whatever the number of entries.
 */
export async function appendEntries(tx: Tx, entries: readonly Entry[], options: AppendOptions = {}): Promise<Posted[]> {
  if (entries.length === 0) return []
  const closed = await tx.query<ClosedPeriod>('select * from lock_posting()')
  const placed = entries.map((entry) => ({ ...entry, postedOn: openDay(entry, closed, options) }))
  const inserted = await insertEntries(tx, inKeyOrder(placed), options.postedBy ?? '')
  const idOfKey = new Map(
    inserted.map((row) => [factKey(row.source_kind, row.source_id, row.rule, row.revision), row.id]),
  )
  const posted: Posted[] = []
  const lines: PlacedLine[] = []
  const repeated: number[] = []
  for (const [index, entry] of placed.entries()) {
    const key = keyOf(entry)
    const entryId = idOfKey.get(key)
    idOfKey.delete(key) // the second of two equal facts in one batch is a repetition
    if (entryId === undefined) repeated.push(index)
    else pushLines(lines, entry, entryId)
    posted.push({ entryId: entryId ?? 0n, postedOn: entry.postedOn, existing: entryId === undefined })
  }
  if (lines.length > 0) await insertLines(tx, lines)
  if (repeated.length > 0) await resolveRepeated(tx, placed, repeated, posted)
  return posted
}

function openDay(entry: Entry, closed: readonly ClosedPeriod[], { closedPeriod }: AppendOptions): AccountingDate {
  let day = entry.effectiveOn
  for (const period of closed) {
    if (day < period.starts_on || day > period.ends_on) continue
    if (closedPeriod === 'refuse') throw new Refusal('period_closed', { date: day })
    day = nextDay(period.ends_on)
  }
  return day
}

// Two batches with facts in common wait for each other's keys; taken in one order, they cannot wait in a circle.
const inKeyOrder = (entries: readonly PlacedEntry[]): PlacedEntry[] => [...entries].sort(byKey)

function byKey(a: PlacedEntry, b: PlacedEntry): number {
  return (
    compare(a.source.kind, b.source.kind) ||
    a.source.id.length - b.source.id.length || // so that numbers stand in their own order
    compare(a.source.id, b.source.id) ||
    compare(a.rule, b.rule) ||
    (a.revision ?? 0) - (b.revision ?? 0)
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const factKey = (kind: string, id: string, rule: string, revision: number) => `${kind} ${id} ${rule} ${revision}`
const keyOf = (entry: Entry) => factKey(entry.source.kind, entry.source.id, entry.rule, entry.revision ?? 0)

function pushLines(lines: PlacedLine[], entry: PlacedEntry, entryId: bigint): void {
  for (const [index, line] of entry.lines.entries())
    lines.push({ ...line, entryId, lineNo: index + 1, postedOn: entry.postedOn })
}

async function insertEntries(tx: Tx, entries: readonly PlacedEntry[], postedBy: string): Promise<InsertedEntry[]> {
  return await tx.query(
    `insert into journal_entry (company_id, posted_on, effective_on, rule, source_kind, source_id, revision, line_count, reverses_id,
        closes_year, description, posted_by)
      select $1, posted_on, effective_on, rule, source_kind, source_id, coalesce(revision, 0), line_count, reverses_id,
          coalesce(closes_year, false), coalesce(description, ''), $12
        from unnest($2::date[], $3::date[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::bigint[], $10::bool[], $11::text[])
          as e (posted_on, effective_on, rule, source_kind, source_id, revision, line_count, reverses_id, closes_year, description)
      on conflict on constraint journal_entry_posts_once do nothing
      returning id, source_kind, source_id, rule, revision`,
    [
      tx.companyId,
      column(entries, (e) => e.postedOn),
      column(entries, (e) => e.effectiveOn),
      column(entries, (e) => e.rule),
      column(entries, (e) => e.source.kind),
      column(entries, (e) => e.source.id),
      column(entries, (e) => e.revision),
      column(entries, (e) => e.lines.length),
      column(entries, (e) => e.reversesId),
      column(entries, (e) => e.closesYear),
      column(entries, (e) => e.description),
      postedBy,
    ],
  )
}

async function insertLines(tx: Tx, lines: readonly PlacedLine[]): Promise<void> {
  await tx.query(
    `insert into journal_line (company_id, entry_id, line_no, account_id, posted_on, amount_minor, currency, currency_amount_minor,
        mapping_rule_id, party_id, item_id, document_id, document_line_no, order_id, channel_id, location_id, gift_card_id,
        processor_reference, tax_code_id, tax_authority, tax_point, tax_base_minor)
      select $1, l.* from unnest($2::bigint[], $3::int[], $4::bigint[], $5::date[], $6::bigint[], $7::text[], $8::bigint[],
        $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::int[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[],
        $18::text[], $19::bigint[], $20::text[], $21::date[], $22::bigint[]) as l`,
    [
      tx.companyId,
      column(lines, (l) => l.entryId),
      column(lines, (l) => l.lineNo),
      column(lines, (l) => l.accountId),
      column(lines, (l) => l.postedOn),
      column(lines, (l) => l.amountMinor),
      column(lines, (l) => l.currency),
      column(lines, (l) => l.currencyAmountMinor),
      column(lines, (l) => l.mappingRuleId),
      column(lines, (l) => l.partyId),
      column(lines, (l) => l.itemId),
      column(lines, (l) => l.documentId),
      column(lines, (l) => l.documentLineNo),
      column(lines, (l) => l.orderId),
      column(lines, (l) => l.channelId),
      column(lines, (l) => l.locationId),
      column(lines, (l) => l.giftCardId),
      column(lines, (l) => l.processorReference),
      column(lines, (l) => l.taxCodeId),
      column(lines, (l) => l.taxAuthority),
      column(lines, (l) => l.taxPoint),
      column(lines, (l) => l.taxBaseMinor),
    ],
  )
}

async function resolveRepeated(
  tx: Tx,
  entries: readonly PlacedEntry[],
  repeated: readonly number[],
  posted: Posted[],
): Promise<void> {
  const facts = repeated.map((index) => entries[index] as PlacedEntry)
  const found = await findSamePostedFacts(tx, facts)
  for (const [position, index] of repeated.entries()) posted[index] = found[position] as Posted
}
