import { type Check, nothingToCompare } from './check.ts'

/** The cost layers of each item hold what the inventory accounts hold. Items are untracked until stock exists: there are no layers yet. */
export const stockValueMatchesLedger: Check = { name: 'stock-value-matches-ledger', run: nothingToCompare }
