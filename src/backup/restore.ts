import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { openDatabase, ownerConnection, transactionOn } from '../kernel/database.ts'
import { appliedMigrations, knownMigrations, migrateWithin } from '../kernel/migrate.ts'
import { Refusal } from '../kernel/refusal.ts'
import { nameRestoredCompany } from '../modules/company/index.ts'
import { advanceCounters } from './advance-counters.ts'
import { putTriggersAsleep } from './asleep.ts'
import { backupTables, type CatalogTable, installationTables, ownSchemas, quotedTable } from './catalog.ts'
import { workFor } from './company-proof.ts'
import { compareBooks, compareForeignKeys, compareTables } from './compare-loaded.ts'
import { type Loaded, loadTables, type Plan, type Target } from './load-tables.ts'
import type { CompanyEntry } from './manifest.ts'
import { type Backup, openBackup } from './read-backup.ts'
import { writeBackup } from './write-backup.ts'

/** Where to: the owner's login of a PostgreSQL database, migrated or empty; and in whose name. */
export type RestoreOptions = { url: string; actor?: string; log?: (line: string) => void }

export type RestoredCompany = Pick<CompanyEntry, 'id' | 'name' | 'trialBalance' | 'head' | 'intact'>

export type RestoreResult = {
  kind: 'installation' | 'company'
  takenAt: string
  companies: RestoredCompany[]
  rows: number
}

/**
 * Restores a whole installation into an empty database: migrates it as far as the backup's was, loads, compares every table, trial balance and
 * chain with the backup, and migrates on. One transaction: all of it, or nothing. Refuses `restore_needs_empty`, `backup_damaged`,
 * `backup_too_new`, `backup_unknown`.
 */
export async function restoreInstallation(backup: Backup, options: RestoreOptions): Promise<RestoreResult> {
  const { log = () => {} } = options
  const companies = sameIds(backup)
  return await inOneTransaction(options, async (client) => {
    await requireEmpty(client)
    const loaded = await loadAtItsLevel(client, backup, { companies, installation: true, log })
    await migrateWithin(client, await knownMigrations())
    for (const target of companies) await compareBooks(client, entryOf(backup, target.from), target)
    return resultOf(backup, companies, loaded)
  })
}

export type CompanyChoice = {
  /** The name of the restored company; without it the one that it had. */
  name?: string
  /** Its id in the backup, where that holds several. */
  companyId?: string
}

/**
 * Restores one company beside whatever the database holds, under an id of its own. Its chain goes on: it keeps hashing the id that it was sealed
 * under. A backup of an older schema goes through a database of its own, which is removed afterwards. Refuses `company_name_taken`,
 * `company_unknown`, and as `restoreInstallation`.
 */
export async function restoreCompany(
  backup: Backup,
  choice: CompanyChoice,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const { log = () => {} } = options
  const entry = chosen(backup, choice.companyId)
  const known = await knownMigrations()
  if (backup.header.migrations.length < known.length) {
    log('The backup is of an older version: it is brought up to date in a database of its own first.')
    return await throughScratch(
      backup,
      entry,
      (current) => restoreCompany(current, { name: choice.name ?? entry.name }, options),
      options,
    )
  }
  const name = (choice.name ?? entry.name).trim()
  return await inOneTransaction(options, async (client) => {
    await requireFreeName(client, name)
    const target = await newTarget(client, entry)
    const catalog = await backupTables(client)
    const loaded = await load(client, backup, catalog, { companies: [target], installation: false, log })
    // Only now, when it has been compared as it was, and with the triggers awake, so that the audit log says so.
    await workFor(client, target.to)
    await nameRestoredCompany(transactionOn(client, BigInt(target.to)), { name, sealedAs: BigInt(target.from) })
    await compareBooks(client, entry, target)
    return resultOf(backup, [target], loaded, name)
  })
}

function chosen({ manifest, header }: Backup, id: string | undefined): CompanyEntry {
  const found = manifest.companies.filter((company) => id === undefined || company.id === id)
  const [only] = found
  if (only === undefined) throw new Refusal('company_unknown', { company: id ?? 'any', takenAt: header.takenAt })
  if (found.length > 1) {
    throw new Refusal('company_unknown', { companies: found.map(({ id: one, name }) => `${one} ${name}`).join(', ') })
  }
  return only
}

const entryOf = (backup: Backup, id: string): CompanyEntry => chosen(backup, id)

async function inOneTransaction<T>(
  { url, actor = '' }: RestoreOptions,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = ownerConnection(url)
  // A connection that breaks is told of by the statement that needs it.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('countinghouse.actor', $1, true)`, [actor])
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    await client.end()
  }
}

