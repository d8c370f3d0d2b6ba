import { type Database, inCompanyAsOwner, readCompany } from '../kernel/database.ts'
import { foldBalances } from '../ledger/fold-balances.ts'
import { sealEntries } from '../ledger/seal.ts'
import { listCompanies } from '../modules/company/index.ts'
import { pause } from './pause.ts'

export type KeeperOptions = {
  log: (line: string) => void
  /** The pause between two rounds is at least this long, and at least twenty times the duration of the last round. */
  shortestPauseMs?: number
}

export type Keeper = {
  /** Resolves when the round that is under way has ended. */
  stop(): Promise<void>
}

const PAUSE_PER_ROUND = 20

/**
 * Folds the balances and seals the entries of every company that posted something, again and again, beside the work of the server. At the
 * beginning every company is looked at, since an earlier server may have ended between the two.
 */
export function keepBooksSealed(database: Database, { log, shortestPauseMs = 2_000 }: KeeperOptions): Keeper {
  const stopping = new AbortController()
  const unsealed = new Set<bigint>()
  let first = true
  const round = async (): Promise<void> => {
    for (const { id } of await listCompanies(database)) {
      if (stopping.signal.aborted) return
      if (first) unsealed.add(id)
      await keepCompany(database, id, unsealed)
    }
    first = false
  }
  const keep = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const began = performance.now()
      await round().catch((error: Error) => log(`Sealing the books failed and is tried again: ${error.message}`))
      const lastedMs = performance.now() - began
      await pause(Math.max(shortestPauseMs, PAUSE_PER_ROUND * lastedMs), stopping.signal)
    }
  }
  const ended = keep()
  return {
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}

/** A fold that is not followed by a seal, because the server ended or the database failed, is followed by one in the next round. */
async function keepCompany(database: Database, companyId: bigint, unsealed: Set<bigint>): Promise<void> {
  const pending = await readCompany(database, companyId, (tx) =>
    tx.query('select from account_balance_delta where company_id = $1 limit 1', [companyId]),
  )
  if (pending.length > 0) {
    unsealed.add(companyId)
    await inCompanyAsOwner(database, companyId, foldBalances)
  }
  if (!unsealed.has(companyId)) return
  await inCompanyAsOwner(database, companyId, sealEntries)
  unsealed.delete(companyId)
}
