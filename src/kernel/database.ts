import pg from 'pg'
import { asRefusal, Refusal } from './refusal.ts'

const { Pool, types } = pg

/**
 * A transaction on behalf of one company. Commands take it and never open their own. Row types are stated by the caller: bigint columns
 * arrive as `bigint`, dates, moments and numerics as strings, so that nothing loses precision.
 */
export type Tx = {
  readonly companyId: bigint
  /** Who acts: what SQL reads as `current_actor()`. */
  readonly actor: string
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** One pool for the application's role and one for the owner, who migrates, seals and folds. */
export type Database = {
  /** In whose name every transaction works: a person, a key of theirs, the machine's operator, or a part of the product. */
  readonly actor: string
  readonly app: pg.Pool
  readonly owner: pg.Pool
  close(): Promise<void>
}

const parsers: Record<number, (text: string) => unknown> = {
  20: BigInt, // int8
  1082: (text) => text, // date
  1114: (text) => text, // timestamp
  1184: (text) => text, // timestamptz
}

// The types come from pg itself save for the four above; arrays of int8 stay rare and are unnested in SQL.
const typeParsers = {
  getTypeParser: (oid: number, format?: string) => parsers[oid] ?? types.getTypeParser(oid, format as 'text'),
} as unknown as pg.CustomTypesConfig

// The seal hashes the text form of dates and moments, so every connection writes them in one way.
const sessionSettings = '-c timezone=UTC -c datestyle=ISO,YMD -c intervalstyle=iso_8601 -c search_path=public'

/** A connection of the owner's outside the pools, for work in one long transaction; not connected yet. */
export const ownerConnection = (url: string): pg.Client =>
  new pg.Client({ connectionString: url, types: typeParsers, options: sessionSettings })

export type DatabaseOptions = { url: string; appUrl?: string | undefined; connections?: number }

/** Opens both pools. Without `appUrl` the owner's login takes the application's role on connecting. */
export function openDatabase({ url, appUrl, connections = 10 }: DatabaseOptions): Database {
  const shared = { types: typeParsers, options: sessionSettings }
  const owner = new Pool({ ...shared, connectionString: url, max: Math.min(connections, 4) })
  const app = appUrl
    ? new Pool({ ...shared, connectionString: appUrl, max: connections })
    : new Pool({
        ...shared,
        connectionString: url,
        max: connections,
        options: `${sessionSettings} -c role=countinghouse_app`,
      })
  // A connection that breaks is told of by the query that needs it, and replaced on the next use. Without a listener it would end the
  // process: the pool's hears of idle ones, the connection's own of one that is lent out and waits for its next query.
  for (const pool of [owner, app]) {
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
  }
  return {
    actor: PRODUCT,
    app,
    owner,
    close: async () => {
      await Promise.all([app.end(), owner.end()])
    },
  }
}

/** Who acts where nobody asked: sealing, folding, and what a new company begins with. */
export const PRODUCT = 'countinghouse'

/** An actor is `kind:name`, or the product itself. It stands in the text of a statement, so it holds no quote. */
const actorForm = /^[\w.:@+-]{1,200}$/

/** The same database, with every transaction in the name of `actor`. Throws for what is not of the form of an actor. */
export function actingAs(database: Database, actor: string): Database {
  if (!actorForm.test(actor)) throw new Error(`'${actor}' is not of the form of an actor`)
  return { ...database, actor }
}

const named = (text: string): { name?: string } => {
  const name = nameOf(text)
  return name === undefined ? {} : { name }
}

const preparedNames = new Map<string, string>()
// The product has some hundreds. The filters of a list can be put together in a million ways, and each takes memory of every connection for good.
const MOST_PREPARED = 2_000

/** Statements with parameters are prepared once per connection under a name of their own; undefined for those beyond as many as are kept. */
function nameOf(text: string): string | undefined {
  const known = preparedNames.get(text)
  if (known !== undefined || preparedNames.size >= MOST_PREPARED) return known
  const name = `s${preparedNames.size}`
  preparedNames.set(text, name)
  return name
}

/** What begins a transaction for one company in somebody's name. */
export const settingsOf = (companyId: bigint, actor: string): string =>
  `set local countinghouse.company_id = '${companyId}'; set local countinghouse.actor = '${actor}'`

/** Wraps a connection on which a transaction is open and the company and the actor are set. */
export function transactionOn(client: pg.ClientBase, companyId: bigint, actor: string = PRODUCT): Tx {
  return {
    companyId,
    actor,
    async query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]> {
      try {
        const result =
          values === undefined
            ? await client.query(text)
            : await client.query({ ...named(text), text, values: values as unknown[] })
        return result.rows as Row[]
      } catch (error) {
        throw asRefusal(error)
      }
    },
  }
}

