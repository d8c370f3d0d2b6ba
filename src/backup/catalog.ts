import type pg from 'pg'

/** A table as the catalog describes it. */
export type CatalogTable = {
  schema: string
  name: string
  /** The column that says whose a row is; null for a table of the installation. `company` is its own. */
  companyColumn: string | null
  /** The columns that a backup takes, in order: not the company's, which the place in the backup says, and not what is computed. */
  columns: string[]
  /** By which rows are put in order, with a collation that is the same everywhere. */
  order: string[]
  /** Columns that count by themselves. */
  counted: string[]
}

/** The schemas that hold what people entered. The catalog of every other one is PostgreSQL's own. */
export const ownSchemas = ['public', 'auth'] as const

/** What no backup holds: it is written by the migrations themselves, which a restore runs. */
const writtenByMigrations = new Set(['public.migration'])

/**
 * Tables of a company that stay out of a backup of that company alone, since it may be handed to somebody else: who works there, how they
 * sign in, the keys under which other programs call or are called, and the letters that wait to be sent. A backup of the installation has them.
 */
export const peopleAndSecrets: ReadonlySet<string> = new Set([
  'public.mail_outbox',
  'public.webhook_endpoint',
  'public.webhook_delivery',
  'public.webhook_attempt',
])

const query = `
  select n.nspname as schema, c.relname as name,
      case when n.nspname = 'public' then (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attname = case when c.relname = 'company' then 'id' else 'company_id' end) end as "companyColumn",
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select format('%I', a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
        from pg_index i cross join lateral unnest(i.indkey) with ordinality as k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary order by k.place) as "order",
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) is not null) as counted,
      array(select distinct k.confrelid::text from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as "pointsTo",
      c.oid::text as oid
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition
    order by n.nspname, c.relname collate "C"`

type Row = CatalogTable & { oid: string; pointsTo: string[] }

/** Every table that a backup holds, each after those that its foreign keys point to, as far as there is such an order. */
export async function backupTables(client: pg.ClientBase): Promise<CatalogTable[]> {
  const { rows } = await client.query<Row>(query, [ownSchemas])
  const open = rows.filter((row) => !writtenByMigrations.has(qualified(row)))
  const there = new Set<string>()
  const sorted: Row[] = []
  while (open.length > 0) {
    const isReady = (row: Row): boolean =>
      row.pointsTo.every((oid) => there.has(oid) || !open.some((o) => o.oid === oid))
    // Tables that point to each other in a circle have no order; the first of them goes first.
    const [next] = open.splice(Math.max(0, open.findIndex(isReady)), 1)
    if (next === undefined) break
    there.add(next.oid)
    sorted.push(next)
  }
  return sorted.map(({ oid: _oid, pointsTo: _pointsTo, ...table }) => ({
    ...table,
    columns: table.columns.filter((column) => column !== table.companyColumn),
  }))
}

/** Tables of companies, without what does not belong into other hands where only one company is taken. */
export const companyTables = (tables: readonly CatalogTable[], kind: 'installation' | 'company'): CatalogTable[] =>
  tables.filter(
    (table) => table.companyColumn !== null && (kind === 'installation' || !peopleAndSecrets.has(qualified(table))),
  )

export const installationTables = (tables: readonly CatalogTable[]): CatalogTable[] =>
  tables.filter((table) => table.companyColumn === null)

export const qualified = ({ schema, name }: Pick<CatalogTable, 'schema' | 'name'>): string => `${schema}.${name}`

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const quotedTable = ({ schema, name }: Pick<CatalogTable, 'schema' | 'name'>): string =>
  `${quoted(schema)}.${quoted(name)}`

/** The statement that writes a table's rows of one company, or all of them, always in the same order and form. */
export function copyOut(table: CatalogTable, columns: readonly string[], companyId: string | null): string {
  const rows = companyId === null ? '' : ` where ${quoted(table.companyColumn ?? '')} = ${BigInt(companyId)}`
  const order = table.order.length === 0 ? '' : ` order by ${table.order.join(', ')}`
  return `copy (select ${columns.map(quoted).join(', ')} from ${quotedTable(table)}${rows}${order}) to stdout`
}
