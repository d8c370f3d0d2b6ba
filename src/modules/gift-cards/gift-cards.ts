import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import type { SalesFact } from '../../posting/sales-fact.ts'

/** Finds gift cards by code and adds those that are missing. Returns their ids by code. */
export async function findOrAddGiftCards(
  tx: Tx,
  codes: readonly string[],
  currency: string,
): Promise<Map<string, bigint>> {
  const wanted = [...new Set(codes)].sort()
  if (wanted.length === 0) return new Map()
  await tx.query(
    `insert into gift_card (company_id, code, currency) select $1, code, $3 from unnest($2::text[]) as c (code)
       on conflict (company_id, code) do nothing`,
    [tx.companyId, column(wanted, (code) => code), currency],
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
      .map((line) => ({ ...line, date: document.date, sourceId: `${document.id}:${line.lineNo}` })),
  )
  if (sold.length === 0) return
  await tx.query(
    `insert into gift_card_movement (company_id, gift_card_id, kind, source_kind, source_id, moved_on, amount_minor)
       select $1, gift_card_id, case when amount_minor > 0 then 'sold' else 'refunded' end, 'sales_document_line', source_id, moved_on, amount_minor
         from unnest($2::bigint[], $3::text[], $4::date[], $5::bigint[]) as m (gift_card_id, source_id, moved_on, amount_minor)`,
    [
      tx.companyId,
      column(sold, (s) => s.giftCardId),
      column(sold, (s) => s.sourceId),
      column(sold, (s) => s.date),
      column(sold, (s) => s.netMinor),
    ],
  )
}
