import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { playsRole } from '../../ledger/playing.ts'
import { reopenExceptions, resolveExceptions } from './change-exceptions.ts'
import { listDuties } from './duties.ts'
import type { Exception } from './exceptions.ts'
import { exceptionOfSuspendedLine, followSuspense, paymentsOfException, suspenseKinds, suspenseOf } from './suspense.ts'

type About = Pick<Exception, 'id' | 'kind' | 'state'>

/**
 * Lets exceptions follow lines that have moved by something else than their remedy. One of which nothing is in suspense any more is closed; one
 * that was closed opens again where its lines are back; one of which a part has moved is about the rest. `movedBy` are the entries that moved
 * lines, by their ids; without it, every exception for codes, taxes and differences is looked at. Returns the ids of what it closed.
 */
export async function followMoves(tx: Tx, movedBy?: readonly bigint[]): Promise<bigint[]> {
  if (movedBy?.length === 0) return []
  const codes = movedBy === undefined ? await allOfCodes(tx) : await codesMoved(tx, movedBy)
  const payments = movedBy === undefined ? [] : await paymentsMoved(tx, movedBy)
  const inSuspense = new Set([...(await suspenseOf(tx, idsOf(codes))).keys(), ...(await paymentsIn(tx, payments))])
  const all = [...codes, ...payments]
  const back = idsOf(all.filter(({ id, state }) => state === 'resolved' && inSuspense.has(id)))
  const placed = idsOf(all.filter(({ id, state }) => isOpen(state) && !inSuspense.has(id)))
  await openAgain(tx, back)
  await followSuspense(tx, idsOf(codes.filter(({ id, state }) => state === 'dismissed' || inSuspense.has(id))))
  await resolveExceptions(
    tx,
    placed.map((id) => ({ id, body: 'Nothing of it is in suspense any more' })),
  )
  return placed
}

const isOpen = (state: Exception['state']): boolean => state === 'open' || state === 'in_progress'
const idsOf = (exceptions: readonly About[]): bigint[] => exceptions.map(({ id }) => id)

const allOfCodes = (tx: Tx): Promise<About[]> =>
  tx.query(`select id, kind, state from exception where company_id = $1 and kind = any ($2::text[]) order by id`, [
    tx.companyId,
    column(suspenseKinds, (kind) => kind),
  ])

/** The exceptions for which lines stand that some entries have moved. */
const codesMoved = (tx: Tx, movedBy: readonly bigint[]): Promise<About[]> =>
  tx.query(
    `select distinct x.id, x.kind, x.state from line_move m
      join journal_line l on l.company_id = $1 and l.entry_id = m.entry_id and l.line_no = m.line_no
      join sales_document_line s on s.company_id = $1 and s.document_id = l.document_id and s.line_no = l.document_line_no
        and s.role = 'sales_suspense'
      ${exceptionOfSuspendedLine}
      where m.company_id = $1 and m.moved_by_id in (select unnest($2::bigint[])) order by x.id`,
    [tx.companyId, column(movedBy, (id) => id)],
  )

/** The exceptions about payments whose lines some entries have moved. */
const paymentsMoved = (tx: Tx, movedBy: readonly bigint[]): Promise<About[]> =>
  tx.query(
    `select distinct x.id, x.kind, x.state from exception x ${paymentsOfException}
      where x.company_id = $1 and x.kind = 'unknown_payment_method' and e.id in (
        select m.entry_id from line_move m where m.company_id = $1 and m.moved_by_id in (select unnest($2::bigint[]))) order by x.id`,
    [tx.companyId, column(movedBy, (id) => id)],
  )

/** Those of which money stands in suspense: a line that has moved stands where its last move put it. */
async function paymentsIn(tx: Tx, payments: readonly About[]): Promise<bigint[]> {
  if (payments.length === 0) return []
  const rows = await tx.query<{ id: bigint }>(
    `select distinct x.id from exception x ${paymentsOfException}
      join journal_line l on l.company_id = $1 and l.entry_id = e.id
      left join lateral (select m.to_account_id from line_move m where m.company_id = $1 and m.entry_id = l.entry_id and m.line_no = l.line_no
        order by m.move_no desc limit 1) last on true
      join account a on a.company_id = $1 and a.id = coalesce(last.to_account_id, l.account_id) and ${playsRole('a', 'payment_suspense')}
      where x.company_id = $1 and x.id = any ($2::bigint[])`,
    [tx.companyId, column(payments, ({ id }) => id)],
  )
  return rows.map(({ id }) => id)
}

/** As if they were met again: with a day of their own, of which whoever answers for them is told. */
async function openAgain(tx: Tx, ids: readonly bigint[]): Promise<void> {
  if (ids.length === 0) return
  await reopenExceptions(
    tx,
    ids.map((id) => ({ id, body: 'What it is about is in suspense again' })),
  )
  const duties = await listDuties(tx)
  await tx.query(
    `update exception x set notified_at = null, due_on = (now() at time zone c.time_zone)::date + d.days
       from unnest($3::text[], $4::int[]) as d (data_kind, days), company c
       where x.company_id = $1 and x.id = any ($2::bigint[]) and x.data_kind = d.data_kind and c.id = $1`,
    [tx.companyId, column(ids, (id) => id), column(duties, (d) => d.dataKind), column(duties, (d) => d.days)],
  )
}
