import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { runSql } from '../support/sql.ts'

test('each copy of the template is a database of its own', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()])
  await runSql(one.url, 'create table mark (id int)')
  const found = (url: string) => runSql<{ found: string | null }>(url, "select to_regclass('mark') as found")
  expect(await found(one.url)).toEqual([{ found: 'mark' }])
  expect(await found(other.url)).toEqual([{ found: null }])
  await Promise.all([one.drop(), other.drop()])
  await expect(found(one.url)).rejects.toThrow('does not exist')
})
