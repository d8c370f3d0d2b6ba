import type { Tx } from '../kernel/database.ts'
import { playsRole } from '../ledger/playing.ts'

/** The accounts on which sales that nobody has explained stand: the chart's, and those that the company ever mapped them to. */
export async function suspenseAccounts(tx: Tx): Promise<Set<bigint>> {
  const rows = await tx.query<{ id: bigint }>(
    `select a.id from account a where a.company_id = $1 and ${playsRole('a', 'sales_suspense')}`,
    [tx.companyId],
  )
  return new Set(rows.map(({ id }) => id))
}
