import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { runSql } from '../support/sql.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const program = fileURLToPath(new URL('../../src/server.ts', import.meta.url))

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase()
})
afterAll(() => server.drop())

type Running = { child: ChildProcess; stdout: () => string; stderr: () => string; ended: Promise<number | null> }

const start = (words: string[], env: NodeJS.ProcessEnv = {}): Running =>
  launch(process.execPath, [program, ...words], { PORT: '', ...env })

function launch(file: string, words: string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(file, words, { cwd: checkout, env: { ...process.env, DATABASE_URL: server.url, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (text) => {
    stdout += text
  })
  child.stderr?.on('data', (text) => {
    stderr += text
  })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  return { child, stdout: () => stdout, stderr: () => stderr, ended }
}

async function address(running: Running): Promise<string> {
  for (;;) {
    const found = /http:\/\/localhost:(\d+)/.exec(running.stdout())
    if (found !== null) return `http://127.0.0.1:${found[1]}`
    if (running.child.exitCode !== null) throw new Error(running.stderr())
    await new Promise((done) => setTimeout(done, 20))
  }
}

test('says where it is and how to create its owner, answers, and ends when it is told to', async () => {
  const running = start(['--port', '0'])
  const at = await address(running)
  const health = await fetch(`${at}/healthz`)
  expect(await health.json()).toEqual({ ok: true, version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  const first = await fetch(`${at}/`, { headers: { accept: 'text/html' } })
  expect([first.url, await first.text()]).toEqual([
    `${at}/setup`,
    expect.stringContaining('<title>Countinghouse</title>'),
  ])
  running.child.kill('SIGTERM')
  expect(await running.ended).toBe(0)
  expect(running.stdout()).toMatch(
    /^Countinghouse is at (http:\/\/localhost:\d+)\nIt has no owner yet: create the owner at \1\/setup#[\w-]{43}\n$/,
  )
  const left = await runSql(
    server.url,
    'select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  expect(left).toEqual([])
})

/** A request that waits for a table which the test holds; and what it was answered. */
async function heldRequest(at: string): Promise<{ answer: Promise<Response>; letGo(): Promise<unknown> }> {
  const holder = new pg.Client({ connectionString: server.url })
  await holder.connect()
  await holder.query('begin; lock table auth.one_time_link in access exclusive mode')
  const answer = fetch(`${at}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: 'nobody has this one',
      name: 'O',
      email: 'o@shop.example',
      password: 'a long sentence',
    }),
  })
  answer.catch(() => {}) // looked at by the test
  for (let waiting = 0; waiting === 0; ) {
    const { rows } = await holder.query(
      'select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)) limit 1',
    )
    waiting = rows.length
  }
  return { answer, letGo: () => holder.end() }
}

const refusedAt = async (at: string): Promise<boolean> => {
  const taken = await fetch(`${at}/healthz`, { headers: { connection: 'close' } }).catch((error: Error) => error)
  return taken instanceof Error && String(taken.cause).includes('ECONNREFUSED')
}

test('told to end, it finishes the request that is under way and takes no new one', async () => {
  const running = start(['--port', '0'])
  const at = await address(running)
  const { answer, letGo } = await heldRequest(at)
  running.child.kill('SIGTERM')
  await expect.poll(() => refusedAt(at), { timeout: 10_000 }).toBe(true)
  expect(running.child.exitCode).toBe(null)
  await letGo()
  expect((await answer).status).toBe(422) // its own answer: there is no such link
  expect(await running.ended).toBe(0)
})

test('told to end with time to drain, it is not ready and still answers; a second signal ends it at once', async () => {
  const running = start(['--port', '0'], { COUNTINGHOUSE_DRAIN_SECONDS: '300' })
  const at = await address(running)
  expect((await fetch(`${at}/readyz`)).status).toBe(200)
  running.child.kill('SIGTERM')
  await expect.poll(async () => (await fetch(`${at}/readyz`)).status, { timeout: 10_000 }).toBe(503)
  expect(await (await fetch(`${at}/readyz`)).json()).toEqual({ ready: false, reason: 'ending' })
  expect((await fetch(`${at}/healthz`)).status).toBe(200)
  running.child.kill('SIGTERM')
  expect(await running.ended).toBe(1)
})

test.each(['SIGTERM', 'SIGKILL'] as const)('ends with the npm that started it and got %s', async (signal) => {
  const running = launch('npm', ['start', '--ignore-scripts'], { PORT: '0' })
  const at = await address(running)
  running.child.kill(signal)
  // Its output closes when the last process that writes to it has ended.
  await running.ended
  await expect(fetch(`${at}/healthz`)).rejects.toThrow()
})

test('listens on this machine alone', async () => {
  const { networkInterfaces } = await import('node:os')
  const outside = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address: ip }) => ip),
  )
  const running = start(['--port', '0'])
  const { port } = new URL(await address(running))
  for (const ip of outside) await expect(fetch(`http://${ip}:${port}/healthz`)).rejects.toThrow()
  await expect(fetch(`http://127.0.0.2:${port}/healthz`)).rejects.toThrow()
  running.child.kill('SIGINT')
  expect(await running.ended).toBe(0)
})

test('listens beyond this machine only once it has an owner, and answers to the name of its settings', async () => {
  const env = { COUNTINGHOUSE_BIND: '127.0.0.3', COUNTINGHOUSE_URL: 'https://books.example.com' }
  const without = start(['--port', '0'], env)
  await expect.poll(() => without.stdout(), { timeout: 30_000 }).toMatch(/setup#/)
  const [, port, token] = /localhost:(\d+)\/setup#([\w-]+)/.exec(without.stdout()) as unknown as [
    string,
    string,
    string,
  ]
  expect(without.stdout()).toContain('Countinghouse is at https://books.example.com\n')
  expect(without.stderr()).toContain('on this machine alone until it has an owner')
  await expect(fetch(`http://127.0.0.3:${port}/healthz`)).rejects.toThrow()
  const created = await fetch(`http://127.0.0.1:${port}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      name: 'Olive',
      email: 'olive@shop.example',
      password: 'a long sentence nobody guesses',
    }),
  })
  expect(created.status).toBe(201)
  expect(created.headers.get('set-cookie')).toMatch(/^__Secure-.*Secure/)
  expect(created.headers.get('strict-transport-security')).toContain('max-age')
  without.child.kill('SIGTERM')
  expect(await without.ended).toBe(0)

  const owned = start(['--port', port], env)
  await expect.poll(() => owned.stdout(), { timeout: 30_000 }).toContain('books.example.com')
  expect(owned.stdout()).not.toContain('setup')
  expect(await statusOf('127.0.0.3', Number(port), 'books.example.com')).toBe(200)
  expect(await statusOf('127.0.0.3', Number(port), 'evil.example')).toBe(421)
  owned.child.kill('SIGTERM')
  expect(await owned.ended).toBe(0)
})

test.each([
  ['COUNTINGHOUSE_URL', 'books'],
  ['COUNTINGHOUSE_URL', 'https://books.example.com/shop'],
  ['COUNTINGHOUSE_SECRET', 'short'],
  ['COUNTINGHOUSE_REQUESTS_PER_MINUTE', 'many'],
  ['COUNTINGHOUSE_DRAIN_SECONDS', '301'],
])('a setting that makes no sense is a sentence and exit code 2: %s=%s', async (name, value) => {
  const running = start(['--port', '0'], { [name]: value })
  expect(await running.ended).toBe(2)
  expect(running.stderr()).toMatch(new RegExp(`^${name} .*\\.\n$`))
})

/** Asks under a name that nobody resolves here. */
function statusOf(address: string, port: number, host: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    request({ host: address, port, path: '/healthz', headers: { host } }, (response) => {
      response.resume()
      done(response.statusCode)
    })
      .once('error', fail)
      .end()
  })
}

test('a port that is taken is a sentence and exit code 2', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => taken.once('listening', done))
  const { port } = taken.address() as AddressInfo
  const running = start([], { PORT: String(port) })
  expect(await running.ended).toBe(2)
  expect(running.stdout()).toBe('')
  expect(running.stderr()).toBe(`Port ${port} is taken by another program; choose another with --port or PORT.\n`)
  taken.close()
})

test('a port where Countinghouse runs already is told as such', async () => {
  const first = start(['--port', '0'])
  const at = await address(first)
  const second = start(['--port', new URL(at).port])
  expect(await second.ended).toBe(2)
  expect(second.stderr()).toMatch(/^Countinghouse [\d.]+ runs on port \d+ already: http:\/\/localhost:\d+; /)
  first.child.kill('SIGTERM')
  await first.ended
})

test('a setting that cannot be is a sentence and exit code 2', async () => {
  const running = start(['--port', '0'], { COUNTINGHOUSE_LOG_LEVEL: 'loud' })
  expect(await running.ended).toBe(2)
  expect(running.stdout()).toBe('')
  expect(running.stderr()).toMatch(/^COUNTINGHOUSE_LOG_LEVEL is loud: .*\n$/)
})

test('the summary of the settings comes first, as JSON, without secrets', async () => {
  const running = start(['--port', '0'], {
    COUNTINGHOUSE_METRICS_TOKEN: 'a-secret-of-this-test',
    COUNTINGHOUSE_ODD: '1',
  })
  const at = await address(running)
  await fetch(`${at}/healthz`)
  running.child.kill('SIGTERM')
  await running.ended
  const lines = running
    .stderr()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines[0]).toMatchObject({ msg: 'settings', COUNTINGHOUSE_METRICS_TOKEN: 'set', PORT: 'not set (8080)' })
  expect(lines[1]).toMatchObject({ level: 'warn', msg: 'COUNTINGHOUSE_ODD is set, and nothing reads it.' })
  expect(lines.some(({ msg, route }) => msg === 'request' && route === '/healthz')).toBe(true)
  expect(running.stderr()).not.toContain('a-secret')
})

test('a database that cannot be used is a sentence and exit code 3, and leaves the port free', async () => {
  const running = start(['--port', '0'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  expect(await running.ended).toBe(3)
  expect(running.stderr()).toContain('cannot be used')
})
