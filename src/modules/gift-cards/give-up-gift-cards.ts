import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { shareOfDeposit } from '../../posting/deposit-applied.ts'
import { entriesOfSources, refuseRepeated } from '../../posting/entries-of-sources.ts'
import { giftCardLapsed } from '../../posting/gift-card-lapsed.ts'
import { giftCardRefunded } from '../../posting/gift-card-refunded.ts'
import { post } from '../../posting/post.ts'
import { shownCode } from './gift-cards.ts'
import { lockCards } from './lock-cards.ts'
import { moveGiftCards } from './move-gift-cards.ts'

/** A card whose holder gets money back (`refunded`, through a processor) or whose rest nobody will use (`lapsed`). Without an amount, all of it. */
export type GiftCardGivenUp = {
  kind: 'refunded' | 'lapsed'
  reference: string
  code: string
  on: AccountingDate
  amountMinor?: bigint | undefined
  method?: string | undefined
}

const sourceKinds = { refunded: 'gift_card_refund', lapsed: 'gift_card_breakage' } as const

type Decided = GiftCardGivenUp & {
  giftCardId: bigint
  taxCodeId: bigint | null
  taxAuthority: string | null
  netMinor: bigint
  taxMinor: bigint
}

/**
 * Refunds gift cards, or takes what is left of them as breakage. All are of one kind. Refuses `amount_not_positive` where nothing is left,
 * `gift_card_unknown`, `gift_card_exceeded`, `fact_posted_differently`. A retry finds its entry.
 */
export async function giveUpGiftCards(tx: Tx, requests: readonly GiftCardGivenUp[]): Promise<Posted[]> {
  const kind = requests[0]?.kind
  if (kind === undefined) return []
  const references = requests.map(({ reference }) => reference)
  refuseRepeated(references)
  const cards = await lockCards(
    tx,
    requests.map(({ code }) => code),
  )
  const before = await entriesOfSources(tx, sourceKinds[kind], references)
  await refuseOtherContent(tx, requests, before)
  const fresh = requests.filter(({ reference }) => !before.has(reference))
  const decided = fresh.map((request): Decided => {
    const card = cards.get(request.code)
    if (card === undefined) throw new Refusal('gift_card_unknown', { code: request.code })
    const held = card.netMinor + card.taxMinor
    const amountMinor = request.amountMinor ?? held
    if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference: request.reference })
    if (amountMinor > held) throw new Refusal('gift_card_exceeded', { code: shownCode(request.code) })
    const share = shareOfDeposit({ ...card, appliedNetMinor: 0n, appliedTaxMinor: 0n }, amountMinor)
    card.netMinor -= share.netMinor
    card.taxMinor -= share.taxMinor
    const { id: giftCardId, taxCodeId, taxAuthority } = card
    return { ...request, giftCardId, taxCodeId, taxAuthority, ...share }
  })
  const facts = decided.map(({ reference, on, method, ...one }) => ({
    ...one,
    id: reference,
    date: on,
    method: method ?? 'card',
  }))
  const posted = await post(tx, kind === 'refunded' ? giftCardRefunded(facts) : giftCardLapsed(facts))
  await moveGiftCards(
    tx,
    decided.map(({ giftCardId, reference, on, netMinor, taxMinor }) => ({
      giftCardId,
      kind,
      sourceKind: sourceKinds[kind],
      sourceId: reference,
      movedOn: on,
      amountMinor: -netMinor,
      taxMinor: -taxMinor,
    })),
  )
  const now = new Map(fresh.map(({ reference }, index) => [reference, posted[index] as Posted]))
  return references.map((reference) => (before.get(reference) ?? now.get(reference)) as Posted)
}

/** A retry that names another card, day or amount is another fact under an old name. */
async function refuseOtherContent(
  tx: Tx,
  requests: readonly GiftCardGivenUp[],
  before: ReadonlyMap<string, Posted>,
): Promise<void> {
  const repeated = requests.filter(({ reference }) => before.has(reference))
  if (repeated.length === 0) return
  const rows = await tx.query<{ reference: string; code: string; on: AccountingDate; usedMinor: bigint }>(
    `select m.source_id as reference, g.code, m.moved_on as on, -(m.amount_minor + m.tax_minor) as "usedMinor"
      from unnest($2::text[], $3::text[]) as wanted (kind, id)
      join gift_card_movement m on m.company_id = $1 and m.source_kind = wanted.kind and m.source_id = wanted.id
      join gift_card g on g.company_id = $1 and g.id = m.gift_card_id`,
    [tx.companyId, column(repeated, (r) => sourceKinds[r.kind]), column(repeated, (r) => r.reference)],
  )
  const stored = new Map(rows.map((row) => [row.reference, row]))
  for (const { reference, code, on, amountMinor, kind } of repeated) {
    const row = stored.get(reference)
    const same = row?.code === code && row.on === on && (amountMinor === undefined || row.usedMinor === amountMinor)
    if (!same) throw new Refusal('fact_posted_differently', { rule: `gift-card-${kind}`, source: reference })
  }
}
