import type { Database } from '../kernel/database.ts'
import type { CompanyFacts } from '../ledger/accounts.ts'
import { listCompanies } from '../modules/company/index.ts'

/** Whose work it is, what it is called in the log, and when to stop. */
export type RoundOptions = { log: (line: string) => void; what: string; signal?: AbortSignal | undefined }

/**
 * Does something for every company, one after the other. What fails for one is logged, and the others get their turn all the same: nobody's
 * books may stop the work on those of somebody else.
 */
export async function eachCompany(
  database: Database,
  { log, what, signal }: RoundOptions,
  act: (company: CompanyFacts) => Promise<unknown>,
): Promise<void> {
  for (const company of await listCompanies(database)) {
    if (signal?.aborted === true) return
    await act(company).catch((error: Error) =>
      log(`${what} of company ${company.id} failed and is tried again: ${error.message}`),
    )
  }
}
