import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { openDatabaseServer } from '../../src/kernel/database-server.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { buildAdmin } from '../../tools/build-admin.js'
import { seedOfTheRun } from './draws.ts'
import { runSql, urlOfDatabase } from './sql.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's connection string of the migrated database that every test file copies. */
    templateUrl: string
  }
}

/**
 * One server per run: the one of TEST_DATABASE_URL, or an embedded one in a folder of its own. It migrates one template,
 * of which each test file takes a copy. The pages are built once, if they changed, and what was compiled is kept in one place.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.TEST_SEED = seedOfTheRun()
  console.log(`Property tests draw from seed ${process.env.TEST_SEED}; TEST_SEED names another.`)
  buildAdmin(fileURLToPath(new URL('../..', import.meta.url)))
  const folder = mkdtempSync(join(folderOfTheServer(), 'countinghouse-test-'))
  const compiled = mkdtempSync(join(tmpdir(), 'countinghouse-compiled-'))
  // The workers, and the many programs that tests start, inherit where compiled code is kept, for this run alone.
  process.env.NODE_COMPILE_CACHE = compiled
  const { TEST_DATABASE_URL, DATABASE_URL: _ownersBooks, ...rest } = process.env
  const where = TEST_DATABASE_URL ? { DATABASE_URL: TEST_DATABASE_URL } : { COUNTINGHOUSE_DATA: folder }
  const server = await openDatabaseServer({ env: { ...rest, ...where }, log: () => {} })
  const template = `countinghouse_template_${randomBytes(4).toString('hex')}`
  const templateUrl = urlOfDatabase(server.url, template)
  const close = async (): Promise<void> => {
    await server.stop()
    for (const path of [folder, compiled, server.dataFolder]) if (path) rmSync(path, { recursive: true, force: true })
  }
  try {
    if (server.dataFolder !== null) await writeLess(server.url)
    await runSql(server.url, `create database ${template}`)
    await migrate(templateUrl)
  } catch (error) {
    await close()
    throw error
  }
  project.provide('templateUrl', templateUrl)
  return async () => {
    await runSql(server.url, `drop database ${template} with (force)`)
    await close()
  }
}

/** Memory where there is plenty of it, else the disk: nobody wants these books back, and the server insists on syncing them. */
function folderOfTheServer(): string {
  if (process.platform !== 'linux') return tmpdir()
  try {
    const { bsize, bavail } = statfsSync('/dev/shm')
    return Math.min(bsize * bavail, process.availableMemory()) >= 8 * 2 ** 30 ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** Each copy of the template goes through the log, where packing its pages takes longer than all else; and the log stays small. */
async function writeLess(url: string): Promise<void> {
  for (const setting of [`wal_compression = 'off'`, `max_wal_size = '1GB'`])
    await runSql(url, `alter system set ${setting}`)
  await runSql(url, 'select pg_reload_conf()')
}
