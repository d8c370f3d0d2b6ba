import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { idText } from '../report.ts'
import { type Asked, type List, minorOf, readPage } from './list.ts'

type Row = {
  id: bigint
  kind: 'capture' | 'refund'
  source: string
  reference: string
  method: string
  partyId: bigint | null
  customerNumber: string | null
  documentId: bigint | null
  order: string | null
  paidOn: string
  currency: string
  amountMinor: bigint
  refundedMinor: bigint
  refundsId: bigint | null
}

/** Money that came in (capture) or went back (refund); always positive. */
export type PaymentSummary = Omit<
  Row,
  'id' | 'partyId' | 'documentId' | 'currency' | 'amountMinor' | 'refundedMinor' | 'refundsId'
> & {
  id: string
  customer: string | null
  document: string | null
  amount: MoneyJson
  /** How much of a capture has gone back. */
  refunded: MoneyJson
  /** The capture that a refund pays back. */
  refunds: string | null
}

/** Payments by day, the latest first. */
export const paymentList = {
  columns: `y.id, y.kind, y.source, y.reference, y.method, y.party_id as "partyId", p.number as "customerNumber",
      y.document_id as "documentId", y.order_reference as "order", y.paid_on as "paidOn", y.currency, y.amount_minor as "amountMinor",
      y.refunded_minor as "refundedMinor", y.refunds_payment_id as "refundsId"`,
  tables: 'payment y left join party p on p.company_id = y.company_id and p.id = y.party_id',
  where: 'y.company_id = $1',
  filters: {
    kind: {
      kind: 'choice',
      choices: ['capture', 'refund'],
      description: 'Only this kind.',
      sql: (kind) => `y.kind = '${kind}'`,
    },
    from: { kind: 'day', description: 'Paid on this day or later.', sql: (at) => `y.paid_on >= ${at}::date` },
    to: { kind: 'day', description: 'Paid on this day or earlier.', sql: (at) => `y.paid_on <= ${at}::date` },
    source: { kind: 'text', description: 'Of this source.', sql: (at) => `y.source = ${at}` },
    method: { kind: 'text', description: 'Paid by this method.', sql: (at) => `y.method = ${at}` },
    atLeast: {
      kind: 'amount',
      description: 'Of so much or more, in its currency.',
      sql: (at) => `y.amount_minor >= ${minorOf(at, 'y.currency')}`,
    },
    atMost: {
      kind: 'amount',
      description: 'Of so much or less.',
      sql: (at) => `y.amount_minor <= ${minorOf(at, 'y.currency')}`,
    },
    reference: {
      kind: 'text',
      description: 'Of this reference, whatever its source.',
      sql: (at) => `y.reference = ${at}`,
    },
    order: {
      kind: 'text',
      description: 'For the order with this reference.',
      sql: (at) => `y.order_reference = ${at}`,
    },
    document: { kind: 'id', description: 'For this document.', sql: (at) => `y.document_id = ${at}::bigint` },
    refunds: {
      kind: 'id',
      description: 'The refunds of this payment.',
      sql: (at) => `y.refunds_payment_id = ${at}::bigint`,
    },
    customer: {
      kind: 'text',
      description: 'Of the customer with this number.',
      sql: (at) =>
        `y.party_id = (select c.id from party c where c.company_id = $1 and c.kind = 'customer' and c.number = ${at})`,
    },
  },
  orders: {
    '-paidOn': {
      direction: 'desc',
      columns: [
        { sql: 'y.paid_on', type: 'date', field: 'paidOn' },
        { sql: 'y.id', type: 'bigint', field: 'id' },
      ],
    },
    paidOn: {
      direction: 'asc',
      columns: [
        { sql: 'y.paid_on', type: 'date', field: 'paidOn' },
        { sql: 'y.id', type: 'bigint', field: 'id' },
      ],
    },
  },
} as const satisfies List<Row>

export async function paymentPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, paymentList, asked)
  return { rows: rows.map(summaryOf), next }
}

/** Payments by id, those that there are. */
export async function paymentsById(tx: Tx, ids: readonly string[]): Promise<Map<string, PaymentSummary>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Row>(
    `select ${paymentList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${paymentList.tables}) on y.company_id = $1 and y.id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), summaryOf(row)]))
}

/** The payments of documents, by the documents' ids. */
export async function paymentsOfDocuments(tx: Tx, ids: readonly string[]): Promise<Map<string, PaymentSummary[]>> {
  const rows = await tx.query<Row>(
    `select ${paymentList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${paymentList.tables}) on y.company_id = $1 and y.document_id = wanted.id
       order by y.paid_on, y.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return Map.groupBy(rows.map(summaryOf), ({ document }) => document ?? '')
}

function summaryOf(row: Row): PaymentSummary {
  const { id, partyId, documentId, currency, amountMinor, refundedMinor, refundsId, ...rest } = row
  return {
    id: String(id),
    ...rest,
    customer: idText(partyId),
    document: idText(documentId),
    amount: moneyJson(amountMinor, currency),
    refunded: moneyJson(refundedMinor, currency),
    refunds: idText(refundsId),
  }
}
