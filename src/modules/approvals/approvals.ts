import type { ApprovalKind } from '../../kernel/approval-kinds.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { exactJson, fromExactJson } from '../../kernel/exact-json.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'

/** Something that one person asks for. `payload` is what the kind's performer needs to do it; it may hold bigints. */
export type Asked = { kind: ApprovalKind; summary: string; amountMinor: bigint | null; payload: unknown }

/**
 * Something that has a name in the books, such as the reference of a journal: asked for again, it waits once. `shown` is what it would post, where
 * that is kept because looking again would take too long; it may hold bigints.
 */
export type NamedAsk = Asked & { subject: string; shown?: unknown }

export type ApprovalRequest = {
  id: bigint
  kind: ApprovalKind
  summary: string
  amountMinor: bigint | null
  currency: string
  requestedBy: string
  requestedAt: string
  state: 'pending' | 'approved' | 'declined'
  decidedBy: string | null
  decidedAt: string | null
  reason: string
}

const columns = `id, kind, summary, amount_minor as "amountMinor", (select base_currency from company) as currency, requested_by as "requestedBy",
  ${utcMoment('requested_at')} as "requestedAt", state, decided_by as "decidedBy", ${utcMoment('decided_at')} as "decidedAt", reason`

/** Keeps what somebody asks for until another person decides. */
export async function askForApproval(tx: Tx, { kind, summary, amountMinor, payload }: Asked): Promise<ApprovalRequest> {
  return only(
    await tx.query<ApprovalRequest>(
      `insert into approval_request (company_id, kind, summary, amount_minor, payload, requested_by)
         values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
      [tx.companyId, kind, summary, amountMinor, exactJson(payload), tx.actor],
    ),
  )
}

/**
 * As `askForApproval` for a list of what has names. What waits already is found; under the same name something else is refused
 * (`approval_pending`). `requestedBy` is whoever it is asked for, where a job asks in their name.
 */
export async function askForApprovals(
  tx: Tx,
  asked: readonly NamedAsk[],
  requestedBy = tx.actor,
): Promise<ApprovalRequest[]> {
  if (asked.length === 0) return []
  const values = [
    tx.companyId,
    column(asked, (a) => a.kind),
    column(asked, (a) => a.subject),
    column(asked, (a) => exactJson(a.payload)),
  ]
  await tx.query(
    `insert into approval_request (company_id, kind, subject, payload, summary, amount_minor, shown, requested_by)
       select $1, a.kind, a.subject, a.payload::jsonb, a.summary, a.amount_minor, a.shown::jsonb, $8
         from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[]) with ordinality
           as a (kind, subject, payload, summary, amount_minor, shown, place) order by a.place
       on conflict (company_id, kind, subject) where state = 'pending' do nothing`,
    [
      ...values,
      column(asked, (a) => a.summary),
      column(asked, (a) => a.amountMinor),
      column(asked, ({ shown }) => (shown === undefined ? null : exactJson(shown))),
      requestedBy,
    ],
  )
  const waiting = await tx.query<ApprovalRequest & { place: number; same: boolean }>(
    `select a.place::int, r.payload = a.of_payload::jsonb as same, ${columns}
      from unnest($2::text[], $3::text[], $4::text[]) with ordinality as a (of_kind, of_subject, of_payload, place)
      join approval_request r on r.company_id = $1 and r.kind = a.of_kind and r.subject = a.of_subject and r.state = 'pending'`,
    values,
  )
  const byPlace = new Map(waiting.map(({ place, ...request }) => [place, request]))
  return asked.map(({ subject }, index) => {
    const found = byPlace.get(index + 1)
    if (found === undefined || !found.same) throw new Refusal('approval_pending', { subject })
    const { same: _, ...request } = found
    return request
  })
}

/** The requests, the newest first: those of one state, or the latest 500 of all. */
export const listApprovals = (tx: Tx, state: ApprovalRequest['state'] | null): Promise<ApprovalRequest[]> =>
  tx.query<ApprovalRequest>(
    `select ${columns} from approval_request where company_id = $1 and ($2::text is null or state = $2) order by id desc limit 500`,
    [tx.companyId, state],
  )

/** A request with what was asked for, and what it would post where that is kept. Refuses `approval_unknown`. */
export async function readApproval(
  tx: Tx,
  id: bigint,
): Promise<{ request: ApprovalRequest; payload: unknown; shown: unknown }> {
  const [found] = await tx.query<ApprovalRequest & { payload: unknown; shown: unknown }>(
    `select ${columns}, payload, shown from approval_request where company_id = $1 and id = $2`,
    [tx.companyId, id],
  )
  if (found === undefined) throw new Refusal('approval_unknown', { approval: id })
  const { payload, shown, ...request } = found
  return { request, payload: fromExactJson(payload), shown: fromExactJson(shown) }
}

/** Keeps with an approved request what it has posted. */
async function keepEntries(tx: Tx, id: bigint, entries: readonly { entryId: bigint }[]): Promise<void> {
  await tx.query(
    `insert into approval_entry (company_id, approval_id, entry_id)
       select distinct $1::bigint, $2::bigint, e.id from unnest($3::bigint[]) as e (id)`,
    [tx.companyId, id, column(entries, ({ entryId }) => entryId)],
  )
}

/** What an approved request has posted, in order. */
export async function entriesOfApproval(tx: Tx, id: bigint): Promise<bigint[]> {
  const rows = await tx.query<{ id: bigint }>(
    'select entry_id as id from approval_entry where company_id = $1 and approval_id = $2 order by entry_id',
    [tx.companyId, id],
  )
  return rows.map((row) => row.id)
}

/** A request of a kind that waits about a subject, with what was asked for. */
export type PendingRequest = { id: bigint; subject: string; payload: unknown }

/** What waits of a kind about some subjects. */
export async function pendingAbout(tx: Tx, kind: ApprovalKind, subjects: readonly string[]): Promise<PendingRequest[]> {
  const rows = await tx.query<PendingRequest>(
    `select id, subject, payload from approval_request
       where company_id = $1 and kind = $2 and state = 'pending' and subject in (select unnest($3::text[]))`,
    [tx.companyId, kind, column(subjects, (subject) => subject)],
  )
  return rows.map((row) => ({ ...row, payload: fromExactJson(row.payload) }))
}

/** Something that a request is to change, in words: what it is now, and what it will be. */
export type AskedChange = { field: string; before: string | null; after: string | null }

/** Does what was asked for, in the name of whoever asked; or sees to what a refusal leaves behind. */
type Performer = {
  /** Returns the entries that it posts. */
  approved(tx: Tx, payload: unknown, requestedBy: string): Promise<readonly { entryId: bigint }[]>
  /** What it changes beside entries. */
  changes?(tx: Tx, payload: unknown): Promise<AskedChange[]>
  /** Refuses, without doing it, what is known not to be possible any more. */
  refuseOutdated?(tx: Tx, payload: unknown): Promise<void>
  declined?(tx: Tx, payload: unknown, reason: string): Promise<void>
}
export type Performers = Readonly<Record<ApprovalKind, Performer>>

export type Decision = { id: bigint; decision: 'approved' | 'declined'; reason: string }

/**
 * Decides on a request; what is approved is done in the same transaction, so a refusal of the work leaves the request as it was. Refuses
 * `approval_unknown`, `approval_decided`, `approval_by_same_person`: with a key as with their own hands, a person stays the same person.
 */
export async function decideApproval(
  tx: Tx,
  { id, decision, reason }: Decision,
  performers: Performers,
): Promise<ApprovalRequest> {
  const [request] = await tx.query<ApprovalRequest & { payload: unknown; same: boolean }>(
    `select ${columns}, payload, person_of(requested_by) = person_of($3) as same from approval_request
       where company_id = $1 and id = $2 for update`,
    [tx.companyId, id, tx.actor],
  )
  if (request === undefined) throw new Refusal('approval_unknown', { approval: id })
  if (request.same) throw new Refusal('approval_by_same_person', { approval: id })
  if (request.state !== 'pending') throw new Refusal('approval_decided', { approval: id, state: request.state })
  if (decision === 'declined' && reason.trim() === '') throw new Refusal('reason_missing', { approval: id })
  const decided = await tx.query<ApprovalRequest>(
    `update approval_request set state = $3, decided_by = $4, decided_at = now(), reason = $5
       where company_id = $1 and id = $2 returning ${columns}`,
    [tx.companyId, id, decision, tx.actor, reason.trim()],
  )
  const performer = performers[request.kind]
  const payload = fromExactJson(request.payload)
  if (decision === 'approved') await keepEntries(tx, id, await performer.approved(tx, payload, request.requestedBy))
  else await performer.declined?.(tx, payload, reason.trim())
  return only(decided)
}
