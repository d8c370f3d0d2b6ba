import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { formatMinor } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { badDebtWrittenOff } from '../../posting/bad-debt-written-off.ts'
import { entriesOfSources, refuseRepeated } from '../../posting/entries-of-sources.ts'
import { post } from '../../posting/post.ts'
import { leftOf, lockItemsOf, type OpenItem, sourceKey } from './find-items.ts'
import { applyItems, openItems } from './open-items.ts'

/** `reference` makes it one write-off. Without an amount, all that is open of the invoice is given up. */
export type WriteOffRequest = {
  reference: string
  documentId: bigint
  on: AccountingDate
  reason: string
  amountMinor?: bigint
}

type WriteOff = WriteOffRequest & { item: OpenItem; amountMinor: bigint }

/**
 * Gives up what customers will not pay: the loss is booked and the invoice is settled by as much. Refuses `reason_missing`,
 * `document_unknown`, `amount_not_positive` where nothing is open, `open_item_exceeded`. A retry finds its entry.
 */
export async function writeOffBadDebts(tx: Tx, requests: readonly WriteOffRequest[]): Promise<Posted[]> {
  const references = requests.map(({ reference }) => reference)
  refuseRepeated(references)
  // Under lock, so that a repetition that meets the first one on its way finds it.
  await lockItemsOf(tx, requests.map(invoiceSource))
  const before = await entriesOfSources(tx, 'bad_debt', references)
  const fresh = requests.filter(({ reference }) => !before.has(reference))
  const items = await lockItemsOf(tx, requests.flatMap(itemSources))
  refuseOtherContent(requests, before, items)
  const writeOffs = decide(fresh, items)
  const posted = await post(tx, badDebtWrittenOff(writeOffs.map(factOf)))
  await settle(tx, writeOffs, posted)
  const now = new Map(fresh.map(({ reference }, index) => [reference, posted[index] as Posted]))
  return requests.map(({ reference }) => (before.get(reference) ?? now.get(reference)) as Posted)
}

const invoiceSource = ({ documentId }: { documentId: bigint }) => ({
  sourceKind: 'sales_document',
  sourceId: String(documentId),
})

const itemSources = ({ reference, documentId }: WriteOffRequest) => [
  invoiceSource({ documentId }),
  { sourceKind: 'bad_debt', sourceId: reference },
]

const invoiceItem = (items: ReadonlyMap<string, OpenItem>, documentId: bigint): OpenItem => {
  const item = items.get(sourceKey(invoiceSource({ documentId })))
  if (item === undefined) throw new Refusal('document_unknown', { document: documentId })
  return item
}

/** A retry that names another customer or amount is another fact under an old name. */
function refuseOtherContent(
  requests: readonly WriteOffRequest[],
  before: ReadonlyMap<string, Posted>,
  items: ReadonlyMap<string, OpenItem>,
): void {
  for (const { reference, documentId, amountMinor } of requests) {
    if (!before.has(reference)) continue
    const item = items.get(sourceKey({ sourceKind: 'bad_debt', sourceId: reference }))
    const same =
      item !== undefined &&
      item.partyId === invoiceItem(items, documentId).partyId &&
      (amountMinor === undefined || item.amountMinor === -amountMinor)
    if (!same) throw new Refusal('fact_posted_differently', { rule: 'bad-debt-written-off', source: reference })
  }
}

function decide(requests: readonly WriteOffRequest[], items: ReadonlyMap<string, OpenItem>): WriteOff[] {
  const left = new Map<bigint, bigint>()
  return requests.map((request) => {
    if (request.reason.trim() === '') throw new Refusal('reason_missing', { reference: request.reference })
    const item = invoiceItem(items, request.documentId)
    const open = left.get(item.id) ?? leftOf(item)
    const amountMinor = request.amountMinor ?? open
    if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference: request.reference, amountMinor })
    if (amountMinor > open)
      throw new Refusal('open_item_exceeded', { reference: request.reference, open: formatMinor(open, item.currency) })
    left.set(item.id, open - amountMinor)
    return { ...request, item, amountMinor }
  })
}

const factOf = ({ reference, on, item, documentId, amountMinor, reason }: WriteOff) => ({
  id: reference,
  date: on,
  partyId: item.partyId,
  documentId,
  amountMinor,
  reason,
})

async function settle(tx: Tx, writeOffs: readonly WriteOff[], posted: readonly Posted[]): Promise<void> {
  const opened = await openItems(
    tx,
    writeOffs.map(({ reference, item, on, amountMinor }, index) => ({
      partyId: item.partyId,
      sourceKind: 'bad_debt',
      sourceId: reference,
      openedOn: (posted[index] as Posted).postedOn,
      dueOn: on,
      currency: item.currency,
      amountMinor: -amountMinor,
    })),
  )
  await applyItems(
    tx,
    writeOffs.map(({ item, on, amountMinor }, index) => ({
      debitItemId: item.id,
      creditItemId: opened[index] as bigint,
      appliedOn: on,
      amountMinor,
    })),
  )
}
