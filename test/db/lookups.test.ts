import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../../src/kernel/database.ts'
import { findOrAddItems } from '../../src/modules/catalog/index.ts'
import { redeemGiftCards, sellGiftCards } from '../../src/modules/gift-cards/index.ts'
import {
  applyDeposits,
  capturePayments,
  capturesByReference,
  refundPayments,
} from '../../src/modules/payments/index.ts'
import { applyOpenItems, writeOffBadDebts } from '../../src/modules/receivables/index.ts'
import { documentsByNumber, issueCreditNotes, issueInvoices, linesOfOrders } from '../../src/modules/sales/index.ts'
import { saveMovements } from '../../src/modules/store-credit/index.ts'
import {
  giftCardList,
  giftCardMovementPage,
  giftCardPage,
  storeCreditList,
  storeCreditPage,
} from '../../src/reports/lists/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'

// What grows with the business. Everything else stays as small as a chart of accounts.
const growing = /\bon (payment|deposit|sales_\w+|open_item\w*|journal_\w+|party|item|gift_card\w*)\b/
const wholeTable = /Seq Scan|Index Cond: \(company_id = [^=]*\)$/

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  // As the planner sees tables of a million rows, so that it looks for the best index.
  await shop.database.owner.query(
    `update pg_class set relpages = 1, reltuples = 1000000 where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')
       and relname ~ '^(payment|deposit|sales_|open_item|journal_|party|item|gift_card|store_credit)'`,
  )
})
afterAll(() => shop.close())

/** Scans of all that a company has in a growing table, where no index leads further, in the plan of every query that the work makes. */
async function scansOf(work: (tx: Tx) => Promise<unknown>): Promise<string[]> {
  const scans: string[] = []
  await shop.work(async (tx) => {
    const explained: Tx = {
      companyId: tx.companyId,
      actor: tx.actor,
      query: async (text, values) => {
        const plan = await tx.query<Record<string, string>>(`explain ${text}`, values)
        scans.push(...wholeScans(plan.map((row) => row['QUERY PLAN'] ?? '')))
        return await tx.query(text, values)
      },
    }
    await work(explained)
  })
  return scans
}

function wholeScans(plan: readonly string[]): string[] {
  let table = ''
  return plan.flatMap((line) => {
    if (line.includes('Scan ')) table = growing.exec(line)?.[1] ?? ''
    return table !== '' && wholeTable.test(line) ? [`${table}: ${line.trim()}`] : []
  })
}

const on = day('2024-03-02')
const anna = { number: 'Anna', name: 'Anna' }

/** What can happen to an order and to an invoice, by the names that it is called by: once in a life of `n`. */
async function everything(tx: Tx, n: number): Promise<void> {
  await findOrAddItems(tx, [{ code: `MUG${n}`, name: 'Mug' }])
  const capture = { source: 'card', reference: `W${n}`, method: 'card', customer: anna, on, amountMinor: 6_000n }
  await capturePayments(tx, [{ ...capture, orderReference: `W${n}` }])
  const lines = [{ itemCode: `mug${n}`, quantity: '2', unitPrice: '50.00' }]
  await issueInvoices(tx, [{ number: `I${n}`, on, customer: anna, orderReference: `W${n}`, lines }])
  const documentId = (await documentsByNumber(tx, [`I${n}`]))(`I${n}`)
  await applyDeposits(tx, [{ orderReference: `W${n}`, documentId, on }])
  await linesOfOrders(tx, [`W${n}`])
  const credited = [{ lineNo: 1, quantity: '1.5' }]
  await issueCreditNotes(tx, [{ number: `C${n}`, invoiceNumber: `I${n}`, on, lines: credited }])
  const paymentId = (await capturesByReference(tx, [capture]))[0]?.id as bigint
  await refundPayments(tx, [{ source: 'card', reference: `R${n}`, paymentId, on, amountMinor: 1_000n }])
  const card = { reference: `S${n}`, code: `G${n}`, on, paidMinor: 1_000n, method: 'card' }
  await sellGiftCards(tx, [{ ...card, purpose: 'multi' }])
  const [second] = await issueInvoices(tx, [{ number: `J${n}`, on, customer: anna, lines }])
  const owed = { documentId: second?.documentId as bigint, on }
  await redeemGiftCards(tx, [{ ...owed, reference: `U${n}`, code: `G${n}`, amountMinor: 1_000n }])
  await writeOffBadDebts(tx, [{ ...owed, reference: `B${n}`, reason: 'gone' }])
  const missing = { debitItemId: 1n, creditItemId: 999_999n, appliedOn: on, amountMinor: 1n }
  await expect(applyOpenItems(tx, [missing])).rejects.toMatchObject({ code: 'open_item_unknown' })
}

test('no command reads a growing table from end to end', async () => {
  await shop.work((tx) => everything(tx, 1)) // of a table without a row no plan is known
  expect(await scansOf((tx) => everything(tx, 2))).toEqual([])
})

test('what one entry sold without tax is found by its document', async () => {
  expect(
    await scansOf((tx) =>
      tx.query('select * from untaxed_sale where company_id = $1 and entry_id = $2', [tx.companyId, 1n]),
    ),
  ).toEqual([])
})

test('a page of gift cards or store credit is read in the order of an index', async () => {
  const credit = { partyId: 1n, currency: 'GBP', kind: 'issued', reference: 'C', movedOn: on, amountMinor: 1n } as const
  await shop.work((tx) => saveMovements(tx, [credit]))
  const plans: string[] = []
  await shop.work(async (tx) => {
    const explained: Tx = {
      ...tx,
      query: async (text, values) => {
        const plan = await tx.query<Record<string, string>>(`explain ${text}`, values)
        plans.push(plan.map((row) => row['QUERY PLAN'] ?? '').join('\n'))
        return await tx.query(text, values)
      },
    }
    for (const sort of Object.keys(giftCardList.orders)) await giftCardPage(explained, { sort })
    for (const sort of Object.keys(storeCreditList.orders)) await storeCreditPage(explained, { sort })
    await giftCardMovementPage(explained, { filters: { card: '1' } })
  })
  expect(plans).toHaveLength(9)
  expect(plans.filter((plan) => plan.includes('Sort'))).toEqual([])
})
