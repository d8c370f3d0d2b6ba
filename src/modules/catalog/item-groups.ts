import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

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

/** Adds item groups; one whose code is known stays as it is. Returns what became of each, in order. */
export async function addItemGroups(tx: Tx, groups: readonly ItemGroup[]): Promise<{ existing: boolean }[]> {
  const wanted = [...new Map(groups.toReversed().map((group) => [group.code, group])).values()]
  const rows = await tx.query<{ code: string }>(
    `insert into item_group (company_id, code, name) select $1, g.* from unnest($2::text[], $3::text[]) as g
       on conflict (company_id, code) do nothing returning code`,
    [tx.companyId, column(wanted, (g) => g.code), column(wanted, (g) => g.name)],
  )
  const added = new Set(rows.map(({ code }) => code))
  return groups.map((group) => ({ existing: !(added.has(group.code) && wanted.includes(group)) }))
}

/** Locks item groups until the transaction ends, so that nobody else renames them between a look and a change. */
export async function lockItemGroups(tx: Tx, ids: readonly bigint[]): Promise<void> {
  await tx.query(
    'select from item_group g where g.company_id = $1 and g.id = any ($2::bigint[]) order by g.id for update of g',
    [tx.companyId, column(ids, (id) => id)],
  )
}

/** Calls item groups otherwise: their codes stay, since rules and reports name them. Refuses `item_group_unknown`. */
export async function renameItemGroups(tx: Tx, changes: readonly { id: bigint; name: string }[]): Promise<void> {
  const rows = await tx.query<{ id: bigint }>(
    `update item_group g set name = c.name from unnest($2::bigint[], $3::text[]) as c (id, name)
       where g.company_id = $1 and g.id = c.id returning g.id`,
    [tx.companyId, column(changes, (c) => c.id), column(changes, (c) => c.name)],
  )
  const renamed = new Set(rows.map(({ id }) => id))
  const missing = changes.find(({ id }) => !renamed.has(id))
  if (missing !== undefined) throw new Refusal('item_group_unknown', { id: missing.id })
}
