import { type AccountingDate, nextDay } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { encodeLines, insertLines, type LineColumns } from './insert-lines.ts'
import type { Entry, Posted } from './journal.ts'
import { findSamePostedFacts, firstNotPosted } from './posted-facts.ts'

type ClosedPeriod = { starts_on: AccountingDate; ends_on: AccountingDate }
type PlacedEntry = { entry: Entry; postedOn: AccountingDate; index: number }

type InsertedEntry = { id: bigint; source_kind: string; source_id: string; rule: string; revision: number }

export type AppendOptions = {
  /** What to do with a fact whose day lies in a closed period: date it on the first open day (default), or refuse it. */
  closedPeriod?: 'next-open-day' | 'refuse'
  /** Who acts, unless it is said. */
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
  if (options.closedPeriod === 'refuse') await refuseClosed(tx, entries, closed)
  const placed = entries.map((entry, index) => ({ entry, postedOn: openDay(entry, closed), index }))
  placed.sort(byKey)
  const inserting = insertEntries(tx, placed, options.postedBy ?? tx.actor)
  // The lines are written out while the server is busy with the entries; almost always all of them are new.
  let columns = encodeBeside(inserting, placed)
  const { fresh, repeated } = tellApart(placed, await inserting)
  if (repeated.length > 0) columns = encodeLines(fresh)
  if (fresh.length > 0) await insertLines(tx, fresh, columns)
  const posted: Posted[] = []
  for (const { index, postedOn, id } of fresh) posted[index] = { entryId: id, postedOn, existing: false }
  if (repeated.length > 0) await resolveRepeated(tx, repeated, posted)
  return posted
}

const holds = (period: ClosedPeriod, day: AccountingDate): boolean => day >= period.starts_on && day <= period.ends_on

/** A fact that was posted while its period was open is there, whatever has been closed since: only a new one is refused. */
async function refuseClosed(tx: Tx, entries: readonly Entry[], closed: readonly ClosedPeriod[]): Promise<void> {
  const late = entries.filter(({ effectiveOn }) => closed.some((period) => holds(period, effectiveOn)))
  if (late.length === 0) return
  const refused = await firstNotPosted(tx, late)
  if (refused !== undefined) throw new Refusal('period_closed', { date: refused.effectiveOn })
}

function openDay(entry: Entry, closed: readonly ClosedPeriod[]): AccountingDate {
  let day = entry.effectiveOn
  for (const period of closed) {
    if (holds(period, day)) day = nextDay(period.ends_on)
  }
  return day
}

// Two batches with facts in common wait for each other's keys; taken in one order, they cannot wait in a circle.
function byKey({ entry: a }: PlacedEntry, { entry: b }: PlacedEntry): number {
  return (
    compare(a.source.kind, b.source.kind) ||
    a.source.id.length - b.source.id.length || // so that numbers stand in their own order
    compare(a.source.id, b.source.id) ||
    compare(a.rule, b.rule) ||
    (a.revision ?? 0) - (b.revision ?? 0)
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type FreshEntry = PlacedEntry & { id: bigint }

/** Which entries were written, with their ids, and which facts had been posted before, or twice in this batch. */
function tellApart(placed: readonly PlacedEntry[], inserted: readonly InsertedEntry[]) {
  const idOfKey = new Map<string, bigint>()
  for (const row of inserted) idOfKey.set(factKey(row.source_kind, row.source_id, row.rule, row.revision), row.id)
  const fresh: FreshEntry[] = []
  const repeated: PlacedEntry[] = []
  for (const one of placed) {
    const { source, rule, revision = 0 } = one.entry
    const key = factKey(source.kind, source.id, rule, revision)
    const id = idOfKey.get(key)
    if (id === undefined) repeated.push(one)
    else fresh.push({ entry: one.entry, postedOn: one.postedOn, index: one.index, id })
    idOfKey.delete(key)
  }
  return { fresh, repeated }
}

const factKey = (kind: string, id: string, rule: string, revision: number) => `${kind} ${id} ${rule} ${revision}`

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
      column(entries, (e) => e.entry.effectiveOn),
      column(entries, (e) => e.entry.rule),
      column(entries, (e) => e.entry.source.kind),
      column(entries, (e) => e.entry.source.id),
      column(entries, (e) => e.entry.revision),
      column(entries, (e) => e.entry.lines.length),
      column(entries, (e) => e.entry.reversesId),
      column(entries, (e) => e.entry.closesYear),
      column(entries, (e) => e.entry.description),
      postedBy,
    ],
  )
}

function encodeBeside(inserting: Promise<unknown>, placed: readonly PlacedEntry[]): LineColumns {
  inserting.catch(() => {}) // it is awaited right after: a failure is told there
  return encodeLines(placed)
}

async function resolveRepeated(tx: Tx, repeated: readonly PlacedEntry[], posted: Posted[]): Promise<void> {
  const found = await findSamePostedFacts(
    tx,
    repeated.map(({ entry }) => entry),
  )
  for (const [position, { index }] of repeated.entries()) posted[index] = found[position] as Posted
}
