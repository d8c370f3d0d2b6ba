import type { Database } from '../kernel/database.ts'
import { trySessionLock } from '../kernel/session-lock.ts'

/** The right to make a sample company, as long as it is held. */
export type Claim = { release(): Promise<void> }

/**
 * Makes this program the one of the installation that makes a sample company; undefined where another does. The claim of a program that is killed ends
 * with its connection.
 */
export const claimMaking = (database: Database): Promise<Claim | undefined> =>
  trySessionLock(database.app, 'countinghouse.sample-company', 0n)
