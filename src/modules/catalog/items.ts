import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

export type Item = {
  id: bigint
  code: string
  name: string
  itemGroupId: bigint | null
  taxCodeId: bigint | null
  kind: 'goods' | 'service'
}

export type NewItem = { code: string; name: string; kind?: 'goods' | 'service'; taxCodeId?: bigint | null }

/** Finds items by their codes and adds those that are missing, untracked. Codes must be normalised. Returns them by code. */
export async function findOrAddItems(tx: Tx, items: readonly NewItem[]): Promise<Map<string, Item>> {
  const wanted = [...new Map(items.map((item) => [item.code, item])).values()].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  )
  if (wanted.length === 0) return new Map()
  const codes = column(wanted, (i) => i.code)
  const found = await itemsByCode(tx, codes)
  const missing = wanted.filter((item) => !found.has(item.code))
  if (missing.length === 0) return found
  // In code order, and "do nothing" where another transaction was first, whose row the second look then finds.
  await tx.query(
    `insert into item (company_id, code, name, kind, tax_code_id)
       select $1, code, name, coalesce(kind, 'goods'), tax_code_id
         from unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) as i (code, name, kind, tax_code_id)
       on conflict (company_id, code) do nothing`,
    [
      tx.companyId,
      column(missing, (i) => i.code),
      column(missing, (i) => i.name),
      column(missing, (i) => i.kind),
      column(missing, (i) => i.taxCodeId),
    ],
  )
  return await itemsByCode(tx, codes)
}

/** Finds items by their normalised codes. */
export const findItems = (tx: Tx, codes: readonly string[]): Promise<Map<string, Item>> =>
  itemsByCode(
    tx,
    column([...new Set(codes)], (code) => code),
  )

async function itemsByCode(tx: Tx, codes: string | null): Promise<Map<string, Item>> {
  const rows = await tx.query<Item>(
    `select i.id, i.code, i.name, i.kind, i.item_group_id as "itemGroupId", i.tax_code_id as "taxCodeId"
      from unnest($2::text[]) as wanted (code) join item i on i.company_id = $1 and i.code = wanted.code`,
    [tx.companyId, codes],
  )
  return new Map(rows.map((item) => [item.code, item]))
}

/** What of an item may change: its code stays. Groups and tax codes by their codes; null takes them off. */
export type ItemChange = {
  id: bigint
  name?: string
  kind?: 'goods' | 'service'
  itemGroup?: string | null
  taxCode?: string | null
}

/** Locks items until the transaction ends, so that nobody else changes them between a look and a change. */
export async function lockItems(tx: Tx, ids: readonly bigint[]): Promise<void> {
  await tx.query(
    'select from item i where i.company_id = $1 and i.id = any ($2::bigint[]) order by i.id for update of i',
    [tx.companyId, column(ids, (id) => id)],
  )
}

type ChangedItem = { id: bigint; group_unknown: boolean; tax_unknown: boolean; item_unknown: boolean }

/** Changes items; what a change does not name stays. Refuses `item_unknown`, `item_group_unknown`, `tax_code_unknown`. */
export async function changeItems(tx: Tx, changes: readonly ItemChange[]): Promise<void> {
  const values = [
    tx.companyId,
    column(changes, (c) => c.id),
    column(changes, (c) => c.name),
    column(changes, (c) => c.kind),
    column(changes, (c) => c.itemGroup !== undefined),
    column(changes, (c) => c.itemGroup),
    column(changes, (c) => c.taxCode !== undefined),
    column(changes, (c) => c.taxCode),
  ]
  const wanted = `unnest($2::bigint[], $3::text[], $4::text[], $5::bool[], $6::text[], $7::bool[], $8::text[])
      as c (id, name, kind, sets_group, group_code, sets_tax, tax_code)
    left join item_group g on g.company_id = $1 and g.code = c.group_code
    left join tax_code t on t.company_id = $1 and t.code = c.tax_code`
  const found = await tx.query<ChangedItem>(
    `with wanted as (select c.*, g.id as group_id, t.id as tax_id from ${wanted}), changed as (
        update item i set name = coalesce(c.name, i.name), kind = coalesce(c.kind, i.kind),
            item_group_id = case when c.sets_group then c.group_id else i.item_group_id end,
            tax_code_id = case when c.sets_tax then c.tax_id else i.tax_code_id end
          from wanted c where i.company_id = $1 and i.id = c.id returning i.id
      )
      select w.id, w.group_code is not null and w.group_id is null as group_unknown,
          w.tax_code is not null and w.tax_id is null as tax_unknown, changed.id is null as item_unknown
        from wanted w left join changed on changed.id = w.id`,
    values,
  )
  for (const { id, group_unknown, tax_unknown, item_unknown } of found) {
    const change = changes.find((one) => one.id === id)
    if (item_unknown) throw new Refusal('item_unknown', { id })
    if (group_unknown) throw new Refusal('item_group_unknown', { itemGroup: change?.itemGroup })
    if (tax_unknown) throw new Refusal('tax_code_unknown', { taxCode: change?.taxCode })
  }
}
