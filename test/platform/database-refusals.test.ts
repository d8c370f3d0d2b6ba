import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { DatabaseRefused } from '../../src/kernel/database-refused.ts'
import { openDatabaseServer } from '../../src/kernel/database-server.ts'
import { refusalOf } from '../../src/kernel/server-settings.ts'
import { serverProcesses, temporaryFolder } from './programs.ts'

const durable = { version: 180004, fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }

test('a server of the oldest version that serves is taken, an older one refused', () => {
  expect(refusalOf({ ...durable, version: 150000 })).toBeNull()
  expect(refusalOf({ ...durable, version: 140019 })).toContain('PostgreSQL 14')
})

test('commits that wait for a replica count as durable', () => {
  for (const synchronous_commit of ['local', 'remote_write', 'remote_apply']) {
    expect(refusalOf({ ...durable, synchronous_commit })).toBeNull()
  }
})

describe('a server that would lose confirmed postings', () => {
  const temporary = temporaryFolder()
  const env = { COUNTINGHOUSE_DATA: temporary.path }
  const settings = join(temporary.path, 'postgres-18/postgresql.conf')
  afterAll(() => temporary.remove())

  test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
    '%s = off is refused, by either way in',
    async (name) => {
      await (await openDatabaseServer({ env, log: () => {} })).stop()
      const before = readFileSync(settings, 'utf8')
      writeFileSync(settings, `${before}${name} = off\n`)
      const refused = openDatabaseServer({ env, log: () => {} })
      await expect(refused).rejects.toThrow(`${name} = off`)
      expect(serverProcesses(temporary.path)).toEqual([])
      writeFileSync(settings, before)
    },
  )

  test('is refused when DATABASE_URL names it', async () => {
    const server = await openDatabaseServer({ env, log: () => {} })
    const url = `${server.url}?options=-c%20synchronous_commit%3Doff`
    await expect(openDatabaseServer({ env: { DATABASE_URL: url } })).rejects.toThrow('synchronous_commit = off')
    const named = await openDatabaseServer({ env: { DATABASE_URL: server.url } })
    expect(named).toMatchObject({ url: server.url, dataFolder: null, joined: true })
    await named.stop()
    await server.stop()
  })
})

describe('a DATABASE_URL that leads nowhere', () => {
  test.each([
    ['nobody listens', 'postgres://owner:secret@127.0.0.1:1/books', '127.0.0.1:1'],
    ['an unknown host', 'postgres://owner:secret@nowhere.invalid/books', 'nowhere.invalid'],
    ['not a connection string', 'postgres://owner:secret@:x:y', 'DATABASE_URL'],
  ])('is refused without telling its password: %s', async (_what, url, told) => {
    const refused = openDatabaseServer({ env: { DATABASE_URL: url } })
    await expect(refused).rejects.toThrow(DatabaseRefused)
    await expect(refused).rejects.toThrow(told)
    await expect(refused).rejects.not.toThrow('secret')
  })

  test('ends a program with exit code 3', () => {
    const program = fileURLToPath(new URL('./hold-server.ts', import.meta.url))
    const env = { ...process.env, DATABASE_URL: 'postgres://owner@127.0.0.1:1/books' }
    const { status, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8', input: '' })
    expect(status).toBe(3)
    expect(stderr).toMatch(/^The database server at 127\.0\.0\.1:1 cannot be used: .*\.\n$/)
  })
})
