import { type AccountingDate, fiscalYear } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import type { Posted } from '../../ledger/journal.ts'
import { post } from '../../posting/post.ts'
import { yearClosed } from '../../posting/year-closed.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'

type Year = { year: number; from: AccountingDate; to: AccountingDate }

/**
 * Closes fiscal years, each named by the calendar year in which it ends: what every income and expense account gathered in it goes to
 * retained earnings, on its last day. Refuses `fiscal_year_already_closed`, `nothing_to_close`, `period_closed`, and
 * `approval_needed` where the company wants a second person for it. To close a year again after a late entry, reverse its closing entry first.
 */
export async function closeYears(
  tx: Tx,
  years: readonly number[],
  postedBy = tx.actor,
  { approved = false }: Approved = {},
): Promise<Posted[]> {
  if (!approved)
    await refuseUnapproved(
      tx,
      'year_closing',
      years.map(() => null),
    )
  // Exclusive, so that nobody posts into the year between the look at its results and their closing.
  await tx.query('select pg_advisory_xact_lock(posting_lock_key($1))', [tx.companyId])
  const { fiscalYearStartMonth } = await companyFacts(tx)
  const wanted = [...new Set(years)].map((year): Year => ({ year, ...fiscalYear(year, fiscalYearStartMonth) }))
  const revisions = await revisionsOf(tx, wanted)
  const results = await resultsOf(tx, wanted)
  const closed = wanted.map(({ year, to }) => {
    const ofYear = results.filter((row) => row.year === year)
    if (ofYear.length === 0) throw new Refusal('nothing_to_close', { year })
    return { fiscalYear: year, lastDay: to, revision: revisions.get(String(year)) ?? 0, results: ofYear }
  })
  return await post(tx, yearClosed(closed), { closedPeriod: 'refuse', postedBy })
}

/** How often each year has been closed and opened again. */
async function revisionsOf(tx: Tx, years: readonly Year[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ year: string; closings: number; open: boolean }>(
    `select e.source_id as year, count(*)::int as closings, bool_and(r.id is not null) as open
      from journal_entry e left join journal_entry r on r.company_id = e.company_id and r.reverses_id = e.id
      where e.company_id = $1 and e.source_kind = 'fiscal_year' and e.source_id in (select unnest($2::text[])) group by e.source_id`,
    [tx.companyId, column(years, ({ year }) => String(year))],
  )
  const closed = rows.find(({ open }) => !open)
  if (closed !== undefined) throw new Refusal('fiscal_year_already_closed', { year: closed.year })
  return new Map(rows.map(({ year, closings }) => [year, closings]))
}

type Result = { year: number; accountId: bigint; balanceMinor: bigint }

/** From the stored balances, folded and pending; earlier closings and their reversals are left out, so that they count for nothing. */
async function resultsOf(tx: Tx, years: readonly Year[]): Promise<Result[]> {
  return await tx.query<Result>(
    `with year as (
        select * from unnest($2::int[], $3::date[], $4::date[]) as y (year, first_day, last_day)
      ), movement as (
        select y.year, b.account_id, b.amount_minor from year y
          join account_balance b on b.company_id = $1 and b.grain = 'month' and b.starts_on between y.first_day and y.last_day
        union all
        select y.year, d.account_id, d.amount_minor from year y
          join account_balance_delta d on d.company_id = $1 and d.posted_on between y.first_day and y.last_day
        union all
        select y.year, l.account_id, -l.amount_minor from year y
          join journal_entry e on e.company_id = $1 and e.closes_year and e.posted_on between y.first_day and y.last_day
          join journal_line l on l.company_id = $1 and l.entry_id = e.id
      )
      select m.year, a.id as "accountId", sum(m.amount_minor)::bigint as "balanceMinor"
        from movement m join account a on a.company_id = $1 and a.id = m.account_id and a.class in ('income', 'expense')
        group by m.year, a.id, a.code having sum(m.amount_minor) <> 0 order by m.year, a.code`,
    [tx.companyId, column(years, (y) => y.year), column(years, (y) => y.from), column(years, (y) => y.to)],
  )
}
