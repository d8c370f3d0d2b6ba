import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccountingDate } from '../../../src/kernel/accounting-date.ts'
import { closePeriod } from '../../../src/ledger/periods.ts'
import { redeemGiftCards, sellGiftCards } from '../../../src/modules/gift-cards/index.ts'
import { applyDeposits, capturePayments, receivePayments, refundPayments } from '../../../src/modules/payments/index.ts'
import { writeOffBadDebts } from '../../../src/modules/receivables/index.ts'
import { agedReceivables } from '../../../src/reports/aged.ts'
import { trialBalance } from '../../../src/reports/trial-balance.ts'
import { day, invoice, openShop, type Shop } from '../../support/shop.ts'

const anna = { number: 'Anna', name: 'Anna' }
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

/** What the sub-ledger and its control account say that customers owe at the end of a day. */
const owedOn = (asOf: AccountingDate) =>
  shop.work(async (tx) => {
    const { totals } = await agedReceivables(tx, { asOf })
    const { rows } = await trialBalance(tx, { asOf })
    return [totals[0]?.total.amount ?? '0.00', rows.find(({ role }) => role === 'receivable')?.balance.amount ?? '0.00']
  })

const agreeOn = async (...days: string[]) => {
  for (const asOf of days) {
    const [subLedger, control] = await owedOn(day(asOf))
    expect({ asOf, owed: subLedger }).toEqual({ asOf, owed: control })
  }
}

test('money that came before its invoice settles it when it is there', async () => {
  const documentId = await invoice(shop, 'D1', 'Anna', 10_000n) // of 1 March
  await shop.work((tx) =>
    capturePayments(tx, [
      {
        source: 'card',
        reference: 'D1',
        method: 'card',
        customer: anna,
        on: day('2024-02-20'),
        amountMinor: 5_000n,
        documentId,
      },
    ]),
  )
  await shop.work((tx) =>
    receivePayments(tx, [
      {
        source: 'bank',
        reference: 'D1',
        into: 'bank',
        customer: anna,
        documentIds: [documentId],
        on: day('2024-02-21'),
        amountMinor: 7_000n,
      },
    ]),
  )
  await agreeOn('2024-02-19', '2024-02-20', '2024-02-25', '2024-03-01', '2024-12-31')
})

test('what happened in a closed period is owed, paid and given up from the day on which it is posted', async () => {
  const documentId = await invoice(shop, 'D2', 'Anna', 10_000n)
  await shop.work((tx) =>
    sellGiftCards(tx, [
      { reference: 'G', code: 'G', purpose: 'multi', on: day('2024-03-02'), paidMinor: 1_000n, method: 'card' },
    ]),
  )
  const order = { source: 'card', method: 'card', customer: anna, orderReference: 'W' }
  await shop.work((tx) =>
    capturePayments(tx, [{ ...order, reference: 'W', on: day('2024-03-02'), amountMinor: 2_000n }]),
  )
  await shop.work((tx) => closePeriod(tx, { month: day('2024-03-01'), decidedBy: 'test' }))
  const on = day('2024-03-20')
  const late = await invoice(shop, 'D3', 'Anna', 10_000n)
  const [captured] = await shop.work((tx) =>
    capturePayments(tx, [
      { source: 'card', reference: 'D2', method: 'card', customer: anna, on, amountMinor: 1_000n, documentId },
    ]),
  )
  await shop.work((tx) =>
    receivePayments(tx, [
      {
        source: 'bank',
        reference: 'D2',
        into: 'bank',
        customer: anna,
        documentIds: [documentId, late],
        on,
        amountMinor: 12_000n,
      },
    ]),
  )
  await shop.work((tx) => applyDeposits(tx, [{ orderReference: 'W', documentId: late, on }]))
  await shop.work((tx) =>
    redeemGiftCards(tx, [{ reference: 'G-used', code: 'G', documentId: late, on, amountMinor: 1_000n }]),
  )
  await shop.work((tx) => writeOffBadDebts(tx, [{ reference: 'B', documentId: late, on, reason: 'gone' }]))
  await shop.work((tx) =>
    refundPayments(tx, [
      { source: 'card', reference: 'D2-back', paymentId: captured?.paymentId as bigint, on, amountMinor: 500n },
    ]),
  )
  await agreeOn('2024-03-01', '2024-03-19', '2024-03-20', '2024-03-31', '2024-04-01', '2024-12-31')
})
