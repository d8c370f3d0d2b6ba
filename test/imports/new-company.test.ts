import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportResult } from '../../src/imports/index.ts'
import { openDatabase, readCompany } from '../../src/kernel/database.ts'
import { checks } from '../../src/reports/checks/index.ts'
import { reports } from '../../src/reports/index.ts'
import { runSql } from '../support/sql.ts'
import { type Handled, handling, leaveStatistics } from '../support/statistics.ts'
import { generatedNorthwind } from './generated-orders.ts'
import { type ImportDesk, ImportingCompany, openImportDesk } from './support.ts'

/*
 * A company that is new beside a large one. The statistics say that all rows are the large one's, as they do when the database analyzed its tables before the
 * new one began: whoever believes them reads all that the new one has for each of its rows. Counted by rows, never timed.
 */
const orders = 800
const usual = { country: 'US', currency: 'USD' }
let desk: ImportDesk
let path: string
beforeAll(async () => {
  desk = await openImportDesk()
  path = desk.files.write(generatedNorthwind(orders), 'wholesaler.sql')
  const large = await desk.company(usual)
  await large.importAs('northwind', [path])
  await leaveStatistics(desk.url)
  await runSql(desk.url, 'vacuum analyze')
}, 120_000)
afterAll(() => desk.close())

/** What the database reads of tables and indexes while somebody works on connections of their own, and what became of it. */
async function reading<Result>(
  company: ImportingCompany,
  act: (same: ImportingCompany) => Promise<Result>,
): Promise<{ rows: number; result: Result }> {
  const before = await readSoFar()
  const database = openDatabase({ url: `${desk.url}?application_name=reading`, connections: 6 })
  let result: Result
  try {
    result = await act(new ImportingCompany(database, company.id, desk.files))
  } finally {
    await database.close()
  }
  return { rows: (await readSoFar()) - before, result }
}

/** All that was read; what a connection has read is known for certain once it has ended. */
async function readSoFar(): Promise<number> {
  const { owner } = desk.database
  await expect
    .poll(async () => {
      const { rows } = await owner.query<{ others: number }>(
        `select count(*)::int as others from pg_stat_activity
           where application_name = 'reading' and datname = current_database()`,
      )
      return rows[0]?.others
    })
    .toBe(0)
  const { rows } = await owner.query<{ rows: number }>(
    `select (coalesce((select sum(seq_tup_read) from pg_stat_user_tables), 0)
        + coalesce((select sum(idx_tup_read) from pg_stat_user_indexes), 0))::float8 as rows`,
  )
  return rows[0]?.rows ?? 0
}

describe('of a company that is new beside a large one', () => {
  let company: ImportingCompany
  const importing =
    (options: object) =>
    (same: ImportingCompany): Promise<ImportResult> =>
      same.importAs('northwind', [path], options)
  beforeAll(async () => {
    company = await desk.company(usual)
  })

  test('a dry run reads each document a few times', async () => {
    const { rows, result } = await reading(company, importing({ dryRun: true }))
    expect(result.documents.created).toBe(orders)
    expect(rows).toBeLessThan(250 * orders)
  })

  test('so does an import, and the same once more', async () => {
    const first = await reading(company, importing({}))
    const second = await reading(company, importing({}))
    expect([first.result.documents.created, second.result.documents.existing]).toEqual([orders, orders])
    expect(first.rows).toBeLessThan(250 * orders)
    expect(second.rows).toBeLessThan(250 * orders)
  })

  test('no check of its books and no report compares each row with each', async () => {
    const queries: Handled[] = []
    await readCompany(desk.database, company.id, async (tx) => {
      const noted = handling(tx, queries)
      for (const check of checks) expect(await check.run(noted)).not.toMatchObject({ result: 'broken' })
      for (const name of [
        'trial-balance',
        'profit-and-loss',
        'balance-sheet',
        'cash-flow',
        'aged-receivables',
        'statements',
        'sales',
        'tax-summary',
        'journal',
      ])
        await reports[name]?.run(noted, {}, 100)
    })
    expect(queries.length).toBeGreaterThan(50)
    expect(queries.filter(({ rows }) => rows > 200 * orders)).toEqual([])
  })
})
