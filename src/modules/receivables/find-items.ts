import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { shareOfBase } from '../../posting/exchange.ts'
import type { Ledger } from './open-items.ts'

/** What opened an item: a sales document, a payment, a journal line … */
export type ItemSource = { sourceKind: string; sourceId: string }

export type OpenItem = ItemSource & {
  id: bigint
  ledger: Ledger
  partyId: bigint
  openedOn: AccountingDate
  dueOn: AccountingDate
  currency: string
  amountMinor: bigint
  appliedMinor: bigint
  /** At the rate of the day on which it was booked. */
  baseMinor: bigint
  appliedBaseMinor: bigint
}

const columns = `i.id, i.ledger, i.party_id as "partyId", i.source_kind as "sourceKind", i.source_id as "sourceId", i.opened_on as "openedOn",
  i.due_on as "dueOn", i.currency, i.amount_minor as "amountMinor", i.applied_minor as "appliedMinor", i.base_minor as "baseMinor",
  i.applied_base_minor as "appliedBaseMinor"`

/** What of an item is not settled, with its sign. */
export const leftOf = (item: OpenItem): bigint => item.amountMinor - item.appliedMinor

/** Items as a batch uses them up: what is left of each after what came before in the batch, and at which base value it goes. */
export class ItemsLeft {
  private readonly items = new Map<bigint, OpenItem>()

  constructor(items: Iterable<OpenItem>) {
    for (const item of items) this.items.set(item.id, { ...item })
  }

  /** What of the item is not settled yet, with its sign. */
  of(id: bigint): bigint {
    const item = this.items.get(id)
    return item === undefined ? 0n : leftOf(item)
  }

  /** Takes so much of an item, above zero whatever its sign, and returns the base value that goes with it, above zero too. */
  take(id: bigint, amountMinor: bigint): bigint {
    const item = this.items.get(id) as OpenItem
    const signed = item.amountMinor < 0n ? -amountMinor : amountMinor
    const baseMinor = shareOfBase(item, signed)
    item.appliedMinor += signed
    item.appliedBaseMinor += baseMinor
    return item.amountMinor < 0n ? -baseMinor : baseMinor
  }
}

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

/**
 * The items of documents of earlier books, by their numbers: what `openItems` was given as `documentNumber`. A number that several parties
 * have in common is told apart by `partyNumber`. Numbers without an item are left out.
 */
export async function itemsOfEarlierDocuments(
  tx: Tx,
  ledger: Ledger,
  documents: readonly { number: string; partyNumber: string }[],
): Promise<Map<string, ItemSource & { currency: string }>> {
  if (documents.length === 0) return new Map()
  const rows = await tx.query<ItemSource & { currency: string; number: string; party: string }>(
    `select i.source_kind as "sourceKind", i.source_id as "sourceId", i.currency, i.document_number as number, p.number as party
      from unnest($3::text[], $4::text[]) as wanted (number, party)
      join party p on p.company_id = $1 and p.number = wanted.party
      join open_item i on i.company_id = $1 and i.ledger = $2 and i.document_number = wanted.number and i.party_id = p.id
      order by i.id desc`,
    [tx.companyId, ledger, column(documents, (d) => d.number), column(documents, (d) => d.partyNumber)],
  )
  return new Map(rows.map(({ number, party, ...source }) => [earlierDocumentKey(party, number), source]))
}

/** How `itemsOfEarlierDocuments` names what it found. */
export const earlierDocumentKey = (partyNumber: string, number: string): string => `${partyNumber}\n${number}`
