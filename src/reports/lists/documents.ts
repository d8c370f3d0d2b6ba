import type { BankDetails } from '../../kernel/bank-details.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type DocumentKind, documentKinds } from '../../kernel/document-kinds.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { payToOf } from '../pay-to.ts'
import { idText } from '../report.ts'
import { type Asked, type List, minorOf, readPage } from './list.ts'

type Row = {
  id: bigint
  source: string
  number: string
  kind: DocumentKind
  issuedOn: string
  dueOn: string | null
  partyId: bigint | null
  customerNumber: string | null
  country: string | null
  settlement: 'on_account' | 'paid' | 'none'
  prices: 'net' | 'gross'
  currency: string
  netMinor: bigint
  taxMinor: bigint
  orderedMinor: bigint | null
  openMinor: bigint | null
  earlyPercent: string | null
  earlyUntil: string | null
  earlyEndedOn: string | null
  order: string | null
  creditsId: bigint | null
}

export type DocumentLine = {
  lineNo: number
  item: string | null
  code: string
  description: string
  quantity: string
  unitPrice: string
  net: MoneyJson
  role: string | null
  taxCode: string | null
  creditedQuantity: string
}

export type DocumentTax = { taxCode: string; base: MoneyJson; tax: MoneyJson }

/** A sales document. Amounts are signed: a credit note is negative. */
export type DocumentSummary = Omit<
  Row,
  | 'id'
  | 'partyId'
  | 'currency'
  | 'netMinor'
  | 'taxMinor'
  | 'orderedMinor'
  | 'openMinor'
  | 'earlyPercent'
  | 'earlyUntil'
  | 'earlyEndedOn'
  | 'creditsId'
> & {
  id: string
  customer: string | null
  net: MoneyJson
  tax: MoneyJson
  gross: MoneyJson
  /** What the lines of an order come to; null for every other kind, which books what it is worth. */
  ordered: MoneyJson | null
  /** What of it is not settled; null where it opened nothing. */
  open: MoneyJson | null
  /** What of its gross may be kept by paying until a day, the one before it was ended. */
  earlyPayment: { percent: string; until: string; endedOn: string | null } | null
  /** The invoice that it credits. */
  credits: string | null
}

const joined = `
      left join party p on p.company_id = d.company_id and p.id = d.party_id
      left join lateral (select i.amount_minor - i.applied_minor as open_minor from open_item i
        where i.company_id = d.company_id and i.source_kind = 'sales_document' and i.source_id = d.id::text limit 1) o on true
      left join early_payment_term e on e.company_id = d.company_id and e.document_id = d.id
      left join early_payment_ending x on x.company_id = d.company_id and x.document_id = e.document_id`

const ofOpenItems = 'open_item w join sales_document d on d.company_id = $1 and d.id = w.document_id'

