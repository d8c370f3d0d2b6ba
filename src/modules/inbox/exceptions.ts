import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { type ExceptionNote, type ExceptionState, writeNotes } from './change-exceptions.ts'
import { type DataKind, type Duty, listDuties } from './duties.ts'

/** What can be wrong, the closed list, and the kind of data that is to blame: it decides who answers for it. */
export const dataKindOf = {
  unknown_code: 'items',
  unclear_destination: 'tax',
  document_changed: 'orders',
  document_refused: 'orders',
  rows_differ: 'orders',
  order_without_items: 'orders',
  payments_differ: 'bank',
  sale_not_shipped: 'orders',
  total_differs: 'orders',
  unknown_payment_method: 'bank',
  unknown_tax: 'tax',
  tax_base_unclear: 'tax',
  refund_unclear: 'bank',
  recurring_journal_refused: 'bank',
  recurring_journal_waits: 'bank',
} as const satisfies Record<string, DataKind>

export type ExceptionKind = keyof typeof dataKindOf

/** What a person has to look at. `kind`, `source` and `subject` make it one exception however often it is met. */
export type NewException = {
  kind: ExceptionKind
  source: string
  subject: string
  message: string
  amountMinor: bigint
  currency: string
}

export type Exception = {
  id: bigint
  kind: ExceptionKind
  dataKind: DataKind
  source: string
  subject: string
  message: string
  amountMinor: bigint
  currency: string
  responsible: string
  responsibleEmail: string | null
  dueOn: AccountingDate
  state: ExceptionState
  escalations: number
  resolution: string
  openedAt: string
  closedBy: string | null
  closedAt: string | null
  /** The request as which it waits for a second person. */
  approvalId: bigint | null
}

const keyOf = ({ kind, source, subject }: { kind: string; source: string; subject: string }): string =>
  `${kind} ${source} ${subject}`

/**
 * Raises exceptions and returns those that are new or open again. One that is met again grows by the amount, and one that was closed opens
 * again; a document that is set aside again only stays open. Whoever answers for its kind of data is responsible, for as many days as set.
 */
export async function raiseExceptions(tx: Tx, raised: readonly NewException[]): Promise<NewException[]> {
  if (raised.length === 0) return []
  const byKey = new Map<string, NewException>()
  for (const exception of raised) {
    const key = keyOf(exception)
    const earlier = byKey.get(key)
    byKey.set(
      key,
      earlier === undefined ? exception : { ...earlier, amountMinor: earlier.amountMinor + exception.amountMinor },
    )
  }
  const rows = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, exception]) => exception)
  const closed = await lockClosed(tx, rows)
  const saved = await saveExceptions(tx, rows, await listDuties(tx))
  await writeNotes(
    tx,
    'reopened',
    closed.map(({ id }) => ({ id, body: 'Met again' })),
  )
  const opened = new Set([...saved.filter((row) => row.opened), ...closed].map(keyOf))
  return [...byKey.entries()].flatMap(([key, exception]) => (opened.has(key) ? [exception] : []))
}

type Key = { kind: string; source: string; subject: string }

const keyColumns = (rows: readonly Key[]) => [
  column(rows, (e) => e.kind),
  column(rows, (e) => e.source),
  column(rows, (e) => e.subject),
]

const lockClosed = (tx: Tx, rows: readonly Key[]): Promise<(Key & { id: bigint })[]> =>
  tx.query(
    `select x.id, x.kind, x.source, x.subject from unnest($2::text[], $3::text[], $4::text[]) as wanted (kind, source, subject)
      join exception x on x.company_id = $1 and x.kind = wanted.kind and x.source = wanted.source and x.subject = wanted.subject
      where x.state in ('resolved', 'dismissed') order by x.id for update of x`,
    [tx.companyId, ...keyColumns(rows)],
  )

const opensAgain = `x.state in ('resolved', 'dismissed')`

