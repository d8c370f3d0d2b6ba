import { type AccountingDate, endOfMonth, startOfMonth } from '../kernel/accounting-date.ts'
import { only, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'

export type PeriodState = { startsOn: AccountingDate; endsOn: AccountingDate; state: 'open' | 'closed' }

export type PeriodDecision = { month: AccountingDate; reason?: string; decidedBy: string }

/**
 * Closes a month: from now on the database refuses entries in it. Waits for the transactions that are posting, no longer, and keeps the
 * hash over what the month holds. Refuses `period_already_closed`.
 */
export async function closePeriod(tx: Tx, { month, reason = '', decidedBy }: PeriodDecision): Promise<PeriodState> {
  await tx.query('select pg_advisory_xact_lock(posting_lock_key($1))', [tx.companyId])
  const startsOn = startOfMonth(month)
  const endsOn = endOfMonth(month)
  const closed = await tx.query(
    `insert into accounting_period as p (company_id, starts_on, ends_on, state) values ($1, $2, $3, 'closed')
       on conflict (company_id, starts_on) do update set state = 'closed' where p.state <> 'closed' returning starts_on`,
    [tx.companyId, startsOn, endsOn],
  )
  if (closed.length === 0) throw new Refusal('period_already_closed', { period: startsOn.slice(0, 7) })
  await tx.query(
    `insert into period_decision (company_id, starts_on, decision, reason, content_hash, decided_by)
       values ($1, $2, 'close', $3, ${periodHash('$1', '$2', '$4')}, $5)`,
    [tx.companyId, startsOn, reason, endsOn, decidedBy],
  )
  return { startsOn, endsOn, state: 'closed' }
}

/** Opens a closed month again: a logged decision with a reason. Refuses `period_not_closed`, `reason_missing`. */
export async function reopenPeriod(tx: Tx, { month, reason = '', decidedBy }: PeriodDecision): Promise<PeriodState> {
  if (reason.trim() === '') throw new Refusal('reason_missing', { period: month.slice(0, 7) })
  await tx.query('select pg_advisory_xact_lock(posting_lock_key($1))', [tx.companyId])
  const startsOn = startOfMonth(month)
  const opened = await tx.query(
    `update accounting_period set state = 'open' where company_id = $1 and starts_on = $2 and state = 'closed' returning starts_on`,
    [tx.companyId, startsOn],
  )
  if (opened.length === 0) throw new Refusal('period_not_closed', { period: startsOn.slice(0, 7) })
  await tx.query(
    `insert into period_decision (company_id, starts_on, decision, reason, decided_by) values ($1, $2, 'reopen', $3, $4)`,
    [tx.companyId, startsOn, reason, decidedBy],
  )
  return { startsOn, endsOn: endOfMonth(month), state: 'open' }
}

/** The hash over everything that a period holds, as an SQL expression: the digests of its entries, in order of their ids. */
export const periodHash = (company: string, startsOn: string, endsOn: string): string =>
  `(select sha256(coalesce(string_agg(d.digest, ''::bytea order by d.entry_id), ''::bytea)) from journal_entry_digest d
     where d.company_id = ${company} and d.posted_on between ${startsOn} and ${endsOn})`

/** Closed months whose content is no longer what it was when they were closed, with how many were compared. */
export async function verifyClosedPeriods(tx: Tx): Promise<{ compared: number; broken: { period: string }[] }> {
  const { compared } = only(
    await tx.query<{ compared: bigint }>(`select count(*) as compared from accounting_period where state = 'closed'`),
  )
  const broken = await tx.query<{ period: string }>(
    `select to_char(p.starts_on, 'YYYY-MM') as period from accounting_period p
       cross join lateral (select content_hash from period_decision d
         where d.company_id = p.company_id and d.starts_on = p.starts_on and d.decision = 'close' order by d.id desc limit 1) closed
       where p.state = 'closed' and closed.content_hash is distinct from ${periodHash('p.company_id', 'p.starts_on', 'p.ends_on')}
       order by p.starts_on`,
  )
  return { compared: Number(compared), broken }
}

/** Every month that was ever closed, with its state now. */
export const listPeriods = (tx: Tx): Promise<PeriodState[]> =>
  tx.query<PeriodState>(
    'select starts_on as "startsOn", ends_on as "endsOn", state from accounting_period order by starts_on',
  )
