import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type CatalogTable, quoted, quotedTable } from './catalog.ts'
import { workFor } from './company-proof.ts'
import { damaged, readContainer } from './container.ts'
import { folderOf, type TableEntry } from './manifest.ts'
import type { Backup } from './read-backup.ts'

/** Where the rows of a company of the backup go: the id that it gets. */
export type Target = { from: string; to: string }

/** What is loaded: companies by the id that they have in the backup, and whether the tables of the installation come too. */
export type Plan = { companies: readonly Target[]; installation: boolean; log: (line: string) => void }

export type Loaded = { entry: TableEntry; table: CatalogTable; companyId: string | null }

/**
 * Loads what the plan names into the tables of the open transaction, whose triggers are asleep, and returns what was loaded, table by table. Each
 * table goes through a temporary one, which no policy binds, so that the owner need not be a superuser.
 */
export async function loadTables(
  client: pg.ClientBase,
  backup: Backup,
  catalog: readonly CatalogTable[],
  plan: Plan,
): Promise<Loaded[]> {
  const wanted = new Map(wantedTables(backup, catalog, plan).map((loaded) => [folderOf(loaded.entry), loaded]))
  let current: { folder: string; load: TableLoad } | undefined
  const end = async (): Promise<void> => {
    await current?.load.finish()
    current = undefined
  }
  for await (const { name, content } of readContainer(backup.path)) {
    const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')))
    const loaded = wanted.get(folder)
    if (current !== undefined && current.folder !== folder) await end()
    if (loaded === undefined) continue
    current ??= { folder, load: await TableLoad.begin(client, loaded, plan.log) }
    await current.load.add(content)
  }
  await end()
  return [...wanted.values()]
}

function wantedTables({ manifest }: Backup, catalog: readonly CatalogTable[], plan: Plan): Loaded[] {
  const byName = new Map(catalog.map((table) => [`${table.schema}.${table.name}`, table]))
  const targets = new Map(plan.companies.map((target) => [target.from, target]))
  return manifest.tables.flatMap((entry) => {
    const target = entry.company === null ? undefined : targets.get(entry.company)
    if (entry.company === null ? !plan.installation : target === undefined) return []
    const table = byName.get(`${entry.schema}.${entry.table}`)
    if (table === undefined) throw damaged(`${entry.schema}.${entry.table} is no table of its schema`)
    const missing = entry.columns.filter((column) => !table.columns.includes(column))
    if (missing.length > 0) throw damaged(`${entry.table} has no column ${missing.join(', ')} in its schema`)
    return [{ entry, table, companyId: target?.to ?? null }]
  })
}

class TableLoad {
  private readonly client: pg.ClientBase
  private readonly loaded: Loaded
  private readonly stream: ReturnType<typeof copyFrom>

  private constructor(client: pg.ClientBase, loaded: Loaded, stream: ReturnType<typeof copyFrom>) {
    this.client = client
    this.loaded = loaded
    this.stream = stream
  }

  static async begin(client: pg.ClientBase, loaded: Loaded, log: (line: string) => void): Promise<TableLoad> {
    const { entry, table, companyId } = loaded
    if (entry.rows > rowsWorthALine) log(`${entry.table}: ${entry.rows} rows`)
    if (companyId !== null) await workFor(client, companyId)
    const columns = entry.columns.map(quoted).join(', ')
    await client.query(
      `create temporary table loading on commit drop as select ${columns} from ${quotedTable(table)} with no data`,
    )
    return new TableLoad(client, loaded, client.query(copyFrom(`copy loading (${columns}) from stdin`)))
  }

  async add(part: Buffer): Promise<void> {
    if (this.stream.errored !== null) throw this.stream.errored
    if (!this.stream.write(part)) await Promise.race([once(this.stream, 'drain'), finished(this.stream)])
  }

  async finish(): Promise<void> {
    this.stream.end()
    await finished(this.stream)
    const { entry, table, companyId } = this.loaded
    const names = entry.columns.map(quoted)
    const values = [...names]
    if (table.companyColumn !== null) {
      names.unshift(quoted(table.companyColumn))
      values.unshift(String(BigInt(companyId ?? '')))
    }
    await this.client.query(
      `insert into ${quotedTable(table)} (${names.join(', ')}) overriding system value select ${values.join(', ')} from loading`,
    )
    await this.client.query('drop table loading')
  }
}

const rowsWorthALine = 100_000
