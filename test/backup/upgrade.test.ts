import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Backup, openBackup, restoreCompany, restoreInstallation } from '../../src/backup/index.ts'
import { restoreAtItsLevel } from '../../src/backup/restore.ts'
import { type Database, ownerConnection } from '../../src/kernel/database.ts'
import { knownMigrations, migrate } from '../../src/kernel/migrate.ts'
import { listCompanies } from '../../src/modules/company/index.ts'
import { runSql } from '../support/sql.ts'
import { House, headOf, proven } from './support.ts'

// Books as the first released version kept them (migrations 0001 to 0003); `tools/write-upgrade-fixture.ts` wrote the file.
const fixture = fileURLToPath(new URL('../fixtures/books-of-0003.backup', import.meta.url))
const level = ['0001_ledger.sql', '0002_commerce.sql', '0003_import_requests.sql']

let house: House
let backup: Backup
beforeAll(async () => {
  house = await House.open(3)
  backup = await openBackup(fixture)
})
afterAll(() => house.close())

/** Every company has the trial balance and the chain that the backup states, and no check is broken. */
async function expectAsItWas(database: Database): Promise<void> {
  const companies = await listCompanies(database)
  expect(companies.map(({ id }) => String(id))).toEqual(backup.manifest.companies.map(({ id }) => id))
  for (const { id, trialBalance, head } of backup.manifest.companies) {
    expect(await headOf(database, BigInt(id))).toBe(head)
    expect((await proven(database, BigInt(id))).hash).toBe(trialBalance)
  }
}

test('the file is of the earlier schema, and holds more than a few rows', () => {
  expect(backup.header.migrations).toEqual(level)
  expect(backup.manifest.companies.length).toBeGreaterThan(5)
  const rows = new Map(backup.manifest.tables.map(({ table, rows: count }) => [table, count]))
  for (const table of ['journal_line', 'sales_document', 'payment']) expect(rows.get(table), table).toBeGreaterThan(0)
})

test('a database of the earlier version is brought up to date by a start, every figure and every chain as they were', async () => {
  const url = await house.empty()
  const client = ownerConnection(url)
  await client.connect()
  await client.query('begin')
  await restoreAtItsLevel(client, backup)
  await client.query('commit')
  await client.end()
  expect(await runSql(url, 'select name from migration order by name')).toEqual(level.map((name) => ({ name })))
  expect(await migrate(url)).toEqual((await knownMigrations()).filter((name) => !level.includes(name)))
  const database = house.open(url)
  await expectAsItWas(database)
  const generated = backup.manifest.companies.find(({ name }) => name === 'Generated')
  await house.sell(BigInt(generated?.id ?? ''), 8, 20, database)
  await proven(database, BigInt(generated?.id ?? ''))
})

test('a backup of the earlier version is restored and brought up to date in one go', async () => {
  const url = await house.empty()
  await restoreInstallation(backup, { url })
  await expectAsItWas(house.open(url))
})

test('an empty database that is up to date already takes a backup of the earlier version', async () => {
  const url = await house.empty()
  await migrate(url)
  await restoreInstallation(backup, { url })
  await expectAsItWas(house.open(url))
})

test('one company of the earlier version comes back beside today’s', async () => {
  const { id, trialBalance, head } = backup.manifest.companies.at(-1) ?? { id: '', trialBalance: '', head: '' }
  const choice = { companyId: id, name: 'Of an earlier version' }
  const { companies } = await restoreCompany(backup, choice, { url: house.url })
  const copy = BigInt(companies[0]?.id ?? '')
  expect(await headOf(house.database, copy)).toBe(head)
  expect((await proven(house.database, copy)).hash).toBe(trialBalance)
  const scratch = await runSql(house.url, `select from pg_database where datname like 'countinghouse_restore%'`)
  expect(scratch).toEqual([])
})
