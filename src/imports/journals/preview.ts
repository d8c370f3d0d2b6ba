import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { moneyJson } from '../../kernel/money.ts'
import type { PreviewEntry } from '../import-result.ts'

type Row = {
  entryId: bigint
  document: string
  date: string
  rule: string
  description: string
  partyNumber: string | null
  partyName: string | null
  code: string
  name: string
  role: string | null
  amountMinor: bigint
  currency: string
}

/** Entries as a dry run shows them, line by line. */
export async function previewOf(tx: Tx, entries: readonly { entryId: bigint }[]): Promise<PreviewEntry[]> {
  if (entries.length === 0) return []
  const rows = await tx.query<Row>(
    `select e.id as "entryId", e.source_id as document, e.posted_on as date, e.rule, e.description,
        p.number as "partyNumber", p.name as "partyName", a.code, a.name, a.role, l.amount_minor as "amountMinor",
        c.base_currency as currency
      from unnest($2::bigint[]) with ordinality as wanted (id, place)
      join company c on c.id = $1
      join journal_entry e on e.company_id = $1 and e.id = wanted.id
      join journal_line l on l.company_id = $1 and l.entry_id = e.id
      join account a on a.company_id = $1 and a.id = l.account_id
      left join party p on p.company_id = $1 and p.id = l.party_id
      order by wanted.place, l.line_no`,
    [tx.companyId, column(entries, ({ entryId }) => entryId)],
  )
  const previews = new Map<bigint, PreviewEntry>()
  for (const { entryId, document, date, rule, description, partyNumber, partyName, ...line } of rows) {
    const { code, name, role, amountMinor, currency } = line
    const preview = previews.get(entryId) ?? {
      document,
      kind: null,
      customer: null,
      date,
      rule,
      description,
      lines: [],
    }
    // An entry is of whom its first line with a party names.
    if (partyNumber !== null) preview.customer ??= { number: partyNumber, name: partyName ?? partyNumber }
    preview.lines.push({ account: code, name, role, amount: moneyJson(amountMinor, currency) })
    previews.set(entryId, preview)
  }
  return [...previews.values()]
}
