import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

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
