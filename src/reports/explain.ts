import type { Tx } from '../kernel/database.ts'

/** The path of the API at which the lines of an account in a range of days are read, which lead on to entries and documents. */
export function explainAccount(
  { companyId }: Tx,
  { account, from, to }: { account: string; from?: string; to: string },
): string {
  const query = new URLSearchParams({ account, ...(from === undefined ? {} : { from }), to })
  return `/api/v1/companies/${companyId}/reports/general-ledger?${query}`
}
