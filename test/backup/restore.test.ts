import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBackup, restoreCompany, restoreInstallation, writeBackup } from '../../src/backup/index.ts'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { inCompany, only } from '../../src/kernel/database.ts'
import { knownMigrations } from '../../src/kernel/migrate.ts'
import { closePeriod } from '../../src/ledger/periods.ts'
import {
  createCompany,
  listIdentityVersions,
  listTaxNumbers,
  recordIdentity,
  saveTaxNumbers,
} from '../../src/modules/company/index.ts'
import { runSql } from '../support/sql.ts'
import { House, headOf, proven } from './support.ts'

let house: House
beforeAll(async () => {
  house = await House.open()
  await inCompany(house.database, house.shop, (tx) =>
    closePeriod(tx, { month: accountingDate('2010-12-01'), decidedBy: 'Anna' }),
  )
})
afterAll(() => house.close())

test('a whole installation comes back in an empty database, every figure and the chain the same, and goes on', async () => {
  const before = [await proven(house.database, house.shop), await proven(house.database, house.laden)]
  const backup = await house.backup()
  const url = await house.empty()
  const restored = await restoreInstallation(backup, { url })
  const there = house.open(url)
  expect([await proven(there, house.shop), await proven(there, house.laden)]).toEqual(before)
  expect(restored.companies.map(({ id, head }) => [id, head])).toEqual([
    [String(house.shop), await headOf(house.database, house.shop)],
    [String(house.laden), await headOf(house.database, house.laden)],
  ])
  // Ids go on where they ended: nothing that is posted now meets what was restored.
  await house.sell(house.shop, 3, 30, there)
  await proven(there, house.shop)
  expect(await createCompany(there, { name: 'New', country: 'GB', currency: 'GBP' })).toBe(house.laden + 1n)
  const [migrations] = await runSql<{ names: string[] }>(
    url,
    'select array_agg(name order by name) as names from migration',
  )
  expect(migrations?.names).toEqual(await knownMigrations())
})

test('one company comes back beside itself: under an id of its own, with its chain, which goes on', async () => {
  const number = {
    country: 'GB',
    scheme: 'vat' as const,
    number: 'GB999999973',
    validFrom: accountingDate('2010-01-01'),
  }
  const who = await inCompany(house.database, house.shop, async (tx) => {
    await recordIdentity(tx, { legalName: 'Shop Ltd', registeredAddress: { line1: '1 High Street', country: 'GB' } })
    return [await listIdentityVersions(tx), await saveTaxNumbers(tx, [number])]
  })
  const before = await proven(house.database, house.shop)
  const head = await headOf(house.database, house.shop)
  const backup = await house.backup(house.shop)
  const { companies } = await restoreCompany(backup, { name: 'Shop of that day' }, { url: house.url })
  const [copy] = companies
  const id = BigInt(copy?.id ?? '')
  expect(id).not.toBe(house.shop)
  expect(copy).toMatchObject({ name: 'Shop of that day', head, trialBalance: before.hash })
  expect(await proven(house.database, id)).toEqual(before)
  const whoThere = await inCompany(house.database, id, async (tx) => [
    await listIdentityVersions(tx),
    await listTaxNumbers(tx),
  ])
  expect(whoThere).toEqual(who)
  await house.sell(id, 4, 20)
  const after = await proven(house.database, id)
  expect(after.hash).not.toBe(before.hash)
  expect(await proven(house.database, house.shop)).toEqual(before)
  // A copy of the copy still hashes the first id.
  const again = await restoreCompany(await house.backup(id), { name: 'A copy of it' }, { url: house.url })
  const secondId = BigInt(only(again.companies).id)
  expect(await proven(house.database, secondId)).toEqual(after)
})

test('one company comes out of a backup of the installation, into other books', async () => {
  const backup = await house.backup()
  const url = await house.empty()
  await restoreInstallation(backup, { url })
  const there = house.open(url)
  const choice = { companyId: String(house.laden), name: 'Laden at the year’s end' }
  const { companies } = await restoreCompany(backup, choice, { url })
  expect(await proven(there, BigInt(only(companies).id))).toEqual(await proven(house.database, house.laden))
  await expect(restoreCompany(backup, { name: 'Which?' }, { url })).rejects.toMatchObject({ code: 'company_unknown' })
  await expect(restoreCompany(backup, { companyId: '999' }, { url })).rejects.toMatchObject({ code: 'company_unknown' })
})

test('books that are there are never written over', async () => {
  const backup = await house.backup()
  await expect(restoreInstallation(backup, { url: house.url })).rejects.toMatchObject({ code: 'restore_needs_empty' })
  const strange = await house.empty()
  await runSql(strange, 'create table somebody_elses (id int)')
  await expect(restoreInstallation(backup, { url: strange })).rejects.toMatchObject({ code: 'restore_needs_empty' })
  const one = await house.backup(house.laden)
  const url = house.url
  await expect(restoreCompany(one, {}, { url })).rejects.toMatchObject({ code: 'company_name_taken' })
  await expect(writeBackup(house.database, backup.path)).rejects.toMatchObject({ code: 'backup_exists' })
  await expect(writeBackup(house.database, house.path(), { companyId: 999n })).rejects.toMatchObject({
    code: 'company_unknown',
  })
})

test('an owner who is no superuser backs up and restores', async () => {
  const owner = { name: `countinghouse_keeper_${process.pid}`, password: 'for-this-test-alone' }
  await runSql(house.url, `create role ${owner.name} login createrole createdb password '${owner.password}'`)
  await runSql(house.url, `grant countinghouse_app to ${owner.name} with admin option`)
  try {
    const url = await house.empty(owner)
    await restoreInstallation(await house.backup(), { url })
    const there = house.open(url)
    expect(await proven(there, house.shop)).toEqual(await proven(house.database, house.shop))
    const whole = await house.backup(undefined, there)
    const rows = (of: { manifest: { tables: { rows: number }[] } }) =>
      of.manifest.tables.reduce((sum, t) => sum + t.rows, 0)
    expect(rows(whole)).toBe(rows(await house.backup()))
    const { companies } = await restoreCompany(whole, { companyId: String(house.laden), name: 'Beside' }, { url })
    await proven(there, BigInt(only(companies).id))
    // The triggers that were asleep are awake again.
    await expect(there.owner.query('delete from journal_line')).rejects.toMatchObject({ constraint: 'append_only' })
  } finally {
    // The role goes with its database, which the house removes; its grants are left to the server of this run.
    await runSql(house.url, `alter role ${owner.name} nologin`)
  }
})

test('a backup is opened by its own words: kind, moment, schema and what each company came to', async () => {
  const path = house.path()
  await writeBackup(house.database, path, { companyId: house.laden })
  const { header, manifest } = await openBackup(path)
  expect(header).toMatchObject({ format: 'countinghouse-backup', kind: 'company', migrations: await knownMigrations() })
  const { hash } = await proven(house.database, house.laden)
  expect(manifest.companies).toEqual([
    expect.objectContaining({ id: String(house.laden), name: 'Laden', trialBalance: hash, intact: true }),
  ])
})
