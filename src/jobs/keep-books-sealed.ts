import { type Database, inCompanyAsOwner, only, readCompany } from '../kernel/database.ts'
import { foldBalances } from '../ledger/fold-balances.ts'
import { sealEntries } from '../ledger/seal.ts'
import { eachCompany } from './each-company.ts'
import { inRounds, type Job } from './in-rounds.ts'

export type KeeperOptions = {
  log: (line: string) => void
  /** The pause between two rounds is at least this long, and at least twenty times the duration of the last round. */
  shortestPauseMs?: number
}

const PAUSE_PER_ROUND = 20

/** Folds the balances and seals the entries of every company that posted something, again and again, beside the work of the server. */
export function keepBooksSealed(database: Database, { log, shortestPauseMs = 2_000 }: KeeperOptions): Job {
  const what = 'Sealing the books'
  return inRounds((signal) => eachCompany(database, { log, what, signal }, ({ id }) => keepCompany(database, id)), {
    log,
    what,
    pauseMs: (lastedMs) => Math.max(shortestPauseMs, PAUSE_PER_ROUND * lastedMs),
  })
}

/** What is to fold and what is to seal stands in the database: what an earlier server left is found there too. */
async function keepCompany(database: Database, companyId: bigint): Promise<void> {
  const { unfolded, unsealed } = only(
    await readCompany(database, companyId, (tx) =>
      tx.query<{ unfolded: boolean; unsealed: boolean }>(
        `select exists (select from account_balance_delta where company_id = $1) as unfolded,
            exists (select from journal_batch where company_id = $1) as unsealed`,
        [companyId],
      ),
    ),
  )
  if (unfolded) await inCompanyAsOwner(database, companyId, foldBalances)
  if (unsealed) await inCompanyAsOwner(database, companyId, sealEntries)
}
