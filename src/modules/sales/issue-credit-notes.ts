import { createHash } from 'node:crypto'
import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { divideRounded, formatDecimal, multiply, parseDecimal } from '../../kernel/decimal.ts'
import { amountIn } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Role } from '../../ledger/charts/index.ts'
import { ratesOfSources } from '../../posting/entry-rates.ts'
import type { UsedRate } from '../../posting/exchange.ts'
import { findRates } from '../rates/index.ts'
import { applyItems, leftOf, lockItemsOf, sourceKey } from '../receivables/index.ts'
import type { DocumentLine, DocumentOutcome, DocumentRequest, DocumentTax } from './document.ts'
import { issueDocuments } from './issue-documents.ts'
import { ownSource } from './issue-invoices.ts'

/** Credits lines of one of our invoices, by line number and quantity above zero. */
export type CreditNoteRequest = {
  number: string
  invoiceNumber: string
  on: AccountingDate
  lines: readonly { lineNo: number; quantity: string }[]
}

type InvoiceLine = {
  document_id: bigint
  number: string
  line_no: number
  customer_number: string
  customer_name: string
  country: string | null
  currency: string
  prices: 'net' | 'gross'
  order_reference: string | null
  channel: string | null
  item_code: string | null
  code: string
  description: string
  quantity: string
  unit_price: string
  net_minor: bigint
  role: Role
  tax_code_id: bigint
  credited: string
}

type InvoiceTax = {
  document_id: bigint
  tax_code_id: bigint
  authority: string | null
  base_minor: bigint
  tax_minor: bigint
  credited_base: bigint
  credited_tax: bigint
}

/**
 * Issues credit notes linked to the lines that they credit, at the invoice's own prices and tax. Amounts are differences of rounded running
 * totals, so that crediting all of an invoice in whatever steps gives back exactly its net and its tax. What is open of the invoice is settled
 * by as much. Refuses `document_unknown`,
 * `credit_exceeds_invoice`, `input_invalid`; a retry finds its credit note.
 */
export async function issueCreditNotes(tx: Tx, requests: readonly CreditNoteRequest[]): Promise<DocumentOutcome[]> {
  // Under the lock, so that a repetition that meets the first one on its way finds it.
  const lines = await lockInvoiceLines(tx, requests)
  const known = await knownCreditNotes(tx, requests)
  const fresh = requests.filter((request) => !known.has(request.number))
  refuseTwiceTheSameInvoice(fresh)
  const taxes = await invoiceTaxes(tx, fresh)
  const rateOf = await invoiceRates(tx, lines)
  const documents = fresh.map((request) => {
    const document = creditNote(request, lines, taxes)
    return { ...document, rate: rateOf(document) }
  })
  const outcomes = await issueDocuments(tx, documents)
  await saveLinks(tx, fresh, documents, outcomes)
  await settleInvoices(tx, documents, outcomes)
  const issued = new Map(fresh.map((request, index) => [request.number, outcomes[index] as DocumentOutcome]))
  return requests.map(
    (request) => issued.get(request.number) ?? existing(request, known.get(request.number) as KnownCreditNote),
  )
}

/** The rate at which each invoice was booked: a credit note takes back what it conceded at the same. */
async function invoiceRates(
  tx: Tx,
  lines: readonly InvoiceLine[],
): Promise<(document: DocumentRequest) => UsedRate | null> {
  const { base } = await findRates(tx, [])
  const foreign = [
    ...new Set(lines.filter(({ currency }) => currency !== base).map((line) => String(line.document_id))),
  ]
  const kept = await ratesOfSources(tx, 'sales_document', foreign)
  return ({ creditsDocumentId, currency }) => kept(String(creditsDocumentId), currency) ?? null
}

type KnownCreditNote = { id: bigint; number: string; content_hash: Buffer }

function existing(request: CreditNoteRequest, known: KnownCreditNote): DocumentOutcome {
  if (!hashOf(request).equals(known.content_hash))
    throw new Refusal('document_exists_differently', { number: request.number })
  return { result: 'existing', documentId: known.id, entries: 0 }
}

async function knownCreditNotes(tx: Tx, requests: readonly CreditNoteRequest[]): Promise<Map<string, KnownCreditNote>> {
  const rows = await tx.query<KnownCreditNote>(
    `select d.id, d.number, d.content_hash from unnest($3::text[]) as wanted (number)
       join sales_document d on d.company_id = $1 and d.source = $2 and d.number = wanted.number`,
    [tx.companyId, ownSource, column(requests, (r) => r.number)],
  )
  return new Map(rows.map((row) => [row.number, row]))
}

