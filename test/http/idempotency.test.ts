import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inCompanyAsOwner, only } from '../../src/kernel/database.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
let companyId: bigint
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  companyId = BigInt(company.split('/').at(-1) ?? '')
})
afterAll(() => site.close())

const account = (code: string) => ({ code, name: `Account ${code}`, class: 'expense' })
const add = (code: string, key: string) => site.post(`${company}/accounts`, account(code), { 'idempotency-key': key })
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code
const keys = (key: string) =>
  inCompanyAsOwner(site.database, companyId, (tx) =>
    tx.query<{ state: string }>('select state from idempotency_key where key = $1', [key]),
  )

/** Holds the lock of a key on a connection of its own, as a request that is under way does. */
async function holdKey(key: string, company = companyId): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: site.url })
  client.on('error', () => {})
  await client.connect()
  const name = company === 0n ? 'countinghouse.idempotency.installation' : 'countinghouse.idempotency'
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', [`${name} ${key}`, company])
  return client
}

describe('an idempotency key', () => {
  it('answers again to the letter, and says so', async () => {
    const first = await add('9100', 'to-the-letter')
    const again = await add('9100', 'to-the-letter')
    expect([first.status, again.status]).toEqual([201, 201])
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await again.text()).toBe(await first.text())
    expect(only(await keys('to-the-letter')).state).toBe('done')
  })

  it('does the work once, however many send it at the same moment; the others hear that it is under way', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => add('9101', 'at-once')))
    const statuses = answers.map(({ status }) => status)
    expect(statuses).toContain(201)
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([])
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(await codeOf(answer)).toBe('idempotency_key_running')
    expect((await add('9101', 'at-once')).status).toBe(201)
  })

  it('is free again when the process that was at work with it is gone', async () => {
    const other = await holdKey('crashed')
    const running = await add('9102', 'crashed')
    expect([running.status, await codeOf(running)]).toEqual([409, 'idempotency_key_running'])
    const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid')
    await site.database.owner.query('select pg_terminate_backend($1, 10000)', [only(rows).pid])
    await other.end().catch(() => {})
    expect((await add('9102', 'crashed')).status).toBe(201)
  })

  it('keeps a refusal, and what was running while it was refused keeps nothing', async () => {
    await add('9103', 'first')
    expect((await add('9103', 'second')).status).toBe(409)
    expect(only(await keys('second')).state).toBe('refused')
    const again = await add('9103', 'second')
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([409, 'true'])
    expect(again.headers.get('content-type')).toBe('application/problem+json')
    expect(await keys('crashed-not')).toEqual([])
  })

  it('is a new key after its days', async () => {
    await add('9104', 'old')
    await inCompanyAsOwner(site.database, companyId, (tx) =>
      tx.query(`update idempotency_key set created_at = now() - interval '7 days 1 minute' where key = 'old'`),
    )
    const other = await add('9105', 'old')
    expect([other.status, other.headers.get('idempotency-replayed')]).toEqual([201, null])
    expect((await add('9105', 'old')).headers.get('idempotency-replayed')).toBe('true')
  })

  it('of the creation of a company creates one company', async () => {
    const wanted = { name: 'Once', country: 'GB', currency: 'GBP' }
    const create = (more = {}) => site.post('/api/v1/companies', { ...wanted, ...more }, { 'idempotency-key': 'once' })
    const first = await create()
    expect(first.status).toBe(201)
    const again = await create()
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(await again.text()).toBe(await first.text())
    expect(await codeOf(await create({ name: 'Twice' }))).toBe('idempotency_key_reused')
    const { rows } = (await (await site.get('/api/v1/companies')).json()) as { rows: { name: string }[] }
    expect(rows.filter(({ name }) => name === 'Once')).toHaveLength(1)
    const refused = { name: 'Nowhere', country: 'XX', currency: 'GBP' }
    for (const replayed of [null, 'true']) {
      const response = await site.post('/api/v1/companies', refused, { 'idempotency-key': 'nowhere' })
      expect([response.status, response.headers.get('idempotency-replayed')]).toEqual([422, replayed])
    }
    const other = await holdKey('busy', 0n)
    const busy = await site.post('/api/v1/companies', wanted, { 'idempotency-key': 'busy' })
    expect(await codeOf(busy)).toBe('idempotency_key_running')
    await other.end()
  })
})
