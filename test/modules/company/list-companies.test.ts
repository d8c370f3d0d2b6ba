import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Database, inCompany, openDatabase } from '../../../src/kernel/database.ts'
import { migrate } from '../../../src/kernel/migrate.ts'
import { createCompany, listCompanies } from '../../../src/modules/company/index.ts'
import { runSql, urlOfDatabase } from '../../support/sql.ts'

// A managed PostgreSQL gives its customer an owner who is no superuser, upon whom row-level security is forced like upon anybody.
const name = `countinghouse_plain_${randomBytes(4).toString('hex')}`
const password = randomBytes(12).toString('hex')
const superuser = urlOfDatabase(inject('templateUrl'), 'postgres')
let database: Database

beforeAll(async () => {
  await runSql(superuser, `create role ${name} login createrole password '${password}'`)
  await runSql(superuser, `grant countinghouse_app to ${name} with admin option`)
  await runSql(superuser, `create database ${name} owner ${name}`)
  const url = new URL(urlOfDatabase(superuser, name))
  url.username = name
  url.password = password
  await migrate(url.href)
  database = openDatabase({ url: url.href })
})
afterAll(async () => {
  await database.close()
  await runSql(superuser, `drop database ${name} with (force)`)
  await runSql(superuser, `drop owned by ${name}`)
  await runSql(superuser, `drop role ${name}`)
})

test('an owner who is no superuser lists every company; the application sees its own alone', async () => {
  const shop = await createCompany(database, { name: 'Shop', country: 'GB', currency: 'GBP' })
  const laden = await createCompany(database, { name: 'Laden', country: 'DE', currency: 'EUR' })
  expect((await listCompanies(database)).map(({ id }) => id)).toEqual([shop, laden])
  const seen = await inCompany(database, laden, (tx) => tx.query<{ id: bigint }>('select id from company'))
  expect(seen).toEqual([{ id: laden }])
  await expect(database.app.query('select * from company_list()')).rejects.toThrow(/permission denied/)
  expect((await database.app.query('select * from company')).rows).toEqual([])
})
