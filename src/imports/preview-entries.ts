import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import type { PreviewEntry } from './import-result.ts'

type Row = {
  entry_id: bigint
  document: string
  date: string
  rule: string
  code: string
  name: string
  role: string | null
  amount_minor: bigint
  currency: string
}

/** The entries that documents posted, with one row an account: what a dry run shows before it takes everything back. */
export async function previewEntries(tx: Tx, documentIds: readonly bigint[]): Promise<PreviewEntry[]> {
  if (documentIds.length === 0) return []
  const rows = await tx.query<Row>(
    `select e.id as entry_id, d.number as document, e.posted_on as date, e.rule, a.code, a.name, a.role, sum(l.amount_minor)::bigint as amount_minor,
        c.base_currency as currency
      from unnest($2::bigint[]) as wanted (id)
      join sales_document d on d.company_id = $1 and d.id = wanted.id
      join company c on c.id = d.company_id
      left join payment p on p.company_id = d.company_id and p.document_id = d.id
      join journal_entry e on e.company_id = d.company_id
        and ((e.source_kind = 'sales_document' and e.source_id = d.id::text) or (e.source_kind = 'payment' and e.source_id = p.id::text))
      join journal_line l on l.company_id = e.company_id and l.entry_id = e.id
      join account a on a.company_id = l.company_id and a.id = l.account_id
      group by e.id, d.id, d.number, e.posted_on, e.rule, a.code, a.name, a.role, c.base_currency
      order by d.id, e.id, sum(l.amount_minor) desc`,
    [tx.companyId, column(documentIds, (id) => id)],
  )
  const entries = new Map<bigint, PreviewEntry>()
  for (const row of rows) {
    const entry = entries.get(row.entry_id) ?? { document: row.document, date: row.date, rule: row.rule, lines: [] }
    entry.lines.push({
      account: row.code,
      name: row.name,
      role: row.role,
      amount: moneyJson(row.amount_minor, row.currency),
    })
    entries.set(row.entry_id, entry)
  }
  return [...entries.values()]
}
