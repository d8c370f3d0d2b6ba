import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** Where sales come from, by code. */
export const listChannels = (tx: Tx): Promise<{ id: bigint; code: string; name: string }[]> =>
  tx.query('select id, code, name from channel where company_id = $1 order by code', [tx.companyId])

/** Finds channels by code and adds those that are missing. Returns their ids by code. */
export async function findOrAddChannels(tx: Tx, codes: readonly string[]): Promise<Map<string, bigint>> {
  const wanted = [...new Set(codes)].sort()
  if (wanted.length === 0) return new Map()
  const literal = column(wanted, (code) => code)
  const find = () =>
    tx.query<{ id: bigint; code: string }>(
      'select c.id, c.code from unnest($2::text[]) as wanted (code) join channel c on c.company_id = $1 and c.code = wanted.code',
      [tx.companyId, literal],
    )
  let rows = await find()
  if (rows.length < wanted.length) {
    await tx.query(
      `insert into channel (company_id, code, name) select $1, code, code from unnest($2::text[]) as c (code)
         on conflict (company_id, code) do nothing`,
      [tx.companyId, literal],
    )
    rows = await find()
  }
  return new Map(rows.map((row) => [row.code, row.id]))
}
