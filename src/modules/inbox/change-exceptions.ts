import { type AccountingDate, today } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { pendingAbout } from '../approvals/index.ts'
import { keepMentions } from './mentions.ts'
import { suspenseKinds, suspenseOf } from './suspense.ts'

export const exceptionStates = ['open', 'in_progress', 'resolved', 'dismissed'] as const
export type ExceptionState = (typeof exceptionStates)[number]

/** From which state an exception may go where. A closed one opens again when it is met again. */
export const exceptionMoves = {
  open: ['in_progress', 'resolved', 'dismissed'],
  in_progress: ['open', 'resolved', 'dismissed'],
  resolved: ['open'],
  dismissed: ['open'],
} as const satisfies Record<ExceptionState, readonly ExceptionState[]>

type NoteKind =
  | 'note'
  | 'assigned'
  | 'taken_on'
  | 'resolved'
  | 'dismissed'
  | 'reopened'
  | 'escalated'
  | 'rerun'
  | 'due_changed'

/**
 * What is written about an exception; nobody can change it afterwards. `mentions` are the people whom its words name as `@[user:7]`, each as
 * `user:7`.
 */
export type ExceptionNote = { kind: NoteKind; author: string; writtenAt: string; body: string; mentions: string[] }

/** An exception to change, and what is to be said of it. */
export type ExceptionChange = { id: bigint; body: string }

type Locked = {
  id: bigint
  state: ExceptionState
  kind: string
  source: string
  subject: string
  responsible: string
  dueOn: AccountingDate
}

