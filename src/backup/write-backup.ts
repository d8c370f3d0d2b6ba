import { existsSync } from 'node:fs'
import type pg from 'pg'
import { type Database, inCompanyAsOwner } from '../kernel/database.ts'
import { appliedMigrations } from '../kernel/migrate.ts'
import { Refusal } from '../kernel/refusal.ts'
import { utcMoment } from '../kernel/utc-moment.ts'
import { version } from '../kernel/version.ts'
import { sealEntries } from '../ledger/seal.ts'
import { backupTables, type CatalogTable, companyTables, copyOut, installationTables } from './catalog.ts'
import { proveCompany, workFor } from './company-proof.ts'
import { ContainerWriter } from './container.ts'
import { type CompanyEntry, FORMAT_VERSION, folderOf, type Header, type TableEntry } from './manifest.ts'
import { copyInParts } from './table-stream.ts'

export type BackupOptions = {
  /** One company alone, without people and secrets; otherwise the whole installation. */
  companyId?: bigint
  log?: (line: string) => void
}

export type BackupResult = {
  file: string
  kind: Header['kind']
  bytes: number
  sha256: string
  rows: number
  companies: CompanyEntry[]
}

/**
 * Writes everything, or one company, into one file: every table of the catalog by COPY, at one moment of the books. Nobody waits for it. Seals
 * first, so that what has been posted is under the chain. The file appears when it is whole. Refuses `backup_exists`.
 */
export async function writeBackup(
  database: Database,
  path: string,
  options: BackupOptions = {},
): Promise<BackupResult> {
  if (existsSync(path)) throw new Refusal('backup_exists', { file: path })
  await sealFirst(database, options.companyId)
  const client = await database.owner.connect()
  const file = await ContainerWriter.create(path).catch((error: Error) => {
    client.release()
    throw error
  })
  try {
    await client.query('begin isolation level repeatable read read only')
    const written = await new BackupWriter(client, file, options).perform()
    await client.query('commit')
    const rows = written.tables.reduce((sum, table) => sum + table.rows, 0)
    return { file: path, kind: written.kind, rows, companies: written.companies, ...(await file.finish()) }
  } catch (error) {
    await file.abandon()
    throw error
  } finally {
    // Whatever state the connection is in after a failure, nobody else shall get it.
    client.release(true)
  }
}

async function sealFirst(database: Database, companyId: bigint | undefined): Promise<void> {
  const { rows } = await database.owner.query<{ id: bigint }>('select id from company_list()')
  for (const { id } of rows) {
    if (companyId === undefined || id === companyId) await inCompanyAsOwner(database, id, sealEntries)
  }
}

class BackupWriter {
  private readonly client: pg.ClientBase
  private readonly file: ContainerWriter
  private readonly options: BackupOptions
  private readonly tables: TableEntry[] = []
  private readonly companies: CompanyEntry[] = []

  constructor(client: pg.ClientBase, file: ContainerWriter, options: BackupOptions) {
    this.client = client
    this.file = file
    this.options = options
  }

  async perform(): Promise<{ kind: Header['kind']; tables: TableEntry[]; companies: CompanyEntry[] }> {
    const { companyId, log = () => {} } = this.options
    const kind = companyId === undefined ? 'installation' : 'company'
    await this.file.json('header.json', await this.header(kind))
    const catalog = await backupTables(this.client)
    if (kind === 'installation') {
      // A policy that would hide rows of the installation from its owner is an error, and never an incomplete backup.
      await this.client.query('set local row_security = off')
      for (const table of installationTables(catalog)) await this.table(table, null)
      await this.client.query('set local row_security = on')
    }
    for (const { id, name } of await this.wanted(companyId)) {
      log(`Company ${id}`)
      await workFor(this.client, id)
      for (const table of companyTables(catalog, kind)) await this.table(table, id)
      const { broken, ...proof } = await proveCompany(this.client, id)
      if (broken !== '')
        log(`The chain of company ${id} is broken: ${broken}. Run: countinghouse check --company ${id}`)
      this.companies.push({ id, name, ...proof, intact: broken === '' })
    }
    await this.file.json('manifest.json', { companies: this.companies, tables: this.tables })
    return { kind, tables: this.tables, companies: this.companies }
  }

  private async header(kind: Header['kind']): Promise<Header> {
    const { rows } = await this.client.query<{ database: string; takenAt: string }>(
      `select 'PostgreSQL ' || current_setting('server_version') as database,
          ${utcMoment('now()')} as "takenAt"`,
    )
    const { database = '', takenAt = '' } = rows[0] ?? {}
    const migrations = await appliedMigrations(this.client)
    const format = 'countinghouse-backup' as const
    return { format, formatVersion: FORMAT_VERSION, product: version, kind, takenAt, database, migrations }
  }

  private async wanted(companyId: bigint | undefined): Promise<{ id: string; name: string }[]> {
    const { rows } = await this.client.query<{ id: bigint; name: string }>('select id, name from company_list()')
    const wanted = companyId === undefined ? rows : rows.filter(({ id }) => id === companyId)
    if (companyId !== undefined && wanted.length === 0) throw new Refusal('company_unknown', { company: companyId })
    return wanted.map(({ id, name }) => ({ id: String(id), name }))
  }

  private async table(table: CatalogTable, company: string | null): Promise<void> {
    const about = { company, schema: table.schema, table: table.name, columns: table.columns }
    let parts = 0
    const sum = await copyInParts(this.client, copyOut(table, table.columns, company), async (part) => {
      parts += 1
      await this.file.part(folderOf(about), parts, part)
    })
    this.tables.push({ ...about, ...sum })
  }
}
