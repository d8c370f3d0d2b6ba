import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenLine = Broken & { entry_id: bigint; line_no: number }

// What a line can name, and the table in which it must be found. Keys on every line would cost posting more than this check does.
const dimensions = [
  ['mapping_rule_id', 'mapping_rule', 'mapping rule'],
  ['party_id', 'party', 'party'],
  ['item_id', 'item', 'item'],
  ['document_id', 'sales_document', 'document'],
  ['channel_id', 'channel', 'channel'],
  ['gift_card_id', 'gift_card', 'gift card'],
  ['tax_code_id', 'tax_code', 'tax code'],
] as const

/** Every party, item, document, channel, gift card, tax code and mapping rule that a line of the journal names exists. */
export const dimensionsExist: Check = {
  name: 'dimensions-exist',
  async run(tx) {
    const missing = dimensions.map(
      ([column, table, name]) =>
        `when l.${column} is not null and ${table}.id is null then 'the ${name} that the line names does not exist'`,
    )
    const joins = dimensions.map(
      ([column, table]) => `left join ${table} on ${table}.company_id = $1 and ${table}.id = l.${column}`,
    )
    const { compared, broken } = await compareRows<BrokenLine>(
      tx,
      `select l.entry_id, l.line_no, case ${missing.join(' ')} end as what
        from journal_line l ${joins.join(' ')} where l.company_id = $1`,
      'entry_id, line_no',
    )
    return outcomeOf(
      compared,
      broken.map(({ entry_id, line_no, what }) => ({ entryId: String(entry_id), lineNo: line_no, what })),
    )
  },
}
