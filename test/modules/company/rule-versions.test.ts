import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../../../src/kernel/database.ts'
import { listAccounts } from '../../../src/ledger/accounts.ts'
import { addLineCodeRules, addSourceNameRules } from '../../../src/modules/catalog/index.ts'
import { addPostingDayRules } from '../../../src/modules/sales/index.ts'
import { addDestinationRules } from '../../../src/modules/tax/index.ts'
import { addMappingRules } from '../../../src/posting/mapping-rules.ts'
import { openShop, type Shop, whileHeld } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const line = { priority: 1, pattern: 'POST', standsFor: 'charge', role: 'shipping_income', taxed: true } as const
const name = { about: 'payment', pattern: 'Shop Pay', standsFor: 'clearing', method: 'card' } as const

/** Adds rules of each kind, all of them of one and the same name. */
const kinds: Record<string, { table: string; add: (tx: Tx, versions: number) => Promise<unknown> }> = {
  'line codes': {
    table: `line_code_rule where pattern = 'POST'`,
    add: (tx, versions) => addLineCodeRules(tx, 'orders', Array(versions).fill(line), 'test'),
  },
  'names of a source': {
    table: `source_name_rule where pattern = 'Shop Pay'`,
    add: (tx, versions) => addSourceNameRules(tx, 'orders', Array(versions).fill(name), 'test'),
  },
  destinations: {
    table: `destination_rule where destination = 'NO'`,
    add: (tx, versions) =>
      addDestinationRules(tx, Array(versions).fill({ destination: 'NO', taxCode: 'export' }), 'test'),
  },
  'posting days': {
    table: `posting_day_rule where source = 'orders'`,
    add: (tx, versions) => addPostingDayRules(tx, Array(versions).fill({ source: 'orders', basis: 'payment' })),
  },
  mapping: {
    table: `mapping_rule where role = 'sales' and payment_method = 'rule'`,
    add: async (tx, versions) => {
      const sales = (await listAccounts(tx)).find(({ role }) => role === 'sales')
      const rule = { role: 'sales', accountId: sales?.id ?? null, paymentMethod: 'rule' }
      return await addMappingRules(tx, Array(versions).fill(rule), 'test')
    },
  },
}

test.each(Object.entries(kinds))('%s: of one list each version follows the one before', async (_, { table, add }) => {
  await shop.work((tx) => add(tx, 2))
  await shop.work((tx) => add(tx, 1))
  const rows = await shop.look<{ version: number }>(`select version from ${table} order by version`)
  expect(rows.map(({ version }) => version)).toEqual([1, 2, 3])
})

test.each(Object.values(kinds))('of two who add a version of $table at once, the second is told', async ({ add }) => {
  await expect(
    whileHeld(
      shop,
      (tx) => add(tx, 1),
      (tx) => add(tx, 1),
    ),
  ).rejects.toMatchObject({ code: 'changed_meanwhile' })
})
