import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'

export type NamedAccount = { code: string; name: string }

/** The code and name of accounts by their ids; unknown ones are missing. */
export async function accountsById(tx: Tx, ids: readonly string[]): Promise<Map<string, NamedAccount>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<NamedAccount & { id: string }>(
    'select id::text, code, name from account where company_id = $1 and id = any ($2::bigint[])',
    [tx.companyId, column([...new Set(ids)], (id) => id)],
  )
  return new Map(rows.map(({ id, ...account }) => [id, account]))
}
