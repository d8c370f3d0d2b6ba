/**
 * `npm run schema`: migrates an empty database and writes db/schema.sql from its catalog, so that the schema is read in one place. A test
 * compares the file with what the migrations give.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openDatabaseServer } from '../src/kernel/database-server.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { writtenSchema } from './schema/written-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-schema-'))
const server = await openDatabaseServer({ env: { ...process.env, COUNTINGHOUSE_DATA: folder }, log: () => {} })
const name = `countinghouse_schema_${randomBytes(4).toString('hex')}`
const url = new URL(server.url)
url.pathname = `/${name}`

async function onServer<T>(at: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: at })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

try {
  await onServer(server.url, (client) => client.query(`create database ${name}`))
  await migrate(url.href)
  const schema = await onServer(url.href, writtenSchema)
  writeFileSync(fileURLToPath(new URL('../db/schema.sql', import.meta.url)), schema)
} finally {
  await onServer(server.url, (client) => client.query(`drop database if exists ${name} with (force)`))
  await server.stop()
  for (const path of [folder, server.dataFolder]) if (path !== null) rmSync(path, { recursive: true, force: true })
}
