import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { column } from '../../src/kernel/column.ts'
import { type Database, openDatabase } from '../../src/kernel/database.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await testDatabase()
  database = openDatabase({ url: server.url })
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

async function throughPostgres(literal: string | null, type: string): Promise<unknown[]> {
  const { rows } = await database.owner.query(`select value from unnest($1::${type}[]) as u (value)`, [literal])
  return rows.map((row: { value: unknown }) => row.value)
}

test('any texts arrive as they were', async () => {
  const text = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0'))
  const cell = fc.oneof(
    text,
    fc.constantFrom('', 'NULL', 'null', '{}', '"', '\\', 'a,b', ' a ', '\n'),
    fc.constant(null),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1 }), async (texts) => {
      const literal = column(texts, (one) => one)
      if (texts.every((one) => one === null)) expect(literal).toBeNull()
      else expect(await throughPostgres(literal, 'text')).toEqual(texts)
    }),
  )
})

test('any amounts arrive exactly', async () => {
  const amount = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(amount), { minLength: 1 }), async (amounts) => {
      fc.pre(amounts.some((one) => one !== null))
      expect(
        await throughPostgres(
          column(amounts, (one) => one),
          'bigint',
        ),
      ).toEqual(amounts)
    }),
  )
})

test('a column in which nothing is set costs nothing', () => {
  expect(column([{}, {}], () => undefined)).toBeNull()
  expect(column([], () => 1)).toBeNull()
})
