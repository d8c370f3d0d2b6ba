import { z } from 'zod'

const id = z.string().regex(/^[1-9][0-9]*$/)
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** What stands first in a backup: what it is, and of which schema. */
export const Header = z.object({
  format: z.literal('countinghouse-backup'),
  formatVersion: z.number().int(),
  product: z.string(),
  kind: z.enum(['installation', 'company']),
  takenAt: z.string(),
  database: z.string(),
  migrations: z.array(z.string()),
})
export type Header = z.infer<typeof Header>

/** One table of one company, or of the installation where `company` is null; the hash is over its rows as COPY writes them. */
export const TableEntry = z.object({
  company: id.nullable(),
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  sha256: hash,
})
export type TableEntry = z.infer<typeof TableEntry>

/** What a company's books came to when the backup was taken. `intact` says whether the chain could be recomputed then. */
export const CompanyEntry = z.object({
  id,
  name: z.string(),
  trialBalance: hash,
  seals: z.number().int().nonnegative(),
  head: hash.or(z.literal('')),
  intact: z.boolean(),
})
export type CompanyEntry = z.infer<typeof CompanyEntry>

/** What stands last in a backup, once everything is known. */
export const Manifest = z.object({ companies: z.array(CompanyEntry), tables: z.array(TableEntry) })
export type Manifest = z.infer<typeof Manifest>

/** The version of the container; another one is not read. */
export const FORMAT_VERSION = 1

/** Where a table's rows stand in the container. */
export const folderOf = ({ company, schema, table }: Pick<TableEntry, 'company' | 'schema' | 'table'>): string =>
  `${company === null ? 'installation' : `companies/${company}`}/${schema}.${table}`
