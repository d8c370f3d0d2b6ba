import { only, type Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { listSource, type Source } from '../source.ts'

/** Exceptions of one kind that wait for somebody. Amounts of several currencies are not added up: one each. */
export type WaitingKind = {
  kind: string
  dataKind: string
  count: number
  overdue: number
  oldestDue: string
  amounts: MoneyJson[]
  source: Source
}

export type HomeExceptions = {
  count: number
  overdue: number
  /** By how long they have waited, in days since they were opened. */
  ages: { age: (typeof exceptionAges)[number]; count: number }[]
  kinds: WaitingKind[]
}

export const exceptionAges = ['today', 'days1To7', 'days8To30', 'over30'] as const

type Row = {
  kind: string
  dataKind: string
  currency: string
  count: number
  overdue: number
  oldestDue: string
  minor: bigint
} & Record<(typeof exceptionAges)[number], number>

/** What waits for a decision, by kind and by age; the largest kinds first. */
export async function homeExceptions(tx: Tx): Promise<HomeExceptions> {
  const age = 't.day - (x.opened_at at time zone t.zone)::date'
  const rows = await tx.query<Row>(
    `select x.kind, x.data_kind as "dataKind", x.currency, count(*)::int as count, sum(abs(x.amount_minor))::bigint as minor,
        count(*) filter (where x.due_on < t.day)::int as overdue, min(x.due_on) as "oldestDue",
        count(*) filter (where ${age} <= 0)::int as today, count(*) filter (where ${age} between 1 and 7)::int as "days1To7",
        count(*) filter (where ${age} between 8 and 30)::int as "days8To30", count(*) filter (where ${age} > 30)::int as over30
      from exception x
      cross join (select time_zone as zone, (now() at time zone time_zone)::date as day from company where id = $1) t
      where x.company_id = $1 and x.state in ('open', 'in_progress')
      group by x.kind, x.data_kind, x.currency order by count(*) desc, x.kind, x.currency`,
    [tx.companyId],
  )
  const kinds = new Map<string, WaitingKind>()
  for (const { kind, dataKind, currency, count, overdue, oldestDue, minor } of rows) {
    const known = kinds.get(kind)
    const amount = moneyJson(minor, currency)
    if (known === undefined) {
      const source = listSource('exceptions', { kind })
      kinds.set(kind, { kind, dataKind, count, overdue, oldestDue, amounts: [amount], source })
    } else {
      known.count += count
      known.overdue += overdue
      known.amounts.push(amount)
      if (oldestDue < known.oldestDue) known.oldestDue = oldestDue
    }
  }
  const total = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  return {
    count: total(({ count }) => count),
    overdue: total(({ overdue }) => overdue),
    ages: exceptionAges.map((one) => ({ age: one, count: total((row) => row[one]) })),
    kinds: [...kinds.values()],
  }
}

export type HomeApprovals = { count: number; oldestAt: string | null; source: Source }

/** What waits for a second person. */
export async function homeApprovals(tx: Tx): Promise<HomeApprovals> {
  const found = only(
    await tx.query<{ count: number; oldestAt: string | null }>(
      `select count(*)::int as count, ${utcMoment('min(requested_at)')} as "oldestAt" from approval_request
        where company_id = $1 and state = 'pending'`,
      [tx.companyId],
    ),
  )
  return { ...found, source: listSource('approvals', { state: 'pending' }) }
}

export type HomeImport = {
  id: string
  format: string
  state: string
  phase: string
  dryRun: boolean
  files: string[]
  documents: number
  documentsDone: number
  message: string
  requestedAt: string
  finishedAt: string | null
}

/** The import that was asked for last; null where none was. */
export async function homeImport(tx: Tx): Promise<HomeImport | null> {
  const [found] = await tx.query<Omit<HomeImport, 'id'> & { id: bigint }>(
    `select id, format, state, phase, dry_run as "dryRun", array(select f ->> 'name' from jsonb_array_elements(files) f) as files,
        documents::int, documents_done::int as "documentsDone", message, ${utcMoment('requested_at')} as "requestedAt",
        ${utcMoment('finished_at')} as "finishedAt"
      from import_request where company_id = $1 order by id desc limit 1`,
    [tx.companyId],
  )
  return found === undefined ? null : { ...found, id: String(found.id) }
}

export type HomeProof = {
  ok: boolean
  ranAt: string
  held: number
  broken: number
  /** Each check: what it found, how much it compared, and how many rows it names. */
  checks: { name: string; result: string; compared: number; rows: number }[]
}

/** What the checks found last; null where they have never run. Their rows are counted and not read: `GET …/checks` has them. */
export async function homeProof(tx: Tx): Promise<HomeProof | null> {
  const checks = await tx.query<{
    ok: boolean
    ranAt: string
    name: string
    result: string
    compared: number
    rows: number
  }>(
    `select p.ok, ${utcMoment('p.ran_at')} as "ranAt", c ->> 'name' as name, c ->> 'result' as result, (c ->> 'compared')::bigint::int as compared,
        jsonb_array_length(c -> 'rows') as rows
      from (select * from proof_run where company_id = $1 order by id desc limit 1) p
      cross join lateral jsonb_array_elements(p.report -> 'checks') with ordinality as x (c, place) order by x.place`,
    [tx.companyId],
  )
  const [first] = checks
  if (first === undefined) return null
  const having = (result: string): number => checks.filter((check) => check.result === result).length
  return {
    ok: first.ok,
    ranAt: first.ranAt,
    held: having('held'),
    broken: having('broken'),
    checks: checks.map(({ name, result, compared, rows }) => ({ name, result, compared, rows })),
  }
}
