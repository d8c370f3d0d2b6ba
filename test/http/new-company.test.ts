import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { readCompany } from '../../src/kernel/database.ts'
import { homeFigures } from '../../src/reports/home/index.ts'
import { reports } from '../../src/reports/index.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'
import { type Handled, handling, leaveStatistics } from '../support/statistics.ts'

/*
 * A company that another program fills through the API, beside one that has been there when the database last analyzed its tables, before any job has come
 * round. Counted by rows, never timed.
 */
const invoices = 400
let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  await fill(await newCompany(site))
  await leaveStatistics(site.url)
  await runSql(site.url, 'vacuum analyze')
  company = await newCompany(site)
  await fill(company)
}, 120_000)
afterAll(() => site.close())

async function fill(path: string): Promise<void> {
  const all = Array.from({ length: invoices }, (_, place) => place)
  const post = async (what: string, requests: object[]) => {
    const response = await site.post(`${path}/${what}`, { requests })
    expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
  }
  await post(
    'customers',
    all.map((n) => ({ number: `C${n}`, name: `Customer ${n}`, country: 'GB' })),
  )
  await post(
    'items',
    all.map((n) => ({ code: `I${n}`, name: `Item ${n}` })),
  )
  const invoice = (n: number) => ({
    number: `A${n}`,
    on: '2024-03-01',
    dueOn: '2024-04-01',
    customer: { number: `C${n}` },
    lines: [{ item: `I${n}`, quantity: '1', unitPrice: '10.00' }],
  })
  // In a few requests, as programs send them.
  for (let from = 0; from < invoices; from += 100) await post('invoices', all.slice(from, from + 100).map(invoice))
}

test('its first screen and its reports read each invoice a few times, before anything is folded', async () => {
  const queries: Handled[] = []
  await readCompany(site.database, BigInt(company.split('/').at(-1) as string), async (tx) => {
    const noted = handling(tx, queries)
    const home = await homeFigures(noted, { asOf: accountingDate('2024-03-05'), days: 30, top: 5 })
    expect(home.items).toHaveLength(5)
    await reports.sales?.run(noted, { by: 'customer' }, 100)
    await reports['aged-receivables']?.run(noted, { asOf: '2024-05-01', items: 'true' }, 100)
    await reports['tax-summary']?.run(noted, {})
  })
  expect(queries.length).toBeGreaterThan(15)
  expect(queries.filter(({ rows }) => rows > 100 * invoices)).toEqual([])
})
