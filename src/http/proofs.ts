import type { Tx } from '../kernel/database.ts'
import { latestProofRun, type ProofRun } from '../modules/proofs/index.ts'
import type { CheckReport } from '../reports/index.ts'

/** What the checks found last, and when. */
export type Proof = { found: CheckReport; ranAt: string; atMs: number }

export const proofIn = ({ report, ranAt }: ProofRun): Proof => ({
  found: report as CheckReport,
  ranAt,
  atMs: Date.parse(ranAt),
})

/** The latest proof of the books, for the light in the top bar; undefined where nobody has looked yet. */
export async function latestProof(tx: Tx): Promise<Proof | undefined> {
  const run = await latestProofRun(tx)
  return run === undefined ? undefined : proofIn(run)
}
