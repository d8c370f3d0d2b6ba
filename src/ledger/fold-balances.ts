import { only, type Tx } from '../kernel/database.ts'

/**
 * Moves the balance deltas that posting appended into the stored balances and returns how many there were. Runs as the owner. Reports read
 * folded and pending rows together, so a fold changes no figure.
 */
export async function foldBalances(tx: Tx): Promise<number> {
  return Number(only(await tx.query<{ folded: bigint }>('select fold_balances() as folded')).folded)
}
