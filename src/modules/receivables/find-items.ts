import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What opened an item: a sales document, a payment, a journal line … */
export type ItemSource = { sourceKind: string; sourceId: string }

export type OpenItem = ItemSource & {
  id: bigint
  partyId: bigint
  openedOn: AccountingDate
  currency: string
  amountMinor: bigint
  appliedMinor: bigint
}

const columns = `i.id, i.party_id as "partyId", i.source_kind as "sourceKind", i.source_id as "sourceId", i.opened_on as "openedOn",
  i.currency, i.amount_minor as "amountMinor", i.applied_minor as "appliedMinor"`

/** What of an item is not settled, with its sign. */
export const leftOf = (item: OpenItem): bigint => item.amountMinor - item.appliedMinor

/** Locks the items that the sources opened, in order of their ids, and returns them by 'kind id'. Sources without an item are left out. */
export async function lockItemsOf(tx: Tx, sources: readonly ItemSource[]): Promise<Map<string, OpenItem>> {
  if (sources.length === 0) return new Map()
  const rows = await tx.query<OpenItem>(
    `select ${columns} from open_item i
      where i.company_id = $1 and (i.source_kind, i.source_id) in (select * from unnest($2::text[], $3::text[]))
      order by i.id for update`,
    [tx.companyId, column(sources, (s) => s.sourceKind), column(sources, (s) => s.sourceId)],
  )
  return new Map(rows.map((item) => [sourceKey(item), item]))
}

export const sourceKey = ({ sourceKind, sourceId }: ItemSource): string => `${sourceKind} ${sourceId}`

/** Locks items by their ids, in order, and returns them by id. Refuses `open_item_unknown`. */
export async function lockItems(tx: Tx, ids: readonly bigint[]): Promise<Map<bigint, OpenItem>> {
  const rows = await tx.query<OpenItem>(
    `select ${columns} from open_item i where i.company_id = $1 and i.id in (select unnest($2::bigint[])) order by i.id for update`,
    [tx.companyId, column(ids, (id) => id)],
  )
  const found = new Map(rows.map((item) => [item.id, item]))
  const missing = ids.find((id) => !found.has(id))
  if (missing !== undefined) throw new Refusal('open_item_unknown', { item: missing })
  return found
}
