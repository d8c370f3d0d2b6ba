import pg from 'pg'
import { DatabaseRefused } from './database-refused.ts'
import { holdServer } from './embedded/lease.ts'
import { choosePlace } from './embedded/place.ts'
import { OWNER } from './embedded/postmaster.ts'
import { folderSecret } from './embedded/secret.ts'
import { refusalOf, type ServerSettings } from './server-settings.ts'

/** A PostgreSQL that may be used, until it is stopped. */
export type DatabaseServer = {
  /** The owner's connection string, with the database's name. */
  url: string
  /** Where the embedded server keeps its data; null for a server that DATABASE_URL names. */
  dataFolder: string | null
  /** Whether the server was running already. */
  joined: boolean
  /** Gives the server back. The embedded one stops when nobody else uses it. */
  stop(): Promise<void>
}

const DATABASE = 'countinghouse'

/**
 * The server that DATABASE_URL names, or else the embedded one of the data folder, joined if it runs and started if not.
 * @throws DatabaseRefused when it cannot be reached, is too old, or would lose what it has acknowledged.
 */
export async function openDatabaseServer(
  options: { env?: NodeJS.ProcessEnv; log?: (line: string) => void } = {},
): Promise<DatabaseServer> {
  const env = options.env ?? process.env
  const log = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`))
  if (env.DATABASE_URL) {
    await refuseUnsafe(env.DATABASE_URL)
    return { url: env.DATABASE_URL, dataFolder: null, joined: true, stop: async () => {} }
  }
  return openEmbedded(env, log)
}

async function openEmbedded(env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<DatabaseServer> {
  const place = choosePlace(env)
  log(`The books are kept in ${place.folder}.`)
  const lease = await holdServer(place, log)
  const { password } = folderSecret(place.folder)
  const urlOf = (name: string): string => `postgres://${OWNER}:${password}@127.0.0.1:${lease.port}/${name}`
  try {
    await createDatabase(urlOf('postgres'))
    await refuseUnsafe(urlOf(DATABASE))
  } catch (error) {
    await lease.release()
    throw error
  }
  return { url: urlOf(DATABASE), dataFolder: place.folder, joined: lease.joined, stop: lease.release }
}

/** Programs that start at the same moment may both try; the second is told that it exists. */
async function createDatabase(maintenanceUrl: string): Promise<void> {
  await withClient(maintenanceUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount) return
    await client.query(`create database ${DATABASE}`).catch((error: { code?: string }) => {
      if (error.code !== '42P04' && error.code !== '23505') throw error
    })
  })
}

/**
 * Checks, and changes nothing.
 * @throws DatabaseRefused
 */
async function refuseUnsafe(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<ServerSettings>(`
      select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
        current_setting('full_page_writes') as full_page_writes,
        current_setting('synchronous_commit') as synchronous_commit`)
    const sentence = refusalOf(rows[0] as ServerSettings)
    if (sentence) throw new DatabaseRefused(sentence)
  })
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = await connected(url)
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

async function connected(url: string): Promise<pg.Client> {
  let where = 'that DATABASE_URL names'
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
    where = `at ${client.host}:${client.port}`
    // A server that ends while we are connected is reported by the query that runs then.
    client.on('error', () => {})
    await client.connect()
    return client
  } catch (cause) {
    throw new DatabaseRefused(`The database server ${where} cannot be used: ${reason(cause)}.`, { cause })
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
