import type { Tx } from '../../kernel/database.ts'
import { activityMatchesLines } from './activity-matches-lines.ts'
import { attachmentsMatchHashes } from './attachments-match-hashes.ts'
import { balancesMatchLines } from './balances-match-lines.ts'
import { cashFlowMatchesCash } from './cash-flow-matches-cash.ts'
import type { Check, CheckOutcome } from './check.ts'
import { clearingMatchesProcessor } from './clearing-matches-processor.ts'
import { closedPeriodsUnchanged } from './closed-periods-unchanged.ts'
import { currenciesMatchRates } from './currencies-match-rates.ts'
import { depositsMatchOrders } from './deposits-match-orders.ts'
import { dimensionsExist } from './dimensions-exist.ts'
import { documentsHaveEntries } from './documents-have-entries.ts'
import { entriesBalance } from './entries-balance.ts'
import { giftCardsMatchLiability } from './gift-cards-match-liability.ts'
import { movesMatchLines } from './moves-match-lines.ts'
import { numbersGapless } from './numbers-gapless.ts'
import { openItemsMatchApplications } from './open-items-match-applications.ts'
import { ordersMatchChannel } from './orders-match-channel.ts'
import { payableMatchesSuppliers } from './payable-matches-suppliers.ts'
import { receivableMatchesCustomers } from './receivable-matches-customers.ts'
import { receivedNotInvoicedExplained } from './received-not-invoiced-explained.ts'
import { recurringPostedOnce } from './recurring-posted-once.ts'
import { refundsWithinPayments } from './refunds-within-payments.ts'
import { reversalsNetToZero } from './reversals-net-to-zero.ts'
import { sealsMatchEntries } from './seals-match-entries.ts'
import { stockQuantityMatchesMoves } from './stock-quantity-matches-moves.ts'
import { stockValueMatchesLedger } from './stock-value-matches-ledger.ts'
import { storeCreditMatchesLiability } from './store-credit-matches-liability.ts'
import { suspenseHasExceptions } from './suspense-has-exceptions.ts'
import { taxMatchesReturns } from './tax-matches-returns.ts'

export type { Check, CheckOutcome, CheckRow } from './check.ts'

/** Every invariant of the books, in the order in which they are proved. */
export const checks: readonly Check[] = [
  entriesBalance,
  balancesMatchLines,
  activityMatchesLines,
  receivableMatchesCustomers,
  payableMatchesSuppliers,
  depositsMatchOrders,
  giftCardsMatchLiability,
  storeCreditMatchesLiability,
  openItemsMatchApplications,
  currenciesMatchRates,
  stockValueMatchesLedger,
  stockQuantityMatchesMoves,
  clearingMatchesProcessor,
  receivedNotInvoicedExplained,
  documentsHaveEntries,
  refundsWithinPayments,
  ordersMatchChannel,
  closedPeriodsUnchanged,
  numbersGapless,
  sealsMatchEntries,
  taxMatchesReturns,
  suspenseHasExceptions,
  movesMatchLines,
  dimensionsExist,
  cashFlowMatchesCash,
  reversalsNetToZero,
  recurringPostedOnce,
  attachmentsMatchHashes,
]

/** What all checks found: `ok` where none is broken. */
export type CheckReport = { ok: boolean; checks: ({ name: string } & CheckOutcome)[] }

/** Proves every invariant on one moment of the books; the caller seals first, so that what is sealed can be compared. */
export async function runChecks(tx: Tx): Promise<CheckReport> {
  const found: CheckReport['checks'] = []
  for (const { name, run } of checks) found.push({ name, ...(await run(tx)) })
  return { ok: found.every(({ result }) => result !== 'broken'), checks: found }
}
