import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import type { Observed } from '../../src/http/observe.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { inCompanyAsOwner, openDatabase } from '../../src/kernel/database.ts'
import { openLog, withoutQuotes } from '../../src/kernel/log.ts'
import { sealEntries } from '../../src/ledger/seal.ts'
import { newCompany, openSite, orderExport, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let lines: string[]
let seen: Observed[]
let app: ReturnType<typeof createApp>
let ending = false
const token = 'a-token-of-this-test'

beforeAll(async () => {
  site = await openSite()
  lines = []
  seen = []
  const log = openLog({ format: 'json', level: 'debug', write: (line) => void lines.push(line) })
  app = createApp({
    database: site.database,
    version: '0.0.0',
    uploads: site.uploads,
    imports: { start: () => {} },
    prove: proveBooks,
    identity: site.identity,
    log: (line) => log.warn(withoutQuotes(line)),
    observe: (one) => {
      seen.push(one)
      log.info('request', { ...one })
    },
    metricsToken: token,
    ending: () => ending,
  })
})
afterAll(() => site.close())

const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
  await app.request(new Request(`http://localhost:8080${path}`, signedIn(init)))
/** In the name of the owner, unless it says in whose. */
const signedIn = ({ headers = {}, ...init }: RequestInit): RequestInit => ({
  ...init,
  headers: 'authorization' in headers ? headers : { cookie: site.cookie, ...(headers as Record<string, string>) },
})
const post = (path: string, body: unknown): Promise<Response> =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

test('every request has an id, and is told by its route and not by what was asked', async () => {
  const company = await newCompany(site, 'Shop')
  const answer = await ask(`${company}/accounts?name=Wanda`)
  const told = seen.at(-1)
  expect(told).toMatchObject({ method: 'GET', route: '/api/v1/companies/{companyId}/accounts', status: 200 })
  expect(told?.company).toBe(company.split('/').at(-1))
  expect(answer.headers.get('x-request-id')).toBe(told?.request)
  await ask('/healthz', { headers: { 'x-request-id': 'from-the-proxy-1' } })
  expect(seen.at(-1)?.request).toBe('from-the-proxy-1')
  await ask('/healthz', { headers: { 'x-request-id': 'not an id' } })
  expect(seen.at(-1)?.request).toMatch(/^[0-9a-f-]{36}$/)
  await ask('/wanda@example.org/somewhere')
  expect(seen.at(-1)).toMatchObject({ route: 'none', status: 404 })
})

test('no log line of a session holds a name, an address, a body or a query', async () => {
  lines.length = 0
  const marker = 'Wandamarker'
  const made = await post('/api/v1/companies', { name: marker, country: 'GB', currency: 'GBP' })
  const { id } = (await made.json()) as { id: string }
  const company = `/api/v1/companies/${id}`
  await post(`${company}/journals`, { rows: [{ description: marker, reference: marker }] })
  await ask(`${company}/reports/general-ledger?account=${marker}`)
  await ask(`${company}/imports/files?name=${marker}.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: orderExport.replaceAll('WHITE', marker),
  })
  await ask(`/api/v1/companies/${marker}`, { headers: { authorization: `Bearer ${marker}`, 'user-agent': marker } })
  await ask(`/${marker}@example.org?q=${marker}`)
  await post(company, `{"name": ${marker}`)
  // What nobody expected is logged with its words, and what the database quotes of a request is left out of them.
  await runSql(site.url, `alter table company add constraint broken_on_purpose check (name <> 'x') not valid`)
  const broken = openDatabase({ url: site.url.replace(/\/[^/]*$/, `/${marker}`) })
  const elsewhere = createApp({
    ...{ database: broken, version: '0', uploads: site.uploads, imports: { start: () => {} }, prove: proveBooks },
    identity: site.identity,
    log: (line) => void lines.push(withoutQuotes(line)),
  })
  expect(
    (await elsewhere.request(new Request(`http://localhost:8080${company}`, signedIn({})))).status,
  ).toBeGreaterThanOrEqual(500)
  await broken.close()
  expect(lines.length).toBeGreaterThan(6)
  expect(lines.filter((line) => line.includes(marker))).toEqual([])
  expect(lines.join('\n')).toContain('"route":"/api/v1/companies/{companyId}/reports/{name}"')
})

test('metrics are for whoever has the token: requests by route and status, pools, companies', async () => {
  expect((await ask('/metrics')).status).toBe(404)
  expect((await ask('/metrics', { headers: { authorization: 'Bearer wrong' } })).status).toBe(404)
  const read = async () => await (await ask('/metrics', { headers: { authorization: `Bearer ${token}` } })).text()
  const text = await read()
  expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="none",status="404"\} [1-9]/)
  expect(text).toMatch(/countinghouse_pool_connections\{pool="application",state="open"\} [1-9]/)
  expect(text).toMatch(/countinghouse_companies [1-9]/)
  expect(text).toMatch(/countinghouse_exceptions\{company="\d+",state="open"\} 0/)
  expect(text).toMatch(/countinghouse_seal_lag_seconds\{company="\d+"\} 0/)
  expect(text).toContain('countinghouse_rows_inserted{table="journal_line"}')
  expect(text).not.toContain('Wanda')
  const count = /route="\/healthz",status="200"\} (\d+)/
  const before = Number(count.exec(text)?.[1])
  await ask('/healthz')
  expect(Number(count.exec(await read())?.[1])).toBe(before + 1)
})