/** One credit note an invoice at a time: the running totals of the next one begin where this one ends. */
function refuseTwiceTheSameInvoice(requests: readonly CreditNoteRequest[]): void {
  const seen = new Set<string>()
  for (const { invoiceNumber, lines } of requests) {
    if (seen.has(invoiceNumber)) throw new Refusal('input_invalid', { repeated: invoiceNumber })
    seen.add(invoiceNumber)
    if (lines.length === 0) throw new Refusal('input_invalid', { lines: 'a credit note needs a line' })
    if (new Set(lines.map((line) => line.lineNo)).size < lines.length)
      throw new Refusal('input_invalid', { lines: 'a line is named twice' })
  }
}

const lockInvoiceLines = (tx: Tx, requests: readonly CreditNoteRequest[]): Promise<InvoiceLine[]> =>
  tx.query<InvoiceLine>(
    `select l.document_id, d.number, l.line_no, p.number as customer_number, p.name as customer_name, d.country, d.currency, d.prices,
        d.order_reference, c.code as channel, i.code as item_code, l.code, l.description, l.quantity, l.unit_price, l.net_minor, l.role,
        l.tax_code_id, l.credited_quantity as credited
      from sales_document d
      join sales_document_line l on l.company_id = d.company_id and l.document_id = d.id
      join party p on p.company_id = d.company_id and p.id = d.party_id
      left join channel c on c.company_id = d.company_id and c.id = d.channel_id
      left join item i on i.company_id = l.company_id and i.id = l.item_id
      where d.company_id = $1 and d.source = $2 and d.kind = 'invoice' and d.number in (select unnest($3::text[]))
      order by l.document_id, l.line_no for update of l`,
    [tx.companyId, ownSource, column(requests, (r) => r.invoiceNumber)],
  )

const invoiceTaxes = (tx: Tx, requests: readonly CreditNoteRequest[]): Promise<InvoiceTax[]> =>
  tx.query<InvoiceTax>(
    `select t.document_id, t.tax_code_id, code.authority, t.base_minor, t.tax_minor, coalesce(sum(ct.base_minor), 0)::bigint as credited_base,
        coalesce(sum(ct.tax_minor), 0)::bigint as credited_tax
      from sales_document d
      join sales_document_tax t on t.company_id = d.company_id and t.document_id = d.id
      join tax_code code on code.company_id = t.company_id and code.id = t.tax_code_id
      left join sales_document cd on cd.company_id = d.company_id and cd.credits_document_id = d.id
      left join sales_document_tax ct on ct.company_id = cd.company_id and ct.document_id = cd.id and ct.tax_code_id = t.tax_code_id
      where d.company_id = $1 and d.source = $2 and d.number in (select unnest($3::text[]))
      group by t.document_id, t.tax_code_id, code.authority, t.base_minor, t.tax_minor`,
    [tx.companyId, ownSource, column(requests, (r) => r.invoiceNumber)],
  )

function creditNote(
  request: CreditNoteRequest,
  lines: readonly InvoiceLine[],
  taxes: readonly InvoiceTax[],
): DocumentRequest {
  const invoice = lines.filter((line) => line.number === request.invoiceNumber)
  const first = invoice[0]
  if (first === undefined) throw new Refusal('document_unknown', { number: request.invoiceNumber })
  const credited = request.lines.map(({ lineNo, quantity }) => creditedLine(invoice, lineNo, quantity, request))
  return {
    source: ownSource,
    number: request.number,
    kind: 'credit_note',
    issuedOn: request.on,
    customer: { number: first.customer_number, name: first.customer_name },
    channelCode: first.channel,
    destination: '',
    country: first.country,
    settlement: 'on_account',
    currency: first.currency,
    prices: first.prices,
    rounding: 'per_document',
    taxes: creditedTaxes(
      credited,
      taxes.filter((tax) => tax.document_id === first.document_id),
      first.currency,
    ),
    lines: credited,
    orderReference: first.order_reference,
    creditsDocumentId: first.document_id,
    contentHash: hashOf(request),
  }
}

function creditedLine(
  invoice: readonly InvoiceLine[],
  lineNo: number,
  quantityText: string,
  request: CreditNoteRequest,
): DocumentLine {
  const line = invoice.find((candidate) => candidate.line_no === lineNo)
  if (line === undefined) throw new Refusal('document_unknown', { number: request.invoiceNumber, line: lineNo })
  const quantity = parseDecimal(quantityText)
  if (quantity === undefined || quantity.unscaled <= 0n) throw new Refusal('input_invalid', { quantity: quantityText })
  const [whole, before, now] = sameScale(line.quantity, line.credited, quantityText)
  if (before + now > whole) {
    throw new Refusal('credit_exceeds_invoice', {
      invoice: request.invoiceNumber,
      line: lineNo,
      quantity: quantityText,
    })
  }
  const upTo = (part: bigint): bigint => divideRounded(line.net_minor * part, whole)
  return {
    itemCode: line.item_code,
    code: line.code,
    description: line.description,
    quantity: formatDecimal(multiply(quantity, { unscaled: -1n, scale: 0 })),
    unitPrice: line.unit_price,
    netMinor: upTo(before) - upTo(before + now),
    role: line.role,
    taxCodeId: line.tax_code_id,
  }
}

