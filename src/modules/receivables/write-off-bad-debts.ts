import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { amountIn, formatMinor } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { badDebtWrittenOff } from '../../posting/bad-debt-written-off.ts'
import { entriesOfSources, refuseRepeated } from '../../posting/entries-of-sources.ts'
import { abroad } from '../../posting/exchange.ts'
import { post } from '../../posting/post.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { findRates } from '../rates/index.ts'
import { ItemsLeft, lockItemsOf, type OpenItem, sourceKey } from './find-items.ts'
import { settleItems } from './settle-items.ts'

/** `reference` makes it one write-off. Without an amount, all that is open of the invoice is given up. */
export type WriteOffRequest = {
  reference: string
  documentId: bigint
  on: AccountingDate
  reason: string
  amountMinor?: bigint
}

type WriteOff = WriteOffRequest & { item: OpenItem; amountMinor: bigint; baseMinor: bigint }

/**
 * Gives up what customers will not pay: the loss is booked and the invoice is settled by as much. Refuses `reason_missing`,
 * `document_unknown`, `amount_not_positive` where nothing is open, `open_item_exceeded`, and
 * `approval_needed` where the company wants a second person for so much and none has approved it. A retry finds its entry.
 */
export async function writeOffBadDebts(
  tx: Tx,
  requests: readonly WriteOffRequest[],
  postedBy = tx.actor,
  { approved = false }: Approved = {},
): Promise<Posted[]> {
  const references = requests.map(({ reference }) => reference)
  refuseRepeated(references)
  // Under lock, so that a repetition that meets the first one on its way finds it.
  await lockItemsOf(tx, requests.map(invoiceSource))
  const before = await entriesOfSources(tx, 'bad_debt', references)
  const fresh = requests.filter(({ reference }) => !before.has(reference))
  const items = await lockItemsOf(tx, requests.flatMap(itemSources))
  await refuseOtherContent(tx, requests, before, items)
  const writeOffs = decide(fresh, items)
  if (!approved)
    await refuseUnapproved(
      tx,
      'journal',
      writeOffs.map(({ baseMinor }) => baseMinor),
    )
  const { base } = await findRates(tx, [])
  const posted = await post(
    tx,
    badDebtWrittenOff(writeOffs.map(factOf)).map((entry, index) =>
      abroad(entry, { currency: writeOffs[index]?.item.currency ?? base, base, rate: null }),
    ),
    { postedBy },
  )
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

/** A retry that names another invoice, day or amount is another fact under an old name. */
async function refuseOtherContent(
  tx: Tx,
  requests: readonly WriteOffRequest[],
  before: ReadonlyMap<string, Posted>,
  items: ReadonlyMap<string, OpenItem>,
): Promise<void> {
  const repeated = requests.filter(({ reference }) => before.has(reference))
  if (repeated.length === 0) return
  const settledDocuments = await documentsSettledBy(tx, repeated)
  for (const { reference, documentId, on, amountMinor } of requests) {
    if (!before.has(reference)) continue
    const item = items.get(sourceKey({ sourceKind: 'bad_debt', sourceId: reference }))
    const same =
      item !== undefined &&
      item.dueOn === on &&
      settledDocuments.has(`${reference} ${documentId}`) &&
      item.partyId === invoiceItem(items, documentId).partyId &&
      (amountMinor === undefined || item.amountMinor === -amountMinor)
    if (!same) throw new Refusal('fact_posted_differently', { rule: 'bad-debt-written-off', source: reference })
  }
}

/** Which invoices write-offs have settled, as 'reference document'. */
async function documentsSettledBy(tx: Tx, requests: readonly WriteOffRequest[]): Promise<Set<string>> {
  const rows = await tx.query<{ reference: string; document: string }>(
    `select c.source_id as reference, d.source_id as document
      from (select distinct unnest($2::text[]) as id) as wanted
      join open_item c on c.company_id = $1 and c.source_kind = 'bad_debt' and c.source_id = wanted.id
      join open_item_application a on a.company_id = $1 and a.credit_item_id = c.id
      join open_item d on d.company_id = $1 and d.id = a.debit_item_id and d.source_kind = 'sales_document'`,
    [tx.companyId, column(requests, (r) => r.reference)],
  )
  return new Set(rows.map(({ reference, document }) => `${reference} ${document}`))
}

function decide(requests: readonly WriteOffRequest[], items: ReadonlyMap<string, OpenItem>): WriteOff[] {
  const left = new ItemsLeft(items.values())
  return requests.map((request) => {
    if (request.reason.trim() === '') throw new Refusal('reason_missing', { reference: request.reference })
    const item = invoiceItem(items, request.documentId)
    const open = left.of(item.id)
    const amountMinor = request.amountMinor ?? open
    if (amountMinor <= 0n)
      throw new Refusal('amount_not_positive', {
        reference: request.reference,
        amount: amountIn(amountMinor, item.currency),
      })
    if (amountMinor > open)
      throw new Refusal('open_item_exceeded', { reference: request.reference, open: formatMinor(open, item.currency) })
    return { ...request, item, amountMinor, baseMinor: left.take(item.id, amountMinor) }
  })
}

const factOf = ({ reference, on, item, documentId, amountMinor, baseMinor, reason }: WriteOff) => ({
  id: reference,
  date: on,
  partyId: item.partyId,
  documentId,
  amountMinor,
  bookedMinor: baseMinor,
  reason,
})

const settle = (tx: Tx, writeOffs: readonly WriteOff[], posted: readonly Posted[]): Promise<void> =>
  settleItems(
    tx,
    writeOffs.map(({ reference, item, on, amountMinor, baseMinor }, index) => {
      const { postedOn } = posted[index] as Posted
      return { item, sourceKind: 'bad_debt', sourceId: reference, on, postedOn, amountMinor, baseMinor }
    }),
  )
