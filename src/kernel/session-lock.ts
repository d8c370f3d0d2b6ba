import type pg from 'pg'

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
