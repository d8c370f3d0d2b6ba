import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { utcMoment } from '../kernel/utc-moment.ts'
import { cursorOf, type readCursor } from './parameters.ts'
import {
  companyHeading,
  dateColumn,
  idText,
  moneyColumn,
  moneyIn,
  numberColumn,
  type Report,
  type Table,
  textColumn,
} from './report.ts'

type JournalLineRow = {
  lineNo: number
  code: string
  name: string
  role: string | null
  party: string | null
  item: string | null
  documentId: string | null
  taxCode: string | null
  /** The version of the mapping rule that chose the account; null where the line named it. */
  mappingRuleId: string | null
  amount: MoneyJson
  currencyAmount: MoneyJson | null
}

type JournalRow = {
  entryId: string
  /** Such as 2011-15; null until the entry is sealed. */
  number: string | null
  date: string
  effectiveOn: string
  rule: string
  source: { kind: string; id: string }
  revision: number
  reverses: string | null
  reversedBy: string | null
  closesYear: boolean
  description: string
  postedBy: string
  postedAt: string
  lines: JournalLineRow[]
}

export type Journal = Report<JournalRow> & { from: AccountingDate; to: AccountingDate; next: string | null }

export type JournalParameters = {
  from: AccountingDate
  to: AccountingDate
  cursor?: ReturnType<typeof readCursor>
  limit?: number
}

type Row = {
  id: bigint
  number: string | null
  posted_on: AccountingDate
  effective_on: string
  rule: string
  source_kind: string
  source_id: string
  revision: number
  reverses_id: bigint | null
  reversed_by: bigint | null
  closes_year: boolean
  description: string
  posted_by: string
  posted_at: string
  line_no: number
  code: string
  name: string
  role: string | null
  party: string | null
  item: string | null
  document_id: bigint | null
  tax_code: string | null
  mapping_rule_id: bigint | null
  amount_minor: bigint
  currency: string
  currency_amount_minor: bigint
}

/** One page of entries with their lines, in order of day and id; `limit` counts entries. */
export async function journal(tx: Tx, { from, to, cursor, limit = 100 }: JournalParameters): Promise<Journal> {
  const heading = await companyHeading(tx)
  const after = cursor ?? { day: from, entryId: 0n }
  const rows = await tx.query<Row>(pageOfEntries, [tx.companyId, from, to, after.day, after.entryId, limit + 1])
  const found = entriesOf(rows, heading.currency)
  const entries = found.slice(0, limit)
  const last = entries.at(-1)
  return {
    report: 'journal',
    ...heading,
    from,
    to,
    rows: entries,
    next: found.length > limit && last ? cursorOf(last.date, BigInt(last.entryId), 0) : null,
  }
}

// As in the general ledger: the page is cut first, and what is joined is looked up by its key, row by row.
const pageOfEntries = `
  with page as materialized (
    select * from journal_entry where company_id = $1 and posted_on between $2 and $3 and (posted_on, id) > ($4::date, $5::bigint)
      order by posted_on, id limit $6
  )
  select e.id, s.number, e.posted_on, e.effective_on, e.rule, e.source_kind, e.source_id, e.revision,
      e.reverses_id, r.id as reversed_by, e.closes_year, e.description, e.posted_by,
      ${utcMoment('e.posted_at')} as posted_at,
      l.line_no, a.code, a.name, a.role, p.number as party, i.code as item, l.document_id, t.code as tax_code, l.mapping_rule_id,
      l.amount_minor, l.currency, l.currency_amount_minor
    from page e
    left join lateral (
      select fiscal_year || '-' || number as number from journal_seal where company_id = $1 and entry_id = e.id offset 0
    ) s on true
    left join lateral (select id from journal_entry where company_id = $1 and reverses_id = e.id offset 0) r on true
    cross join lateral (select * from journal_line l where l.company_id = $1 and l.entry_id = e.id offset 0) l
    cross join lateral (select code, name, role from account where company_id = $1 and id = l.account_id offset 0) a
    left join lateral (select number from party where company_id = $1 and id = l.party_id offset 0) p on true
    left join lateral (select code from item where company_id = $1 and id = l.item_id offset 0) i on true
    left join lateral (select code from tax_code where company_id = $1 and id = l.tax_code_id offset 0) t on true
    order by e.posted_on, e.id, l.line_no`

function entriesOf(rows: readonly Row[], currency: string): JournalRow[] {
  const entries: JournalRow[] = []
  const money = moneyIn(currency)
  for (const row of rows) {
    if (entries.at(-1)?.entryId !== String(row.id)) entries.push(entryOf(row))
    entries.at(-1)?.lines.push({
      lineNo: row.line_no,
      code: row.code,
      name: row.name,
      role: row.role,
      party: row.party,
      item: row.item,
      documentId: idText(row.document_id),
      taxCode: row.tax_code,
      mappingRuleId: idText(row.mapping_rule_id),
      amount: money(row.amount_minor),
      currencyAmount: row.currency === currency ? null : moneyJson(row.currency_amount_minor, row.currency),
    })
  }
  return entries
}

const entryOf = (row: Row): JournalRow => ({
  entryId: String(row.id),
  number: row.number,
  date: row.posted_on,
  effectiveOn: row.effective_on,
  rule: row.rule,
  source: { kind: row.source_kind, id: row.source_id },
  revision: row.revision,
  reverses: idText(row.reverses_id),
  reversedBy: idText(row.reversed_by),
  closesYear: row.closes_year,
  description: row.description,
  postedBy: row.posted_by,
  postedAt: row.posted_at,
  lines: [],
})

/** One row a line; what belongs to the entry stands on each of them. */
export const journalTable = ({ rows }: Journal): Table => ({
  columns: [
    dateColumn('date', 'Date'),
    textColumn('number', 'Number'),
    textColumn('entryId', 'Entry'),
    textColumn('rule', 'Rule'),
    textColumn('source', 'Source'),
    textColumn('description', 'Description'),
    numberColumn('lineNo', 'Line'),
    textColumn('code', 'Code'),
    textColumn('name', 'Account'),
    textColumn('party', 'Party'),
    textColumn('item', 'Item'),
    moneyColumn('amount', 'Amount'),
    moneyColumn('currencyAmount', 'In currency'),
  ],
  rows: rows.flatMap(({ lines, source, ...entry }) =>
    lines.map((line) => ({ ...entry, source: `${source.kind} ${source.id}`, ...line })),
  ),
})
