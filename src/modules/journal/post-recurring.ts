import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import type { Approved } from '../approvals/index.ts'
import { debitsOf, type Journal, postJournals } from './post-journals.ts'
import { dueAfter, journalsOf, type Recurring, recurringColumns, recurringTables } from './recurring.ts'

/** A due day of a recurring journal. */
export type DueDay = { recurringId: bigint; dueOn: AccountingDate }

/** The next due day of each active recurring journal that is not after `today`. */
export const dueRecurring = (tx: Tx, today: AccountingDate): Promise<DueDay[]> =>
  tx.query<DueDay>(
    `select id as "recurringId", next_due_on as "dueOn" from recurring_journal
      where company_id = $1 and state = 'active' and next_due_on <= $2 order by next_due_on, id`,
    [tx.companyId, today],
  )

/**
 * Posts the journal of a due day and goes on to the next, unless another server has done so or it was paused meanwhile: then there is
 * nothing to do, and null says so. Whatever the journal refuses is thrown, and nothing of it stays.
 */
export async function postDueDay(
  tx: Tx,
  due: DueDay,
  postedBy: string,
  { approved = false }: Approved = {},
): Promise<Posted | null> {
  const recurring = await lockDue(tx, due)
  if (recurring === undefined) return null
  const journals = await journalsOf(tx, [{ recurring, dueOn: due.dueOn }])
  const [posted] = await postJournals(tx, journals, postedBy, { approved })
  await settle(tx, [{ ...due, state: 'posted', entryId: posted?.entryId ?? null, message: '' }], postedBy)
  await goOn(tx, recurring, due.dueOn)
  return posted ?? null
}

/**
 * Sets a due day aside that the books refused, so that the days after it are not held up. Returns the name of the journal, for the exception
 * that is to say so; null where another server has settled the day meanwhile.
 */
export async function setAsideDueDay(tx: Tx, due: DueDay, refusal: Refusal, by: string): Promise<string | null> {
  const recurring = await lockDue(tx, due)
  if (recurring === undefined) return null
  await settle(tx, [{ ...due, state: 'refused', entryId: null, message: refusal.message }], by)
  await goOn(tx, recurring, due.dueOn)
  return recurring.name
}

/** A due day with its recurring journal, locked, and what its journal moves in minor units of the base currency. */
export type DueJournal = { name: string; author: string; amountMinor: bigint }

/** The journal of a due day that nobody has settled; null where another server has done so. Refuses what `fillTemplates` refuses. */
export async function dueJournal(tx: Tx, due: DueDay): Promise<DueJournal | null> {
  const recurring = await lockDue(tx, due)
  if (recurring === undefined) return null
  const [journal] = await journalsOf(tx, [{ recurring, dueOn: due.dueOn }])
  return { name: recurring.name, author: recurring.author, amountMinor: debitsOf(journal as Journal) }
}

/** Says that a due day waits for a second person, and goes on to the next. */
export async function holdDueDay(tx: Tx, due: DueDay, message: string, by: string): Promise<void> {
  const recurring = await lockDue(tx, due)
  if (recurring === undefined) return
  await settle(tx, [{ ...due, state: 'waiting', entryId: null, message }], by)
  await goOn(tx, recurring, due.dueOn)
}

/** A due day that was set aside, to be posted now, on another day where its own is closed. */
export type Retry = { name: string; dueOn: AccountingDate; on?: AccountingDate | undefined }

/** Posts due days that were set aside, all or none. Refuses `recurring_journal_unknown`, `due_day_not_refused`. A retry finds its entry. */
export async function retryDueDays(
  tx: Tx,
  retries: readonly Retry[],
  postedBy: string,
  { approved = false }: Approved = {},
): Promise<Posted[]> {
  const due = await lockRetried(tx, retries)
  const posted = await postJournals(tx, await journalsOf(tx, due), postedBy, { approved })
  await settle(
    tx,
    due.map(({ recurring, dueOn }, index) => ({
      recurringId: recurring.id,
      dueOn,
      state: 'posted' as const,
      entryId: (posted[index] as Posted).entryId,
      message: '',
    })),
    postedBy,
  )
  return posted
}

/** What the journal of each due day moves, in minor units of the base currency. Refuses as `retryDueDays`. */
export const amountsOfDueDays = async (tx: Tx, retries: readonly Retry[]): Promise<bigint[]> =>
  (await journalsOf(tx, await lockRetried(tx, retries))).map(debitsOf)

