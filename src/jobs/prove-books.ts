import { type Database, inCompany, inCompanyAsOwner, readCompany } from '../kernel/database.ts'
import { trySessionLock } from '../kernel/session-lock.ts'
import { freshenStatistics } from '../kernel/statistics.ts'
import { sealEntries } from '../ledger/seal.ts'
import { type ProofRun, proofIsDue, saveProofRun } from '../modules/proofs/index.ts'
import { runChecks } from '../reports/index.ts'
import { eachCompany } from './each-company.ts'
import { inRounds, type Job } from './in-rounds.ts'

/** Seals, runs every check on one moment of the books, and keeps what it found. */
export async function proveBooks(database: Database, companyId: bigint): Promise<ProofRun> {
  await inCompanyAsOwner(database, companyId, sealEntries)
  // The checks join all that there is; of a company that has just come they would not know how much that is.
  await inCompanyAsOwner(database, companyId, freshenStatistics)
  const report = await readCompany(database, companyId, runChecks)
  return await inCompany(database, companyId, (tx) => saveProofRun(tx, { ok: report.ok, report }))
}

export type ProverOptions = { log: (line: string) => void; afterHours?: number; everyMs?: number }

/**
 * Proves the books of every company that has moved, once a day, beside the work of the server. Where several servers look, one of them proves a
 * company.
 */
export function keepBooksProven(database: Database, { log, afterHours = 24, everyMs = 600_000 }: ProverOptions): Job {
  const what = 'Proving the books'
  return inRounds(
    (signal) => eachCompany(database, { log, what, signal }, ({ id }) => proveIfDue(database, id, afterHours)),
    { log, what, pauseMs: () => everyMs, pauseFirst: true },
  )
}

/** Whoever finds another server at it leaves it to that one. */
export async function proveIfDue(database: Database, companyId: bigint, afterHours: number): Promise<boolean> {
  const lock = await trySessionLock(database.app, 'countinghouse.prove', companyId)
  if (lock === undefined) return false
  try {
    if (!(await readCompany(database, companyId, (tx) => proofIsDue(tx, afterHours)))) return false
    await proveBooks(database, companyId)
    return true
  } finally {
    await lock.release()
  }
}
