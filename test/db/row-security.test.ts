import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowInto } from '../support/any-row.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

/** Two companies with a row in every table that a company can have, and the application's role, which must never cross. */
let server: TestDatabase
let client: pg.Client
let tables: string[]
const [own, other] = ['1', '2']

beforeAll(async () => {
  server = await testDatabase()
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id') order by 1`,
  )
  tables = rows.map((row) => row.name)
  await client.query('begin; set local session_replication_role = replica')
  for (const company of [own, other]) {
    await client.query(await rowInto(client, 'company', { id: company }))
    for (const table of tables) await client.query(await rowInto(client, table, { company_id: company }))
  }
  await client.query('commit')
})
afterAll(async () => {
  await client.end()
  await server.drop()
})

/** Runs as the application's role for a company, or for none, and undoes it. */
async function asApplication<T>(company: string | null, act: () => Promise<T>): Promise<T> {
  await client.query('begin; set local role countinghouse_app')
  if (company !== null) await client.query(`set local countinghouse.company_id = '${company}'`)
  try {
    return await act()
  } finally {
    await client.query('rollback')
  }
}

const companiesSeen = async (table: string, column = 'company_id') =>
  (await client.query<{ company: string }>(`select ${column}::text as company from ${table}`)).rows.map(
    (row) => row.company,
  )

describe('a company', () => {
  test('has a row of every table here, so that there is something to see', async () => {
    expect(tables.length).toBeGreaterThan(25)
    for (const table of tables) expect((await companiesSeen(table)).sort(), table).toEqual([own, other])
  })

  test('sees its own rows and nobody else’s', async () => {
    await asApplication(own, async () => {
      expect(await companiesSeen('company', 'id')).toEqual([own])
      for (const table of tables) expect(await companiesSeen(table), table).toEqual([own])
      expect(await companiesSeen('journal_entry_digest')).toEqual([own])
    })
  })

  test('that was forgotten sees nothing', async () => {
    await asApplication(null, async () => {
      expect(await companiesSeen('company', 'id')).toEqual([])
      for (const table of tables) expect(await companiesSeen(table), table).toEqual([])
    })
  })

  test('writes no row for another, nor moves one there', async () => {
    for (const table of tables) {
      const insert = await rowInto(client, table, { company_id: other })
      for (const company of [own, null]) {
        await expect(
          asApplication(company, () => client.query(insert)),
          table,
        ).rejects.toMatchObject({ code: '42501' })
      }
      const move = asApplication(own, () => client.query(`update ${table} set company_id = ${other}`))
      await expect(move, table).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('changes no row of another', async () => {
    for (const table of tables) {
      const changed = await asApplication(own, async () => {
        const allowed = await client.query<{ column: string }>(
          `select attname as "column" from pg_attribute where attrelid = $1::regclass and attnum > 0 and attname <> 'company_id'
             and has_column_privilege($1::regclass, attnum, 'update') limit 1`,
          [table],
        )
        const column = allowed.rows[0]?.column
        if (column === undefined) return 0
        const { rowCount } = await client.query(`update ${table} set ${column} = ${column} where company_id = ${other}`)
        return rowCount
      })
      expect(changed, table).toBe(0)
    }
  })
})

describe('an owner without a superuser’s rights', () => {
  test('is held by the policies too', async () => {
    await client.query('begin; create role plain_owner')
    try {
      await client.query('alter table journal_line owner to plain_owner; grant usage on schema public to plain_owner')
      await client.query(`set local role plain_owner; set local countinghouse.company_id = '${own}'`)
      expect(await companiesSeen('journal_line')).toEqual([own])
    } finally {
      await client.query('rollback')
    }
  })
})