test('metrics tell what waits: entries without a seal, exceptions by state, webhooks and letters', async () => {
  const company = (await newCompany(site, 'Waiting')).split('/').at(-1) as string
  const figures = async () => {
    const text = await (await ask('/metrics', { headers: { authorization: `Bearer ${token}` } })).text()
    const found = text.matchAll(
      new RegExp(`^countinghouse_(\\w+)\\{company="${company}"(?:,state="(\\w+)")?\\} ([\\d.]+)$`, 'gm'),
    )
    return Object.fromEntries(
      [...found].map(([, name, state, value]) => [state ? `${name} ${state}` : name, Number(value)]),
    )
  }
  const nothing = await figures()
  expect(Object.keys(nothing).length).toBe(14)
  expect(Object.values(nothing).every((value) => value === 0)).toBe(true)
  const lines = [
    { role: 'bank', amount: '5.00' },
    { role: 'share_capital', amount: '-5.00' },
  ]
  for (const reference of ['one', 'two'])
    await post(`/api/v1/companies/${company}/entries`, { reference, date: '2024-03-01', lines })
  await inCompanyAsOwner(site.database, BigInt(company), async (tx) => {
    await tx.query(
      `insert into exception (company_id, kind, source, subject, message, amount_minor, currency, responsible, due_on, state)
         select $1, 'unknown_code', 'test', n::text, 'x', 0, 'GBP', 'orders', current_date + days, state
           from (values (1, 'open', -1), (2, 'open', 1), (3, 'in_progress', -1)) as e (n, state, days)`,
      [tx.companyId],
    )
    await tx.query(
      `insert into mail_outbox (company_id, recipient, subject, body, state, next_attempt_at)
         select $1, 'a@b.example', 's', 'b', state, now() - interval '1 hour' from (values ('waiting'), ('given_up')) as m (state)`,
      [tx.companyId],
    )
    await tx.query(
      `with endpoint as (
          insert into webhook_endpoint (company_id, url, event_types, secret) values ($1, 'https://x.example', '{webhook.test}', 's') returning id
        ), event as (
          insert into webhook_event (company_id, type, subject) select $1, 'test', '{}' from generate_series(1, 2) returning id
        )
        insert into webhook_delivery (company_id, endpoint_id, event_id, state, next_attempt_at)
          select $1, endpoint.id, event.id, case row_number() over () when 1 then 'pending' else 'failed' end, now() - interval '1 hour'
            from endpoint, event`,
      [tx.companyId],
    )
  })
  const now = await figures()
  expect(now).toMatchObject({
    entries_unsealed: 2,
    'exceptions open': 2,
    'exceptions in_progress': 1,
    'exceptions overdue': 2,
    'webhook_deliveries pending': 1,
    'webhook_deliveries failed': 1,
    'letters waiting': 1,
    'letters given_up': 1,
  })
  expect(now.letter_lag_seconds).toBeGreaterThanOrEqual(3600)
  expect(now.webhook_lag_seconds).toBeGreaterThanOrEqual(3600)
  await inCompanyAsOwner(site.database, BigInt(company), sealEntries)
  expect(await figures()).toMatchObject({ entries_unsealed: 0, seal_lag_seconds: 0 })
})

test('without a token they are for this machine alone, and not for what comes through a proxy', async () => {
  const open = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
    site.app.request('http://localhost:8080/metrics', { headers }, { incoming: { socket: { remoteAddress } } })
  expect((await open('127.0.0.1')).status).toBe(200)
  expect((await open('::1')).status).toBe(200)
  expect((await open('192.0.2.7')).status).toBe(404)
  expect((await open(undefined)).status).toBe(404)
  expect((await open('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' })).status).toBe(404)
})

test('ready is who reaches the database of its own schema and has not been told to end', async () => {
  const ready = async () => {
    const answer = await ask('/readyz')
    return [answer.status, await answer.json()]
  }
  expect(await ready()).toEqual([200, { ready: true, reason: '' }])
  ending = true
  expect(await ready()).toEqual([503, { ready: false, reason: 'ending' }])
  ending = false
  await runSql(site.url, `insert into migration (name) values ('9999_of_tomorrow.sql')`)
  expect(await ready()).toEqual([503, { ready: false, reason: 'the schema is newer than this version' }])
  await runSql(site.url, `delete from migration where name = '9999_of_tomorrow.sql'`)
  await runSql(site.url, `update migration set name = 'x' where name = '0001_ledger.sql'`)
  expect(await ready()).toEqual([503, { ready: false, reason: 'the schema is older than this version' }])
  await runSql(site.url, `update migration set name = '0001_ledger.sql' where name = 'x'`)
  const gone = createApp({
    ...{ database: openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' }), version: '0', uploads: site.uploads },
    ...{ imports: { start: () => {} }, prove: proveBooks, identity: site.identity, log: () => {} },
  })
  const answer = await gone.request('http://localhost:8080/readyz')
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { ready: false, reason: 'the database cannot be reached' },
  ])
})
