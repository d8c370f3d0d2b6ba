import type { Tx } from '../../kernel/database.ts'
import { balancesMatchLines } from './balances-match-lines.ts'
import type { Check, CheckOutcome } from './check.ts'
import { closedPeriodsUnchanged } from './closed-periods-unchanged.ts'
import { entriesBalance } from './entries-balance.ts'
import { numbersGapless } from './numbers-gapless.ts'
import { sealsMatchEntries } from './seals-match-entries.ts'

export type { Check, CheckOutcome, CheckRow } from './check.ts'

/** Every invariant of the books, in the order in which they are proved. */
export const checks: readonly Check[] = [
  entriesBalance,
  balancesMatchLines,
  closedPeriodsUnchanged,
  numbersGapless,
  sealsMatchEntries,
]

/** What all checks found: `ok` where none is broken. */
export type CheckReport = { ok: boolean; checks: ({ name: string } & CheckOutcome)[] }

/** Proves every invariant on one moment of the books; the caller seals first, so that what is sealed can be compared. */
export async function runChecks(tx: Tx): Promise<CheckReport> {
  const found: CheckReport['checks'] = []
  for (const { name, run } of checks) found.push({ name, ...(await run(tx)) })
  return { ok: found.every(({ result }) => result !== 'broken'), checks: found }
}
