import { type Database, inInstallation } from '../../kernel/database.ts'
import { type ReferenceOutcome, saveReferenceRates } from '../../modules/rates/index.ts'
import { readEcbRates } from './read-ecb.ts'

export type RatesImported = ReferenceOutcome & {
  dryRun: boolean
  rates: number
  from: string | null
  to: string | null
  currencies: number
}

/**
 * Imports reference rates of the European Central Bank for the whole installation: all of them or, where a file cannot be read, none. The same
 * files again add nothing; a rate with another value becomes the next version, and changes nothing that was posted. A dry run says what would
 * come of it and takes it back.
 */
export async function importEcbRates(
  database: Database,
  paths: readonly string[],
  { dryRun = false } = {},
): Promise<RatesImported> {
  const rates = await readEcbRates(paths)
  const outcome = await inInstallation(database, async (tx) => {
    await tx.query('savepoint rates')
    const saved = await saveReferenceRates(tx, rates)
    if (dryRun) await tx.query('rollback to savepoint rates')
    return saved
  })
  const days = rates.map(({ day }) => day).sort()
  return {
    dryRun,
    rates: rates.length,
    ...outcome,
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    currencies: new Set(rates.map(({ currency }) => currency)).size,
  }
}
