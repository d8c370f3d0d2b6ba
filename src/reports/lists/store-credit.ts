import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { idText } from '../report.ts'
import { type Asked, type List, minorOf, readPage } from './list.ts'

type Row = {
  id: bigint
  customerNumber: string
  customerName: string
  lastMovedOn: string | null
  currency: string
  balanceMinor: bigint
}

/** What a customer can pay with beside money. Its id is that of the customer. */
export type StoreCreditSummary = Omit<Row, 'id' | 'currency' | 'balanceMinor'> & { id: string; balance: MoneyJson }

const byBalance = (direction: 'asc' | 'desc') =>
  ({
    direction,
    columns: [
      { sql: 's.balance_minor', type: 'bigint', field: 'balanceMinor' },
      { sql: 's.party_id', type: 'bigint', field: 'id' },
    ],
  }) as const

const customerIs = (column: string) => (at: string) =>
  `${column} = (select c.id from party c where c.company_id = $1 and c.kind = 'customer' and c.number = ${at})`

/** Store credit by customer, the largest first. There is one for each customer, in base currency. */
export const storeCreditList = {
  columns: `s.party_id as "id", p.number as "customerNumber", p.name as "customerName", s.currency, s.balance_minor as "balanceMinor",
      (select max(m.moved_on) from store_credit_movement m where m.company_id = $1 and m.party_id = s.party_id) as "lastMovedOn"`,
  tables: 'store_credit s join party p on p.company_id = s.company_id and p.id = s.party_id',
  counted: 'store_credit s',
  where: 's.company_id = $1',
  filters: {
    customer: { kind: 'text', description: 'Of the customer with this number.', sql: customerIs('s.party_id') },
    balance: {
      kind: 'choice',
      choices: ['some', 'none'],
      description: 'Of which something is left, or nothing.',
      sql: (balance) => (balance === 'some' ? 's.balance_minor > 0' : 's.balance_minor = 0'),
    },
    atLeast: {
      kind: 'amount',
      description: 'Of which so much or more is left.',
      sql: (at) => `s.balance_minor >= ${minorOf(at, 's.currency')}`,
    },
    atMost: {
      kind: 'amount',
      description: 'Of which so much or less is left.',
      sql: (at) => `s.balance_minor <= ${minorOf(at, 's.currency')}`,
    },
  },
  orders: { '-balance': byBalance('desc'), balance: byBalance('asc') },
} as const satisfies List<Row>

export async function storeCreditPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, storeCreditList, asked)
  return { rows: rows.map(creditOf), next }
}

/** The store credit of customers by their ids, of those who have ever had some. */
export async function storeCreditOfCustomers(tx: Tx, ids: readonly string[]): Promise<Map<string, StoreCreditSummary>> {
  const rows = await tx.query<Row>(
    `select ${storeCreditList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${storeCreditList.tables}) on s.company_id = $1 and s.party_id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), creditOf(row)]))
}

const creditOf = ({ id, currency, balanceMinor, ...row }: Row): StoreCreditSummary => ({
  id: String(id),
  ...row,
  balance: moneyJson(balanceMinor, currency),
})

type MovementRow = {
  id: bigint
  customer: bigint
  customerNumber: string
  kind: 'issued' | 'redeemed' | 'cashed'
  movedOn: string
  reference: string
  currency: string
  amountMinor: bigint
  entry: bigint | null
  document: bigint | null
  documentNumber: string | null
}

/** What moved a customer's store credit: issued is positive, the rest negative. */
export type StoreCreditMove = Omit<
  MovementRow,
  'id' | 'customer' | 'currency' | 'amountMinor' | 'entry' | 'document'
> & {
  id: string
  customer: string
  amount: MoneyJson
  entry: string | null
  document: string | null
}

// A fact has an entry of its own; what a journal moved names entry and line.
const entry = `coalesce(
    (select min(e.id) from journal_entry e where e.company_id = $1 and e.source_kind = 'store_credit_' || m.kind and e.source_id = m.reference),
    case when m.document_id is null and m.reference ~ '^entry [0-9]{1,18}/' then split_part(substr(m.reference, 7), '/', 1)::bigint end)`

const byDay = (direction: 'asc' | 'desc') =>
  ({
    direction,
    columns: [
      { sql: 'm.moved_on', type: 'date', field: 'movedOn' },
      { sql: 'm.id', type: 'bigint', field: 'id' },
    ],
  }) as const

/** What moved store credit, the latest first. */
export const storeCreditMovementList = {
  columns: `m.id, m.party_id as "customer", p.number as "customerNumber", m.kind, m.moved_on as "movedOn", m.reference, m.currency,
      m.amount_minor as "amountMinor", ${entry} as "entry", d.id as "document", d.number as "documentNumber"`,
  tables: `store_credit_movement m join party p on p.company_id = m.company_id and p.id = m.party_id
      left join lateral (select d.id, d.number from sales_document d where d.company_id = $1 and d.id = m.document_id limit 1) d on true`,
  counted: 'store_credit_movement m',
  where: 'm.company_id = $1',
  filters: {
    customer: { kind: 'text', description: 'Of the customer with this number.', sql: customerIs('m.party_id') },
    kind: {
      kind: 'choice',
      choices: ['issued', 'redeemed', 'cashed'],
      description: 'Only this kind.',
      sql: (kind) => `m.kind = '${kind}'`,
    },
    from: { kind: 'day', description: 'On this day or later.', sql: (at) => `m.moved_on >= ${at}::date` },
    to: { kind: 'day', description: 'On this day or earlier.', sql: (at) => `m.moved_on <= ${at}::date` },
  },
  orders: { '-movedOn': byDay('desc'), movedOn: byDay('asc') },
} as const satisfies List<MovementRow>

export async function storeCreditMovementPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<MovementRow>(tx, storeCreditMovementList, asked)
  return { rows: rows.map(moveOf), next }
}

const moveOf = ({ id, customer, currency, amountMinor, entry, document, ...row }: MovementRow): StoreCreditMove => ({
  id: String(id),
  customer: String(customer),
  ...row,
  amount: moneyJson(amountMinor, currency),
  entry: idText(entry),
  document: idText(document),
})