/** No company and nobody who could sign in: then nothing can be lost. */
async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows: tables } = await client.query<{ found: string }>(
    `select format('%I.%I', n.nspname, c.relname) as found from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and ((n.nspname = 'public' and c.relname <> 'migration') or n.nspname = 'auth')`,
  )
  if (tables.length === 0) return
  if ((await appliedMigrations(client)).length === 0) {
    throw new Refusal('restore_needs_empty', {
      found: tables
        .map(({ found }) => found)
        .join(', ')
        .slice(0, 200),
    })
  }
  const people = tables.filter(({ found }) => found === 'auth."user"')
  const holds = people.map(({ found }) => `select '${found}' as found where exists (select from ${found})`)
  await client.query('set local row_security = off')
  const { rows } = await client.query<{ found: string }>(
    [...holds, `(select 'company ' || name from company_list() limit 3)`].join(' union all '),
  )
  await client.query('set local row_security = on')
  if (rows.length > 0) throw new Refusal('restore_needs_empty', { found: rows.map(({ found }) => found).join(', ') })
}

/** Loads every company of a backup into an empty database and leaves it at the schema that the backup has, for a start to migrate. */
export const restoreAtItsLevel = (client: pg.Client, backup: Backup): Promise<Loaded[]> =>
  loadAtItsLevel(client, backup, { companies: sameIds(backup), installation: true, log: () => {} })

const sameIds = ({ manifest }: Backup): Target[] => manifest.companies.map(({ id }) => ({ from: id, to: id }))

/** An empty database that has had other migrations than the backup's is begun anew. */
async function loadAtItsLevel(client: pg.Client, backup: Backup, plan: Plan): Promise<Loaded[]> {
  const level = backup.header.migrations
  const applied = await appliedMigrations(client)
  if (applied.some((name) => !level.includes(name))) {
    await client.query(ownSchemas.map((schema) => `drop schema if exists ${schema} cascade`).join(';'))
    await client.query('create schema public')
  }
  await migrateWithin(client, level)
  const catalog = await backupTables(client)
  return await load(client, backup, catalog, plan)
}

async function load(
  client: pg.Client,
  backup: Backup,
  catalog: readonly CatalogTable[],
  plan: Plan,
): Promise<Loaded[]> {
  const wake = await putTriggersAsleep(client, catalog)
  // What the migrations wrote themselves, such as currencies, comes out of the backup as it was; what points to another goes first.
  const shared = plan.installation ? installationTables(catalog).toReversed() : []
  await client.query(shared.map((table) => `delete from ${quotedTable(table)}`).join(';'))
  const loaded = await loadTables(client, backup, catalog, plan)
  await wake()
  await advanceCounters(client, loaded)
  plan.log('Comparing with the backup')
  // Plans made on empty tables are ruinous once these are full.
  await client.query(`analyze ${catalog.map(quotedTable).join(', ')}`)
  await compareTables(client, loaded)
  await compareForeignKeys(client, loaded)
  return loaded
}

async function requireFreeName(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query('select from company_list() where name = $1', [name])
  if (rows.length > 0) throw new Refusal('company_name_taken', { name })
}

async function newTarget(client: pg.Client, { id }: CompanyEntry): Promise<Target> {
  const { rows } = await client.query<{ id: bigint }>(`select nextval(pg_get_serial_sequence('company', 'id')) as id`)
  return { from: id, to: String(rows[0]?.id) }
}

/** Restores one company of an older backup into a database of its own, takes a backup of today's schema from it, and hands that on. */
async function throughScratch<T>(
  backup: Backup,
  { id }: CompanyEntry,
  use: (current: Backup) => Promise<T>,
  { url, log = () => {} }: RestoreOptions,
): Promise<T> {
  const name = `countinghouse_restore_${randomBytes(6).toString('hex')}`
  const scratch = new URL(url)
  scratch.pathname = `/${name}`
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-restore-'))
  await asOwner(url, `create database ${name}`)
  try {
    const target = { from: id, to: id }
    await inOneTransaction({ url: scratch.href }, async (client) => {
      await loadAtItsLevel(client, backup, { companies: [target], installation: false, log })
      await migrateWithin(client, await knownMigrations())
      await compareBooks(client, entryOf(backup, id), target)
    })
    const database = openDatabase({ url: scratch.href, connections: 2 })
    const path = join(folder, 'company.backup')
    try {
      await writeBackup(database, path, { companyId: BigInt(id) })
    } finally {
      await database.close()
    }
    return await use(await openBackup(path))
  } finally {
    await asOwner(url, `drop database if exists ${name} with (force)`)
    await rm(folder, { recursive: true, force: true })
  }
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = ownerConnection(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function resultOf(backup: Backup, targets: readonly Target[], loaded: readonly Loaded[], name?: string): RestoreResult {
  const companies = targets.map(({ from, to }) => {
    const { name: was, trialBalance, head, intact } = entryOf(backup, from)
    return { id: to, name: name ?? was, trialBalance, head, intact }
  })
  const rows = loaded.reduce((sum, { entry }) => sum + entry.rows, 0)
  return { kind: name === undefined ? 'installation' : 'company', takenAt: backup.header.takenAt, companies, rows }
}
