import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** How the goods lines of credit notes were linked: wholly, in part, not at all; and how many of the wholly linked took from several invoice lines. */
export type LinkCounts = { linked: number; partly: number; unlinked: number; fromSeveral: number }

type CreditLine = Place & {
  document_id: bigint
  line_no: number
  key: string
  left: bigint
  counts: boolean
  linked_before: boolean
}
type InvoiceLine = Place & { document_id: bigint; line_no: number; key: string; left: bigint }
type Place = { occurred_at: string; import_file_id: bigint; import_line: bigint }
type Link = { credit: CreditLine; invoice: InvoiceLine; quantity: bigint }

const partiesAtOnce = 500

/**
 * Links the goods lines of imported credit notes to earlier invoice lines of the same customer, item and price that still have quantity
 * left, the latest first, taking from several if need be. 'Earlier' goes by the line's date and time, then by its place in the files. Lines
 * without a customer and lines of parts of a unit are never linked, and no link that exists is changed. Counts the lines of imports that had not been linked yet.
 */
export async function linkCreditLines(tx: Tx, source: string): Promise<LinkCounts> {
  const counts: LinkCounts = { linked: 0, partly: 0, unlinked: await countWithoutCustomer(tx, source), fromSeveral: 0 }
  let after = 0n
  for (;;) {
    const parties = await tx.query<{ party_id: bigint }>(partiesStatement, [tx.companyId, source, after, partiesAtOnce])
    if (parties.length === 0) return counts
    const ids = column(parties, (p) => p.party_id)
    const credits = await tx.query<CreditLine>(creditLinesStatement, [tx.companyId, source, ids])
    const invoices = await tx.query<InvoiceLine>(invoiceLinesStatement, [
      tx.companyId,
      source,
      ids,
      column([...new Set(credits.map((c) => c.key))], (k) => k),
    ])
    const links = matchLines(credits, invoices)
    await saveLinks(tx, links)
    count(credits, links, counts)
    after = parties[parties.length - 1]?.party_id as bigint
  }
}

// The goods lines of credit notes, of which some quantity is not linked yet.
const openCreditLines = `
  sales_document d join sales_document_line l on l.company_id = d.company_id and l.document_id = d.id
    join import_run r on r.company_id = d.company_id and r.id = d.import_run_id
  where d.company_id = $1 and d.source = $2 and d.kind = 'credit_note' and l.role is not null and l.item_id is not null
    and l.quantity < 0 and l.credited_quantity > l.quantity and l.quantity = trunc(l.quantity)`

const partiesStatement = `select distinct d.party_id from ${openCreditLines} and d.party_id > $3 order by d.party_id limit $4`

const keyOfLine = `d.party_id || ' ' || l.item_id || ' ' || trim_scale(l.unit_price)`

const creditLinesStatement = `
  select l.document_id, l.line_no, ${keyOfLine} as key, (l.credited_quantity - l.quantity)::bigint as left, not r.links_done as counts,
      l.credited_quantity < 0 as linked_before, l.occurred_at, l.import_file_id, l.import_line
    from ${openCreditLines} and d.party_id = any ($3::bigint[])
    order by l.occurred_at, l.import_file_id, l.import_line`

const invoiceLinesStatement = `
  select l.document_id, l.line_no, ${keyOfLine} as key, (l.quantity - l.credited_quantity)::bigint as left, l.occurred_at,
      l.import_file_id, l.import_line
    from sales_document d join sales_document_line l on l.company_id = d.company_id and l.document_id = d.id
    where d.company_id = $1 and d.source = $2 and d.kind = 'invoice' and d.party_id = any ($3::bigint[]) and l.role is not null
      and l.item_id is not null and l.quantity > l.credited_quantity and l.quantity = trunc(l.quantity) and ${keyOfLine} = any ($4::text[])
    order by l.occurred_at desc, l.import_file_id desc, l.import_line desc`

async function countWithoutCustomer(tx: Tx, source: string): Promise<number> {
  const rows = await tx.query(`select from ${openCreditLines} and d.party_id is null and not r.links_done`, [
    tx.companyId,
    source,
  ])
  return rows.length
}

const isEarlier = (a: Place, b: Place): boolean => {
  if (a.occurred_at !== b.occurred_at) return a.occurred_at < b.occurred_at
  if (a.import_file_id !== b.import_file_id) return a.import_file_id < b.import_file_id
  return a.import_line < b.import_line
}

/** Takes each credit line's quantity from the invoice lines of its key that stand before it. Credits come earliest first, invoices latest. */
function matchLines(credits: readonly CreditLine[], invoices: readonly InvoiceLine[]): Link[] {
  const candidates = Map.groupBy(invoices, (line) => line.key)
  const leftOf = new Map(invoices.map((line) => [line, line.left]))
  const links: Link[] = []
  for (const credit of credits) {
    let wanted = credit.left
    for (const invoice of candidates.get(credit.key) ?? []) {
      if (wanted === 0n) break
      const left = leftOf.get(invoice) ?? 0n
      if (left === 0n || !isEarlier(invoice, credit)) continue
      const quantity = left < wanted ? left : wanted
      links.push({ credit, invoice, quantity })
      leftOf.set(invoice, left - quantity)
      wanted -= quantity
    }
  }
  return links
}

async function saveLinks(tx: Tx, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return
  await tx.query(
    `with link as (
        select * from unnest($2::bigint[], $3::int[], $4::bigint[], $5::int[], $6::numeric[])
          as l (credit_document_id, credit_line_no, invoice_document_id, invoice_line_no, quantity)
      ), saved as (
        insert into sales_line_link (company_id, credit_document_id, credit_line_no, invoice_document_id, invoice_line_no, quantity)
          select $1, link.* from link
      ), taken as (
        select invoice_document_id as document_id, invoice_line_no as line_no, sum(quantity) as quantity from link group by 1, 2
        union all
        select credit_document_id, credit_line_no, -sum(quantity) from link group by 1, 2
      )
      update sales_document_line l set credited_quantity = l.credited_quantity + t.quantity
        from taken t where l.company_id = $1 and l.document_id = t.document_id and l.line_no = t.line_no`,
    [
      tx.companyId,
      column(links, (l) => l.credit.document_id),
      column(links, (l) => l.credit.line_no),
      column(links, (l) => l.invoice.document_id),
      column(links, (l) => l.invoice.line_no),
      column(links, (l) => l.quantity),
    ],
  )
}

function count(credits: readonly CreditLine[], links: readonly Link[], counts: LinkCounts): void {
  const ofCredit = Map.groupBy(links, (link) => link.credit)
  for (const credit of credits) {
    if (!credit.counts) continue
    const taken = ofCredit.get(credit) ?? []
    const quantity = taken.reduce((sum, link) => sum + link.quantity, 0n)
    if (quantity === credit.left) {
      counts.linked += 1
      if (taken.length > 1) counts.fromSeveral += 1
    } else if (quantity > 0n || credit.linked_before) counts.partly += 1
    else counts.unlinked += 1
  }
}
