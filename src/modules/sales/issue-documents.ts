import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { badDebtDocumented } from '../../posting/bad-debt-written-off.ts'
import { creditNoteIssued } from '../../posting/credit-note-issued.ts'
import { books, type DraftLine, type JournalDraft } from '../../posting/draft.ts'
import { abroad } from '../../posting/exchange.ts'
import { invoiceIssued } from '../../posting/invoice-issued.ts'
import { post } from '../../posting/post.ts'
import type { SalesFact } from '../../posting/sales-fact.ts'
import { findOrAddChannels, findOrAddItems } from '../catalog/index.ts'
import { findOrAddGiftCards, recordGiftCardSales } from '../gift-cards/index.ts'
import { closeRefused } from '../inbox/index.ts'
import { findOrAddParties, unidentifiedCustomer } from '../parties/index.ts'
import { settleAtOnce } from '../payments/index.ts'
import { findRates } from '../rates/index.ts'
import { openItems } from '../receivables/index.ts'
import { bookingKinds, type DocumentOutcome, type DocumentRequest, grossOf } from './document.ts'
import { listPostingDayRules, postingDayOf } from './posting-days.ts'
import { type DocumentIds, knownDocuments, type SavedDocument, saveDocuments } from './save-documents.ts'

/**
 * Issues sales documents: saves them, posts what they book, opens what the customer owes and, where they count as paid, settles it at once.
 * A document that exists with the same content is left alone. With other content it throws `document_exists_differently` in mode `all` and
 * is set aside in mode `each`. A constant number of statements, whatever the number of documents.
 */
export async function issueDocuments(
  tx: Tx,
  requests: readonly DocumentRequest[],
  mode: 'all' | 'each' = 'all',
): Promise<DocumentOutcome[]> {
  const known = await knownDocuments(tx, requests)
  const fresh = new Map<string, DocumentRequest>()
  for (const request of requests) {
    if (known(request) !== undefined) continue
    const key = `${request.source} ${request.number}`
    if (!fresh.has(key)) fresh.set(key, request)
  }
  const created = await createDocuments(tx, [...fresh.values()])
  // What another transaction issued while this one waited for it is there now.
  const lost = [...fresh.values()].filter((request) => !created.has(request))
  const meanwhile = lost.length === 0 ? known : await knownDocuments(tx, lost)
  return requests.map((request) => {
    const outcome = created.get(request)
    if (outcome !== undefined) return outcome
    const first = fresh.get(`${request.source} ${request.number}`)
    const issued = first === undefined ? undefined : created.get(first)
    const earlier =
      known(request) ?? meanwhile(request) ?? (issued && first ? { ...first, id: issued.documentId } : undefined)
    return repeated(request, earlier, mode)
  })
}

/** What to say of a document whose number was there before. */
function repeated(
  request: DocumentRequest,
  earlier: { id?: bigint; content_hash?: Buffer; contentHash?: Buffer } | undefined,
  mode: 'all' | 'each',
): DocumentOutcome {
  const hash = earlier?.content_hash ?? earlier?.contentHash
  const documentId = earlier?.id ?? 0n
  if (hash !== undefined && request.contentHash.equals(hash)) return { result: 'existing', documentId, entries: 0 }
  if (mode === 'all')
    throw new Refusal('document_exists_differently', { number: request.number, source: request.source })
  return { result: 'refused', documentId, entries: 0 }
}

async function createDocuments(
  tx: Tx,
  requests: readonly DocumentRequest[],
): Promise<Map<DocumentRequest, DocumentOutcome>> {
  if (requests.length === 0) return new Map()
  const ids = await findIds(tx, requests)
  const saved = await saveDocuments(tx, requests, ids)
  await closeRefused(
    tx,
    saved.map(({ request }) => request),
  )
  const told = saved.some(({ request }) => request.otherDays !== undefined)
  const dayRules = told ? await listPostingDayRules(tx) : []
  const facts = saved
    .filter(({ request }) => bookingKinds.has(request.kind))
    .map((document) => factOf(document, ids, postingDayOf(document.request, dayRules)))
  const rates = await ratesOf(tx, saved)
  const drafts = draftsOf(facts).filter(books).map(rates.convert)
  const posted = await post(tx, drafts)
  const postedOn = new Map(drafts.map(({ source }, index) => [source.id, posted[index]?.postedOn]))
  const owed = new Map(drafts.map(({ source, lines }) => [source.id, receivableOf(lines)]))
  await recordGiftCardSales(tx, facts)
  await openItems(
    tx,
    saved
      .filter(({ request }) => grossOf(request) !== 0n && bookingKinds.has(request.kind))
      .map((d) => ({ ...openItemOf(d, ids, postedOn.get(String(d.id))), baseMinor: owed.get(String(d.id)) })),
  )
  const paid = saved.filter(({ request }) => request.settlement === 'paid' && grossOf(request) !== 0n)
  await settleAtOnce(
    tx,
    paid.map(({ id, request }) => settlementOf(id, request, ids)),
  )
  const entries = new Map(drafts.map((draft) => [draft.source.id, 1]))
  for (const { id } of paid) entries.set(String(id), (entries.get(String(id)) ?? 0) + 1)
  return new Map(
    saved.map(({ id, request }) => [
      request,
      { result: 'created', documentId: id, entries: entries.get(String(id)) ?? 0 },
    ]),
  )
}

