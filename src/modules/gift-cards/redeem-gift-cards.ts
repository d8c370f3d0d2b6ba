import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { shareOfDeposit } from '../../posting/deposit-applied.ts'
import { entriesOfSources, refuseRepeated } from '../../posting/entries-of-sources.ts'
import { type GiftCardRedeemed, giftCardRedeemed } from '../../posting/gift-card-redeemed.ts'
import { post } from '../../posting/post.ts'
import { applyItems, leftOf, lockItemsOf, type OpenItem, openItems, sourceKey } from '../receivables/index.ts'
import { type GiftCardMovement, moveGiftCards } from './move-gift-cards.ts'

/** A card pays so much of an invoice. */
export type GiftCardRedemption = {
  reference: string
  code: string
  documentId: bigint
  on: AccountingDate
  amountMinor: bigint
}

type CardLeft = {
  id: bigint
  code: string
  identified: boolean
  taxCodeId: bigint | null
  taxAuthority: string | null
  netMinor: bigint
  taxMinor: bigint
}
type Decision = { fact: GiftCardRedeemed; item: OpenItem }

/**
 * Pays invoices with gift cards. Refuses `amount_not_positive`, `gift_card_unknown`, `gift_card_exceeded`, `document_unknown`,
 * `open_item_exceeded`. A retry finds its entry. Only what is imported may pay with the unidentified card, whose balance no card's sale bounds.
 */
export async function redeemGiftCards(
  tx: Tx,
  requests: readonly GiftCardRedemption[],
  { imported = false } = {},
): Promise<Posted[]> {
  const references = requests.map(({ reference }) => reference)
  refuseRepeated(references)
  const cards = await lockCards(tx, requests, imported)
  const before = await entriesOfSources(tx, 'gift_card_redemption', references)
  await refuseOtherContent(tx, requests, before)
  const fresh = requests.filter(({ reference }) => !before.has(reference))
  const items = await lockItemsOf(tx, fresh.map(invoiceOf))
  const decisions = decide(fresh, cards, items)
  const facts = decisions.map(({ fact }) => fact)
  const posted = await post(tx, giftCardRedeemed(facts))
  await moveGiftCards(tx, facts.map(movementOf))
  await settle(tx, decisions, posted)
  const now = new Map(fresh.map(({ reference }, index) => [reference, posted[index] as Posted]))
  return references.map((reference) => (before.get(reference) ?? now.get(reference)) as Posted)
}

/** Under lock, so that what is left of a card is decided upon once. */
async function lockCards(
  tx: Tx,
  requests: readonly GiftCardRedemption[],
  unidentifiedToo: boolean,
): Promise<Map<string, CardLeft>> {
  await tx.query(
    'select id from gift_card where company_id = $1 and code in (select unnest($2::text[])) order by id for update',
    [tx.companyId, column(requests, (r) => r.code)],
  )
  const rows = await tx.query<CardLeft>(
    `select g.id, g.code, g.identified, g.tax_code_id as "taxCodeId", t.authority as "taxAuthority",
        coalesce(sum(m.amount_minor), 0)::bigint as "netMinor", coalesce(sum(m.tax_minor), 0)::bigint as "taxMinor"
      from gift_card g
      left join tax_code t on t.company_id = g.company_id and t.id = g.tax_code_id
      left join gift_card_movement m on m.company_id = g.company_id and m.gift_card_id = g.id and g.identified
      where g.company_id = $1 and (g.identified or $3) and g.code in (select unnest($2::text[]))
      group by g.id, g.code, g.identified, g.tax_code_id, t.authority`,
    [tx.companyId, column(requests, (r) => r.code), unidentifiedToo],
  )
  return new Map(rows.map((card) => [card.code, card]))
}

