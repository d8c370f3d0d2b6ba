import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import type { Line } from './journal.ts'

/** The columns of a line `l` of the journal, but for its place, by the names of `Line`. */
export const lineColumns = `l.account_id as "accountId", l.amount_minor as "amountMinor", l.currency,
  l.currency_amount_minor as "currencyAmountMinor", l.mapping_rule_id as "mappingRuleId", l.party_id as "partyId", l.item_id as "itemId",
  l.document_id as "documentId", l.document_line_no as "documentLineNo", l.order_id as "orderId", l.channel_id as "channelId",
  l.location_id as "locationId", l.gift_card_id as "giftCardId", l.processor_reference as "processorReference",
  l.tax_code_id as "taxCodeId", l.tax_authority as "taxAuthority", l.tax_point as "taxPoint", l.tax_base_minor as "taxBaseMinor"`

export type StoredLine = Omit<Line, 'amountMinor'> & { amountMinor: bigint }

/** Posted lines by their places, as `entry/line`; those that do not exist are missing. */
export async function readLines(
  tx: Tx,
  places: readonly { entryId: bigint; lineNo: number }[],
): Promise<Map<string, StoredLine>> {
  if (places.length === 0) return new Map()
  const rows = await tx.query<StoredLine & { place: string }>(
    `select l.entry_id || '/' || l.line_no as place, ${lineColumns}
      from unnest($2::bigint[], $3::int[]) as wanted (entry_id, line_no)
      join journal_line l on l.company_id = $1 and l.entry_id = wanted.entry_id and l.line_no = wanted.line_no`,
    [tx.companyId, column(places, (p) => p.entryId), column(places, (p) => p.lineNo)],
  )
  return new Map(rows.map(({ place, ...line }) => [place, line]))
}
