import { type Database, inCompanyAsOwner, only, readCompany, type Tx } from '../kernel/database.ts'
import { freshenStatistics } from '../kernel/statistics.ts'
import { foldActivity, foldBalances } from '../ledger/fold-balances.ts'
import { sealEntries } from '../ledger/seal.ts'
import { foldSales } from '../reports/index.ts'
import { eachCompany } from './each-company.ts'
import { inRounds, type Job } from './in-rounds.ts'

export type KeeperOptions = {
  log: (line: string) => void
  /**
   * The pause between two rounds is at least this long, and twenty times the duration of the last round, up to a minute; after one in which much was folded
   * it is just this long.
   */
  shortestPauseMs?: number
}

const PAUSE_PER_ROUND = 20
/** However many companies there are, each has its turn. */
const longestPauseMs = 60_000
/** Reports add up what is not folded fact by fact. Where a round folded so many, as during an import, more come meanwhile and are not left for long. */
const MUCH = 10_000

/** How long to wait after a round that lasted so long and folded so many entries and documents, in milliseconds. */
export const pauseAfter = (round: { lastedMs: number; folded: number; shortestPauseMs: number }): number => {
  const { lastedMs, folded, shortestPauseMs } = round
  if (folded >= MUCH) return shortestPauseMs
  return Math.max(shortestPauseMs, Math.min(longestPauseMs, PAUSE_PER_ROUND * lastedMs))
}

/** Folds the balances and seals the entries of every company that posted something, again and again, beside the work of the server. */
export function keepBooksSealed(database: Database, { log, shortestPauseMs = 2_000 }: KeeperOptions): Job {
  const what = 'Sealing the books'
  let folded = 0
  return inRounds(
    async (signal) => {
      folded = 0
      await eachCompany(database, { log, what, signal }, async ({ id }) => {
        folded += await keepCompany(database, id, signal)
      })
    },
    {
      log,
      what,
      pauseMs: (lastedMs) => pauseAfter({ lastedMs, folded, shortestPauseMs }),
    },
  )
}

const freshenIfChanged = (tx: Tx) => freshenStatistics(tx, { again: true })

/**
 * What is to fold and what is to seal stands in the database: what an earlier server left is found there too. Returns how many entries and documents were
 * folded.
 */
async function keepCompany(database: Database, companyId: bigint, signal: AbortSignal): Promise<number> {
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
  // First, since folding and sealing join what has come; in a transaction of its own, since statistics are locked until it ends.
  if (unfolded || unsealed || unsold) await inCompanyAsOwner(database, companyId, freshenIfChanged)
  if (unfolded) await inCompanyAsOwner(database, companyId, foldBalances)
  if (unsealed) await inCompanyAsOwner(database, companyId, sealEntries)
  // What an import left is folded a part at a time, so that a server that is to end need not wait for it.
  const folding = async (fold: (tx: Tx) => Promise<number>): Promise<number> => {
    let folded = 0
    for (let last = 1; last > 0 && !signal.aborted; folded += last)
      last = await inCompanyAsOwner(database, companyId, (tx) => fold(tx))
    return folded
  }
  const entries = unsealed || uncounted ? await folding(foldActivity) : 0
  return entries + (unsold ? await folding(foldSales) : 0)
}