/** Locks exceptions in order of their ids. Refuses `exception_unknown`. */
async function lockExceptions(tx: Tx, ids: readonly bigint[]): Promise<Map<bigint, Locked>> {
  const rows = await tx.query<Locked>(
    `select id, state, kind, source, subject, responsible, due_on as "dueOn" from exception
       where company_id = $1 and id = any ($2::bigint[]) order by id for update`,
    [tx.companyId, column(ids, (id) => id) ?? '{}'],
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  for (const id of ids) if (!found.has(id)) throw new Refusal('exception_unknown', { exception: id })
  return found
}

/**
 * Writes notes; the text is not empty. `@[user:7]` in it names a person, who is told. Refuses `exception_unknown`, `reason_missing`,
 * `member_unknown` for a person who may not see exceptions of the company.
 */
export async function noteExceptions(tx: Tx, notes: readonly ExceptionChange[]): Promise<void> {
  await lockExceptions(
    tx,
    notes.map(({ id }) => id),
  )
  await keepMentions(tx, await writeNotes(tx, 'note', notes))
}

/** Writes notes, and returns them with ids of their own. */
export async function writeNotes(
  tx: Tx,
  kind: NoteKind,
  notes: readonly ExceptionChange[],
): Promise<{ id: bigint; body: string }[]> {
  if (notes.length === 0) return []
  for (const { id, body } of notes) if (body.trim() === '') throw new Refusal('reason_missing', { exception: id })
  return await tx.query(
    `insert into exception_note (company_id, exception_id, kind, author, body)
       select $1, n.id, $2, $3, n.body from unnest($4::bigint[], $5::text[]) as n (id, body) returning id, body`,
    [tx.companyId, kind, tx.actor, column(notes, (n) => n.id), column(notes, (n) => n.body)],
  )
}

/** Whom an exception is given to, and where to reach them; and from whom, where it matters. */
export type Assignment = { id: bigint; responsible: string; email?: string | null; from?: string | undefined }

/**
 * Gives exceptions to somebody, who is told. Refuses `exception_unknown`, `exception_closed`, `input_invalid` without a name, and
 * `changed_meanwhile` where somebody else is responsible by now than the one it is to be taken `from`.
 */
export async function assignExceptions(tx: Tx, assignments: readonly Assignment[]): Promise<void> {
  const locked = await lockExceptions(
    tx,
    assignments.map(({ id }) => id),
  )
  for (const { id, responsible, from } of assignments) {
    const found = locked.get(id) as Locked
    refuseClosed(found)
    if (from !== undefined && from !== found.responsible)
      throw new Refusal('changed_meanwhile', { exception: id, responsible: found.responsible })
    if (responsible.trim() === '') throw new Refusal('input_invalid', { responsible: 'a name is needed' })
  }
  await tx.query(
    `update exception x set responsible = a.responsible, responsible_email = a.email, notified_at = null
       from unnest($2::bigint[], $3::text[], $4::text[]) as a (id, responsible, email) where x.company_id = $1 and x.id = a.id`,
    [
      tx.companyId,
      column(assignments, (a) => a.id),
      column(assignments, (a) => a.responsible.trim()),
      column(assignments, (a) => a.email),
    ],
  )
  await writeNotes(
    tx,
    'assigned',
    assignments.map(({ id, responsible }) => ({ id, body: `Given to ${responsible.trim()}` })),
  )
}

/** The day by which an exception is to be done, and what it was as somebody read it, where that matters. */
export type DueDay = { id: bigint; dueOn: AccountingDate; from?: AccountingDate | undefined }

/**
 * Gives exceptions another due day; who is next when that has passed is counted from it. The same day again changes nothing. Refuses
 * `exception_unknown`, `exception_closed`, `input_invalid` for a day that is over, and `changed_meanwhile` where somebody else has changed it since.
 */
export async function changeDueDays(tx: Tx, changes: readonly DueDay[]): Promise<void> {
  const locked = await lockExceptions(
    tx,
    changes.map(({ id }) => id),
  )
  const now = today((await companyFacts(tx)).timeZone)
  for (const { id, dueOn, from } of changes) {
    const found = locked.get(id) as Locked
    refuseClosed(found)
    if (from !== undefined && from !== found.dueOn)
      throw new Refusal('changed_meanwhile', { exception: id, due: found.dueOn })
    if (dueOn < now) throw new Refusal('input_invalid', { due: dueOn, expected: `a day not before ${now}` })
  }
  const fresh = changes.filter(({ id, dueOn }) => locked.get(id)?.dueOn !== dueOn)
  await tx.query(
    `update exception x set due_on = d.due_on from unnest($2::bigint[], $3::date[]) as d (id, due_on) where x.company_id = $1 and x.id = d.id`,
    [tx.companyId, column(fresh, ({ id }) => id), column(fresh, ({ dueOn }) => dueOn)],
  )
  await writeNotes(
    tx,
    'due_changed',
    fresh.map(({ id, dueOn }) => ({ id, body: `Due on ${dueOn} instead of ${locked.get(id)?.dueOn}` })),
  )
}

/** An exception that somebody works on from now on, and its state as they read it, where that matters. */
export type Work = { id: bigint; from?: ExceptionState | undefined }

/**
 * Says that somebody works on exceptions. One that is in progress stays so. Refuses `exception_unknown`, `exception_closed`, and `changed_meanwhile`
 * where somebody else has taken one on since.
 */
export async function takeOnExceptions(tx: Tx, work: readonly Work[]): Promise<void> {
  const locked = await lockExceptions(
    tx,
    work.map(({ id }) => id),
  )
  for (const { id, from } of work) {
    const found = locked.get(id) as Locked
    refuseClosed(found)
    if (from !== undefined && from !== found.state)
      throw new Refusal('changed_meanwhile', { exception: id, state: found.state })
  }
  const open = [...locked.values()].filter(({ state }) => state === 'open').map(({ id }) => id)
  await setState(tx, open, 'in_progress')
  await writeNotes(
    tx,
    'taken_on',
    open.map((id) => ({ id, body: 'Somebody works on it' })),
  )
}

/**
 * Closes exceptions as done, saying how. One that is resolved stays so. Refuses `exception_unknown`, `reason_missing`, `exception_closed`, and
 * `exception_needs_remedy` for a code whose lines are still in suspense.
 */
export const resolveExceptions = (tx: Tx, changes: readonly ExceptionChange[]): Promise<void> =>
  close(tx, changes, 'resolved')

/**
 * Closes exceptions without doing anything, for a reason. Refuses as `resolveExceptions`, and `approval_pending` for one whose remedy waits for a
 * second person.
 */
export async function dismissExceptions(tx: Tx, changes: readonly ExceptionChange[]): Promise<void> {
  const [pending] = await pendingAbout(
    tx,
    'remedy',
    changes.map(({ id }) => String(id)),
  )
  if (pending !== undefined) throw new Refusal('approval_pending', { exception: pending.subject, approval: pending.id })
  await close(tx, changes, 'dismissed')
}

async function close(tx: Tx, changes: readonly ExceptionChange[], state: 'resolved' | 'dismissed'): Promise<void> {
  const locked = await lockExceptions(
    tx,
    changes.map(({ id }) => id),
  )
  for (const { id, body } of changes) if (body.trim() === '') throw new Refusal('reason_missing', { exception: id })
  const fresh = changes.filter(({ id }) => locked.get(id)?.state !== state)
  for (const { id } of fresh) refuseClosed(locked.get(id) as Locked)
  if (state === 'resolved')
    await refuseInSuspense(
      tx,
      fresh.map(({ id }) => locked.get(id) as Locked),
    )
  await tx.query(
    `update exception x set state = $4, resolution = c.body, closed_by = $5, closed_at = clock_timestamp()
       from unnest($2::bigint[], $3::text[]) as c (id, body) where x.company_id = $1 and x.id = c.id`,
    [tx.companyId, column(fresh, (c) => c.id), column(fresh, (c) => c.body.trim()), state, tx.actor],
  )
  await writeNotes(tx, state, fresh)
}

/** Opens closed exceptions again, for a reason. Refuses `exception_unknown`, `reason_missing`. */
export async function reopenExceptions(tx: Tx, changes: readonly ExceptionChange[]): Promise<void> {
  const locked = await lockExceptions(
    tx,
    changes.map(({ id }) => id),
  )
  const closed = changes.filter(({ id }) => exceptionMoves[(locked.get(id) as Locked).state][0] === 'open')
  await setState(
    tx,
    closed.map(({ id }) => id),
    'open',
  )
  await writeNotes(tx, 'reopened', closed)
}

async function setState(tx: Tx, ids: readonly bigint[], state: 'open' | 'in_progress'): Promise<void> {
  await tx.query(
    `update exception set state = $3, resolution = '', closed_by = null, closed_at = null where company_id = $1 and id = any ($2::bigint[])`,
    [tx.companyId, column(ids, (id) => id) ?? '{}', state],
  )
}

async function refuseInSuspense(tx: Tx, exceptions: readonly Locked[]): Promise<void> {
  const standing = exceptions.filter(({ kind }) => (suspenseKinds as readonly string[]).includes(kind))
  const waiting = await suspenseOf(
    tx,
    standing.map(({ id }) => id),
  )
  const left = standing.find(({ id }) => waiting.has(id))
  if (left !== undefined) throw new Refusal('exception_needs_remedy', { code: left.subject })
}

function refuseClosed({ id, state }: Locked): void {
  if (!(exceptionMoves[state] as readonly ExceptionState[]).includes('resolved'))
    throw new Refusal('exception_closed', { exception: id, state })
}
