import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** What items have in common for reports and for the mapping. */
export type ItemGroup = { code: string; name: string }

/** Adds item groups, and renames those whose code is known. Returns what became of each, in order. */
export async function saveItemGroups(tx: Tx, groups: readonly ItemGroup[]): Promise<{ existing: boolean }[]> {
  const wanted = new Map(groups.map((group) => [group.code, group]))
  const rows = await tx.query<{ code: string; existing: boolean }>(
    `insert into item_group (company_id, code, name) select $1, g.* from unnest($2::text[], $3::text[]) as g
       on conflict (company_id, code) do update set name = excluded.name
       returning code, old.id is not null as existing`,
    [tx.companyId, column([...wanted.values()], (g) => g.code), column([...wanted.values()], (g) => g.name)],
  )
  const existing = new Map(rows.map((row) => [row.code, row.existing]))
  return groups.map(({ code }) => ({ existing: existing.get(code) ?? false }))
}
