import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type Asked, type List, readPage } from './list.ts'

type Row = {
  id: bigint
  code: string
  name: string
  kind: 'goods' | 'service'
  itemGroup: string | null
  taxCode: string | null
}

export type ItemSummary = Omit<Row, 'id'> & { id: string }

/** Items by code. */
export const itemList = {
  columns: 'i.id, i.code, i.name, i.kind, g.code as "itemGroup", t.code as "taxCode"',
  tables: `item i left join item_group g on g.company_id = i.company_id and g.id = i.item_group_id
      left join tax_code t on t.company_id = i.company_id and t.id = i.tax_code_id`,
  where: 'i.company_id = $1',
  filters: {
    code: { kind: 'text', description: 'Of this code.', sql: (at) => `i.code = ${at}` },
    kind: {
      kind: 'choice',
      choices: ['goods', 'service'],
      description: 'Only this kind.',
      sql: (kind) => `i.kind = '${kind}'`,
    },
    taxCode: { kind: 'text', description: 'Of this tax code.', sql: (at) => `t.code = ${at}` },
    like: {
      kind: 'text',
      description: 'Whose code or name is like this: the 200 that fit best.',
      sql: (at) => `i.id in (select id from search_company(${at}, array['item'], 200))`,
    },
    itemGroup: { kind: 'text', description: 'Of the item group with this code.', sql: (at) => `g.code = ${at}` },
  },
  orders: { code: { direction: 'asc', columns: [{ sql: 'i.code', type: 'text', field: 'code' }] } },
} as const satisfies List<Row>

const summaryOf = ({ id, ...row }: Row): ItemSummary => ({ id: String(id), ...row })

export async function itemPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, itemList, asked)
  return { rows: rows.map(summaryOf), next }
}

/** Items by id, those that there are. */
export async function itemsById(tx: Tx, ids: readonly string[]): Promise<Map<string, ItemSummary>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Row>(
    `select ${itemList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${itemList.tables}) on ${itemList.where} and i.id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), summaryOf(row)]))
}
