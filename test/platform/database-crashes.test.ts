import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openDatabaseServer } from '../../src/kernel/database-server.ts'
import { choosePlace } from '../../src/kernel/embedded/place.ts'
import { signal } from '../../src/kernel/embedded/processes.ts'
import { runSql } from '../support/sql.ts'
import { eventually, holdInAnotherProgram, killHard, runningIn, serverProcesses, temporaryFolder } from './programs.ts'

const temporary = temporaryFolder()
const env = { COUNTINGHOUSE_DATA: temporary.path }
const cluster = join(temporary.path, 'postgres-18')
const pidFile = join(cluster, 'postmaster.pid')
const open = () => openDatabaseServer({ env, log: () => {} })
const confirmed = (url: string) => runSql<{ n: number }>(url, 'select count(*)::int as n from confirmed')
const confirm = (url: string) => runSql(url, 'insert into confirmed default values')

beforeAll(async () => {
  const server = await open()
  await runSql(server.url, 'create table confirmed (id int generated always as identity)')
  await server.stop()
})
beforeEach(async () => {
  const server = await open()
  await runSql(server.url, 'truncate confirmed')
  await server.stop()
})
afterAll(() => temporary.remove())

/** Whatever happened before: a start works, everything confirmed is there, and a stop leaves nothing behind. */
async function expectRecovered(rows: number): Promise<void> {
  const server = await open()
  expect(await confirmed(server.url)).toEqual([{ n: rows }])
  await server.stop()
  expect(serverProcesses(temporary.path)).toEqual([])
}

test('kill -9 of PostgreSQL: it comes back at the same address, for programs that kept running', async () => {
  const server = await open()
  await confirm(server.url)
  const { postmaster } = runningIn(temporary.path)
  process.kill(postmaster, 'SIGKILL')
  await eventually(() => runningIn(temporary.path).postmaster !== postmaster)
  expect(await confirmed(server.url)).toEqual([{ n: 1 }])
  await server.stop()
  await expectRecovered(1)
})

test('kill -9 of every process of PostgreSQL, again and again', async () => {
  const server = await open()
  for (let round = 0; round < 3; round += 1) {
    await confirm(server.url)
    const { postmaster } = runningIn(temporary.path)
    for (const pid of serverProcesses(temporary.path)) signal(pid, 'SIGKILL')
    await eventually(() => runningIn(temporary.path).postmaster !== postmaster)
  }
  expect(await confirmed(server.url)).toEqual([{ n: 3 }])
  await server.stop()
  await expectRecovered(3)
})

test('kill -9 of the keeper: PostgreSQL goes with it and comes back at the same address', async () => {
  const server = await open()
  await confirm(server.url)
  const { keeper } = runningIn(temporary.path)
  signal(keeper, 'SIGKILL')
  await eventually(() => runningIn(temporary.path).keeper !== keeper)
  expect(await confirmed(server.url)).toEqual([{ n: 1 }])
  await server.stop()
  await expectRecovered(1)
})

test('kill -9 of program, keeper and PostgreSQL together', async () => {
  const holder = await holdInAnotherProgram({ env })
  await confirm(holder.url)
  const { keeper } = runningIn(temporary.path)
  await killHard(holder.process)
  for (const pid of [keeper, ...serverProcesses(temporary.path)]) signal(pid, 'SIGKILL')
  expect(existsSync(pidFile)).toBe(true)
  await expectRecovered(1)
})

test('kill -9 of program and keeper alone leaves no PostgreSQL', async () => {
  const holder = await holdInAnotherProgram({ env })
  const { keeper } = runningIn(temporary.path)
  await killHard(holder.process)
  signal(keeper, 'SIGKILL')
  await eventually(() => serverProcesses(temporary.path).length === 0)
  await expectRecovered(0)
})

test('a session that outlives a killed PostgreSQL is ended before the next start', async () => {
  const server = await open()
  await confirm(server.url)
  const busy = new pg.Client({ connectionString: server.url })
  busy.on('error', () => {})
  await busy.connect()
  // A computation never looks up, and so never notices that the postmaster is gone.
  const computing = busy.query('select count(*) from generate_series(1, 1000000000000)').catch(() => 'ended')
  const { postmaster } = runningIn(temporary.path)
  await eventually(async () => {
    const rows = await runSql(
      server.url,
      "select from pg_stat_activity where state = 'active' and query ~ '^select count'",
    )
    return rows.length > 0
  })
  process.kill(postmaster, 'SIGKILL')
  expect(await computing).toBe('ended')
  await eventually(() => runningIn(temporary.path).postmaster !== postmaster)
  await server.stop()
  await expectRecovered(1)
})

test('a pid file whose number now belongs to another process hinders no start, and that process lives on', async () => {
  const { uid, gid } = statSync(cluster)
  const stranger = spawn('sleep', ['600'], { uid, gid, cwd: '/' })
  writeFileSync(pidFile, `${stranger.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n\n`)
  await expectRecovered(0)
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  const ended = once(stranger, 'exit')
  stranger.kill()
  await ended
})

test('a PostgreSQL that somebody else started on the folder is shut down properly, never run over', async () => {
  const { binaries, user } = choosePlace(env)
  const words = ['-D', cluster, '-p', '54999', '-c', 'listen_addresses=', '-c', `unix_socket_directories=${cluster}`]
  const stranger = spawn(join(binaries, 'bin/postgres'), words, { ...user, cwd: '/', stdio: 'ignore' })
  const ended = once(stranger, 'exit')
  await eventually(() => existsSync(pidFile) && serverProcesses(temporary.path).length > 1)
  await expectRecovered(0)
  expect(await ended).toEqual([0, null])
})
