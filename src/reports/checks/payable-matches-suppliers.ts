import { partiesBesideLedger } from './parties-beside-ledger.ts'

/** What the open items of each supplier add up to is what the payable accounts hold for that supplier, in each currency. */
export const payableMatchesSuppliers = partiesBesideLedger('payable-matches-suppliers', {
  ledger: 'payable',
  kept: 'supplier',
})