/** Says of due days that were set aside that they wait for a second person, or are set aside again. Refuses as `retryDueDays`. */
export async function markDueDays(
  tx: Tx,
  retries: readonly Retry[],
  state: 'waiting' | 'refused',
  { message, by }: { message: string; by: string },
): Promise<void> {
  if (retries.length === 0) return
  const due = await lockRetried(tx, retries)
  await settle(
    tx,
    due.map(({ recurring, dueOn }) => ({ recurringId: recurring.id, dueOn, state, entryId: null, message })),
    by,
  )
}

async function lockRetried(
  tx: Tx,
  retries: readonly Retry[],
): Promise<{ recurring: Recurring; dueOn: AccountingDate; date: AccountingDate }[]> {
  refuseRepeated(retries.map(({ name, dueOn }) => `${name} ${dueOn}`))
  const days = await tx.query<Recurring & { place: number; dayState: string | null }>(
    `select wanted.place::int, d.state as "dayState", ${recurringColumns}
      from unnest($2::text[], $3::date[]) with ordinality as wanted (name, due_on, place)
      join ${recurringTables} on r.company_id = $1 and r.name = wanted.name
      left join recurring_journal_day d on d.company_id = $1 and d.recurring_id = r.id and d.due_on = wanted.due_on
      order by r.id, wanted.due_on for update of r`,
    [tx.companyId, column(retries, (r) => r.name), column(retries, (r) => r.dueOn)],
  )
  return retries.map(({ name, dueOn, on }, index) => {
    const recurring = days.find(({ place }) => place === index + 1)
    if (recurring === undefined) throw new Refusal('recurring_journal_unknown', { name })
    if (recurring.dayState === null || recurring.dayState === 'passed')
      throw new Refusal('due_day_not_refused', { name, dueOn })
    return { recurring, dueOn, date: on ?? dueOn }
  })
}

/** Under lock, so that of several servers one posts it. */
async function lockDue(tx: Tx, { recurringId, dueOn }: DueDay): Promise<Recurring | undefined> {
  const [recurring] = await tx.query<Recurring>(
    `select ${recurringColumns} from ${recurringTables}
      where r.company_id = $1 and r.id = $2 and r.state = 'active' and r.next_due_on = $3 for update of r`,
    [tx.companyId, recurringId, dueOn],
  )
  return recurring
}

type Settled = DueDay & { state: 'posted' | 'refused' | 'waiting'; entryId: bigint | null; message: string }

const settle = (tx: Tx, days: readonly Settled[], by: string): Promise<unknown> =>
  tx.query(
    `insert into recurring_journal_day (company_id, recurring_id, due_on, state, entry_id, message, settled_by)
       select $1, d.*, $7 from unnest($2::bigint[], $3::date[], $4::text[], $5::bigint[], $6::text[]) as d
       on conflict (company_id, recurring_id, due_on) do update
         set state = excluded.state, entry_id = excluded.entry_id, message = excluded.message, settled_by = excluded.settled_by, settled_at = now()
         where recurring_journal_day.state in ('refused', 'waiting')`,
    [
      tx.companyId,
      column(days, (d) => d.recurringId),
      column(days, (d) => d.dueOn),
      column(days, (d) => d.state),
      column(days, (d) => d.entryId),
      column(days, (d) => d.message),
      by,
    ],
  )

const goOn = (tx: Tx, recurring: Recurring, dueOn: AccountingDate): Promise<unknown> => {
  const next = dueAfter(recurring, dueOn)
  return tx.query('update recurring_journal set next_due_on = $3, state = $4 where company_id = $1 and id = $2', [
    tx.companyId,
    recurring.id,
    next,
    next === null ? 'ended' : 'active',
  ])
}

/** What became of the due days of a recurring journal, the newest first. */
export type SettledDay = {
  name: string
  dueOn: AccountingDate
  state: 'posted' | 'refused' | 'passed' | 'waiting'
  entryId: bigint | null
  message: string
  settledBy: string
  settledAt: string
}

/** Due days that were posted, set aside or passed over, the newest first; at most 500. */
export const listSettledDays = (tx: Tx, name: string | null): Promise<SettledDay[]> =>
  tx.query<SettledDay>(
    `select r.name, d.due_on as "dueOn", d.state, d.entry_id as "entryId", d.message, d.settled_by as "settledBy", ${utcMoment('d.settled_at')} as "settledAt"
      from recurring_journal_day d join recurring_journal r on r.company_id = d.company_id and r.id = d.recurring_id
      where d.company_id = $1 and ($2::text is null or r.name = $2) order by d.due_on desc, r.name limit 500`,
    [tx.companyId, name],
  )