async function refuseOtherContent(
  tx: Tx,
  requests: readonly GiftCardRedemption[],
  before: ReadonlyMap<string, Posted>,
): Promise<void> {
  const repeated = requests.filter(({ reference }) => before.has(reference))
  if (repeated.length === 0) return
  const rows = await tx.query<{ reference: string; code: string; usedMinor: bigint }>(
    `select m.source_id as reference, g.code, -(m.amount_minor + m.tax_minor) as "usedMinor"
      from unnest($2::text[]) as wanted (id)
      join gift_card_movement m on m.company_id = $1 and m.source_kind = 'gift_card_redemption' and m.source_id = wanted.id
      join gift_card g on g.company_id = $1 and g.id = m.gift_card_id`,
    [tx.companyId, column(repeated, (r) => r.reference)],
  )
  const stored = new Map(rows.map((row) => [row.reference, row]))
  for (const { reference, code, amountMinor } of repeated) {
    const row = stored.get(reference)
    if (row?.code !== code || row.usedMinor !== amountMinor)
      throw new Refusal('fact_posted_differently', { rule: 'gift-card-redeemed', source: reference })
  }
}

const invoiceOf = ({ documentId }: { documentId: bigint }) => ({
  sourceKind: 'sales_document',
  sourceId: String(documentId),
})

function decide(
  requests: readonly GiftCardRedemption[],
  cards: ReadonlyMap<string, CardLeft>,
  items: ReadonlyMap<string, OpenItem>,
): Decision[] {
  const left = new Map([...cards].map(([code, card]) => [code, { ...card }]))
  const open = new Map([...items.values()].map((item) => [item.id, leftOf(item)]))
  return requests.map(({ reference, code, documentId, on, amountMinor }) => {
    if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference, amountMinor })
    const card = left.get(code)
    if (card === undefined) throw new Refusal('gift_card_unknown', { code })
    if (card.identified && amountMinor > card.netMinor + card.taxMinor)
      throw new Refusal('gift_card_exceeded', { code, amountMinor })
    const item = items.get(sourceKey(invoiceOf({ documentId })))
    if (item === undefined) throw new Refusal('document_unknown', { document: documentId })
    const stillOpen = open.get(item.id) as bigint
    if (amountMinor > stillOpen) throw new Refusal('open_item_exceeded', { document: documentId, open: stillOpen })
    const share = card.identified
      ? shareOfDeposit({ ...card, appliedNetMinor: 0n, appliedTaxMinor: 0n }, amountMinor)
      : { netMinor: amountMinor, taxMinor: 0n }
    card.netMinor -= share.netMinor
    card.taxMinor -= share.taxMinor
    open.set(item.id, stillOpen - amountMinor)
    const { id: giftCardId, taxCodeId, taxAuthority } = card
    const fact = { id: reference, date: on, giftCardId, partyId: item.partyId, documentId, taxCodeId, taxAuthority }
    return { fact: { ...fact, ...share }, item }
  })
}

const movementOf = ({ giftCardId, id, date, netMinor, taxMinor }: GiftCardRedeemed): GiftCardMovement => ({
  giftCardId,
  kind: 'redeemed',
  sourceKind: 'gift_card_redemption',
  sourceId: id,
  movedOn: date,
  amountMinor: -netMinor,
  taxMinor: -taxMinor,
})

async function settle(tx: Tx, decisions: readonly Decision[], posted: readonly Posted[]): Promise<void> {
  const opened = await openItems(
    tx,
    decisions.map(({ fact, item }, index) => ({
      partyId: item.partyId,
      sourceKind: 'gift_card_redemption',
      sourceId: fact.id,
      openedOn: (posted[index] as Posted).postedOn,
      dueOn: fact.date,
      currency: item.currency,
      amountMinor: -(fact.netMinor + fact.taxMinor),
    })),
  )
  await applyItems(
    tx,
    decisions.map(({ fact, item }, index) => ({
      debitItemId: item.id,
      creditItemId: opened[index] as bigint,
      appliedOn: fact.date,
      amountMinor: fact.netMinor + fact.taxMinor,
    })),
  )
}
