import { expect, test } from 'vitest'
import { openDatabase, readCompany } from '../../src/kernel/database.ts'
import { testDatabase } from '../support/database.ts'

test('however many statements there are, a connection keeps so many and answers all', async () => {
  const copy = await testDatabase()
  const database = openDatabase({ url: copy.url, connections: 1 })
  await readCompany(database, 1n, async (tx) => {
    for (let place = 0; place < 2_100; place += 1)
      expect(await tx.query(`select $1::int as "n${place}"`, [place])).toEqual([{ [`n${place}`]: place }])
    const [kept] = await tx.query<{ count: bigint }>('select count(*) from pg_prepared_statements')
    expect(kept?.count).toBe(2_000n)
  })
  await database.close()
  await copy.drop()
})
