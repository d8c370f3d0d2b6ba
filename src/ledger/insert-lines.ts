import type { AccountingDate } from '../kernel/accounting-date.ts'
import { bigintColumn, dateColumn, intColumn, noBigint, noInt } from '../kernel/binary-column.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Entry, Line } from './journal.ts'

type EntryOnDay = { entry: Entry; postedOn: AccountingDate }

/** The lines of entries as columns on their way to PostgreSQL, in order of entry and line: all but the entries' ids. */
export type LineColumns = (Buffer | string | null)[]

/**
 * The most that one line moves, in minor units: far beyond what anybody owns in any currency, and so far below what a balance of 64 bits holds that no
 * line by itself, mistyped or on purpose, can make sums that no report and no fold could take.
 */
const mostMinor = 10n ** 16n

const bounded = (minor: bigint): bigint => {
  if (minor > mostMinor || minor < -mostMinor) throw new Refusal('number_too_large', { amountMinor: minor })
  return minor
}

/** Writes lines out before their entries' ids are known. Refuses `number_too_large`. */
export function encodeLines(entries: readonly EntryOnDay[]): LineColumns {
  const lines: Line[] = []
  const places: { lineNo: number; postedOn: AccountingDate }[] = []
  for (const { entry, postedOn } of entries) {
    for (const line of entry.lines) lines.push(line)
    for (let lineNo = 1; lineNo <= entry.lines.length; lineNo += 1) places.push({ lineNo, postedOn })
  }
  const big = (pick: (line: Line) => bigint | null | undefined) => bigintColumn(lines, pick, { marked: true })
  return [
    column(lines, (l) => l.currency),
    column(lines, (l) => l.processorReference),
    column(lines, (l) => l.taxAuthority),
    intColumn(places, (p) => p.lineNo),
    dateColumn(places, (p) => p.postedOn),
    big((l) => l.accountId),
    big((l) => bounded(l.amountMinor)),
    // A line in base currency says its amount once.
    big((l) => (l.currencyAmountMinor === l.amountMinor ? null : bounded(l.currencyAmountMinor))),
    big((l) => l.mappingRuleId),
    big((l) => l.partyId),
    big((l) => l.itemId),
    big((l) => l.documentId),
    intColumn(lines, (l) => l.documentLineNo, { marked: true }),
    big((l) => l.orderId),
    big((l) => l.channelId),
    big((l) => l.locationId),
    big((l) => l.giftCardId),
    big((l) => l.taxCodeId),
    dateColumn(lines, (l) => l.taxPoint, { marked: true }),
    big((l) => l.taxBaseMinor),
  ]
}

/** Inserts the lines of entries whose ids are known now, in one statement. */
export async function insertLines(
  tx: Tx,
  entries: readonly { id: bigint; entry: Entry }[],
  columns: LineColumns,
): Promise<void> {
  const entryIds: bigint[] = []
  for (const { id, entry } of entries) for (let line = 0; line < entry.lines.length; line += 1) entryIds.push(id)
  await tx.query(statement, [tx.companyId, bigintColumn(entryIds, (id) => id), ...columns])
}

const bigAt = (parameter: number) => `nullif(($${parameter}::bigint[])[i], ${noBigint})`
const intAt = (parameter: number) => `nullif(($${parameter}::int[])[i], ${noInt})`

// Numbers and days are taken from their arrays by the line's place, where `unnest` would first store every column of its own: that takes
// half as long. Texts have no fixed size, so they cannot be found by place; the currency, which every line has, gives the places.
const statement = `
  insert into journal_line (company_id, entry_id, line_no, posted_on, account_id, amount_minor, currency, currency_amount_minor,
      mapping_rule_id, party_id, item_id, document_id, document_line_no, order_id, channel_id, location_id, gift_card_id,
      processor_reference, tax_code_id, tax_authority, tax_point, tax_base_minor)
    select $1, ($2::bigint[])[i], ($6::int[])[i], ($7::date[])[i], ${bigAt(8)}, ${bigAt(9)}, currency, coalesce(${bigAt(10)}, ${bigAt(9)}),
        ${bigAt(11)}, ${bigAt(12)}, ${bigAt(13)}, ${bigAt(14)}, ${intAt(15)}, ${bigAt(16)}, ${bigAt(17)}, ${bigAt(18)}, ${bigAt(19)},
        processor_reference, ${bigAt(20)}, tax_authority, nullif(($21::date[])[i], '-infinity'), ${bigAt(22)}
      from (
        select currency, processor_reference, tax_authority, place::int as i
          from unnest($3::text[], $4::text[], $5::text[]) with ordinality as t (currency, processor_reference, tax_authority, place) offset 0
      ) l`
