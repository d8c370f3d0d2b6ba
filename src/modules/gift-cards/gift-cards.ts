import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { SalesFact } from '../../posting/sales-fact.ts'
import { moveGiftCards } from './move-gift-cards.ts'

/** The card of sources that do not tell their cards apart. Its balance is theirs together, and nobody can pay with it. */
export const unidentifiedCard = 'unidentified'

/** A code as it may be shown to whoever does not hold the card: its end, never more than half of it. */
export const shownCode = (code: string): string =>
  `…${code.slice(code.length - Math.min(4, Math.floor(code.length / 2)))}`

/** Refuses `gift_card_expired` for a card whose last day is over. */
export function refuseExpired(card: { code: string; expiresOn: AccountingDate | null }, on: AccountingDate): void {
  if (card.expiresOn !== null && on > card.expiresOn)
    throw new Refusal('gift_card_expired', { code: shownCode(card.code), expiresOn: card.expiresOn })
}

/** The codes of cards by their ids, for commands, which know a card by its code. Refuses `gift_card_unknown`. */
export async function codesOfCards(tx: Tx, ids: readonly string[]): Promise<(id: string) => string> {
  const rows =
    ids.length === 0
      ? []
      : await tx.query<{ id: bigint; code: string }>(
          'select g.id, g.code from unnest($2::bigint[]) as wanted (id) join gift_card g on g.company_id = $1 and g.id = wanted.id',
          [tx.companyId, column([...new Set(ids)], (id) => id)],
        )
  const codes = new Map(rows.map((row) => [String(row.id), row.code]))
  return (id) => {
    const code = codes.get(id)
    if (code === undefined) throw new Refusal('gift_card_unknown', { card: id })
    return code
  }
}

/** Finds gift cards by code and adds those that are missing, multi-purpose. Returns their ids by code. */
export async function findOrAddGiftCards(
  tx: Tx,
  codes: readonly string[],
  currency: string,
): Promise<Map<string, bigint>> {
  const wanted = [...new Set(codes)].sort()
  if (wanted.length === 0) return new Map()
  await tx.query(
    `insert into gift_card (company_id, code, currency, identified) select $1, code, $3, code <> $4 from unnest($2::text[]) as c (code)
       on conflict (company_id, code) do nothing`,
    [tx.companyId, column(wanted, (code) => code), currency, unidentifiedCard],
  )
  const rows = await tx.query<{ id: bigint; code: string }>(
    'select g.id, g.code from unnest($2::text[]) as wanted (code) join gift_card g on g.company_id = $1 and g.code = wanted.code',
    [tx.companyId, column(wanted, (code) => code)],
  )
  return new Map(rows.map((row) => [row.code, row.id]))
}

/** Records what documents sold on gift cards, or took back, beside the entries that they posted: the cards' sub-ledger. */
export async function recordGiftCardSales(tx: Tx, documents: readonly SalesFact[]): Promise<void> {
  const sold = documents.flatMap((document) =>
    document.lines
      .filter((line) => line.role === 'gift_card_liability' && line.netMinor !== 0n)
      .map((line) => ({ ...line, documentId: document.id, date: document.date })),
  )
  await moveGiftCards(
    tx,
    sold.map(({ giftCardId, documentId, lineNo, date, netMinor }) => ({
      giftCardId: giftCardId as bigint,
      kind: netMinor > 0n ? 'sold' : 'refunded',
      sourceKind: 'sales_document_line',
      sourceId: `${documentId}:${lineNo}`,
      movedOn: date,
      amountMinor: netMinor,
      taxMinor: 0n,
    })),
  )
}
