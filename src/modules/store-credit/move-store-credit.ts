import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { amountIn } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { entriesOfSources, refuseRepeated } from '../../posting/entries-of-sources.ts'
import { post } from '../../posting/post.ts'
import { type StoreCreditMoved, storeCreditMoved } from '../../posting/store-credit-moved.ts'
import { ItemsLeft, lockItemsOf, type OpenItem, settleItems, sourceKey } from '../receivables/index.ts'
import { saveMovements } from './save-movements.ts'

/**
 * Store credit that is issued out of what a credit note owes, redeemed for an invoice, or paid out to a customer. Above zero, in base currency. Without an amount
 * all that the credit note still owes is issued. `reference` makes it one of its kind.
 */
export type StoreCreditRequest = { reference: string; on: AccountingDate } & (
  | { kind: 'issued'; documentId: bigint; amountMinor?: bigint | undefined }
  | { kind: 'redeemed'; documentId: bigint; amountMinor: bigint }
  | {
      kind: 'cashed'
      partyId: bigint
      amountMinor: bigint
      from: 'bank' | 'cash' | 'payment_clearing'
      method?: string | undefined
    }
)

type Decided = StoreCreditMoved & { item: OpenItem | null }

/**
 * Moves store credit; all of one kind. Refuses `amount_not_positive`, `document_unknown`, `open_item_exceeded` for more than a credit note owes or an
 * invoice is open, `store_credit_exceeded`, `input_invalid` for documents in another currency, `fact_posted_differently`. A retry finds its entry.
 */
export async function moveStoreCredit(tx: Tx, requests: readonly StoreCreditRequest[]): Promise<Posted[]> {
  const kind = requests[0]?.kind
  if (kind === undefined) return []
  const references = requests.map(({ reference }) => reference)
  refuseRepeated(references)
  const items = await lockItemsOf(tx, requests.flatMap(documentOf))
  const before = await entriesOfSources(tx, `store_credit_${kind}`, references)
  await refuseOtherContent(tx, requests, before)
  const fresh = requests.filter(({ reference }) => !before.has(reference))
  const { base } = only(await tx.query<{ base: string }>('select base_currency as base from company'))
  const left = new ItemsLeft(items.values())
  const decided = fresh.map((request) => decide(request, { items, left, base }))
  const posted = await post(tx, storeCreditMoved(decided))
  await saveMovements(
    tx,
    decided.map(({ date, ...one }) => ({
      ...one,
      currency: base,
      movedOn: date,
      amountMinor: one.kind === 'issued' ? one.amountMinor : -one.amountMinor,
    })),
  )
  await settle(tx, decided, posted)
  const now = new Map(fresh.map(({ reference }, index) => [reference, posted[index] as Posted]))
  return references.map((reference) => (before.get(reference) ?? now.get(reference)) as Posted)
}

const documentOf = (request: StoreCreditRequest) =>
  request.kind === 'cashed' ? [] : [{ sourceKind: 'sales_document', sourceId: String(request.documentId) }]

type Known = { items: ReadonlyMap<string, OpenItem>; left: ItemsLeft; base: string }

function decide(request: StoreCreditRequest, { items, left, base }: Known): Decided {
  const { reference, on: date } = request
  if (request.kind === 'cashed') {
    const { partyId, amountMinor, from, method } = request
    if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference, amount: amountIn(amountMinor, base) })
    return { kind: 'cashed', reference, date, partyId, amountMinor, from, method: method ?? null, item: null }
  }
  const { kind, documentId } = request
  const [source] = documentOf(request)
  const item = source && items.get(sourceKey(source))
  // A credit note owes the customer: its item is below zero.
  if (item === undefined || item.amountMinor < 0n !== (kind === 'issued'))
    throw new Refusal('document_unknown', { document: documentId, for: kind })
  if (item.currency !== base) throw new Refusal('input_invalid', { currency: item.currency, expected: base })
  const open = kind === 'issued' ? -left.of(item.id) : left.of(item.id)
  const amountMinor = request.amountMinor ?? open
  if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference, amount: amountIn(amountMinor, base) })
  if (amountMinor > open) throw new Refusal('open_item_exceeded', { reference, open })
  left.take(item.id, amountMinor)
  return { kind, reference, date, partyId: item.partyId, documentId, amountMinor, item }
}

/** What was issued or redeemed settles the credit note or the invoice. */
const settle = (tx: Tx, decided: readonly Decided[], posted: readonly Posted[]): Promise<void> =>
  settleItems(
    tx,
    decided.flatMap(({ kind, reference, date: on, item, amountMinor }, index) => {
      if (item === null) return []
      const { postedOn } = posted[index] as Posted
      return [{ item, sourceKind: `store_credit_${kind}`, sourceId: reference, on, postedOn, amountMinor }]
    }),
  )

/** A retry that names another document, customer, day or amount is another fact under an old name. */
async function refuseOtherContent(
  tx: Tx,
  requests: readonly StoreCreditRequest[],
  before: ReadonlyMap<string, Posted>,
): Promise<void> {
  const repeated = requests.filter(({ reference }) => before.has(reference))
  if (repeated.length === 0) return
  const rows = await tx.query<{
    reference: string
    on: AccountingDate
    document: bigint | null
    party: bigint
    minor: bigint
  }>(
    `select m.reference, m.moved_on as on, m.document_id as document, m.party_id as party, abs(m.amount_minor) as minor
      from unnest($2::text[], $3::text[]) as wanted (kind, reference)
      join store_credit_movement m on m.company_id = $1 and m.kind = wanted.kind and m.reference = wanted.reference`,
    [tx.companyId, column(repeated, (r) => r.kind), column(repeated, (r) => r.reference)],
  )
  const stored = new Map(rows.map((row) => [row.reference, row]))
  for (const request of repeated) {
    const { reference, on, amountMinor } = request
    const row = stored.get(reference)
    const about = request.kind === 'cashed' ? row?.party === request.partyId : row?.document === request.documentId
    if (row?.on !== on || !about || (amountMinor !== undefined && row.minor !== amountMinor))
      throw new Refusal('fact_posted_differently', { rule: 'store-credit-moved', source: reference })
  }
}
