import { type AccountingDate, nextDay } from '../kernel/accounting-date.ts'
import { bigintColumn, dateColumn, intColumn } from '../kernel/binary-column.ts'
import { column } from '../kernel/column.ts'
import { only, type Tx } from '../kernel/database.ts'
import { Refusal, type RefusalCode } from '../kernel/refusal.ts'
import { encodeLines, insertLines, type LineColumns } from './insert-lines.ts'
import type { Entry, Posted } from './journal.ts'
import { findSamePostedFacts, firstNotPosted } from './posted-facts.ts'

type ClosedPeriod = readonly [startsOn: AccountingDate, endsOn: AccountingDate]
type PlacedEntry = { entry: Entry; postedOn: AccountingDate; index: number; id: bigint }

export type AppendOptions = {
  /** What to do with a fact whose day lies in a closed period: date it on the first open day (default), or refuse it. */
  closedPeriod?: 'next-open-day' | 'refuse'
  /** Who acts, unless it is said. */
  postedBy?: string
}

/**
 * Writes entries into the journal, all or none, and returns what became of each, in order. A fact that was posted before finds its entry;
 * with other content it is refused. Throws `input_invalid` for a day before 1900 or after 2999, `period_closed`, `entry_not_balanced`,
 * `entry_not_whole`, `account_ended`, `fact_posted_differently`. Three statements, whatever the number of entries, and a savepoint before many.
 */
export async function appendEntries(tx: Tx, entries: readonly Entry[], options: AppendOptions = {}): Promise<Posted[]> {
  if (entries.length === 0) return []
  const { ids, closed } = await beginPosting(tx, entries.length)
  if (options.closedPeriod === 'refuse') await refuseClosed(tx, entries, closed)
  const placed = place(entries, ids, closed)
  const inserting = insertEntries(tx, placed, options.postedBy ?? tx.actor)
  // The lines are written out while the server is busy with the entries; almost always all of them are new.
  let columns = encodeBeside(inserting, placed)
  const inserted = await inserting
  const { fresh, repeated } =
    inserted.length === placed.length ? { fresh: placed, repeated: [] } : tellApart(placed, inserted)
  if (repeated.length > 0) columns = encodeLines(fresh)
  if (fresh.length > 0) await insertLines(tx, fresh, columns)
  const posted: Posted[] = []
  for (const { index, postedOn, id } of fresh) posted[index] = { entryId: id, postedOn, existing: false }
  if (repeated.length > 0) await resolveRepeated(tx, repeated, posted)
  return posted
}

async function beginPosting(tx: Tx, entries: number): Promise<{ ids: bigint[]; closed: ClosedPeriod[] }> {
  const begun = await tx.query<{ ids: string; closed: ClosedPeriod[] }>('select ids, closed from begin_posting($1)', [
    entries,
  ])
  const { ids, closed } = only(begun)
  if (entries >= worthASavepoint) await tx.query('savepoint all_new')
  return { ids: ids.split(' ').map(BigInt), closed }
}

const holds = ([startsOn, endsOn]: ClosedPeriod, day: AccountingDate): boolean => day >= startsOn && day <= endsOn

/** Each entry with its open day and its id, in the order of the facts' keys. */
function place(entries: readonly Entry[], ids: readonly bigint[], closed: readonly ClosedPeriod[]): PlacedEntry[] {
  const placed = entries.map((entry, index) => ({ entry, postedOn: openDay(entry, closed), index, id: 0n }))
  placed.sort(byKey)
  for (const [position, one] of placed.entries()) one.id = ids[position] as bigint
  return placed
}

/** A fact that was posted while its period was open is there, whatever has been closed since: only a new one is refused. */
async function refuseClosed(tx: Tx, entries: readonly Entry[], closed: readonly ClosedPeriod[]): Promise<void> {
  const late = entries.filter(({ effectiveOn }) => closed.some((period) => holds(period, effectiveOn)))
  if (late.length === 0) return
  const refused = await firstNotPosted(tx, late)
  if (refused !== undefined) throw new Refusal('period_closed', { date: refused.effectiveOn })
}

