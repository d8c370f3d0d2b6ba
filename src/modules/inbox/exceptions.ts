import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'

/** What can be wrong: the closed list. */
export const exceptionKinds = [
  'unknown_code',
  'unclear_destination',
  'document_changed',
  'document_refused',
  'rows_differ',
  'order_without_items',
  'payments_differ',
  'sale_not_shipped',
  'total_differs',
  'unknown_payment_method',
  'unknown_tax',
  'tax_base_unclear',
  'refund_unclear',
  'recurring_journal_refused',
] as const
export type ExceptionKind = (typeof exceptionKinds)[number]

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
  kind: string
  source: string
  message: string
  amountMinor: bigint
  currency: string
  responsible: string
  dueOn: AccountingDate
  state: 'open' | 'resolved'
}

const daysToResolve = 7

/**
 * Raises exceptions and returns those that are new. An open one that is met again grows by the amount; the order desk is responsible and has
 * a week.
 */
export async function raiseExceptions(tx: Tx, raised: readonly NewException[]): Promise<NewException[]> {
  if (raised.length === 0) return []
  const byKey = new Map<string, NewException>()
  for (const exception of raised) {
    const key = `${exception.kind} ${exception.source} ${exception.subject}`
    const earlier = byKey.get(key)
    byKey.set(
      key,
      earlier === undefined ? exception : { ...earlier, amountMinor: earlier.amountMinor + exception.amountMinor },
    )
  }
  const rows = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, exception]) => exception)
  const saved = await tx.query<{ kind: string; source: string; subject: string; opened: boolean }>(
    `insert into exception as x (company_id, kind, source, subject, message, amount_minor, currency, responsible, due_on)
       select $1, e.kind, e.source, e.subject, e.message, e.amount_minor, e.currency, 'order desk', current_date + ${daysToResolve}
         from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])
           as e (kind, source, subject, message, amount_minor, currency)
       on conflict on constraint exception_opened_once do update set amount_minor = x.amount_minor + excluded.amount_minor
         where excluded.kind not in ('document_changed', 'document_refused')
       returning kind, source, subject, (xmax = 0) as opened`,
    [
      tx.companyId,
      column(rows, (e) => e.kind),
      column(rows, (e) => e.source),
      column(rows, (e) => e.subject),
      column(rows, (e) => e.message),
      column(rows, (e) => e.amountMinor),
      column(rows, (e) => e.currency),
    ],
  )
  const opened = new Set(saved.filter((row) => row.opened).map((row) => `${row.kind} ${row.source} ${row.subject}`))
  return [...byKey.entries()].flatMap(([key, exception]) => (opened.has(key) ? [exception] : []))
}

/** The same exceptions with the amounts that they have by now: one that was met again has grown. */
export async function withAmountsNow(tx: Tx, raised: readonly NewException[]): Promise<NewException[]> {
  if (raised.length === 0) return []
  const rows = await tx.query<{ amount_minor: bigint }>(
    `select x.amount_minor
      from unnest($2::text[], $3::text[], $4::text[]) with ordinality as wanted (kind, source, subject, place)
      join exception x on x.company_id = $1 and x.kind = wanted.kind and x.source = wanted.source and x.subject = wanted.subject
      order by wanted.place`,
    [tx.companyId, column(raised, (e) => e.kind), column(raised, (e) => e.source), column(raised, (e) => e.subject)],
  )
  return raised.map((exception, index) => ({
    ...exception,
    amountMinor: rows[index]?.amount_minor ?? exception.amountMinor,
  }))
}

/** The exceptions, open ones first, largest amount first. */
export const listExceptions = (tx: Tx): Promise<Exception[]> =>
  tx.query<Exception>(
    `select id, kind, source, message, amount_minor as "amountMinor", currency, responsible, due_on as "dueOn", state
      from exception where company_id = $1 order by state, abs(amount_minor) desc, id`,
    [tx.companyId],
  )

/** How many exceptions wait for somebody. */
export const countOpenExceptions = async (tx: Tx): Promise<number> =>
  only(
    await tx.query<{ open: number }>(
      `select count(*)::int as open from exception where company_id = $1 and state = 'open'`,
      [tx.companyId],
    ),
  ).open