/** Documents by day of issue, the latest first. */
export const documentList = {
  columns: `d.id, d.source, d.number, d.kind, d.issued_on as "issuedOn", d.due_on as "dueOn", d.party_id as "partyId",
      p.number as "customerNumber", d.country, d.settlement, d.prices, d.currency, d.net_minor as "netMinor", d.tax_minor as "taxMinor",
      case when d.kind = 'order' then (select coalesce(sum(n.net_minor), 0)::bigint from sales_document_line n
        where n.company_id = d.company_id and n.document_id = d.id) end as "orderedMinor",
      o.open_minor as "openMinor", e.percent::text as "earlyPercent", least(e.until, x.ends_on - 1) as "earlyUntil", x.ends_on as "earlyEndedOn", d.order_reference as "order", d.credits_document_id as "creditsId"`,
  tables: `sales_document d ${joined}`,
  where: 'd.company_id = $1',
  counted: 'sales_document d',
  driven: {
    by: ['open', 'dueBefore'],
    tables: `${ofOpenItems} ${joined}`,
    counted: ofOpenItems,
    where: 'w.company_id = $1 and w.document_id is not null and w.applied_minor <> w.amount_minor',
    columns: { 'd.issued_on': 'w.issued_on', 'd.id': 'w.document_id' },
  },
  filters: {
    kind: {
      kind: 'choice',
      choices: documentKinds,
      description: 'Only this kind.',
      sql: (kind) => `d.kind = '${kind}'`,
    },
    from: { kind: 'day', description: 'Issued on this day or later.', sql: (at) => `d.issued_on >= ${at}::date` },
    to: { kind: 'day', description: 'Issued on this day or earlier.', sql: (at) => `d.issued_on <= ${at}::date` },
    number: { kind: 'text', description: 'Of this number.', sql: (at) => `d.number = ${at}` },
    order: { kind: 'text', description: 'Of the order with this reference.', sql: (at) => `d.order_reference = ${at}` },
    customer: {
      kind: 'text',
      description: 'Of the customer with this number.',
      sql: (at) =>
        `d.party_id = (select c.id from party c where c.company_id = $1 and c.kind = 'customer' and c.number = ${at})`,
    },
    source: { kind: 'text', description: 'Of this source.', sql: (at) => `d.source = ${at}` },
    country: {
      kind: 'text',
      description: 'That went to this country, two letters.',
      sql: (at) => `d.country = ${at}`,
    },
    channel: {
      kind: 'text',
      description: 'Of the channel with this code.',
      sql: (at) => `d.channel_id = (select h.id from channel h where h.company_id = $1 and h.code = ${at})`,
    },
    item: {
      kind: 'text',
      description: 'With a line of the item with this code.',
      sql: (at) => `d.id in (select n.document_id from sales_document_line n where n.company_id = $1
        and n.item_id = (select t.id from item t where t.company_id = $1 and t.code = ${at}))`,
    },
    itemGroup: {
      kind: 'text',
      description: 'With a line of an item of the group with this code.',
      sql: (at) => `exists (select from sales_document_line n join item t on t.company_id = $1 and t.id = n.item_id
        join item_group g on g.company_id = $1 and g.id = t.item_group_id
        where n.company_id = $1 and n.document_id = d.id and g.code = ${at})`,
    },
    taxCode: {
      kind: 'text',
      description: 'With tax of this code.',
      sql: (at) => `exists (select from sales_document_tax x where x.company_id = $1 and x.document_id = d.id
        and x.tax_code_id = (select t.id from tax_code t where t.company_id = $1 and t.code = ${at}))`,
    },
    without: {
      kind: 'choice',
      choices: ['customer', 'channel', 'country'],
      description: 'That name none of these.',
      sql: (name) => `d.${{ customer: 'party_id', channel: 'channel_id', country: 'country' }[name]} is null`,
    },
    atLeast: {
      kind: 'amount',
      description: 'Of a gross of so much or more, in its currency; a credit note is negative.',
      sql: (at) => `d.net_minor + d.tax_minor >= ${minorOf(at, 'd.currency')}`,
    },
    atMost: {
      kind: 'amount',
      description: 'Of a gross of so much or less.',
      sql: (at) => `d.net_minor + d.tax_minor <= ${minorOf(at, 'd.currency')}`,
    },
    dueBefore: {
      kind: 'day',
      description: 'Not settled yet, and due before this day.',
      sql: (at) => `w.due_on < ${at}::date`,
    },
    import: {
      kind: 'id',
      description: 'Of this import.',
      sql: (at) =>
        `d.import_run_id in (select r.id from import_run r where r.company_id = $1 and r.request_id = ${at}::bigint)`,
    },
    open: {
      kind: 'choice',
      choices: ['true'],
      description: 'Only what is not settled yet.',
      // Only what is not settled is read.
      sql: () => 'true',
    },
  },
  orders: {
    '-issuedOn': {
      direction: 'desc',
      columns: [
        { sql: 'd.issued_on', type: 'date', field: 'issuedOn' },
        { sql: 'd.id', type: 'bigint', field: 'id' },
      ],
    },
    issuedOn: {
      direction: 'asc',
      columns: [
        { sql: 'd.issued_on', type: 'date', field: 'issuedOn' },
        { sql: 'd.id', type: 'bigint', field: 'id' },
      ],
    },
  },
} as const satisfies List<Row>

export async function documentPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, documentList, asked)
  return { rows: rows.map(summaryOf), next }
}

