import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { type Asked, type List, minorOf, readPage } from './list.ts'

type Row = {
  id: bigint
  partyId: bigint
  partyNumber: string
  partyName: string
  documentNumber: string | null
  sourceKind: string
  sourceId: string
  openedOn: string
  dueOn: string
  currency: string
  amountMinor: bigint
  openMinor: bigint
}

type Open = {
  id: string
  /** The number of the document that opened it; null where none did. */
  documentNumber: string | null
  source: { kind: string; id: string }
  openedOn: string
  dueOn: string
  amount: MoneyJson
  /** What of it is not settled. */
  open: MoneyJson
}

/** What a customer owes, or is owed (negative), because of one document, payment or journal line. */
export type OpenItemSummary = Open & { customer: string; customerNumber: string; customerName: string }
/** What we owe a supplier, or are owed (negative). */
export type PayableItemSummary = Open & { supplier: string; supplierNumber: string; supplierName: string }

/** What stands in the books as a credit is shown as what we owe. */
const signs = { receivable: '', payable: '-' } as const
const parties = { receivable: 'customer', payable: 'supplier' } as const
type Ledger = keyof typeof signs

const orderOf = (direction: 'asc' | 'desc') =>
  ({
    direction,
    columns: [
      { sql: 'o.due_on', type: 'date', field: 'dueOn' },
      { sql: 'o.id', type: 'bigint', field: 'id' },
    ],
  }) as const

/** What is not settled yet, by the day on which it is due. */
const listOf = (ledger: Ledger) => {
  const open = `${signs[ledger]}(o.amount_minor - o.applied_minor)`
  const party = parties[ledger]
  return {
    columns: `o.id, o.party_id as "partyId", p.number as "partyNumber", p.name as "partyName", o.source_kind as "sourceKind",
      coalesce(d.number, o.document_number) as "documentNumber", o.source_id as "sourceId",
      o.opened_on as "openedOn", o.due_on as "dueOn", o.currency, ${signs[ledger]}o.amount_minor as "amountMinor",
      ${open} as "openMinor"`,
    tables: `open_item o join party p on p.company_id = o.company_id and p.id = o.party_id
      left join sales_document d on d.company_id = o.company_id and d.id = o.document_id`,
    where: `o.company_id = $1 and o.ledger = '${ledger}' and o.applied_minor <> o.amount_minor`,
    counted: 'open_item o',
    filters: {
      [party]: {
        kind: 'text',
        description: `Of the ${party} with this number.`,
        sql: (at: string) =>
          `o.party_id = (select c.id from party c where c.company_id = $1 and c.kind = '${party}' and c.number = ${at})`,
      },
      atLeast: {
        kind: 'amount',
        description: 'Of which so much or more is open, in its currency; what is owed the other way is negative.',
        sql: (at: string) => `${open} >= ${minorOf(at, 'o.currency')}`,
      },
      atMost: {
        kind: 'amount',
        description: 'Of which so much or less is open.',
        sql: (at: string) => `${open} <= ${minorOf(at, 'o.currency')}`,
      },
      dueBefore: { kind: 'day', description: 'Due before this day.', sql: (at: string) => `o.due_on < ${at}::date` },
    },
    orders: { dueOn: orderOf('asc'), '-dueOn': orderOf('desc') },
  } as const satisfies List<Row>
}

export const openItemList = listOf('receivable')
export const payableItemList = listOf('payable')

export async function openItemPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, openItemList, asked)
  return { rows: rows.map(receivable), next }
}

export async function payableItemPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, payableItemList, asked)
  return { rows: rows.map(payable), next }
}

/** Items by id, those that there are, also where they are settled. */
export async function openItemsById(tx: Tx, ids: readonly string[]): Promise<Map<string, OpenItemSummary>> {
  const rows = await tx.query<Row>(
    `select ${openItemList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${openItemList.tables}) on o.company_id = $1 and o.id = wanted.id and o.ledger = 'receivable'`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), receivable(row)]))
}

const receivable = (row: Row): OpenItemSummary => ({
  ...openOf(row),
  customer: String(row.partyId),
  customerNumber: row.partyNumber,
  customerName: row.partyName,
})

const payable = (row: Row): PayableItemSummary => ({
  ...openOf(row),
  supplier: String(row.partyId),
  supplierNumber: row.partyNumber,
  supplierName: row.partyName,
})

const openOf = (row: Row): Open => ({
  id: String(row.id),
  documentNumber: row.documentNumber,
  source: { kind: row.sourceKind, id: row.sourceId },
  openedOn: row.openedOn,
  dueOn: row.dueOn,
  amount: moneyJson(row.amountMinor, row.currency),
  open: moneyJson(row.openMinor, row.currency),
})
