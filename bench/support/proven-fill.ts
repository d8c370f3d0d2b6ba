import { inCompanyAsOwner } from '../../src/kernel/database.ts'
import { foldBalances } from '../../src/ledger/fold-balances.ts'
import type { BenchServer } from './bench-database.ts'
import { fillBooks, hashOfBooks } from './fill-books.ts'
import { openCompany, postEntries } from './posting-job.ts'

/** Fills one database and posts the same entries into another: throws unless every table then holds the same. */
export async function proveFill(server: Pick<BenchServer, 'open'>, entries: number): Promise<void> {
  const hashes: string[] = []
  for (const way of ['filled', 'posted'] as const) {
    const database = await server.open()
    const companyId = await openCompany(database)
    if (way === 'filled') await fillBooks(database, companyId, entries)
    else {
      await postEntries(database, companyId, { first: 1, entries })
      await inCompanyAsOwner(database, companyId, foldBalances)
    }
    hashes.push(await hashOfBooks(database))
    await database.drop()
  }
  if (hashes[0] !== hashes[1])
    throw new Error('filled books are not what posting leaves: correct bench/support/fill-books.ts')
}