// What was resolved is no longer at stake; what was dismissed still is. What opens again has a new day, and all of its escalation before it.
const saveExceptions = (
  tx: Tx,
  rows: readonly NewException[],
  duties: readonly Duty[],
): Promise<(Key & { opened: boolean })[]> => {
  const dutyOf = ({ kind }: NewException) => duties.find(({ dataKind }) => dataKind === dataKindOf[kind]) as Duty
  return tx.query(
    `insert into exception as x (company_id, kind, source, subject, message, amount_minor, currency, data_kind, responsible,
        responsible_email, due_on)
       select $1, e.kind, e.source, e.subject, e.message, e.amount_minor, e.currency, e.data_kind, e.responsible, e.email,
           (now() at time zone c.time_zone)::date + e.days
         from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::int[])
           as e (kind, source, subject, message, amount_minor, currency, data_kind, responsible, email, days)
         join company c on c.id = $1
       on conflict on constraint exception_opened_once do update set
           amount_minor = case when excluded.kind in ('document_changed', 'document_refused') or x.state = 'resolved' then 0 else x.amount_minor end
             + excluded.amount_minor,
           message = excluded.message, state = case when ${opensAgain} then 'open' else x.state end, resolution = '',
           closed_by = null, closed_at = null, due_on = case when ${opensAgain} then excluded.due_on else x.due_on end,
           import_run_id = case when ${opensAgain} then excluded.import_run_id else x.import_run_id end,
           notified_at = case when ${opensAgain} then null else x.notified_at end,
           responsible = case when ${opensAgain} and x.escalations > 0 then excluded.responsible else x.responsible end,
           responsible_email = case when ${opensAgain} and x.escalations > 0 then excluded.responsible_email else x.responsible_email end,
           escalations = case when ${opensAgain} then 0 else x.escalations end
       returning kind, source, subject, (xmax = 0) as opened`,
    [
      tx.companyId,
      ...keyColumns(rows),
      column(rows, (e) => e.message),
      column(rows, (e) => e.amountMinor),
      column(rows, (e) => e.currency),
      column(rows, (e) => dataKindOf[e.kind]),
      column(rows, (e) => dutyOf(e).responsible),
      column(rows, (e) => dutyOf(e).email),
      column(rows, (e) => dutyOf(e).days),
    ],
  )
}

/** The same exceptions with the amounts that they have by now: one that was met again has grown. */
export async function withAmountsNow(tx: Tx, raised: readonly NewException[]): Promise<NewException[]> {
  if (raised.length === 0) return []
  const rows = await tx.query<{ amount_minor: bigint }>(
    `select x.amount_minor
      from unnest($2::text[], $3::text[], $4::text[]) with ordinality as wanted (kind, source, subject, place)
      join exception x on x.company_id = $1 and x.kind = wanted.kind and x.source = wanted.source and x.subject = wanted.subject
      order by wanted.place`,
    [tx.companyId, ...keyColumns(raised)],
  )
  return raised.map((exception, index) => ({
    ...exception,
    amountMinor: rows[index]?.amount_minor ?? exception.amountMinor,
  }))
}

// As what kind of request an exception may wait: its remedy, or what was set aside until somebody decides.
const askedAs = `case when x.kind in ('recurring_journal_refused', 'recurring_journal_waits') then 'recurring_day'
    when x.kind = 'document_refused' and x.source = 'opening-balances' then 'opening_balances'
    when x.kind = 'document_refused' and x.source in ('journal', 'xero-journals') then 'journal' else 'remedy' end`

const exceptionColumns = `x.id, x.kind, x.data_kind as "dataKind", x.source, x.subject, x.message, x.amount_minor as "amountMinor", x.currency,
  x.responsible, x.responsible_email as "responsibleEmail", x.due_on as "dueOn", x.state, x.escalations, x.resolution,
  ${utcMoment('x.opened_at')} as "openedAt", x.closed_by as "closedBy", ${utcMoment('x.closed_at')} as "closedAt",
  (select r.id from approval_request r where r.company_id = x.company_id and r.state = 'pending' and r.kind = ${askedAs}
    and r.subject = case when ${askedAs} = 'remedy' then x.id::text else x.subject end
    and (${askedAs} <> 'journal' or not r.payload ? 'source' or r.payload ->> 'source' = x.source)) as "approvalId"`

const urgency = (row: string, sort: 'amount' | 'due') =>
  sort === 'due'
    ? `case when ${row}.state in ('open', 'in_progress') then 0 else 1 end, ${row}.due_on, -abs(${row}.amount_minor), ${row}.id`
    : `case ${row}.state when 'open' then 0 when 'in_progress' then 1 else 2 end, -abs(${row}.amount_minor), ${row}.id`

/**
 * What somebody wants to see: what is theirs (by their e-mail address), what no person has, what is past due, each of what waits; and where
 * notes name them, whether it waits or not.
 */
export const exceptionViews = ['mine', 'mentioned', 'unassigned', 'overdue', 'waiting', 'closed'] as const
export type ExceptionView = (typeof exceptionViews)[number]

const today = '(select (now() at time zone c.time_zone)::date from company c where c.id = $1)'
const mentioning = (person: string): string => `x.id in (select n.exception_id from exception_mention m
  join exception_note n on n.company_id = $1 and n.id = m.note_id where m.company_id = $1 and m.person = ${person})`
const inView = (view: string, email: string, person: string): string => `case ${view}
  when 'closed' then x.state in ('resolved', 'dismissed')
  when 'mentioned' then ${mentioning(person)}
  else x.state in ('open', 'in_progress') and case ${view}
    when 'mine' then lower(x.responsible_email) = lower(${email})
    when 'unassigned' then x.responsible_email is null
    when 'overdue' then x.due_on < ${today}
    else true end end`

/**
 * Which exceptions to list. `after` is the id of the last one of the page before; `email` is whose are `mine`, and `person` (`user:7`) who is
 * `mentioned`.
 */
