import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Countinghouse, type ImportEvent, type StreamEvent } from '../../clients/typescript/src/index.ts'
import { importRunner } from '../../src/jobs/import-runner.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { moveImport } from '../../src/modules/intake/index.ts'
import { generatedHistory } from '../imports/generated-history.ts'
import { fileOf } from '../imports/support.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let server: Server
let origin: string
let ending = false
/** What the server is to begin once a test lets it: until then an import stays in the state in which it was asked for. */
const asked: (() => void)[] = []
const begin = (): void => {
  for (const one of asked.splice(0)) one()
}
beforeAll(async () => {
  site = await openSite({ ending: () => ending, beginsImport: (one) => void asked.push(one) })
  // A port of its own: the events go through a real connection, and end with it.
  server = createServer(getRequestListener((request) => site.bare.fetch(request)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  ending = false
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await site.close()
})

const client = (): Countinghouse =>
  new Countinghouse({
    origin,
    fetch: (request) => {
      const signedIn = new Request(request)
      signedIn.headers.set('cookie', site.cookie)
      return fetch(signedIn)
    },
  })

/** An import of a file that waits. */
async function held(company: string, content: string): Promise<{ companyId: string; importId: string }> {
  const companyId = company.split('/').at(-1) as string
  const uploaded = await site.ask(`${company}/imports/files?name=orders.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: content,
  })
  const { sha256 } = (await uploaded.json()) as { sha256: string }
  const files = [{ name: 'orders.csv', sha256 }]
  const { id } = await client().call('createImports', {
    path: { companyId },
    body: { files, start: false, dryRun: false },
  })
  return { companyId, importId: id }
}

const history = fileOf(generatedHistory(5, 150))

test('whoever follows an import sees it checked, ready, running and done, and is not told twice of its end', async () => {
  const path = await held(await newCompany(site), history)
  const seen: StreamEvent<ImportEvent>[] = []
  for await (const event of client().events('followImport', { path })) {
    const last = seen.at(-1)?.data
    seen.push(event)
    if (last === undefined) await client().call('checkImport', { path })
    if (event.data.state === 'ready' && last?.state !== 'ready') await client().call('runImport', { path })
    // It begins what it was asked for once that has been told, so that no step is over before the stream looks again.
    if (event.data.state === 'checking' || event.data.state === 'running') begin()
  }
  const states = seen.map(({ data }) => data.state)
  expect([...new Set(states)]).toEqual(['uploaded', 'checking', 'ready', 'running', 'done'])
  expect(new Set(seen.map(({ event }) => event))).toEqual(new Set(['progress', 'ended']))
  const last = seen.at(-1) as StreamEvent<ImportEvent>
  const done = await client().call('getImport', { path })
  expect(last).toMatchObject({
    event: 'ended',
    data: { importId: path.importId, files: 1, filesRead: 1, documents: 150, documentsDone: 150, posted: done.posted },
  })
  expect(last.data.linesDone).toBe(last.data.lines)
  expect(last.data.entries).toBe(done.posted.entries)
  const ids = seen.map(({ id }) => Number(id))
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))

  const again = await ask(path, { 'last-event-id': last.id })
  expect(again.status).toBe(204)
  const anew = await ask(path)
  expect(await anew.text()).toContain('event: ended')
})

const ask = (
  path: { companyId: string; importId: string },
  headers: Record<string, string> = {},
  signal?: AbortSignal,
) =>
  fetch(`${origin}/api/v1/companies/${path.companyId}/imports/${path.importId}/events`, {
    headers: { cookie: site.cookie, ...headers },
    ...(signal ? { signal } : {}),
  })

test('a pause that another server is asked for is seen, and the stream stays open until the import has ended', async () => {
  const path = await held(await newCompany(site), history)
  const [companyId, id] = [BigInt(path.companyId), BigInt(path.importId)]
  const other = importRunner(site.database, {
    uploads: site.uploads,
    log: () => {},
    progressEveryMs: 0,
    batchLines: 10,
  })
  const move = (action: 'check' | 'run') => inCompany(site.database, companyId, (tx) => moveImport(tx, id, action))
  const told: string[] = []
  for await (const { data } of client().events('followImport', { path })) {
    if (told.at(-1) === data.state) continue
    told.push(data.state)
    if (data.state === 'uploaded') await move('check')
    if (data.state === 'checking') other.start(companyId, { id })
    if (data.state === 'ready') await move('run')
    if (data.state === 'running' && !told.includes('paused')) {
      other.start(companyId, { id })
      while ((await client().call('getImport', { path })).posted.documents === 0);
      await client().call('pauseImport', { path })
    }
    if (data.state === 'paused') await client().call('runImport', { path })
    if (data.state === 'running' && told.includes('paused')) begin()
  }
  expect(told).toEqual(['uploaded', 'checking', 'ready', 'running', 'paused', 'running', 'done'])
  const { posted } = await client().call('getImport', { path })
  expect(posted.documents).toBe(150)
})

test('a stream is no way around signing in, permissions or other companies', async () => {
  const path = await held(await newCompany(site), history)
  const stranger = await newCompany(site, 'Other')
  const companyId = stranger.split('/').at(-1) as string
  expect((await ask(path, { cookie: '' })).status).toBe(401)
  expect((await ask({ ...path, companyId })).status).toBe(404)
  expect(await (await ask({ ...path, importId: '999' })).json()).toMatchObject({ code: 'import_unknown' })
  await expect(
    client()
      .events('followImport', { path: { ...path, importId: '999' } })
      .next(),
  ).rejects.toMatchObject({
    problem: { code: 'import_unknown' },
  })
})

test('a company has so many streams and no more, and who leaves makes room', async () => {
  const path = await held(await newCompany(site), history)
  const leaving = new AbortController()
  const open: Response[] = []
  for (;;) {
    const response = await ask(path, {}, leaving.signal)
    if (response.status !== 200) {
      expect(await response.json()).toMatchObject({ status: 429, code: 'too_many_requests' })
      expect(response.headers.get('retry-after')).toBe('5')
      break
    }
    open.push(response)
  }
  expect(open).toHaveLength(40)
  const other = await held(await newCompany(site), history)
  const others = new AbortController()
  expect((await ask(other, {}, others.signal)).status).toBe(200)
  leaving.abort()
  for (;;) {
    const response = await ask(path, {}, others.signal)
    if (response.status === 200) break
    await new Promise((done) => setTimeout(done, 20))
  }
  others.abort()
})

test('a server that ends lets its streams go, so that the browser follows at the next one', async () => {
  const path = await held(await newCompany(site), history)
  const events = client().events('followImport', { path })
  expect((await events.next()).value?.data.state).toBe('uploaded')
  ending = true
  expect(await events.next()).toEqual({ done: true, value: undefined })
})
