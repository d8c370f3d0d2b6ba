import type { Tx } from '../kernel/database.ts'
import type { AppendOptions } from '../ledger/append-entries.ts'
import type { Posted } from '../ledger/journal.ts'
import { type Reversal, reverseEntries } from '../ledger/reverse-entries.ts'

/**
 * What is posted is never changed: a wrong entry is taken back by one that names it, line by line and account by account, and then posted
 * as it should have been. The accounts are those of the entry itself, whatever the mapping says by now.
 *
 * Each line of the entry, Dr for Cr and Cr for Dr, its dimensions kept. See `reverseEntries` for the refusals.
 */
export const postReversals = (tx: Tx, reversals: readonly Reversal[], options: AppendOptions = {}): Promise<Posted[]> =>
  reverseEntries(tx, reversals, options)
