import { afterAll, beforeAll, expect, test } from 'vitest'
import { peopleAndSecrets } from '../../src/backup/catalog.ts'
import { readContainer } from '../../src/backup/container.ts'
import { runSql } from '../support/sql.ts'
import { House } from './support.ts'

let house: House
beforeAll(async () => {
  house = await House.open(5)
})
afterAll(() => house.close())

const everyTable = `
  select n.nspname || '.' || c.relname as name,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped) as "ofCompany"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname !~ '^pg_(temp|toast)' order by 1`

test('a backup of the installation holds every table of the catalog, and so does a table that comes later', async () => {
  await runSql(house.url, 'create table thing_of_later (company_id bigint not null, id int primary key, what bytea)')
  await runSql(house.url, `insert into thing_of_later values (${house.shop}, 1, '\\x00ff')`)
  const tables = await runSql<{ name: string }>(house.url, everyTable)
  const { manifest } = await house.backup()
  const held = new Set(manifest.tables.map(({ schema, table }) => `${schema}.${table}`))
  // The migrations that were applied stand in the header.
  expect(tables.map(({ name }) => name).filter((name) => !held.has(name))).toEqual(['public.migration'])
  expect(manifest.tables.filter(({ table }) => table === 'thing_of_later').map(({ rows }) => rows)).toEqual([1, 0])
  await runSql(house.url, 'drop table thing_of_later')
})

test('a backup of one company holds its tables without people and secrets, and nothing of another company', async () => {
  const tables = await runSql<{ name: string; ofCompany: boolean }>(house.url, everyTable)
  const own = tables.filter(
    ({ name, ofCompany }) => (ofCompany && name.startsWith('public.')) || name === 'public.company',
  )
  const backup = await house.backup(house.laden)
  const held = backup.manifest.tables.map(({ schema, table }) => `${schema}.${table}`)
  expect(held.toSorted()).toEqual(
    own
      .map(({ name }) => name)
      .filter((name) => !peopleAndSecrets.has(name))
      .toSorted(),
  )
  expect(new Set(backup.manifest.tables.map(({ company }) => company))).toEqual(new Set([String(house.laden)]))
  for await (const { name, content } of readContainer(backup.path)) expect(content.includes('Shop'), name).toBe(false)
})

/** Names of columns that hold what opens doors. A hash of one's content or of a request opens none. */
const secretive = `
  select c.relname || '.' || a.attname as name, 'public.' || c.relname as table from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0
      and a.attname ~ '(secret|token|password|passkey|totp|credential|api_key|key_hash|code_hash|e_?mail|session)'`

/** Where the company itself says whom to write to, in its letters and about its exceptions: nobody signs in with these. */
const companysOwn = new Set([
  'company_identity.email',
  'exception.responsible_email',
  'exception_duty.email',
  'exception_escalation.email',
])

test('no column that reads like a secret leaves in a backup of one company', async () => {
  const found = await runSql<{ name: string; table: string }>(house.url, secretive)
  const leaving = found.filter(({ table, name }) => !peopleAndSecrets.has(table) && !companysOwn.has(name))
  expect(leaving.map(({ name }) => name)).toEqual([])
  const there = new Set((await runSql<{ name: string }>(house.url, everyTable)).map(({ name }) => name))
  expect([...peopleAndSecrets].filter((name) => !there.has(name))).toEqual([])
})
