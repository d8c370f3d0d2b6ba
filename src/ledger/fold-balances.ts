import { only, type Tx } from '../kernel/database.ts'

/** So many entries at a time: their transaction stays short. */
const entriesAtOnce = 50_000

/**
 * Folds what the sealed journal says of the activity of income and expense, so many entries of it, and returns how many there were: to be asked for
 * until there are none. Runs as the owner. Reports add the entries that are not folded, so a fold changes no figure.
 */
export async function foldActivity(tx: Tx, most = entriesAtOnce): Promise<number> {
  return Number(only(await tx.query<{ folded: bigint }>('select fold_activity($1) as folded', [most])).folded)
}

/**
 * Moves the balance deltas that posting appended into the stored balances and returns how many there were. Runs as the owner. Reports read
 * folded and pending rows together, so a fold changes no figure.
 */
export async function foldBalances(tx: Tx): Promise<number> {
  return Number(only(await tx.query<{ folded: bigint }>('select fold_balances() as folded')).folded)
}