/** The unscaled values of decimals, brought to one scale. */
function sameScale(...texts: [string, string, string]): [bigint, bigint, bigint] {
  const values = texts.map((text) => parseDecimal(text) ?? { unscaled: 0n, scale: 0 })
  const scale = Math.max(...values.map((value) => value.scale))
  return values.map((value) => value.unscaled * 10n ** BigInt(scale - value.scale)) as [bigint, bigint, bigint]
}

/** With a discount on the invoice its goods are worth more than its total: the discount's line is credited along with them. */
function refuseAboveInvoice(tax: InvoiceTax, creditedBase: bigint, currency: string): void {
  if (-creditedBase > tax.base_minor) {
    const [invoiced, credited] = [tax.base_minor, -creditedBase].map((minor) => amountIn(minor, currency))
    throw new Refusal('credit_exceeds_invoice', { invoiced, credited })
  }
}

function creditedTaxes(lines: readonly DocumentLine[], taxes: readonly InvoiceTax[], currency: string): DocumentTax[] {
  return taxes.flatMap((tax) => {
    const baseMinor = lines.reduce((sum, line) => (line.taxCodeId === tax.tax_code_id ? sum + line.netMinor : sum), 0n)
    if (!lines.some((line) => line.taxCodeId === tax.tax_code_id)) return []
    refuseAboveInvoice(tax, tax.credited_base + baseMinor, currency)
    const upTo = (base: bigint): bigint =>
      tax.base_minor === 0n ? 0n : divideRounded(tax.tax_minor * base, tax.base_minor)
    const taxMinor = upTo(tax.credited_base + baseMinor) - tax.credited_tax
    return [{ taxCodeId: tax.tax_code_id, authority: tax.authority, baseMinor, taxMinor }]
  })
}

/** Settles what is open of the invoices with what is credited of them. The rest waits for a refund, or for another invoice. */
async function settleInvoices(
  tx: Tx,
  documents: readonly DocumentRequest[],
  outcomes: readonly DocumentOutcome[],
): Promise<void> {
  const sourceOf = (documentId: bigint) => ({ sourceKind: 'sales_document', sourceId: String(documentId) })
  const pairs = documents.map(({ creditsDocumentId, issuedOn }, index) => ({
    invoice: sourceOf(creditsDocumentId as bigint),
    credit: sourceOf((outcomes[index] as DocumentOutcome).documentId),
    issuedOn,
  }))
  const items = await lockItemsOf(
    tx,
    pairs.flatMap(({ invoice, credit }) => [invoice, credit]),
  )
  const applications = pairs.flatMap(({ invoice, credit, issuedOn }) => {
    const [owed, credited] = [items.get(sourceKey(invoice)), items.get(sourceKey(credit))]
    if (owed === undefined || credited === undefined) return []
    const amountMinor = smaller(leftOf(owed), -leftOf(credited))
    if (amountMinor <= 0n) return []
    return [{ debitItemId: owed.id, creditItemId: credited.id, appliedOn: issuedOn, amountMinor }]
  })
  await applyItems(tx, applications)
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)

async function saveLinks(
  tx: Tx,
  requests: readonly CreditNoteRequest[],
  documents: readonly DocumentRequest[],
  outcomes: readonly DocumentOutcome[],
): Promise<void> {
  const links = requests.flatMap((request, index) =>
    request.lines.map(({ lineNo, quantity }, place) => ({
      creditId: (outcomes[index] as DocumentOutcome).documentId,
      creditLineNo: place + 1,
      invoiceId: documents[index]?.creditsDocumentId as bigint,
      lineNo,
      quantity,
    })),
  )
  if (links.length === 0) return
  await tx.query(
    `with link as (
        select * from unnest($2::bigint[], $3::int[], $4::bigint[], $5::int[], $6::numeric[])
          as l (credit_id, credit_line_no, invoice_id, line_no, quantity)
      ), saved as (
        insert into sales_line_link (company_id, credit_document_id, credit_line_no, invoice_document_id, invoice_line_no, quantity)
          select $1, link.* from link
      )
      update sales_document_line l set credited_quantity = l.credited_quantity + taken.quantity
        from (
          select invoice_id as document_id, line_no, quantity from link
          union all select credit_id, credit_line_no, -quantity from link
        ) taken
        where l.company_id = $1 and l.document_id = taken.document_id and l.line_no = taken.line_no`,
    [
      tx.companyId,
      column(links, (l) => l.creditId),
      column(links, (l) => l.creditLineNo),
      column(links, (l) => l.invoiceId),
      column(links, (l) => l.lineNo),
      column(links, (l) => l.quantity),
    ],
  )
}

const hashOf = (request: CreditNoteRequest): Buffer => createHash('sha256').update(JSON.stringify(request)).digest()
