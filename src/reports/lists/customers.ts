import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type Asked, type List, readPage } from './list.ts'

type Row = { id: bigint; number: string; name: string; country: string | null; paymentDays: number }

export type CustomerSummary = Omit<Row, 'id'> & { id: string }

/** Customers by number. */
export const customerList = {
  columns: 'p.id, p.number, p.name, p.country, p.payment_days as "paymentDays"',
  tables: 'party p',
  where: `p.company_id = $1 and p.kind = 'customer'`,
  filters: {
    number: { kind: 'text', description: 'Of this number.', sql: (at) => `p.number = ${at}` },
    country: { kind: 'text', description: 'In this country, two letters.', sql: (at) => `p.country = ${at}` },
    like: {
      kind: 'text',
      description: 'Whose number or name is like this: the 200 that fit best.',
      sql: (at) => `p.id in (select id from search_company(${at}, array['customer'], 200))`,
    },
    open: {
      kind: 'choice',
      choices: ['true'],
      description: 'Who owe something, or are owed.',
      sql: () =>
        `exists (select from open_item i where i.company_id = $1 and i.party_id = p.id and i.applied_minor <> i.amount_minor)`,
    },
  },
  orders: { number: { direction: 'asc', columns: [{ sql: 'p.number', type: 'text', field: 'number' }] } },
} as const satisfies List<Row>

const summaryOf = ({ id, ...row }: Row): CustomerSummary => ({ id: String(id), ...row })

export async function customerPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, customerList, asked)
  return { rows: rows.map(summaryOf), next }
}

/** Customers by id, those that there are. */
export async function customersById(tx: Tx, ids: readonly string[]): Promise<Map<string, CustomerSummary>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Row>(
    `select ${customerList.columns} from unnest($2::bigint[]) as wanted (id)
       join party p on ${customerList.where} and p.id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), summaryOf(row)]))
}
