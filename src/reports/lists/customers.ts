import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type Asked, type List, type Page, readPage } from './list.ts'

type Row = { id: bigint; number: string; name: string; country: string | null; paymentDays: number }

export type PartySummary = Omit<Row, 'id'> & { id: string }

/** Customers, or suppliers, by number. */
const listOf = (kind: 'customer' | 'supplier') =>
  ({
    columns: 'p.id, p.number, p.name, p.country, p.payment_days as "paymentDays"',
    tables: 'party p',
    where: `p.company_id = $1 and p.kind = '${kind}'`,
    filters: {
      number: { kind: 'text', description: 'Of this number.', sql: (at: string) => `p.number = ${at}` },
      country: { kind: 'text', description: 'In this country, two letters.', sql: (at: string) => `p.country = ${at}` },
      like: {
        kind: 'text',
        description: 'Whose number or name is like this: the 200 that fit best.',
        sql: (at: string) => `p.id in (select id from search_company(${at}, array['${kind}'], 200))`,
      },
      open: {
        kind: 'choice',
        choices: ['true'],
        description: 'Who owe something, or are owed.',
        // All that is open is read from its index once (a case keeps it apart): going to the items of each would look at those that are settled.
        sql: () =>
          `case when p.id in (select i.party_id from open_item i where i.company_id = $1
            and i.applied_minor <> i.amount_minor group by i.party_id) then true end`,
      },
    },
    orders: { number: { direction: 'asc', columns: [{ sql: 'p.number', type: 'text', field: 'number' }] } },
  }) as const satisfies List<Row>

export const customerList = listOf('customer')
export const supplierList = listOf('supplier')

const summaryOf = ({ id, ...row }: Row): PartySummary => ({ id: String(id), ...row })

const pageOf =
  (list: List<Row>) =>
  async (tx: Tx, asked: Asked): Promise<Page<PartySummary>> => {
    const { rows, next } = await readPage<Row>(tx, list, asked)
    return { rows: rows.map(summaryOf), next }
  }

/** Those with these ids, as far as there are any. */
const byId =
  (list: List<Row>) =>
  async (tx: Tx, ids: readonly string[]): Promise<Map<string, PartySummary>> => {
    if (ids.length === 0) return new Map()
    const rows = await tx.query<Row>(
      `select ${list.columns} from unnest($2::bigint[]) as wanted (id)
         join party p on ${list.where} and p.id = wanted.id`,
      [tx.companyId, column(ids, (id) => id)],
    )
    return new Map(rows.map((row) => [String(row.id), summaryOf(row)]))
  }

export const customerPage = pageOf(customerList)
export const supplierPage = pageOf(supplierList)
export const customersById = byId(customerList)
export const suppliersById = byId(supplierList)
