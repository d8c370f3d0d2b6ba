import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { type Asked, type List, minorOf, readPage } from './list.ts'

type Row = {
  id: bigint
  partyId: bigint
  customerNumber: string
  sourceKind: string
  sourceId: string
  openedOn: string
  dueOn: string
  currency: string
  amountMinor: bigint
  openMinor: bigint
}

/** What a customer owes, or is owed (negative), because of one document, payment or journal line. */
export type OpenItemSummary = {
  id: string
  customer: string
  customerNumber: string
  source: { kind: string; id: string }
  openedOn: string
  dueOn: string
  amount: MoneyJson
  /** What of it is not settled. */
  open: MoneyJson
}

/** What is not settled yet, by the day on which it is due. */
export const openItemList = {
  columns: `o.id, o.party_id as "partyId", p.number as "customerNumber", o.source_kind as "sourceKind", o.source_id as "sourceId",
      o.opened_on as "openedOn", o.due_on as "dueOn", o.currency, o.amount_minor as "amountMinor",
      o.amount_minor - o.applied_minor as "openMinor"`,
  tables: 'open_item o join party p on p.company_id = o.company_id and p.id = o.party_id',
  where: `o.company_id = $1 and o.ledger = 'receivable' and o.applied_minor <> o.amount_minor`,
  filters: {
    customer: {
      kind: 'text',
      description: 'Of the customer with this number.',
      sql: (at) =>
        `o.party_id = (select c.id from party c where c.company_id = $1 and c.kind = 'customer' and c.number = ${at})`,
    },
    atLeast: {
      kind: 'amount',
      description: 'Of which so much or more is open, in its currency; what a customer is owed is negative.',
      sql: (at) => `o.amount_minor - o.applied_minor >= ${minorOf(at, 'o.currency')}`,
    },
    atMost: {
      kind: 'amount',
      description: 'Of which so much or less is open.',
      sql: (at) => `o.amount_minor - o.applied_minor <= ${minorOf(at, 'o.currency')}`,
    },
    dueBefore: { kind: 'day', description: 'Due before this day.', sql: (at) => `o.due_on < ${at}::date` },
  },
  orders: {
    dueOn: {
      direction: 'asc',
      columns: [
        { sql: 'o.due_on', type: 'date', field: 'dueOn' },
        { sql: 'o.id', type: 'bigint', field: 'id' },
      ],
    },
  },
} as const satisfies List<Row>

export async function openItemPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, openItemList, asked)
  return { rows: rows.map(summaryOf), next }
}

/** Items by id, those that there are, also where they are settled. */
export async function openItemsById(tx: Tx, ids: readonly string[]): Promise<Map<string, OpenItemSummary>> {
  const rows = await tx.query<Row>(
    `select ${openItemList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${openItemList.tables}) on o.company_id = $1 and o.id = wanted.id and o.ledger = 'receivable'`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), summaryOf(row)]))
}

function summaryOf({
  id,
  partyId,
  sourceKind,
  sourceId,
  currency,
  amountMinor,
  openMinor,
  ...rest
}: Row): OpenItemSummary {
  return {
    id: String(id),
    customer: String(partyId),
    ...rest,
    source: { kind: sourceKind, id: sourceId },
    amount: moneyJson(amountMinor, currency),
    open: moneyJson(openMinor, currency),
  }
}
