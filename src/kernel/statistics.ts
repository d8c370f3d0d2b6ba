import type { Tx } from './database.ts'

/** Fewer rows than these are read quickly by any plan. */
const FEW = 20
/** A job that looks again and again lets so many rows come first. */
const FEW_FOR_A_JOB = 200
/** Of a large table a sample is taken, of thirty thousand rows: a company with fewer of the table's rows than one in so many may be missing from it. */
const SEEN_IN_A_SAMPLE = 1_000
/** A company of which so many rows are expected gets plans for many. */
const MANY = 2_000
/** An expectation that is out by this factor makes another plan. */
const FAR_OUT = 10

type Table = { name: string; enough: number; changed: number }
type Expected = Table & { rows: number }

/**
 * Analyzes the tables in which the company of the transaction has far more rows than the planner expects. The database analyzes by itself once a tenth
 * of a table is new, which for a company that begins beside larger ones may be long after it has thousands of documents. Until then the planner takes it to have
 * none, and joins them by reading all for each. Runs as the owner; a table that another session is analyzing is left to it. Returns the names of the tables.
 * @param again for a job that asks again and again: it looks only at tables in which enough has been committed since they were last analyzed
 */
export async function freshenStatistics(tx: Tx, { again = false } = {}): Promise<string[]> {
  const tables = await tx.query<Table>(filledTables, [again ? FEW_FOR_A_JOB : FEW])
  const some = tables.filter(({ changed, enough }) => !again || changed >= enough)
  const doubtful = (await expectations(tx, some)).filter(({ rows, enough }) => rows < Math.max(enough, MANY))
  const stale = await withFarMore(tx, doubtful)
  if (stale.length > 0) await tx.query(`analyze (skip_locked) ${stale.join(', ')}`)
  return stale
}

// What fits into two pages is read quickly for each of anything. A name comes quoted where it must be. Asking for the size of a table waits for whoever
// holds it alone, and what asks for statistics must wait for nobody: such a table is looked at the next time.
const filledTables = `
  with alone as materialized (
    select relation from pg_locks where relation is not null and mode = 'AccessExclusiveLock' and pid <> pg_backend_pid()
  )
  select quote_ident(c.relname) as name, greatest($1::int, c.reltuples / ${SEEN_IN_A_SAMPLE})::int as enough,
      coalesce(pg_stat_get_mod_since_analyze(c.oid), 0)::int as changed
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and case when c.oid in (select relation from alone) then false else pg_relation_size(c.oid) > 2 * 8192 end
    order by 1`

type Plan = { 'Relation Name'?: string; Alias?: string; 'Plan Rows': number; Plans?: Plan[] }

/** How many of the company's rows the planner expects in each table. */
async function expectations(tx: Tx, tables: readonly Table[]): Promise<Expected[]> {
  if (tables.length === 0) return []
  const scans = tables.map(({ name }, place) => `select 1 from ${name} as t${place} where company_id = ${tx.companyId}`)
  const [explained] = await tx.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    `explain (format json) ${scans.join(' union all ')}`,
  )
  const rows = new Map<string, number>()
  const visit = (plan: Plan): void => {
    if (plan.Alias !== undefined) rows.set(plan.Alias, plan['Plan Rows'])
    for (const part of plan.Plans ?? []) visit(part)
  }
  for (const { Plan } of explained?.['QUERY PLAN'] ?? []) visit(Plan)
  return tables.map((table, place) => ({ ...table, rows: rows.get(`t${place}`) ?? 0 }))
}

/** The tables in which the company has at least `enough` rows, and far more than expected. It counts no further than that. */
async function withFarMore(tx: Tx, tables: readonly Expected[]): Promise<string[]> {
  if (tables.length === 0) return []
  const counts = tables.map(({ name, enough, rows }, place) => {
    const most = Math.max(enough, rows * FAR_OUT)
    return `select ${place} as place, (select count(*) from (select from ${name} where company_id = ${tx.companyId} limit ${most}) t) = ${most} as more`
  })
  const found = await tx.query<{ place: number; more: boolean }>(counts.join(' union all '))
  return found.flatMap(({ place, more }) => (more ? [tables[place]?.name as string] : []))
}
