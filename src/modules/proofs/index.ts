export { latestProofRun, type ProofRun, proofIsDue, saveProofRun } from './proof-runs.ts'
