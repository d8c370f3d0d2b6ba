import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let server: TestDatabase
let client: pg.Client
beforeAll(async () => {
  server = await testDatabase()
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`insert into company (id, name, country, base_currency, time_zone, chart)
    overriding system value values (1, 'Shop', 'GB', 'GBP', 'Europe/London', 'uk')`)
  await client.query(
    `insert into auth."user" (id, name, email) overriding system value values (1, 'Anna', 'anna@shop.example')`,
  )
})
afterAll(async () => {
  await client.end()
  await server.drop()
})

/** What tells who may do what: every change of these is written into the audit log of people. */
const audited = ['user', 'account', 'twoFactor', 'passkey', 'membership', 'invitation', 'api_key', 'one_time_link']

test('every change to people and what they may do is audited', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_proc p on p.oid = g.tgfoid
       where c.relnamespace = 'auth'::regnamespace and p.proname = 'write_audit' and g.tgenabled in ('O', 'A')
         and g.tgtype & 31 = 1 + 4 + 8 + 16 and g.tgattr = '' and g.tgqual is null`,
  )
  expect(rows.map(({ name }) => name).sort()).toEqual([...audited].sort())
})

test("the application's role writes no audit log, removes nobody and owns nothing", async () => {
  const may = async (table: string, right: string): Promise<boolean> =>
    (
      await client.query<{ may: boolean }>(`select has_table_privilege('countinghouse_app', $1, $2) as may`, [
        table,
        right,
      ])
    ).rows[0]?.may ?? true
  for (const right of ['insert', 'update', 'delete', 'truncate', 'trigger'])
    expect(await may('auth.audit_log', right), right).toBe(false)
  expect(await may('auth."user"', 'delete')).toBe(false)
  for (const table of audited) expect(await may(`auth."${table}"`, 'truncate'), table).toBe(false)
  const owned = await client.query(
    `select from pg_class where relnamespace = 'auth'::regnamespace and relowner = 'countinghouse_app'::regrole`,
  )
  expect(owned.rows).toEqual([])
  const create = await client.query<{ may: boolean }>(
    `select has_schema_privilege('countinghouse_app', 'auth', 'create') as may`,
  )
  expect(create.rows[0]?.may).toBe(false)
})

describe('a check refuses', () => {
  const invitation = (more: string) =>
    `insert into auth.invitation (company_id, email, permission_set, token_hash, expires_at, accepted_at, withdrawn_at)
       values (1, 'x@shop.example', 'sales', 'x', now(), ${more})`
  test.each([
    ['user_email_is_lower_case', `insert into auth."user" (name, email) values ('X', 'X@shop.example')`],
    [
      'membership_set_is_known',
      `insert into auth.membership (user_id, company_id, permission_set) values (1, 1, 'king')`,
    ],
    ['invitation_set_is_known', invitation('null, null').replace(`'sales'`, `'king'`)],
    ['invitation_ends_once', invitation('now(), now()')],
    [
      'api_key_has_name',
      `insert into auth.api_key (company_id, user_id, name, hint, key_hash, scopes, expires_at) values (1, 1, ' ', 'x', 'x', '{a}', now())`,
    ],
    [
      'api_key_has_scopes',
      `insert into auth.api_key (company_id, user_id, name, hint, key_hash, scopes, expires_at) values (1, 1, 'x', 'x', 'x', '{}', now())`,
    ],
    [
      'one_time_link_purpose_is_known',
      `insert into auth.one_time_link (purpose, user_id, token_hash, expires_at) values ('x', null, 'x', now())`,
    ],
    [
      'one_time_link_resets_somebody',
      `insert into auth.one_time_link (purpose, token_hash, expires_at) values ('reset', 'x', now())`,
    ],
    ['installation_is_one', `insert into auth.installation (only_one, secret) values (false, 'x')`],
    [
      'audit_log_operation_is_known',
      `insert into auth.audit_log (table_name, operation, actor) values ('x', 'x', 'x')`,
    ],
  ])('%s', async (constraint, statement) => {
    await expect(client.query(statement)).rejects.toMatchObject({ code: '23514', constraint })
  })

  test('the same secret, address, token or key twice', async () => {
    const twice = [
      `insert into auth.installation (secret) values ('x')`,
      `insert into auth.invitation (company_id, email, permission_set, token_hash, expires_at) values (1, 'x', 'sales', 'x', now())`,
      `insert into auth.api_key (company_id, user_id, name, hint, key_hash, scopes, expires_at) values (1, 1, 'x', 'x', 'x', '{a}', now())`,
    ]
    for (const statement of twice) {
      await client.query('begin')
      await client.query(statement)
      await expect(client.query(statement)).rejects.toMatchObject({ code: '23505' })
      await client.query('rollback')
    }
  })
})

test.each([
  ['user:7', 'user:7'],
  ['user:7:key:3', 'user:7'],
  ['operator:root', 'operator:root'],
  ['countinghouse', 'countinghouse'],
  ['database:postgres', 'database:postgres'],
])('the person of %s is %s', async (actor, person) => {
  const { rows } = await client.query<{ person: string }>('select person_of($1) as person', [actor])
  expect(rows[0]?.person).toBe(person)
})
