import { type AccountingDate, accountingDate } from '../../src/kernel/accounting-date.ts'
import { type Database, inCompanyAsOwner, openDatabase, readCompany, type Tx } from '../../src/kernel/database.ts'
import { nextCompanyId } from '../../src/modules/company/index.ts'
import { createSample, makeSample } from '../../src/samples/index.ts'
import { testDatabase } from '../support/database.ts'

/** A sample company in a database of the test's own. */
export type Sample = {
  database: Database
  url: string
  companyId: bigint
  seconds: number
  read<T>(act: (tx: Tx) => Promise<T>): Promise<T>
  look<Row>(text: string): Promise<Row[]>
  close(): Promise<void>
}

export async function openSample(day: string, seed?: string): Promise<Sample> {
  const server = await testDatabase()
  const database = openDatabase({ url: server.url, connections: 6 })
  const companyId = await begin(database, accountingDate(day), seed)
  const begun = performance.now()
  await makeSample(database, companyId)
  const seconds = (performance.now() - begun) / 1_000
  const read = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => readCompany(database, companyId, act)
  return {
    database,
    url: server.url,
    companyId,
    seconds,
    read,
    look: (text) => read((tx) => tx.query(text)),
    close: async () => {
      await database.close()
      await server.drop()
    },
  }
}

/** Creates the company of a sample that nobody has made yet. */
export async function begin(database: Database, lastDay: AccountingDate, seed?: string): Promise<bigint> {
  const companyId = await nextCompanyId(database)
  await inCompanyAsOwner(database, companyId, (tx) => createSample(tx, { lastDay, seed }, accountingDate('2026-11-22')))
  return companyId
}