/** How the entries of documents in other currencies are converted: at the rate of the day of issue, or at the document's own. */
async function ratesOf(
  tx: Tx,
  saved: readonly SavedDocument[],
): Promise<{ convert: (entry: JournalDraft) => JournalDraft }> {
  const { base, rateOn } = await findRates(
    tx,
    saved
      .filter(({ request }) => request.rate === undefined && bookingKinds.has(request.kind))
      .map(({ request }) => ({ currency: request.currency, on: request.issuedOn })),
  )
  const foreign = new Map(
    saved.filter(({ request }) => request.currency !== base).map(({ id, request }) => [String(id), request]),
  )
  return {
    convert: (entry) => {
      const request = foreign.get(entry.source.id)
      if (request === undefined) return entry
      const { currency, issuedOn } = request
      return abroad(entry, { currency, base, rate: request.rate ?? rateOn(currency, issuedOn) })
    },
  }
}

const receivableOf = (lines: readonly DraftLine[]): bigint =>
  lines.reduce((sum, line) => (line.role === 'receivable' ? sum + line.amountMinor : sum), 0n)

/**
 * Saves the customers, items, gift cards and channels that documents name, so that batches of documents issued at the same time do not wait
 * for each other's.
 */
export async function prepareDocuments(tx: Tx, requests: readonly DocumentRequest[]): Promise<void> {
  await findIds(tx, requests)
}

async function findIds(tx: Tx, requests: readonly DocumentRequest[]): Promise<DocumentIds> {
  const lines = requests.flatMap((request) => request.lines)
  const customers = requests.flatMap(({ customer, country }) =>
    customer === null ? [] : [{ ...customer, country, kind: 'customer' as const }],
  )
  const items = lines.flatMap(({ itemCode, description }) =>
    itemCode === null ? [] : [{ code: itemCode, name: description || itemCode }],
  )
  const parties = await findOrAddParties(tx, 'customer', [...customers, unidentifiedCustomer])
  return {
    parties,
    items: await findOrAddItems(tx, items),
    giftCards: await findOrAddGiftCards(
      tx,
      lines.flatMap(({ giftCardCode }) => giftCardCode ?? []),
      requests[0]?.currency ?? '',
    ),
    channels: await findOrAddChannels(
      tx,
      requests.flatMap(({ channelCode }) => channelCode ?? []),
    ),
    unidentifiedId: parties.get(unidentifiedCustomer.number)?.id as bigint,
  }
}

const partyOf = (request: DocumentRequest, ids: DocumentIds): bigint =>
  (request.customer === null ? undefined : ids.parties.get(request.customer.number)?.id) ?? ids.unidentifiedId

function factOf({ id, request }: SavedDocument, ids: DocumentIds, date: AccountingDate): SalesFact {
  const lines: SalesFact['lines'][number][] = []
  for (const [index, line] of request.lines.entries()) {
    if (line.role === null) continue
    const item = line.itemCode === null ? undefined : ids.items.get(line.itemCode)
    lines.push({
      lineNo: index + 1,
      role: line.role,
      netMinor: line.netMinor,
      itemId: item?.id ?? null,
      itemGroupId: item?.itemGroupId ?? null,
      taxCodeId: line.taxCodeId,
      giftCardId: line.giftCardCode ? (ids.giftCards.get(line.giftCardCode) ?? null) : null,
    })
  }
  return {
    id,
    kind: request.kind as SalesFact['kind'],
    number: request.number,
    date,
    taxPoint: request.issuedOn,
    partyId: partyOf(request, ids),
    channelId: request.channelCode ? (ids.channels.get(request.channelCode) ?? null) : null,
    taxes: request.taxes,
    lines,
  }
}

const draftsOf = (facts: readonly SalesFact[]): JournalDraft[] => [
  ...invoiceIssued(facts.filter((fact) => fact.kind === 'invoice')),
  ...creditNoteIssued(facts.filter((fact) => fact.kind === 'credit_note')),
  ...badDebtDocumented(facts.filter((fact) => fact.kind === 'bad_debt')),
]

const openItemOf = ({ id, request }: SavedDocument, ids: DocumentIds, postedOn: AccountingDate | undefined) => ({
  partyId: partyOf(request, ids),
  sourceKind: 'sales_document',
  sourceId: String(id),
  openedOn: postedOn ?? request.issuedOn,
  dueOn: request.dueOn ?? request.issuedOn,
  currency: request.currency,
  amountMinor: grossOf(request),
})

const settlementOf = (documentId: bigint, request: DocumentRequest, ids: DocumentIds) => ({
  source: request.source,
  reference: request.number,
  method: request.paymentMethod ?? request.source,
  partyId: partyOf(request, ids),
  documentId,
  paidOn: request.issuedOn,
  currency: request.currency,
  amountMinor: grossOf(request),
  channelId: request.channelCode ? (ids.channels.get(request.channelCode) ?? null) : null,
})
