import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { RequestLimits } from '../../src/modules/identity/index.ts'
import { openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

const nowMs = 1_700_000_000_000 - (1_700_000_000_000 % 60_000)

async function admitted(limits: RequestLimits, subject: string, requests: number, atMs = nowMs): Promise<number> {
  let count = 0
  for (let n = 0; n < requests; n += 1) if ((await limits.take(subject, atMs)) === 0) count += 1
  return count
}

test('a caller makes so many requests in a minute, and as many in the next', async () => {
  const limits = new RequestLimits(site.database, 20)
  expect(await admitted(limits, 'a', 50)).toBe(20)
  expect(await admitted(limits, 'b', 5)).toBe(5)
  expect(await limits.take('a', nowMs + 15_000)).toBe(45)
  expect(await admitted(limits, 'a', 50, nowMs + 60_000)).toBe(20)
})

test('what another process counted before is known when one begins', async () => {
  const first = new RequestLimits(site.database, 20)
  expect(await admitted(first, 'c', 15)).toBe(15)
  await runSql(
    site.url,
    `insert into auth.request_count (subject, minute, requests) values ('c', to_timestamp($1), 19)
    on conflict (subject, minute) do update set requests = 19`,
    [nowMs / 1000],
  )
  const second = new RequestLimits(site.database, 20)
  expect(await admitted(second, 'c', 50)).toBe(1)
})

test('a site answers 429 and says how long to wait', async () => {
  const { database, uploads, identity } = site
  const app = createApp({
    database,
    uploads,
    identity,
    version: '0',
    imports: { start: () => {} },
    prove: proveBooks,
    log: () => {},
    requestsPerMinute: 3,
  })
  const ask = () => app.request(new Request('http://localhost:8080/api/v1/me', { headers: { cookie: site.cookie } }))
  const answers = [await ask(), await ask(), await ask(), await ask()]
  const last = answers.at(-1) as Response
  // A minute may turn between two of them.
  if (last.status === 429) {
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last.json()).toMatchObject({ code: 'too_many_requests' })
  } else expect((await Promise.all([ask(), ask(), ask(), ask()])).map(({ status }) => status)).toContain(429)
})
