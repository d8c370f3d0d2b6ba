import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Database, openDatabase } from '../../src/kernel/database.ts'
import { openDatabaseServer } from '../../src/kernel/database-server.ts'
import { migrate } from '../../src/kernel/migrate.ts'

/** A server for the bench alone: embedded with its data in a temporary folder, or the one that DATABASE_URL names. */
export type BenchServer = {
  /** A migrated database of one's own. */
  open(options?: { connections?: number }): Promise<BenchDatabase>
  stop(): Promise<void>
}

export type BenchDatabase = Database & {
  /** The owner's connection string. */
  readonly url: string
  /** Closes the pools and drops the database. */
  drop(): Promise<void>
}

export async function startBenchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'countinghouse-bench-'))
  const server = await openDatabaseServer({ env: { ...process.env, COUNTINGHOUSE_DATA: folder }, log: () => {} })
  return {
    open: ({ connections = 10 } = {}) => openBenchDatabase(server.url, connections),
    stop: async () => {
      await server.stop()
      for (const path of [folder, server.dataFolder]) if (path !== null) rmSync(path, { recursive: true, force: true })
    },
  }
}

async function openBenchDatabase(serverUrl: string, connections: number): Promise<BenchDatabase> {
  const name = `countinghouse_bench_${randomBytes(5).toString('hex')}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await runAlone(serverUrl, `create database ${name}`)
  await migrate(url.href)
  const database = openDatabase({ url: url.href, connections })
  return {
    ...database,
    url: url.href,
    drop: async () => {
      await database.close()
      await runAlone(serverUrl, `drop database ${name} with (force)`)
    },
  }
}

async function runAlone(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
