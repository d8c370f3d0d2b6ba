import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Backup, openBackup, writeBackup } from '../../src/backup/index.ts'
import { importFiles } from '../../src/imports/index.ts'
import { type Database, inCompany, inCompanyAsOwner, openDatabase, readCompany } from '../../src/kernel/database.ts'
import { sealEntries } from '../../src/ledger/seal.ts'
import { trialBalanceHash } from '../../src/ledger/trial-balance-hash.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { runChecks } from '../../src/reports/index.ts'
import { generatedHistory } from '../imports/generated-history.ts'
import { Files } from '../imports/support.ts'
import { bareDatabase, type TestDatabase, testDatabase } from '../support/database.ts'

/** Two companies with a history each, in a database of their own, and folders and databases that go when the test goes. */
export class House {
  readonly folder = mkdtempSync(join(tmpdir(), 'countinghouse-backup-test-'))
  private readonly databases: { database: Database; server: TestDatabase }[] = []
  private readonly bare: TestDatabase[] = []
  url = ''
  database!: Database
  shop = 0n
  laden = 0n
  private count = 0

  static async open(documents = 60): Promise<House> {
    const house = new House()
    const server = await testDatabase()
    house.url = server.url
    house.database = openDatabase({ url: server.url, connections: 6 })
    house.databases.push({ database: house.database, server })
    house.shop = await createCompany(house.database, { name: 'Shop', country: 'GB', currency: 'GBP' })
    house.laden = await createCompany(house.database, { name: 'Laden', country: 'GB', currency: 'GBP' })
    await house.sell(house.shop, 1, documents)
    await house.sell(house.laden, 2, 20)
    return house
  }

  async sell(companyId: bigint, seed: number, documents: number, database = this.database): Promise<void> {
    const files = new Files()
    try {
      const paths = [files.write(generatedHistory(seed, documents))]
      await importFiles(database, companyId, 'online-retail', { files: paths })
    } finally {
      files.remove()
    }
  }

  path(): string {
    this.count += 1
    return join(this.folder, `${this.count}.backup`)
  }

  async backup(companyId?: bigint, database = this.database): Promise<Backup> {
    const path = this.path()
    await writeBackup(database, path, { companyId })
    return await openBackup(path)
  }

  /** An empty database that no migration has touched; its address. */
  async empty(owner?: { name: string; password: string }): Promise<string> {
    const server = await bareDatabase(owner)
    this.bare.push(server)
    return server.url
  }

  open(url: string): Database {
    const database = openDatabase({ url, connections: 4 })
    this.databases.push({ database, server: { url, drop: async () => {} } })
    return database
  }

  async close(): Promise<void> {
    for (const { database } of this.databases) await database.close()
    for (const { server } of this.databases) await server.drop()
    for (const server of this.bare) await server.drop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What must be the same on both sides: the hash of the trial balance, and what the checks compared. Throws where one is broken. */
export async function proven(database: Database, companyId: bigint) {
  await inCompanyAsOwner(database, companyId, sealEntries)
  const report = await readCompany(database, companyId, runChecks)
  if (!report.ok) throw new Error(JSON.stringify(report.checks.filter(({ result }) => result === 'broken')))
  const hash = await inCompany(database, companyId, trialBalanceHash)
  return { hash, compared: report.checks.map(({ name, compared }) => `${name} ${compared}`) }
}

export const headOf = async (database: Database, companyId: bigint): Promise<string> =>
  (await inCompanyAsOwner(database, companyId, sealEntries)).head
