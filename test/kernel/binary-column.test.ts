import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccountingDate, accountingDate } from '../../src/kernel/accounting-date.ts'
import { bigintColumn, dateColumn, intColumn, noBigint, noInt } from '../../src/kernel/binary-column.ts'
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

async function throughPostgres(column: Buffer | null, type: string): Promise<unknown[]> {
  const { rows } = await database.owner.query(`select value from unnest($1::${type}[]) as u (value)`, [column])
  return rows.map((row: { value: unknown }) => row.value)
}

const cells = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.option(value), { minLength: 1 }).filter((list) => list.some((one) => one !== null))

const day = fc
  .integer({ min: Date.UTC(1, 0, 1) / 86_400_000, max: Date.UTC(9999, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
  .filter((text) => text.length === 10)
  .map((text) => text as AccountingDate)

describe('a marked column', () => {
  test('holds no nulls, so that its cells are found by place', async () => {
    const big = [null, 5n, null]
    expect(
      await throughPostgres(
        bigintColumn(big, (one) => one, { marked: true }),
        'bigint',
      ),
    ).toEqual([noBigint, 5n, noBigint])
    expect(
      await throughPostgres(
        intColumn([7, null], (one) => one, { marked: true }),
        'int',
      ),
    ).toEqual([7, noInt])
    const days = [accountingDate('2024-01-01'), null]
    expect(
      await throughPostgres(
        dateColumn(days, (one) => one, { marked: true }),
        'date',
      ),
    ).toEqual(['2024-01-01', '-infinity'])
  })
})

describe('a binary column', () => {
  test('of amounts arrives exactly', async () => {
    const amount = fc.bigInt({ min: noBigint + 1n, max: 2n ** 63n - 1n })
    await fc.assert(
      fc.asyncProperty(cells(amount), async (list) => {
        expect(
          await throughPostgres(
            bigintColumn(list, (one) => one),
            'bigint',
          ),
        ).toEqual(list)
      }),
    )
  })

  test('of numbers arrives exactly', async () => {
    await fc.assert(
      fc.asyncProperty(cells(fc.integer({ min: noInt + 1 })), async (list) => {
        expect(
          await throughPostgres(
            intColumn(list, (one) => one),
            'int',
          ),
        ).toEqual(list)
      }),
    )
  })

  test('of days arrives exactly, from the first year on', async () => {
    await fc.assert(
      fc.asyncProperty(cells(day), async (list) => {
        expect(
          await throughPostgres(
            dateColumn(list, (one) => one),
            'date',
          ),
        ).toEqual(list)
      }),
    )
    const edges = ['0001-01-01', '1999-12-31', '2000-01-01', '2024-02-29'].map(accountingDate)
    expect(
      await throughPostgres(
        dateColumn(edges, (one) => one),
        'date',
      ),
    ).toEqual(edges)
  })

  test('in which nothing is set costs nothing', () => {
    expect(bigintColumn([{}, {}], () => undefined)).toBeNull()
    expect(intColumn([], () => 1)).toBeNull()
  })

  test('refuses what does not fit', () => {
    expect(() => bigintColumn([2n ** 63n], (one) => one)).toThrow(expect.objectContaining({ code: 'number_too_large' }))
    expect(() => bigintColumn([noBigint], (one) => one)).toThrow(expect.objectContaining({ code: 'number_too_large' }))
    expect(() => intColumn([noInt], (one) => one)).toThrow(RangeError)
    expect(() => intColumn([2 ** 31], (one) => one)).toThrow(RangeError)
    expect(() => intColumn([1.5], (one) => one)).toThrow(RangeError)
  })
})
