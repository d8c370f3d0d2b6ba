import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { runSql } from '../support/sql.ts'

const program = fileURLToPath(new URL('../../src/server.ts', import.meta.url))

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase()
})
afterAll(() => server.drop())

type Running = { child: ChildProcess; stdout: () => string; stderr: () => string; ended: Promise<number | null> }

function start(words: string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [program, ...words], {
    env: { ...process.env, DATABASE_URL: server.url, PORT: '', ...env },
  })
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

test('says in one line where it is, answers, and ends when it is told to', async () => {
  const running = start(['--port', '0'])
  const at = await address(running)
  const health = await fetch(`${at}/healthz`)
  expect(await health.json()).toEqual({ ok: true, version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  expect(await (await fetch(`${at}/`)).text()).toContain('There are no books yet')
  running.child.kill('SIGTERM')
  expect(await running.ended).toBe(0)
  expect(running.stdout()).toMatch(/^Countinghouse is at http:\/\/localhost:\d+\n$/)
  const left = await runSql(
    server.url,
    'select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  expect(left).toEqual([])
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
