import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { runSql, urlOfDatabase } from './sql.ts'

/** A migrated database of one's own. */
export type TestDatabase = {
  /** The owner's connection string. */
  url: string
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>
}

/** A copy of the migrated template: empty, and shared with no other test file. */
export async function testDatabase(): Promise<TestDatabase> {
  const templateUrl = inject('templateUrl')
  const template = new URL(templateUrl).pathname.slice(1)
  const name = `countinghouse_test_${randomBytes(6).toString('hex')}`
  // The template has no connections, so its server's own maintenance database is where the copy is asked for.
  const maintenanceUrl = urlOfDatabase(templateUrl, 'postgres')
  await runSql(maintenanceUrl, `create database ${name} template ${template}`)
  return {
    url: urlOfDatabase(templateUrl, name),
    drop: async () => void (await runSql(maintenanceUrl, `drop database ${name} with (force)`)),
  }
}

/** A database that nothing has been done to, not even a migration. */
export async function bareDatabase(owner?: { name: string; password: string }): Promise<TestDatabase> {
  const templateUrl = inject('templateUrl')
  const name = `countinghouse_bare_${randomBytes(6).toString('hex')}`
  const maintenanceUrl = urlOfDatabase(templateUrl, 'postgres')
  await runSql(maintenanceUrl, `create database ${name}${owner === undefined ? '' : ` owner ${owner.name}`}`)
  const url = new URL(urlOfDatabase(templateUrl, name))
  if (owner !== undefined) {
    url.username = owner.name
    url.password = owner.password
  }
  return { url: url.href, drop: async () => void (await runSql(maintenanceUrl, `drop database ${name} with (force)`)) }
}
