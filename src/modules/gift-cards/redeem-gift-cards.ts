import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { shareOfDeposit } from '../../posting/deposit-applied.ts'
import { entriesOfSources, refuseRepeated } from '../../posting/entries-of-sources.ts'
import { type GiftCardRedeemed, giftCardRedeemed } from '../../posting/gift-card-redeemed.ts'
import { post } from '../../posting/post.ts'
import { leftOf, lockItemsOf, type OpenItem, settleItems, sourceKey } from '../receivables/index.ts'
import { refuseExpired, shownCode } from './gift-cards.ts'
import { type CardLeft, lockCards } from './lock-cards.ts'
import { type GiftCardMovement, moveGiftCards } from './move-gift-cards.ts'

/** A card pays so much of an invoice. */
export type GiftCardRedemption = {
  reference: string
  code: string
  documentId: bigint
  on: AccountingDate
  amountMinor: bigint
}

type Decision = { fact: GiftCardRedeemed; item: OpenItem }

/**
 * Pays invoices with gift cards. Refuses `amount_not_positive`, `gift_card_unknown`, `gift_card_expired`, `gift_card_exceeded`, `document_unknown`,
 * `open_item_exceeded`. A retry finds its entry. Only what is imported may pay with the unidentified card, whose balance no card's sale bounds,
 * and with a card whose last day is over: what was taken elsewhere was taken.
 */
export async function redeemGiftCards(
  tx: Tx,
  requests: readonly GiftCardRedemption[],
  { imported = false } = {},
): Promise<Posted[]> {
  const references = requests.map(({ reference }) => reference)
  refuseRepeated(references)
  const cards = await lockCards(
    tx,
    requests.map(({ code }) => code),
    imported,
  )
  const before = await entriesOfSources(tx, 'gift_card_redemption', references)
  await refuseOtherContent(tx, requests, before)
  const fresh = requests.filter(({ reference }) => !before.has(reference))
  const items = await lockItemsOf(tx, fresh.map(invoiceOf))
  const decisions = decide(fresh, { cards, items, imported })
  const facts = decisions.map(({ fact }) => fact)
  const posted = await post(tx, giftCardRedeemed(facts))
  await moveGiftCards(tx, facts.map(movementOf))
  await settle(tx, decisions, posted)
  const now = new Map(fresh.map(({ reference }, index) => [reference, posted[index] as Posted]))
  return references.map((reference) => (before.get(reference) ?? now.get(reference)) as Posted)
}

/** A retry that names another card, invoice, day or amount is another fact under an old name. */
async function refuseOtherContent(
  tx: Tx,
  requests: readonly GiftCardRedemption[],
  before: ReadonlyMap<string, Posted>,
): Promise<void> {
  const repeated = requests.filter(({ reference }) => before.has(reference))
  if (repeated.length === 0) return
  const rows = await tx.query<{
    reference: string
    code: string
    on: AccountingDate
    usedMinor: bigint
    document: string | null
  }>(
    `select m.source_id as reference, g.code, -(m.amount_minor + m.tax_minor) as "usedMinor", m.moved_on as on, paid.document
      from unnest($2::text[]) as wanted (id)
      join gift_card_movement m on m.company_id = $1 and m.source_kind = 'gift_card_redemption' and m.source_id = wanted.id
      join gift_card g on g.company_id = $1 and g.id = m.gift_card_id
      left join lateral (
        select d.source_id as document from open_item c
          join open_item_application a on a.company_id = $1 and a.credit_item_id = c.id
          join open_item d on d.company_id = $1 and d.id = a.debit_item_id
          where c.company_id = $1 and c.source_kind = 'gift_card_redemption' and c.source_id = wanted.id limit 1
      ) paid on true`,
    [tx.companyId, column(repeated, (r) => r.reference)],
  )
  const stored = new Map(rows.map((row) => [row.reference, row]))
  for (const { reference, code, documentId, on, amountMinor } of repeated) {
    const row = stored.get(reference)
    const same =
      row?.code === code && row.usedMinor === amountMinor && row.on === on && row.document === String(documentId)
    if (!same) throw new Refusal('fact_posted_differently', { rule: 'gift-card-redeemed', source: reference })
  }
}

const invoiceOf = ({ documentId }: { documentId: bigint }) => ({
  sourceKind: 'sales_document',
  sourceId: String(documentId),
})

type Known = { cards: ReadonlyMap<string, CardLeft>; items: ReadonlyMap<string, OpenItem>; imported: boolean }

function decide(requests: readonly GiftCardRedemption[], { cards, items, imported }: Known): Decision[] {
  const left = new Map([...cards].map(([code, card]) => [code, { ...card }]))
  const open = new Map([...items.values()].map((item) => [item.id, leftOf(item)]))
  return requests.map(({ reference, code, documentId, on, amountMinor }) => {
    if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference })
    const card = left.get(code)
    if (card === undefined) throw new Refusal('gift_card_unknown', { code })
    if (!imported) refuseExpired(card, on)
    if (card.identified && amountMinor > card.netMinor + card.taxMinor)
      throw new Refusal('gift_card_exceeded', { code: shownCode(code) })
    const item = items.get(sourceKey(invoiceOf({ documentId })))
    if (item === undefined) throw new Refusal('document_unknown', { document: documentId })
    if (item.currency !== card.currency)
      throw new Refusal('open_items_of_different_parties', { card: shownCode(code), document: documentId })
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

const settle = (tx: Tx, decisions: readonly Decision[], posted: readonly Posted[]): Promise<void> =>
  settleItems(
    tx,
    decisions.map(({ fact, item }, index) => ({
      item,
      sourceKind: 'gift_card_redemption',
      sourceId: fact.id,
      on: fact.date,
      postedOn: (posted[index] as Posted).postedOn,
      amountMinor: fact.netMinor + fact.taxMinor,
    })),
  )
