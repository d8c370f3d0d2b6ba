import { timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import type { Gauge, Registry } from 'prom-client'
import { type Database, readCompany } from '../kernel/database.ts'
import { listCompanies } from '../modules/company/index.ts'
import type { Observer } from './observe.ts'

/** The figures of this process and of its database, in the text form of Prometheus. */
export type Metrics = { observe: Observer; read(): Promise<{ type: string; text: string }> }

type CompanyFigures = {
  unsealed: number
  unsealedSeconds: number
  exceptionsOpen: number
  exceptionsInProgress: number
  exceptionsOverdue: number
  webhooksPending: number
  webhooksFailed: number
  webhookSeconds: number
  lettersWaiting: number
  lettersGivenUp: number
  letterSeconds: number
  importsRunning: number
  oldestImportSeconds: number
  unfolded: number
}

const ageOf = (moment: string): string => `greatest(coalesce(extract(epoch from now() - ${moment}), 0), 0)::float8`

/** One statement a company, by indexes alone; what may be many is counted as far as 100,000. */
const companyFigures = `
  with unsealed as (
    select distinct e.id, e.posted_at from journal_batch b
        cross join lateral (
          select id, posted_at from journal_entry where company_id = $1 and id between b.first_entry_id and b.last_entry_id limit 100000
        ) e
      where b.company_id = $1 and not exists (select from journal_seal s where s.company_id = $1 and s.entry_id = e.id)
      limit 100000
  ), waiting as (
    select count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'in_progress')::int as in_progress,
        count(*) filter (where due_on < current_date)::int as overdue
      from exception where company_id = $1 and state in ('open', 'in_progress')
  ), delivery as (
    select count(*)::int as pending, min(next_attempt_at) as due_at
      from (select next_attempt_at from webhook_delivery where company_id = $1 and state = 'pending' order by next_attempt_at limit 100000) d
  ), letter as (
    select count(*)::int as waiting, min(next_attempt_at) as due_at
      from (select next_attempt_at from mail_outbox where company_id = $1 and state = 'waiting' order by next_attempt_at limit 100000) m
  )
  select (select count(*) from unsealed)::int as unsealed, ${ageOf('(select min(posted_at) from unsealed)')} as "unsealedSeconds",
      waiting.open as "exceptionsOpen", waiting.in_progress as "exceptionsInProgress", waiting.overdue as "exceptionsOverdue",
      delivery.pending as "webhooksPending", ${ageOf('delivery.due_at')} as "webhookSeconds",
      (select count(*) from webhook_delivery where company_id = $1 and state = 'failed')::int as "webhooksFailed",
      letter.waiting as "lettersWaiting", ${ageOf('letter.due_at')} as "letterSeconds",
      (select count(*) from mail_outbox where company_id = $1 and state = 'given_up')::int as "lettersGivenUp",
      (select count(*) from import_request where company_id = $1 and state in ('checking', 'running'))::int as "importsRunning",
      ${ageOf(`(select min(requested_at) from import_request where company_id = $1 and state in ('checking', 'running'))`)} as "oldestImportSeconds",
      (select count(*) from (select from account_balance_delta where company_id = $1 limit 100000) d)::int as unfolded
    from waiting, delivery, letter`

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
  const ofCompany = companyGauges(gauge)
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
      for (const [name, set] of Object.entries(ofCompany)) {
        set(String(id), figures[name as keyof CompanyFigures])
      }
    }
  }
  const observe: Observer = ({ method, route, status, ms }) => {
    requests.observe({ method, route, status: String(status) }, ms / 1000)
  }
  return { registry, observe, look }
}

type NewGauge = (name: string, help: string, labelNames: string[]) => Gauge

/** What sets the gauge of each figure of a company. */
function companyGauges(gauge: NewGauge): Record<keyof CompanyFigures, (company: string, value: number) => void> {
  const plain = (name: string, help: string) => {
    const made = gauge(name, help, ['company'])
    return (company: string, value: number) => made.set({ company }, value)
  }
  const byState = (name: string, help: string) => {
    const made = gauge(name, help, ['company', 'state'])
    return (state: string) => (company: string, value: number) => made.set({ company, state }, value)
  }
  const exceptions = byState('countinghouse_exceptions', 'Exceptions that wait for a person, and those past their day.')
  const webhooks = byState('countinghouse_webhook_deliveries', 'Deliveries that wait, and those given up.')
  const letters = byState('countinghouse_letters', 'Letters that wait, and those given up.')
  return {
    unsealed: plain('countinghouse_entries_unsealed', 'Entries that have no seal yet, up to 100,000.'),
    unsealedSeconds: plain('countinghouse_seal_lag_seconds', 'Age of the oldest of them.'),
    exceptionsOpen: exceptions('open'),
    exceptionsInProgress: exceptions('in_progress'),
    exceptionsOverdue: exceptions('overdue'),
    webhooksPending: webhooks('pending'),
    webhooksFailed: webhooks('failed'),
    webhookSeconds: plain('countinghouse_webhook_lag_seconds', 'For how long the oldest delivery has been due.'),
    lettersWaiting: letters('waiting'),
    lettersGivenUp: letters('given_up'),
    letterSeconds: plain('countinghouse_letter_lag_seconds', 'For how long the oldest letter has been due.'),
    importsRunning: plain('countinghouse_imports_running', 'Imports that are asked for and not done.'),
    oldestImportSeconds: plain('countinghouse_import_oldest_seconds', 'Age of the oldest of them.'),
    unfolded: plain('countinghouse_deltas_unfolded', 'Balance deltas not folded yet, up to 100,000.'),
  }
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
