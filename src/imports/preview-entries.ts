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
    // Each step is looked up by its key, one document after another: of a company that is new the statistics know nothing, and a plan made from
    // them reads whole tables for each row.
    `select e.id as entry_id, d.number as document, d.kind, p.number as customer_number, p.name as customer_name, e.posted_on as date, e.rule,
          e.description, a.code, a.name, a.role, l.amount_minor, c.base_currency as currency
        from company c
        cross join (select distinct id from unnest($2::bigint[]) as wanted (id)) wanted
        cross join lateral (
          select id, number, kind, party_id, source, order_reference from sales_document
            where company_id = $1 and id = wanted.id offset 0
        ) d
        cross join lateral (
          select 'sales_document' as kind, d.id::text as id
          union all
          select 'payment', id::text from payment where company_id = $1 and document_id = d.id
          union all
          select 'payment', id::text from payment
            where company_id = $1 and order_reference = d.order_reference and source = d.source and document_id is null
              and d.kind <> 'credit_note'
          offset 0
        ) s
        cross join lateral (
          select id, posted_on, rule, description from journal_entry
            where company_id = $1 and source_kind = s.kind and source_id = s.id offset 0
        ) e
        cross join lateral (
          select account_id, sum(amount_minor)::bigint as amount_minor from journal_line
            where company_id = $1 and entry_id = e.id group by account_id offset 0
        ) l
        join account a on a.company_id = $1 and a.id = l.account_id
        left join lateral (select number, name from party where company_id = $1 and id = d.party_id offset 0) p on true
        where c.id = $1
        order by d.id, e.id, l.amount_minor desc, a.code`,
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