// A year of two digits, or one that was mistyped, is no day of anybody's books. One such entry would be the first or the last day of every report.
const [firstDay, lastDay] = ['1900-01-01', '2999-12-31']

function openDay(entry: Entry, closed: readonly ClosedPeriod[]): AccountingDate {
  let day = entry.effectiveOn
  if (day < firstDay || day > lastDay)
    throw new Refusal('input_invalid', { date: day, expected: `a day from ${firstDay} to ${lastDay}` })
  for (const period of closed) {
    if (holds(period, day)) day = nextDay(period[1])
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

/** Which entries were written, and which facts had been posted before, or twice in this batch. */
function tellApart(placed: readonly PlacedEntry[], inserted: readonly { id: bigint }[]) {
  const ids = new Set(inserted.map(({ id }) => id))
  const fresh = placed.filter(({ id }) => ids.has(id))
  const repeated = placed.filter(({ id }) => !ids.has(id))
  return { fresh, repeated }
}

// What the unique keys of the journal stand for.
const conflicts: ReadonlySet<RefusalCode> = new Set(['fact_posted_differently', 'already_reversed'])
// Below this, a savepoint costs more than it saves.
const worthASavepoint = 100

/**
 * Returns the ids of the entries that are new. Facts are almost always all new, and to look out for each one's conflict takes a quarter of the
 * time of writing it: many are first written as if there were none, behind the savepoint that `beginPosting` has set.
 */
async function insertEntries(tx: Tx, entries: readonly PlacedEntry[], postedBy: string): Promise<{ id: bigint }[]> {
  const values = entryColumns(tx, entries, postedBy)
  if (entries.length < worthASavepoint) return await tx.query(insertNewStatement, values)
  try {
    return await tx.query(insertAllStatement, values)
  } catch (error) {
    if (!(error instanceof Refusal) || !conflicts.has(error.code)) throw error
    await tx.query('rollback to savepoint all_new')
    return await tx.query(insertNewStatement, values)
  }
}

const insertStatement = (conflict: string): string => `
  insert into journal_entry (company_id, id, posted_on, effective_on, rule, source_kind, source_id, revision, line_count, reverses_id,
      closes_year, description, posted_by)
    select $1, id, posted_on, effective_on, rule, source_kind, source_id, coalesce(revision, 0), line_count, reverses_id,
        coalesce(closes_year, false), coalesce(description, ''), $13
      from unnest($2::bigint[], $3::date[], $4::date[], $5::text[], $6::text[], $7::text[], $8::int[], $9::int[], $10::bigint[],
        $11::bool[], $12::text[])
        as e (id, posted_on, effective_on, rule, source_kind, source_id, revision, line_count, reverses_id, closes_year, description)
    ${conflict}
    returning id`
const insertAllStatement = insertStatement('')
// Whatever the conflict: a reversal that is made by two at once may meet the other one in either of its two unique keys first.
const insertNewStatement = insertStatement('on conflict do nothing')

const entryColumns = (tx: Tx, entries: readonly PlacedEntry[], postedBy: string): unknown[] => [
  tx.companyId,
  bigintColumn(entries, (e) => e.id),
  dateColumn(entries, (e) => e.postedOn),
  dateColumn(entries, (e) => e.entry.effectiveOn),
  column(entries, (e) => e.entry.rule),
  column(entries, (e) => e.entry.source.kind),
  column(entries, (e) => e.entry.source.id),
  intColumn(entries, (e) => e.entry.revision),
  intColumn(entries, (e) => e.entry.lines.length),
  bigintColumn(entries, (e) => e.entry.reversesId),
  column(entries, (e) => e.entry.closesYear),
  column(entries, (e) => e.entry.description),
  postedBy,
]

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
