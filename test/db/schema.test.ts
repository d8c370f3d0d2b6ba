import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writtenSchema } from '../../tools/schema/written-schema.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let server: TestDatabase
let client: pg.Client
beforeAll(async () => {
  server = await testDatabase()
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await server.drop()
})

test('db/schema.sql is what the migrations give; `npm run schema` writes it anew', async () => {
  const committed = readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8')
  expect((await writtenSchema(client)).split('\n')).toEqual(committed.split('\n'))
})

describe('the written schema', () => {
  const changes: [change: string, seen: string][] = [
    ['alter table item add weight numeric default 1', 'weight numeric default 1'],
    ['alter table item alter name drop not null', '  name text,'],
    ["alter table item add constraint item_has_name check (name <> '')", 'constraint item_has_name CHECK'],
    ['create index item_by_name on item (company_id, name)', 'CREATE INDEX item_by_name'],
    ['create policy all_of_them on item for select using (true)', 'create policy all_of_them'],
    [
      'create trigger never before update on item for each statement execute function refuse_change()',
      'CREATE TRIGGER never',
    ],
    ['alter table journal_line disable trigger append_only', '-- not enabled'],
    ['grant delete on item to countinghouse_app', 'grant delete, insert, select, update on item to countinghouse_app;'],
    ['grant update (line_no) on journal_line to countinghouse_app', 'update (line_no) on journal_line'],
    ['alter table item no force row level security', ''],
    [`create function one() returns int language sql as 'select 1'`, 'FUNCTION public.one()'],
    [
      'grant execute on function fold_balances() to countinghouse_app',
      'grant execute on function fold_balances() to countinghouse_app;',
    ],
    ['create view looking as select * from item', 'create view looking as'],
    [`comment on table item is 'what is sold'`, `comment on table item is 'what is sold';`],
  ]

  test.each(changes)('shows %s', async (change, seen) => {
    const before = await writtenSchema(client)
    await client.query('begin')
    await client.query(change)
    const after = await writtenSchema(client)
    await client.query('rollback')
    expect(after).not.toBe(before)
    expect(after).toContain(seen)
  })
})
