import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { type CurrencyCode, currencies } from './currencies.ts'

const folder = new URL('../../db/migrations/', import.meta.url)

// One number for all installations: whoever migrates holds this lock, so two servers starting at once migrate once.
const migrationLock = 4_820_117

/** Brings the database at `ownerUrl` up to date: each file of `db/migrations` once, in order, in one transaction. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(${migrationLock})`)
    await client.query(
      'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())',
    )
    const done = new Set(
      (await client.query<{ name: string }>('select name from migration')).rows.map((row) => row.name),
    )
    const pending = (await readdir(folder)).filter((name) => name.endsWith('.sql') && !done.has(name)).sort()
    for (const name of pending) await apply(client, name)
    if (pending.length > 0) await saveCurrencies(client)
    return pending
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const statements = await readFile(new URL(name, folder), 'utf8')
  try {
    await client.query('begin')
    await client.query(statements)
    await client.query('insert into migration (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed`, { cause: error })
  }
}

async function saveCurrencies(client: pg.Client): Promise<void> {
  const codes = Object.keys(currencies) as CurrencyCode[]
  await client.query(
    `insert into currency (code, name, exponent) select * from unnest($1::text[], $2::text[], $3::smallint[])
       on conflict (code) do update set name = excluded.name, exponent = excluded.exponent`,
    [codes, codes.map((code) => currencies[code].name), codes.map((code) => currencies[code].exponent)],
  )
}
