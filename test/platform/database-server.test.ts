import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { DatabaseRefused } from '../../src/kernel/database-refused.ts'
import { openDatabaseServer } from '../../src/kernel/database-server.ts'
import { runSql } from '../support/sql.ts'
import { eventually, holdInAnotherProgram, killHard, serverProcesses, temporaryFolder } from './programs.ts'

const temporary = temporaryFolder()
const env = { COUNTINGHOUSE_DATA: temporary.path }
const open = (log: (line: string) => void = () => {}) => openDatabaseServer({ env, log })
afterAll(() => temporary.remove())

test('a first start creates the database, a second finds what the first kept, and a stop leaves no process', async () => {
  const said: string[] = []
  const first = await open((line) => said.push(line))
  expect(said.join()).toContain(temporary.path)
  expect(first).toMatchObject({ dataFolder: temporary.path, joined: false })
  await runSql(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  expect(serverProcesses(temporary.path)).toEqual([])

  const second = await open()
  expect(second.joined).toBe(false)
  expect(await runSql(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await second.stop()
})

test('the secret beside the data is readable by its owner alone', () => {
  expect(statSync(join(temporary.path, 'secret')).mode & 0o777).toBe(0o600)
})

test('a wrong password is refused, also from this machine', async () => {
  const server = await open()
  const wrong = new URL(server.url)
  wrong.password = 'wrong'
  await expect(runSql(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
  await server.stop()
})

test('whoever joined keeps the database when the one who started it leaves', async () => {
  const starter = await holdInAnotherProgram({ env })
  const joiner = await open()
  expect([starter.joined, joiner.joined]).toEqual([false, true])
  expect(joiner.url).toBe(starter.url)
  await starter.finish()
  expect(await runSql(joiner.url, 'select 1 as still_there')).toEqual([{ still_there: 1 }])
  await joiner.stop()
  expect(serverProcesses(temporary.path)).toEqual([])
})

test('many programs that start at one moment share one server', async () => {
  const holders = await Promise.all(Array.from({ length: 4 }, () => holdInAnotherProgram({ env })))
  expect(new Set(holders.map((holder) => holder.url)).size).toBe(1)
  expect(holders.filter((holder) => !holder.joined)).toHaveLength(1)
  await Promise.all(holders.map((holder) => holder.finish()))
  expect(serverProcesses(temporary.path)).toEqual([])
})

test('a start while the server is just stopping waits and succeeds', async () => {
  for (let round = 0; round < 3; round += 1) {
    const leaving = await open()
    const [, arriving] = await Promise.all([leaving.stop(), open()])
    expect(await runSql(arriving.url, 'select 1 as there')).toEqual([{ there: 1 }])
    await arriving.stop()
  }
})

test('a killed program leaves no orphan, and its neighbour keeps the database', async () => {
  const killed = await holdInAnotherProgram({ env })
  const neighbour = await open()
  await killHard(killed.process)
  expect(await runSql(neighbour.url, 'select 1 as still_there')).toEqual([{ still_there: 1 }])
  await neighbour.stop()

  const alone = await holdInAnotherProgram({ env })
  await killHard(alone.process)
  await eventually(() => serverProcesses(temporary.path).length === 0)
})

test('a data folder that is a file is refused', async () => {
  const refused = openDatabaseServer({ env: { COUNTINGHOUSE_DATA: join(temporary.path, 'secret') }, log: () => {} })
  await expect(refused).rejects.toThrow(DatabaseRefused)
})

test('a folder that PostgreSQL cannot use is refused with what PostgreSQL says', async () => {
  const broken = join(temporary.path, 'broken')
  mkdirSync(join(broken, 'postgres-18'), { recursive: true })
  const refused = openDatabaseServer({ env: { COUNTINGHOUSE_DATA: broken }, log: () => {} })
  await expect(refused).rejects.toThrow(DatabaseRefused)
  await expect(refused).rejects.toThrow(broken)
})
