import { type Database, inCompanyAsOwner, only, readCompany } from '../kernel/database.ts'
import { foldActivity, foldBalances } from '../ledger/fold-balances.ts'
import { sealEntries } from '../ledger/seal.ts'
import { foldSales } from '../reports/index.ts'
import { eachCompany } from './each-company.ts'
import { inRounds, type Job } from './in-rounds.ts'

export type KeeperOptions = {
  log: (line: string) => void
  /** The pause between two rounds is at least this long, and twenty times the duration of the last round, up to a minute. */
  shortestPauseMs?: number
}

const PAUSE_PER_ROUND = 20
/** While much is imported, reports add up what comes in between: not for longer than this. */
const longestPauseMs = 60_000

/** Folds the balances and seals the entries of every company that posted something, again and again, beside the work of the server. */
export function keepBooksSealed(database: Database, { log, shortestPauseMs = 2_000 }: KeeperOptions): Job {
  const what = 'Sealing the books'
  return inRounds(
    (signal) => eachCompany(database, { log, what, signal }, ({ id }) => keepCompany(database, id, signal)),
    {
      log,
      what,
      pauseMs: (lastedMs) => Math.max(shortestPauseMs, Math.min(longestPauseMs, PAUSE_PER_ROUND * lastedMs)),
    },
  )
}

/** What is to fold and what is to seal stands in the database: what an earlier server left is found there too. */
async function keepCompany(database: Database, companyId: bigint, signal: AbortSignal): Promise<void> {
  const { unfolded, unsealed, uncounted, unsold } = only(
    await readCompany(database, companyId, (tx) =>
      tx.query<{ unfolded: boolean; unsealed: boolean; uncounted: boolean; unsold: boolean }>(
        `select exists (select from account_balance_delta where company_id = $1) as unfolded,
            exists (select from journal_batch where company_id = $1) as unsealed,
            coalesce((select max(position) from journal_seal where company_id = $1), 0)
              > coalesce((select position from activity_fold where company_id = $1), 0) as uncounted,
            exists (select from sales_unfolded where company_id = $1) as unsold`,
        [companyId],
      ),
    ),
  )
  if (unfolded) await inCompanyAsOwner(database, companyId, foldBalances)
  if (unsealed) await inCompanyAsOwner(database, companyId, sealEntries)
  // What an import left is folded a part at a time, so that a server that is to end need not wait for it.
  let left = unsealed || uncounted
  while (left && !signal.aborted) left = (await inCompanyAsOwner(database, companyId, (tx) => foldActivity(tx))) > 0
  left = unsold
  while (left && !signal.aborted) left = (await inCompanyAsOwner(database, companyId, (tx) => foldSales(tx))) > 0
}