export type ExceptionFilter = {
  states?: readonly ExceptionState[] | undefined
  kind?: string | undefined
  responsible?: string | undefined
  source?: string | undefined
  view?: ExceptionView | undefined
  email?: string | undefined
  person?: string | undefined
  sort?: 'amount' | 'due' | undefined
  /** Those that an import opened, by the id of its request. */
  importId?: bigint | undefined
  after?: bigint | undefined
  limit?: number | undefined
}

/** The exceptions, open ones first, then the largest amount or the earliest due day first: all of them, or a page. */
export const listExceptions = (tx: Tx, filter: ExceptionFilter = {}): Promise<Exception[]> => {
  const order = (row: string) => urgency(row, filter.sort ?? 'amount')
  return tx.query<Exception>(
    `select ${exceptionColumns} from exception x where x.company_id = $1
        and ($2::text[] is null or x.state = any ($2)) and ($3::text is null or x.kind = $3) and ($4::text is null or x.responsible = $4)
        and ($5::bigint is null or (${order('x')}) > (select ${order('a')} from exception a where a.company_id = $1 and a.id = $5))
        and ($7::text is null or ${inView('$7', '$8::text', '$11::text')}) and ($9::text is null or x.source = $9)
        and ($10::bigint is null or x.import_run_id in (select r.id from import_run r where r.company_id = $1 and r.request_id = $10))
      order by ${order('x')} limit $6::bigint`,
    [
      tx.companyId,
      filter.states === undefined ? null : column(filter.states, (state) => state),
      filter.kind ?? null,
      filter.responsible ?? null,
      filter.after ?? null,
      filter.limit ?? null,
      filter.view ?? null,
      filter.email ?? null,
      filter.source ?? null,
      filter.importId ?? null,
      filter.person ?? null,
    ],
  )
}

/** How many wait in each view, and how many notes name whoever asks and were not seen. */
export type ExceptionCounts = Record<Exclude<ExceptionView, 'closed'> | 'unseen', number>

/** How many exceptions wait: for whoever has this e-mail address, with notes that name this person, for nobody, past due, and in all. */
export const countExceptions = async (
  tx: Tx,
  { email, person }: { email: string; person: string },
): Promise<ExceptionCounts> =>
  only(
    await tx.query<ExceptionCounts>(
      `select count(*) filter (where lower(x.responsible_email) = lower($2))::int as mine,
          count(*) filter (where ${mentioning('$3')})::int as mentioned,
          count(*) filter (where x.responsible_email is null)::int as unassigned,
          (select count(*)::int from exception_mention u where u.company_id = $1 and u.person = $3 and u.seen_at is null) as unseen,
          count(*) filter (where x.due_on < ${today})::int as overdue, count(*)::int as waiting
        from exception x where x.company_id = $1 and x.state in ('open', 'in_progress')`,
      [tx.companyId, email, person],
    ),
  )

/** How many exceptions an import opened, by kind. */
export async function countExceptionsOfImport(tx: Tx, importId: bigint): Promise<Record<string, number>> {
  const rows = await tx.query<{ kind: string; count: number }>(
    `select x.kind, count(*)::int as count
      from import_run r join exception x on x.company_id = r.company_id and x.import_run_id = r.id
      where r.company_id = $1 and r.request_id = $2 group by x.kind order by x.kind`,
    [tx.companyId, importId],
  )
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
}

/** How many others of its kind wait beside an exception. */
export const countAlike = async (tx: Tx, { id, kind }: Pick<Exception, 'id' | 'kind'>): Promise<number> =>
  only(
    await tx.query<{ alike: number }>(
      `select count(*)::int as alike from exception where company_id = $1 and kind = $2 and id <> $3 and state in ('open', 'in_progress')`,
      [tx.companyId, kind, id],
    ),
  ).alike

/** Exceptions by their ids, in order, with all that was written about them. Refuses `exception_unknown`. */
export async function exceptionsById(
  tx: Tx,
  ids: readonly bigint[],
): Promise<(Exception & { notes: ExceptionNote[] })[]> {
  const wanted = column(ids, (id) => id) ?? '{}'
  const rows = await tx.query<Exception>(
    `select ${exceptionColumns} from exception x where x.company_id = $1 and x.id = any ($2::bigint[])`,
    [tx.companyId, wanted],
  )
  const notes = await tx.query<ExceptionNote & { exceptionId: bigint }>(
    `select n.exception_id as "exceptionId", n.kind, n.author, ${utcMoment('n.written_at')} as "writtenAt", n.body,
        array(select m.person from exception_mention m where m.company_id = $1 and m.note_id = n.id order by m.person) as mentions
      from exception_note n where n.company_id = $1 and n.exception_id = any ($2::bigint[]) order by n.id`,
    [tx.companyId, wanted],
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const notesOf = Map.groupBy(notes, ({ exceptionId }) => exceptionId)
  return ids.map((id) => {
    const found = byId.get(id)
    if (found === undefined) throw new Refusal('exception_unknown', { exception: id })
    return { ...found, notes: (notesOf.get(id) ?? []).map(({ exceptionId: _, ...note }) => note) }
  })
}
