import type { Database } from '../kernel/database.ts'

/** The right to make a sample company, as long as it is held. */
export type Claim = { release(): Promise<void> }

/**
 * Makes this program the one of the installation that makes a sample company; undefined where another does. The claim of a program that is killed ends
 * with its connection.
 */
export async function claimMaking(database: Database): Promise<Claim | undefined> {
  const client = await database.app.connect()
  const lock = `hashtextextended('countinghouse.sample-company', 0)`
  const { rows } = await client.query<{ claimed: boolean }>(`select pg_try_advisory_lock(${lock}) as claimed`)
  if (rows[0]?.claimed !== true) {
    client.release()
    return undefined
  }
  return {
    release: async () => {
      await client.query(`select pg_advisory_unlock(${lock})`).catch(() => {})
      client.release()
    },
  }
}
