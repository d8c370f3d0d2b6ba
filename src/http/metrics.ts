import { timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import type { Registry } from 'prom-client'
import { type Database, readCompany } from '../kernel/database.ts'
import { listCompanies } from '../modules/company/index.ts'
import type { Observer } from './observe.ts'

/** The figures of this process and of its database, in the text form of Prometheus. */
export type Metrics = { observe: Observer; read(): Promise<{ type: string; text: string }> }

type CompanyFigures = {
  unsealedSeconds: number
  exceptionsOpen: number
  importsRunning: number
  oldestImportSeconds: number
  unfolded: number
}

/** One statement a company, by indexes alone. */
const companyFigures = `
  select coalesce((select extract(epoch from now() - min(e.posted_at))
        from journal_batch b join journal_entry e on e.company_id = $1 and e.id = b.first_entry_id where b.company_id = $1), 0)::float8
        as "unsealedSeconds",
      (select count(*) from exception where company_id = $1 and state = 'open')::int as "exceptionsOpen",
      (select count(*) from import_request where company_id = $1 and state = 'running')::int as "importsRunning",
      coalesce((select extract(epoch from now() - min(requested_at)) from import_request where company_id = $1 and state = 'running'), 0)::float8
        as "oldestImportSeconds",
      (select count(*) from (select from account_balance_delta where company_id = $1 limit 100000) d)::int as unfolded`

/** Rows ever inserted, as PostgreSQL's statistics count them, by every program that uses the database; some seconds behind. */
const inserted = `
  select relname as "table", n_tup_ins::float8 as rows from pg_stat_user_tables
    where schemaname = 'public' and relname in ('journal_entry', 'journal_line', 'sales_document', 'sales_document_line')`

/** Counts requests from the beginning, and looks at the database whenever it is asked. The library is loaded by the first look. */
export function openMetrics(database: Database): Metrics {
  const opened = lazily(async () => await registryOf(database))
  const early: Parameters<Observer>[0][] = []
  let count: Observer = (seen) => {
    // Nobody has asked yet, and perhaps nobody ever will: the latest are enough to begin with.
    if (early.length < 10_000) early.push(seen)
  }
  return {
    observe: (seen) => count(seen),
    read: async () => {
      const { registry, observe, look } = await opened()
      count = observe
      for (const seen of early.splice(0)) observe(seen)
      await look()
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

type Look = { registry: Registry; observe: Observer; look(): Promise<void> }

async function registryOf(database: Database): Promise<Look> {
  const { Registry, Histogram, Gauge, collectDefaultMetrics } = await import('prom-client')
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.06, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const gauge = (name: string, help: string, labelNames: string[]) => new Gauge({ name, help, labelNames, registers })
  const pool = gauge('countinghouse_pool_connections', 'Connections of this process, by pool and state.', [
    'pool',
    'state',
  ])
  const rows = gauge('countinghouse_rows_inserted', 'Rows inserted since statistics began, by table.', ['table'])
  const ofCompany = {
    unsealedSeconds: gauge('countinghouse_seal_lag_seconds', 'Age of the oldest entry that has no seal yet.', [
      'company',
    ]),
    exceptionsOpen: gauge('countinghouse_exceptions_open', 'Exceptions that wait for a person.', ['company']),
    importsRunning: gauge('countinghouse_imports_running', 'Imports that are asked for and not done.', ['company']),
    oldestImportSeconds: gauge('countinghouse_import_oldest_seconds', 'Age of the oldest of them.', ['company']),
    unfolded: gauge('countinghouse_deltas_unfolded', 'Balance deltas not folded yet, up to 100,000.', ['company']),
  } satisfies Record<keyof CompanyFigures, unknown>
  const companies = gauge('countinghouse_companies', 'Companies of the installation.', [])
  const look = async (): Promise<void> => {
    for (const [name, { totalCount, idleCount, waitingCount }] of Object.entries(poolsOf(database))) {
      for (const [state, value] of Object.entries({ open: totalCount, idle: idleCount, waiting: waitingCount })) {
        pool.set({ pool: name, state }, value)
      }
    }
    const counted = await database.owner.query<{ table: string; rows: number }>(inserted)
    for (const row of counted.rows) {
      rows.set({ table: row.table }, row.rows)
    }
    const all = await listCompanies(database)
    companies.set(all.length)
    for (const { id } of all) {
      const figures = await figuresOf(database, id)
      if (figures === undefined) continue
      for (const [name, one] of Object.entries(ofCompany)) {
        one.set({ company: String(id) }, figures[name as keyof CompanyFigures])
      }
    }
  }
  const observe: Observer = ({ method, route, status, ms }) => {
    requests.observe({ method, route, status: String(status) }, ms / 1000)
  }
  return { registry, observe, look }
}

async function figuresOf(database: Database, companyId: bigint): Promise<CompanyFigures | undefined> {
  const [figures] = await readCompany(database, companyId, (tx) =>
    tx.query<CompanyFigures>(companyFigures, [companyId]),
  )
  return figures
}

const poolsOf = ({ app, owner }: Database) => ({ application: app, owner })

/** Whether who asks may see the figures: with the token, or, where there is none, from this machine and not through a proxy. */
export function mayReadMetrics(c: Context, token: string | undefined): boolean {
  if (token !== undefined && token !== '') {
    const given = Buffer.from(c.req.header('authorization')?.replace(/^Bearer /i, '') ?? '')
    const wanted = Buffer.from(token)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }
  if (c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined) return false
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
  return /^(?:127\.|::1$|::ffff:127\.)/.test(incoming?.socket?.remoteAddress ?? '')
}
