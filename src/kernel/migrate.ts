import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { type CurrencyCode, currencies } from './currencies.ts'

const folder = new URL('../../db/migrations/', import.meta.url)

// One number for all installations: whoever migrates holds this lock, so two servers starting at once migrate once.
const migrationLock = 4_820_117

/** The migrations that this version of the product knows, in order. */
export const knownMigrations = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()

/** The migrations that a database has had, in order; none for an empty one. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows: found } = await client.query(`select from pg_class where oid = to_regclass('public.migration')`)
  if (found.length === 0) return []
  return (await client.query<{ name: string }>('select name from migration order by name')).rows.map(({ name }) => name)
}

/** Brings the database at `ownerUrl` up to date: each file of `db/migrations` once, in order, each in a transaction of its own. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(${migrationLock})`)
    const pending = await pendingMigrations(client, await knownMigrations())
    for (const name of pending) await applyAlone(client, name)
    if (pending.length > 0) await saveCurrencies(client)
    return pending
  } finally {
    await client.end()
  }
}

/**
 * Applies those of the named migrations that the database has not had, all within the transaction that is open on `client`. Nobody else
 * migrates until it ends.
 */
export async function migrateWithin(client: pg.ClientBase, names: readonly string[]): Promise<string[]> {
  await client.query(`select pg_advisory_xact_lock(${migrationLock})`)
  const pending = await pendingMigrations(client, names)
  for (const name of pending) await apply(client, name)
  if (pending.length > 0) await saveCurrencies(client)
  return pending
}

async function pendingMigrations(client: pg.ClientBase, names: readonly string[]): Promise<string[]> {
  await client.query(
    'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())',
  )
  const done = new Set(await appliedMigrations(client))
  return names.filter((name) => !done.has(name))
}

async function applyAlone(client: pg.Client, name: string): Promise<void> {
  try {
    await client.query('begin')
    await apply(client, name)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function apply(client: pg.ClientBase, name: string): Promise<void> {
  const statements = await readFile(new URL(name, folder), 'utf8')
  try {
    await client.query(statements)
    await client.query('insert into migration (name) values ($1)', [name])
  } catch (error) {
    throw new Error(`migration ${name} failed`, { cause: error })
  }
}

async function saveCurrencies(client: pg.ClientBase): Promise<void> {
  const codes = Object.keys(currencies) as CurrencyCode[]
  await client.query(
    `insert into currency (code, name, exponent) select * from unnest($1::text[], $2::text[], $3::smallint[])
       on conflict (code) do update set name = excluded.name, exponent = excluded.exponent`,
    [codes, codes.map((code) => currencies[code].name), codes.map((code) => currencies[code].exponent)],
  )
}
