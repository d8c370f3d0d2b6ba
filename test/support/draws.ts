import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import fc from 'fast-check'

/**
 * What the property tests of a run draw from: the seed that TEST_SEED names or, without one, a seed of the commit that is checked out. So a commit
 * that passed passes again, wherever it is tested, and each commit is tried with other values than the one before.
 */
export function seedOfTheRun(env: NodeJS.ProcessEnv = process.env): string {
  if (env.TEST_SEED !== undefined) return env.TEST_SEED
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return String(Number.parseInt(commit.slice(0, 7), 16))
  } catch {
    // A copy without its history is as good with any.
    return String(randomInt(2 ** 28))
  }
}

/** Read by each process of tests before its first file; the run itself has named the seed by then. */
if (process.env.VITEST_WORKER_ID !== undefined) fc.configureGlobal({ seed: Number(seedOfTheRun()) })
