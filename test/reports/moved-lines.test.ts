import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompanyAsOwner, readCompany } from '../../src/kernel/database.ts'
import { freshenStatistics } from '../../src/kernel/statistics.ts'
import { addAccounts } from '../../src/ledger/accounts.ts'
import { findOrAddItems } from '../../src/modules/catalog/index.ts'
import { issueInvoices } from '../../src/modules/sales/index.ts'
import { applyMapping } from '../../src/posting/apply-mapping.ts'
import { addMappingRulesByCode } from '../../src/posting/mapping-by-code.ts'
import { checks } from '../../src/reports/checks/index.ts'
import { reports } from '../../src/reports/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'
import { runSql } from '../support/sql.ts'
import { type Handled, handling, leaveStatistics } from '../support/statistics.ts'

/*
 * A mapping that changes moves a year's lines by entries of thousands, beside entries of three lines each. Whoever plans for three must not do for each line
 * of such an entry what is to be done once for the entry. Counted by rows, never timed.
 */
const invoices = 1_200
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await leaveStatistics(shop.url)
  const lines = [{ itemCode: 'mug', quantity: '2', unitPrice: '50.00' }]
  const customer = { number: 'Anna', name: 'Anna' }
  const all = Array.from({ length: invoices }, (_, n) => ({ number: `I${n}`, on: day('2024-03-02'), customer, lines }))
  await shop.work((tx) => findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }]))
  await shop.work((tx) => issueInvoices(tx, all))
  await runSql(shop.url, 'analyze')
  await shop.work((tx) => addAccounts(tx, [{ code: '4001', name: 'Web sales', class: 'income' }]))
  await shop.work((tx) => addMappingRulesByCode(tx, [{ role: 'sales', account: '4001' }], 'test'))
  await shop.work((tx) => applyMapping(tx, { reason: 'a test', author: 'test' }))
  await inCompanyAsOwner(shop.database, shop.companyId, (tx) => freshenStatistics(tx))
}, 120_000)
afterAll(() => shop.close())

test('checks and the cash flow take each line of a large entry a few times', async () => {
  const queries: Handled[] = []
  const read = <T>(act: (tx: Parameters<(typeof checks)[number]['run']>[0]) => Promise<T>) =>
    readCompany(shop.database, shop.companyId, (tx) => act(handling(tx, queries)))
  for (const check of checks) {
    const outcome = await read((tx) => check.run(tx))
    expect([check.name, outcome.rows]).toEqual([check.name, []])
    if (check.name === 'moves-match-lines') expect(outcome.compared).toBeGreaterThanOrEqual(invoices)
  }
  await read(async (tx) => reports['cash-flow']?.run(tx, {}))
  expect(queries.length).toBeGreaterThan(30)
  expect(queries.filter(({ rows }) => rows > 150 * invoices)).toEqual([])
})
