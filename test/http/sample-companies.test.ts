import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { type SampleMaker, sampleMaker } from '../../src/jobs/sample-maker.ts'
import { inCompanyAsOwner } from '../../src/kernel/database.ts'
import { type Claim, claimMaking } from '../../src/samples/index.ts'
import { nobody } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

type Making = { companyId: string; state: string; phase: string; steps: number; stepsDone: number; lastDay: string }

/** A site that makes sample companies. */
let site: Pick<Site, 'database' | 'logged' | 'get' | 'post'>
let samples: SampleMaker
let bare: Site
beforeAll(async () => {
  bare = await openSite()
  const { database, uploads, identity, logged, cookie } = bare
  const log = (line: string): void => void logged.push(line)
  samples = sampleMaker(database, { log })
  const imports = { start: () => {} }
  const app = createApp({ database, version: '0.0.0', uploads, imports, samples, identity, prove: proveBooks, log })
  const ask: Site['ask'] = async (path, init) => await app.request(new Request(`http://localhost:8080${path}`, init))
  site = {
    database,
    logged,
    get: (path) => ask(path, { headers: { cookie } }),
    post: (path, body, more) =>
      ask(path, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...more },
        body: JSON.stringify(body),
      }),
  }
})
afterAll(async () => {
  await samples.stop()
  await bare.close()
})

const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code
const look = async (id: string): Promise<Making> =>
  (await (await site.get(`/api/v1/companies/${id}/sample`)).json()) as Making

/** Waits until so many steps are done. */
async function until(id: string, steps: number): Promise<Making> {
  for (;;) {
    const making = await look(id)
    if (making.stepsDone >= steps || making.state !== 'running') return making
    await sleep(50)
  }
}

test('countries are proposed with what their companies start with, and a company needs no more than a name and a country', async () => {
  const { rows } = (await (await site.get('/api/v1/countries')).json()) as {
    rows: { country: string; taxRules: string }[]
  }
  expect(rows.find(({ country }) => country === 'GB')).toMatchObject({ currency: 'GBP', chart: 'uk', taxRules: 'vat' })
  const made = await site.post('/api/v1/companies', { name: 'Laden', country: 'DE' })
  expect(await made.json()).toMatchObject({ baseCurrency: 'EUR', chart: 'de', timeZone: 'Europe/Berlin' })
  expect(await codeOf(await site.post('/api/v1/companies', { name: 'Hut', country: 'AQ' }))).toBe('currency_unknown')
})

test('a sample company is made in the background: once for a key, one at a time, and told of step by step', async () => {
  const wanted = { lastDay: '2025-06-12' }
  const begin = () => site.post('/api/v1/sample-companies', wanted, { 'idempotency-key': 'sample' })
  const first = await begin()
  expect(first.status).toBe(202)
  const begun = (await first.json()) as Making
  expect(begun).toMatchObject({ state: 'running', stepsDone: 0, lastDay: '2025-06-12' })
  const again = await begin()
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(((await again.json()) as Making).companyId).toBe(begun.companyId)
  expect(await codeOf(await site.post('/api/v1/sample-companies', {}))).toBe('sample_company_running')
  const going = await until(begun.companyId, 2)
  expect(going.steps).toBeGreaterThan(30)
  expect(going.phase).not.toBe('')
  const { rows } = (await (await site.get('/api/v1/companies')).json()) as { rows: { id: string; name: string }[] }
  expect(rows.find(({ id }) => id === begun.companyId)?.name).toBe('Thistle & Finch (sample)')
  expect((await nobody(bare).get(`/api/v1/companies/${begun.companyId}/sample`)).status).toBe(401)
})

test('what a server leaves unfinished the next one takes up', async () => {
  const running = (await (await site.get('/api/v1/companies')).json()) as { rows: { id: string; name: string }[] }
  const { id } = running.rows.find(({ name }) => name.endsWith('(sample)')) as { id: string }
  await samples.stop()
  const left = await look(id)
  expect(left.state).toBe('running')
  const next = sampleMaker(site.database, { log: (line) => void site.logged.push(line) })
  void next.resume()
  expect((await until(id, left.stepsDone + 1)).stepsDone).toBeGreaterThan(left.stepsDone)
  await next.stop()
  expect((await look(id)).state).toBe('running')
  expect(site.logged).toEqual([])
})

test('a day that has not come yet is refused, and leaves the way free for another; other companies are no samples', async () => {
  expect(await codeOf(await site.post('/api/v1/sample-companies', { lastDay: '9999-01-01' }))).toBe('input_invalid')
  expect(await codeOf(await site.post('/api/v1/sample-companies', { lastDay: '2013-01-31' }))).toBe('input_invalid')
  const claim = await claimMaking(site.database)
  expect(claim).toBeDefined()
  expect(await claimMaking(site.database)).toBeUndefined()
  await claim?.release()
  expect(await codeOf(await site.get(`${await newCompany(bare)}/sample`))).toBe('sample_company_unknown')
})

test('what goes wrong is told, and ends the making', async () => {
  const response = await site.post('/api/v1/companies', { name: 'Not to be filled', country: 'GB' })
  const { id } = (await response.json()) as { id: string }
  await site.database.owner.query(
    `begin; select set_config('countinghouse.company_id', '${id}', true); insert into sample_company (company_id, seed, last_day)
       values (${id}, 'x', '2025-06-12'); insert into account (company_id, code, name, class) values (${id}, '1244', 'Taken', 'asset'); commit`,
  )
  const logged: string[] = []
  const maker = sampleMaker(site.database, { log: (line) => void logged.push(line) })
  maker.start(BigInt(id), (await maker.claim()) as Claim)
  expect(await until(id, 1)).toMatchObject({ state: 'failed', message: expect.stringContaining('could not be made') })
  expect(logged.join('\n')).toContain(`sample company ${id}`)
})

test('whoever looks for unfinished samples stands in the way of none that is asked for', async () => {
  const { id } = (await (await site.post('/api/v1/companies', { name: 'Locked', country: 'GB' })).json()) as {
    id: string
  }
  const maker = sampleMaker(site.database, { log: (line) => void site.logged.push(line) })
  let resuming: Promise<void> | undefined
  await inCompanyAsOwner(site.database, BigInt(id), async (tx) => {
    await tx.query('lock table sample_company in access exclusive mode')
    resuming = maker.resume()
    const looking = 'select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))'
    while ((await tx.query(looking)).length === 0);
    const claim = await claimMaking(site.database)
    expect(claim).toBeDefined()
    await claim?.release()
  })
  await maker.stop()
  await resuming
})
