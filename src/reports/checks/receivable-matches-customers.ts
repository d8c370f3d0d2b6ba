import { partiesBesideLedger } from './parties-beside-ledger.ts'

/** What the open items of each customer add up to is what the receivable accounts hold for that customer, in each currency. */
export const receivableMatchesCustomers = partiesBesideLedger('receivable-matches-customers', {
  ledger: 'receivable',
  kept: 'customer',
})
