import type pg from 'pg'
import type { Tx } from './database.ts'

/** An advisory lock that is held until it is let go of, beyond any transaction. */
export type SessionLock = {
  /** The connection that holds it. */
  client: pg.PoolClient
  release(): Promise<void>
}

/**
 * Takes the lock of a name and a number on a connection of its own; undefined where somebody else holds it. The lock of a program that is killed ends
 * with its connection. A connection that may hold it still after it was let go of is closed and never lent to anybody else.
 */
export async function trySessionLock(pool: pg.Pool, name: string, number: bigint): Promise<SessionLock | undefined> {
  const client = await pool.connect()
  const key = [name, number]
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, $2)) as held',
      key,
    )
    if (rows[0]?.held !== true) {
      client.release()
      return undefined
    }
  } catch (error) {
    client.release(true)
    throw error
  }
  return {
    client,
    release: async () => {
      let broken: Error | undefined
      await client.query('select pg_advisory_unlock(hashtextextended($1, $2))', key).catch((reason: Error) => {
        broken = reason
      })
      client.release(broken)
    },
  }
}

/** Whether somebody holds the lock of a name and a number. PostgreSQL shows the number of an advisory lock in two halves. */
export async function isSessionLocked(tx: Tx, name: string, number: bigint): Promise<boolean> {
  const rows = await tx.query<{ held: boolean }>(
    `select exists (
       select from pg_locks
       where locktype = 'advisory' and granted and objsubid = 1
         and database = (select oid from pg_database where datname = current_database())
         and classid::bigint << 32 | objid::bigint = hashtextextended($1, $2)
     ) as held`,
    [name, number],
  )
  return rows[0]?.held === true
}