/** Documents by id, those that there are. */
export async function documentsById(tx: Tx, ids: readonly string[]): Promise<Map<string, DocumentSummary>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Row>(
    `select ${documentList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${documentList.tables}) on d.company_id = $1 and d.id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), summaryOf(row)]))
}

// Field by field: copying what is left of a row of twenty columns costs a page of fifty as much as reading it.
const summaryOf = (row: Row): DocumentSummary => ({
  id: String(row.id),
  source: row.source,
  number: row.number,
  kind: row.kind,
  issuedOn: row.issuedOn,
  dueOn: row.dueOn,
  customerNumber: row.customerNumber,
  country: row.country,
  settlement: row.settlement,
  prices: row.prices,
  order: row.order,
  customer: idText(row.partyId),
  net: moneyJson(row.netMinor, row.currency),
  tax: moneyJson(row.taxMinor, row.currency),
  gross: moneyJson(row.netMinor + row.taxMinor, row.currency),
  ordered: row.orderedMinor === null ? null : moneyJson(row.orderedMinor, row.currency),
  open: row.openMinor === null ? null : moneyJson(row.openMinor, row.currency),
  earlyPayment:
    row.earlyPercent === null
      ? null
      : { percent: row.earlyPercent, until: row.earlyUntil as string, endedOn: row.earlyEndedOn },
  credits: idText(row.creditsId),
})

/** The lines of documents, by the documents' ids. */
export async function linesOfDocuments(tx: Tx, ids: readonly string[]): Promise<Map<string, DocumentLine[]>> {
  const rows = await tx.query<Omit<DocumentLine, 'net'> & { documentId: bigint; netMinor: bigint; currency: string }>(
    `select l.document_id as "documentId", l.line_no as "lineNo", i.code as item, l.code, l.description, l.quantity::text,
        l.unit_price::text as "unitPrice", l.net_minor as "netMinor", d.currency, l.role, t.code as "taxCode",
        abs(l.credited_quantity)::text as "creditedQuantity"
      from unnest($2::bigint[]) as wanted (id)
      join sales_document d on d.company_id = $1 and d.id = wanted.id
      join sales_document_line l on l.company_id = $1 and l.document_id = wanted.id
      left join item i on i.company_id = $1 and i.id = l.item_id
      left join tax_code t on t.company_id = $1 and t.id = l.tax_code_id
      order by l.document_id, l.line_no`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return grouped(rows, ({ documentId, netMinor, currency, ...line }) => ({
    ...line,
    net: moneyJson(netMinor, currency),
  }))
}

/** The tax of documents by code, by the documents' ids. */
export async function taxesOfDocuments(tx: Tx, ids: readonly string[]): Promise<Map<string, DocumentTax[]>> {
  const rows = await tx.query<{
    documentId: bigint
    taxCode: string
    baseMinor: bigint
    taxMinor: bigint
    currency: string
  }>(
    `select x.document_id as "documentId", t.code as "taxCode", x.base_minor as "baseMinor", x.tax_minor as "taxMinor", d.currency
      from unnest($2::bigint[]) as wanted (id)
      join sales_document d on d.company_id = $1 and d.id = wanted.id
      join sales_document_tax x on x.company_id = $1 and x.document_id = wanted.id
      join tax_code t on t.company_id = $1 and t.id = x.tax_code_id
      order by x.document_id, t.code`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return grouped(rows, ({ taxCode, baseMinor, taxMinor, currency }) => ({
    taxCode,
    base: moneyJson(baseMinor, currency),
    tax: moneyJson(taxMinor, currency),
  }))
}

/** Where each document is paid, by the documents' ids: of invoices on account that are not settled. */
export async function payToOfDocuments(tx: Tx, ids: readonly string[]): Promise<Map<string, BankDetails[]>> {
  const documents = await documentsById(tx, ids)
  const payTo = await payToOf(tx)
  const owed = [...documents.values()].filter(
    ({ kind, settlement, open }) => kind === 'invoice' && settlement === 'on_account' && open !== null && !isZero(open),
  )
  return new Map(owed.map(({ id, gross }) => [id, payTo(gross.currency)]))
}

const isZero = ({ amount }: MoneyJson): boolean => /^[-0.]*$/.test(amount)

function grouped<Found extends { documentId: bigint }, Part>(rows: readonly Found[], view: (row: Found) => Part) {
  const parts = new Map<string, Part[]>()
  for (const row of rows) {
    const id = String(row.documentId)
    const known = parts.get(id)
    if (known === undefined) parts.set(id, [view(row)])
    else known.push(view(row))
  }
  return parts
}