type Beginning = { pool: pg.Pool; begin: string; companyId: bigint; actor: string; isTrial?: boolean }

async function transact<T>(beginning: Beginning, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { pool, begin, companyId, actor, isTrial = false } = beginning
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(`${begin}; ${settingsOf(companyId, actor)}`)
    const result = await work(transactionOn(client, companyId, actor))
    if (isTrial) {
      // What is checked at the end of a transaction is checked of a trial, too.
      await client.query('set constraints all immediate')
      await client.query('rollback')
      return result
    }
    const { command } = await client.query('commit')
    // After a failed statement that nobody minded, the database rolls back and calls that success.
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back, since a statement in it had failed')
    return result
  } catch (error) {
    await client.query('rollback').catch((reason: Error) => {
      broken = reason
    })
    throw asRefusal(error)
  } finally {
    client.release(broken)
  }
}

/** Runs `work` in one transaction of the application's role for one company: all of it commits, or none of it. */
export const inCompany = <T>(database: Database, companyId: bigint, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact({ pool: database.app, begin: 'begin', companyId, actor: database.actor }, work)

/** As `inCompany`, and nothing of it is kept: what would become of it, to the last check. */
export const triedInCompany = <T>(database: Database, companyId: bigint, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact({ pool: database.app, begin: 'begin', companyId, actor: database.actor, isTrial: true }, work)

/** As `inCompany`, for the owner's own work: creating companies, folding balances, sealing. */
export const inCompanyAsOwner = <T>(database: Database, companyId: bigint, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact({ pool: database.owner, begin: 'begin', companyId, actor: database.actor }, work)

/** A transaction of the owner's for what belongs to no company, such as reference rates: no company's rows are seen in it. */
export const inInstallation = <T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact({ pool: database.owner, begin: 'begin', companyId: 0n, actor: database.actor }, work)

/** A read-only transaction that sees one moment throughout, however many queries it makes. */
export const readCompany = <T>(database: Database, companyId: bigint, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact(
    { pool: database.app, begin: 'begin isolation level repeatable read read only', companyId, actor: database.actor },
    work,
  )

/** The one row that a query must return. */
export function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined || rows.length > 1) throw new Error(`expected one row, found ${rows.length}`)
  return row
}

// No company ever ceases to be, so each is looked for once in the life of a pool.
const knownCompanies = new WeakMap<pg.Pool, Set<bigint>>()

/** Refuses an id that is not a company's, before any work is done for it. */
export async function requireCompany(database: Database, id: string): Promise<bigint> {
  const companyId = /^[1-9][0-9]{0,17}$/.test(id) ? BigInt(id) : undefined
  if (companyId === undefined) throw new Refusal('company_unknown', { company: id })
  const known = knownCompanies.get(database.app) ?? new Set()
  if (known.has(companyId)) return companyId
  const found = await readCompany(database, companyId, (tx) => tx.query('select from company'))
  if (found.length === 0) throw new Refusal('company_unknown', { company: id })
  knownCompanies.set(database.app, known.add(companyId))
  return companyId
}
