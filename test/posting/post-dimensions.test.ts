import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { type Database, inCompany, openDatabase } from '../../src/kernel/database.ts'
import type { Dimensions } from '../../src/ledger/journal.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { credit, debit } from '../../src/posting/draft.ts'
import { post } from '../../src/posting/post.ts'
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

// Required, so that a dimension that is added must be added here too.
const every: Required<Dimensions> = {
  partyId: 1n,
  itemId: 2n,
  documentId: 3n,
  documentLineNo: 4,
  orderId: 5n,
  channelId: 6n,
  locationId: 7n,
  giftCardId: 8n,
  processorReference: 'ch_9',
  taxCodeId: 10n,
  taxAuthority: 'GB',
  taxPoint: accountingDate('2024-02-29'),
  taxBaseMinor: 11n,
}

test('a posted line keeps every dimension of its draft, whether its account is mapped or named', async () => {
  const company = await createCompany(database, { name: 'Dimensions', country: 'GB', currency: 'GBP' })
  const stored = await inCompany(database, company, async (tx) => {
    const [account] = await tx.query<{ id: bigint }>(`select id from account where role = 'sales'`)
    const named = { ...credit('sales', 60n, every), accountId: account?.id ?? 0n }
    const lines = [debit('receivable', 100n, every), credit('sales', 40n, every), named]
    await post(tx, [{ rule: 'test', source: { kind: 'test', id: '1' }, date: accountingDate('2024-03-01'), lines }])
    return await tx.query<Dimensions>(
      `select party_id as "partyId", item_id as "itemId", document_id as "documentId", document_line_no as "documentLineNo",
          order_id as "orderId", channel_id as "channelId", location_id as "locationId", gift_card_id as "giftCardId",
          processor_reference as "processorReference", tax_code_id as "taxCodeId", tax_authority as "taxAuthority",
          tax_point as "taxPoint", tax_base_minor as "taxBaseMinor"
        from journal_line order by line_no`,
    )
  })
  expect(stored).toEqual([every, every, every])
})
