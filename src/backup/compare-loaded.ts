import type pg from 'pg'
import { copyOut, quoted, quotedTable } from './catalog.ts'
import { proveCompany, workFor } from './company-proof.ts'
import { damaged } from './container.ts'
import type { Loaded, Target } from './load-tables.ts'
import type { CompanyEntry } from './manifest.ts'
import { copyInParts } from './table-stream.ts'

/** Reads back what was loaded: as many rows, and the same bytes, as the backup says. Refuses `backup_damaged`. */
export async function compareTables(client: pg.ClientBase, loaded: readonly Loaded[]): Promise<void> {
  for (const { entry, table, companyId } of loaded) {
    if (companyId !== null) await workFor(client, companyId)
    const sum = await copyInParts(client, copyOut(table, entry.columns, companyId), async () => {})
    if (sum.rows !== entry.rows) throw damaged(`${entry.table} has ${sum.rows} rows after loading, not ${entry.rows}`)
    if (sum.sha256 !== entry.sha256) throw damaged(`${entry.table} reads otherwise after loading`)
  }
}

/** Compares trial balance and chain with what they were when the backup was taken. Refuses `backup_damaged`. */
export async function compareBooks(client: pg.ClientBase, company: CompanyEntry, { to }: Target): Promise<void> {
  const proof = await proveCompany(client, to)
  if (proof.trialBalance !== company.trialBalance)
    throw damaged(
      `the trial balance of ${company.name} has the hash ${proof.trialBalance}, not ${company.trialBalance}`,
    )
  if (proof.head !== company.head || proof.seals !== company.seals)
    throw damaged(`the chain of ${company.name} ends with ${proof.head}, not ${company.head}`)
  if (company.intact && proof.broken !== '') throw damaged(`the chain of ${company.name} is broken: ${proof.broken}`)
}

type ForeignKey = { name: string; child: string; parent: string; mine: string[]; theirs: string[] }

/** Sleeping triggers looked at no foreign key. Refuses `backup_damaged` for a row that points to nothing. */
export async function compareForeignKeys(client: pg.ClientBase, loaded: readonly Loaded[]): Promise<void> {
  const keys = await foreignKeys(client, loaded)
  const companies = new Map(loaded.map(({ table, companyId }) => [companyId, table.companyColumn]))
  for (const companyId of companies.keys()) {
    if (companyId !== null) await workFor(client, companyId)
    const own = loaded.filter((one) => one.companyId === companyId)
    for (const { table } of own) {
      const of = keys.filter(({ child }) => child === `${table.schema}.${table.name}`)
      for (const key of of)
        await pointsSomewhere(client, key, companyId === null ? null : [table.companyColumn ?? '', companyId])
    }
  }
}

async function foreignKeys(client: pg.ClientBase, loaded: readonly Loaded[]): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select k.conname as name, n.nspname || '.' || c.relname as child, format('%I.%I', pn.nspname, p.relname) as parent,
        array(select a.attname::text from unnest(k.conkey) with ordinality u (no, place) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.no order by place) as mine,
        array(select a.attname::text from unnest(k.confkey) with ordinality u (no, place) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.no order by place) as theirs
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
         join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace
       where k.contype = 'f' and k.conrelid = any ($1::regclass[])`,
    [loaded.map(({ table }) => quotedTable(table))],
  )
  return rows
}

async function pointsSomewhere(
  client: pg.ClientBase,
  { name, child, parent, mine, theirs }: ForeignKey,
  of: [column: string, company: string] | null,
): Promise<void> {
  const set = mine.map((column) => `c.${quoted(column)} is not null`).join(' and ')
  const same = mine.map((column, index) => `p.${quoted(theirs[index] ?? '')} = c.${quoted(column)}`).join(' and ')
  const where = of === null ? '' : ` and c.${quoted(of[0])} = ${BigInt(of[1])}`
  const table = child.split('.').map(quoted).join('.')
  const { rows } = await client.query(
    `select from ${table} c where ${set}${where} and not exists (select from ${parent} p where ${same}) limit 1`,
  )
  if (rows.length > 0) throw damaged(`a row of ${child} points to nothing by ${name}`)
}
