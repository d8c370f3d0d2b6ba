import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'

/**
 * The columns of audited rows that name something else by its id, with the table and what people call that. Accounts are told by code and name
 * beside these.
 */
const named = {
  item_id: { table: 'item', name: "o.code || ' ' || o.name" },
  item_group_id: { table: 'item_group', name: "o.code || ' ' || o.name" },
  tax_code_id: { table: 'tax_code', name: "o.code || ' ' || o.name" },
  channel_id: { table: 'channel', name: 'o.name' },
  party_id: { table: 'party', name: "o.number || ' ' || o.name" },
  parent_id: { table: 'account_group', name: "o.code || ' ' || o.name" },
  template_id: { table: 'journal_template', name: 'o.title' },
  budget_id: { table: 'budget', name: 'o.name' },
} as const

const ofCompany = Object.entries(named).map(
  ([of, { table, name }]) =>
    `select w.of, w.id, ${name} as name from wanted w join ${table} o on w.of = '${of}' and o.company_id = $1 and o.id = w.id`,
)
const ofPeople = `select w.of, w.id, o.name from wanted w join auth."user" o on w.of = 'user_id' and o.id = w.id`
const namesOfWanted = `with wanted as (select of, id from unnest($2::text[], $3::bigint[]) as w (of, id))
  ${[...ofCompany, ofPeople].join(' union all ')}`

type Row = Record<string, unknown> | null
type Named = { of: string; id: string }

/**
 * What rows of the audit log name by their ids, as people call it today: keys are column and id, 'item_id 7'. What is gone since has no name. One
 * statement, however many.
 */
export async function auditedNames(tx: Tx, rows: readonly Row[]): Promise<Map<string, string>> {
  const wanted = new Map(rows.flatMap((row) => idsIn(row).map((one) => [keyOf(one), one])))
  if (wanted.size === 0) return new Map()
  const all = [...wanted.values()]
  const values = [tx.companyId, column(all, ({ of }) => of), column(all, ({ id }) => id)]
  const found = await tx.query<{ of: string; id: bigint; name: string }>(namesOfWanted, values)
  return new Map(found.map(({ of, id, name }) => [keyOf({ of, id: String(id) }), name]))
}

const keyOf = ({ of, id }: Named): string => `${of} ${id}`

/** The keys of what a row names. */
export const namedIn = (row: Row): string[] => idsIn(row).map(keyOf)

const idsIn = (row: Row): Named[] =>
  [...Object.keys(named), 'user_id'].flatMap((of) => {
    const id = String(row?.[of] ?? '')
    return /^[1-9][0-9]{0,17}$/.test(id) ? [{ of, id }] : []
  })
