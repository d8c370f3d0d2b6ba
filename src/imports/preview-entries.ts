import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import type { PreviewEntry } from './import-result.ts'

type Row = {
  entry_id: bigint
  document: string
  kind: string
  customer_number: string | null
  customer_name: string | null
  date: string
  rule: string
  description: string
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
    `with source as (
        select d.id as document_id, d.number, 'sales_document' as kind, d.id::text as id
          from unnest($2::bigint[]) as wanted (id) join sales_document d on d.company_id = $1 and d.id = wanted.id
        union
        select d.id, d.number, 'payment', p.id::text
          from unnest($2::bigint[]) as wanted (id)
          join sales_document d on d.company_id = $1 and d.id = wanted.id
          join payment p on p.company_id = $1 and p.document_id = d.id
        union
        select d.id, d.number, 'payment', p.id::text
          from unnest($2::bigint[]) as wanted (id)
          join sales_document d on d.company_id = $1 and d.id = wanted.id and d.kind <> 'credit_note'
          join payment p on p.company_id = $1 and p.order_reference = d.order_reference and p.source = d.source and p.document_id is null
      )
      select e.id as entry_id, s.number as document, d.kind, p.number as customer_number, p.name as customer_name, e.posted_on as date, e.rule,
          e.description, a.code, a.name, a.role, sum(l.amount_minor)::bigint as amount_minor,
          c.base_currency as currency
        from source s
        join company c on c.id = $1
        join sales_document d on d.company_id = $1 and d.id = s.document_id
        left join party p on p.company_id = $1 and p.id = d.party_id
        join journal_entry e on e.company_id = $1 and e.source_kind = s.kind and e.source_id = s.id
        join journal_line l on l.company_id = $1 and l.entry_id = e.id
        join account a on a.company_id = $1 and a.id = l.account_id
        group by e.id, s.document_id, s.number, d.kind, p.number, p.name, e.posted_on, e.rule, e.description, a.code, a.name, a.role, c.base_currency
        order by s.document_id, e.id, sum(l.amount_minor) desc`,
    [tx.companyId, column(documentIds, (id) => id)],
  )
  const entries = new Map<bigint, PreviewEntry>()
  for (const row of rows) {
    const entry = entries.get(row.entry_id) ?? entryOf(row)
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

const entryOf = ({ document, kind, customer_number, customer_name, date, rule, description }: Row): PreviewEntry => ({
  document,
  kind,
  customer: customer_number === null ? null : { number: customer_number, name: customer_name ?? customer_number },
  date,
  rule,
  description,
  lines: [],
})
