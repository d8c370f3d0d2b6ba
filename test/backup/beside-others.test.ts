import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBackup, restoreCompany, writeBackup } from '../../src/backup/index.ts'
import { only } from '../../src/kernel/database.ts'
import { listCompanies } from '../../src/modules/company/index.ts'
import { runSql } from '../support/sql.ts'
import { House, proven } from './support.ts'

let house: House
beforeAll(async () => {
  house = await House.open(30)
})
afterAll(() => house.close())

/** Holds a table against whoever wants to read or write it, until let go. */
async function hold(url: string, table: string): Promise<{ waiting(): Promise<void>; release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`begin; lock table ${table} in access exclusive mode`)
  const waiting = async (): Promise<void> => {
    for (;;) {
      const { rows } = await client.query(
        'select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)) limit 1',
      )
      if (rows.length > 0) return
    }
  }
  return {
    waiting,
    release: async () => {
      await client.query('rollback')
      await client.end()
    },
  }
}

test('a backup keeps nobody from posting, and holds one moment of the books', async () => {
  const before = await proven(house.database, house.shop)
  const path = house.path()
  // The backup has its snapshot and waits in its midst, while others post.
  const held = await hold(house.url, 'journal_template')
  const writing = writeBackup(house.database, path, { companyId: house.shop })
  await held.waiting()
  await house.sell(house.shop, 5, 40)
  await held.release()
  await writing
  expect((await proven(house.database, house.shop)).hash).not.toBe(before.hash)
  const { companies } = await restoreCompany(await openBackup(path), { name: 'At that moment' }, { url: house.url })
  expect(await proven(house.database, BigInt(only(companies).id))).toEqual(before)
})

test('posting goes on all the time, and every backup taken meanwhile is whole', async () => {
  let posting = true
  const seller = (async () => {
    for (let seed = 100; posting; seed += 1) await house.sell(house.laden, seed, 6)
  })()
  try {
    for (const name of ['First', 'Second', 'Third']) {
      const backup = await house.backup(house.laden)
      const { companies } = await restoreCompany(backup, { name }, { url: house.url })
      await proven(house.database, BigInt(only(companies).id))
    }
  } finally {
    posting = false
    await seller
  }
})

test('a restore that is killed midway leaves nothing behind', async () => {
  const { path } = await house.backup(house.shop)
  const before = await listCompanies(house.database)
  const rows = 'select (select count(*) from journal_line) as lines, (select count(*) from party) as parties'
  const counted = await runSql(house.url, rows)
  const held = await hold(house.url, 'journal_seal')
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
  const child = spawn(process.execPath, [cli, 'restore', path, '--as', 'Killed'], {
    env: { ...process.env, DATABASE_URL: house.url },
    stdio: 'ignore',
  })
  await held.waiting()
  child.kill('SIGKILL')
  await once(child, 'exit')
  await held.release()
  expect(await listCompanies(house.database)).toEqual(before)
  expect(await runSql(house.url, rows)).toEqual(counted)
})

test('a backup that fails midway leaves no file', async () => {
  const path = house.path()
  const held = await hold(house.url, 'journal_template')
  const writing = writeBackup(house.database, path, { companyId: house.shop })
  writing.catch(() => {}) // looked at below
  await held.waiting()
  await runSql(
    house.url,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'copy (%'`,
  )
  await expect(writing).rejects.toThrow()
  await held.release()
  expect(existsSync(path)).toBe(false)
  expect(readdirSync(house.folder).filter((name) => name.endsWith('.part'))).toEqual([])
})
