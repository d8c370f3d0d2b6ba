import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type Asked, type List, readPage } from './list.ts'

type Row = { id: bigint; code: string; name: string; items: number }

export type ItemGroupSummary = Omit<Row, 'id'> & { id: string }

/** Item groups by code, with how many items each has. */
export const itemGroupList = {
  columns: `g.id, g.code, g.name,
      (select count(*)::int from item i where i.company_id = g.company_id and i.item_group_id = g.id) as items`,
  tables: 'item_group g',
  where: 'g.company_id = $1',
  filters: {
    code: { kind: 'text', description: 'Of this code.', sql: (at) => `g.code = ${at}` },
    like: {
      kind: 'text',
      description: 'Whose code or name has these letters.',
      sql: (at) => `position(lower(${at}) in lower(g.code || ' ' || g.name)) > 0`,
    },
  },
  orders: { code: { direction: 'asc', columns: [{ sql: 'g.code', type: 'text', field: 'code' }] } },
} as const satisfies List<Row>

const summaryOf = ({ id, ...row }: Row): ItemGroupSummary => ({ id: String(id), ...row })

export async function itemGroupPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, itemGroupList, asked)
  return { rows: rows.map(summaryOf), next }
}

/** Item groups by id, those that there are. */
export async function itemGroupsById(tx: Tx, ids: readonly string[]): Promise<Map<string, ItemGroupSummary>> {
  const rows = await tx.query<Row>(
    `select ${itemGroupList.columns} from unnest($2::bigint[]) as wanted (id)
       join ${itemGroupList.tables} on ${itemGroupList.where} and g.id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), summaryOf(row)]))
}
