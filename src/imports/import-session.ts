import {
  type Database,
  inCompany,
  inCompanyAsOwner,
  readCompany,
  settingsOf,
  type Tx,
  transactionOn,
} from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { isSessionLocked, trySessionLock } from '../kernel/session-lock.ts'
import { workForImportRun } from '../modules/intake/index.ts'

/** Where an import's batches run: each in a transaction of its own, or, for a dry run, all in one that is rolled back. */
export type ImportSession = {
  batch<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Work of the database's owner between the batches: statistics, balances, the seal. */
  asOwner(work: (tx: Tx) => Promise<unknown>): Promise<void>
  /** From now on what is posted is known to be of this run. */
  worksFor(runId: bigint): void
  readonly dryRun: boolean
}

const importLock = 'countinghouse.import'

/** Runs an import as the only one of its company. Refuses `import_running`. */
export async function importSession<T>(
  database: Database,
  companyId: bigint,
  dryRun: boolean,
  work: (session: ImportSession) => Promise<T>,
): Promise<T> {
  // A dry run has one transaction for both roles, so its connection is the owner's, who takes the application's role for the batches.
  const lock = await trySessionLock(dryRun ? database.owner : database.app, importLock, companyId)
  if (lock === undefined) throw new Refusal('import_running', { company: companyId })
  const { client } = lock
  try {
    if (!dryRun) return await work(committingSession(database, companyId))
    await client.query(`begin; ${settingsOf(companyId, database.actor)}; ${asApplication}`)
    try {
      return await work(tryingSession(transactionOn(client, companyId, database.actor)))
    } finally {
      await client.query('rollback')
    }
  } finally {
    await lock.release()
  }
}

/** Whether an import of the company is being run just now, by whichever program. It looks, and takes no lock that would turn away one that begins. */
export const importRuns = (database: Database, companyId: bigint): Promise<boolean> =>
  readCompany(database, companyId, (tx) => isSessionLocked(tx, importLock, companyId))

function committingSession(database: Database, companyId: bigint): ImportSession {
  const runOf = currentRun()
  return {
    dryRun: false,
    worksFor: runOf.set,
    batch: (work) => inCompany(database, companyId, (tx) => runOf.in(tx, work)),
    asOwner: async (work) => {
      await inCompanyAsOwner(database, companyId, work)
    },
  }
}

/** Which run a session works for, once it is known. */
function currentRun() {
  let runId: bigint | undefined
  return {
    set: (id: bigint): void => {
      runId = id
    },
    in: async <T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> => {
      if (runId !== undefined) await workForImportRun(tx, runId)
      return await work(tx)
    },
  }
}

const asApplication = 'set local role countinghouse_app'

function tryingSession(tx: Tx): ImportSession {
  const runOf = currentRun()
  return {
    dryRun: true,
    worksFor: runOf.set,
    batch: async (work) => {
      await tx.query('savepoint batch')
      try {
        const result = await runOf.in(tx, work)
        await tx.query('release savepoint batch')
        return result
      } catch (error) {
        await tx.query('rollback to savepoint batch')
        throw error
      }
    },
    asOwner: async (work) => {
      await tx.query('set local role none')
      await work(tx)
      await tx.query(asApplication)
    },
  }
}
