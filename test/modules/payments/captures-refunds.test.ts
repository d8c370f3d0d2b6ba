import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import {
  applyDeposits,
  type CaptureRequest,
  capturePayments,
  refundPayments,
} from '../../../src/modules/payments/index.ts'
import { issueCreditNotes, issueInvoices } from '../../../src/modules/sales/index.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

const anna = { number: 'Anna', name: 'Anna' }
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work((tx) => findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }]))
})
afterAll(() => shop.close())

const capture = (reference: string, amountMinor: bigint, more: Partial<CaptureRequest> = {}) =>
  shop.work((tx) =>
    capturePayments(tx, [
      { source: 'card', reference, method: 'card', customer: anna, on: day('2024-03-01'), amountMinor, ...more },
    ]),
  )
const refund = (reference: string, paymentId: bigint, amountMinor: bigint) =>
  shop.work((tx) => refundPayments(tx, [{ source: 'card', reference, paymentId, on: day('2024-03-09'), amountMinor }]))
const invoice = async (number: string, quantity: string, orderReference?: string): Promise<bigint> => {
  const [outcome] = await shop.work((tx) =>
    issueInvoices(tx, [
      {
        number,
        on: day('2024-03-02'),
        customer: anna,
        orderReference,
        lines: [{ itemCode: 'mug', quantity, unitPrice: '10.00' }],
      },
    ]),
  )
  return outcome?.documentId as bigint
}
const noneBroken = async () =>
  expect((await shop.work(runChecks)).checks.filter(({ result }) => result === 'broken')).toEqual([])

describe('captures and refunds', () => {
  it('takes a deposit with its tax, applies it, and refunds what is credited', async () => {
    const [paid] = await capture('W1', 12_000n, { orderReference: 'W1', depositTaxCode: 'standard' })
    expect(await shop.balances()).toEqual({
      payment_clearing: 12_000n,
      customer_deposits: -10_000n,
      output_tax: -2_000n,
    })
    const documentId = await invoice('I1', '10', 'W1')
    await shop.work((tx) => applyDeposits(tx, [{ orderReference: 'W1', documentId, on: day('2024-03-02') }]))
    expect(await shop.balances()).toEqual({ payment_clearing: 12_000n, output_tax: -2_000n, sales: -10_000n })
    await shop.work((tx) =>
      issueCreditNotes(tx, [
        { number: 'C1', invoiceNumber: 'I1', on: day('2024-03-08'), lines: [{ lineNo: 1, quantity: '1' }] },
      ]),
    )
    await refund('R1', paid?.paymentId as bigint, 1_200n)
    expect(await shop.balances()).toEqual({
      payment_clearing: 10_800n,
      output_tax: -1_800n,
      sales: -10_000n,
      sales_returns: 1_000n,
    })
    expect(await shop.look('select from open_item where applied_minor <> amount_minor')).toEqual([])
    await noneBroken()
  })

  it('gives a cancelled order its deposit back, tax and all', async () => {
    const before = await shop.balances()
    const [paid] = await capture('W2', 6_000n, { orderReference: 'W2', depositTaxCode: 'standard' })
    await refund('R2', paid?.paymentId as bigint, 6_000n)
    expect(await shop.balances()).toEqual(before)
    await noneBroken()
  })

  it('finds a retry, and refuses the same reference with another amount', async () => {
    const documentId = await invoice('I3', '1')
    expect((await capture('P3', 1_200n, { documentId }))[0]?.result).toBe('created')
    const before = await shop.balances()
    expect((await capture('P3', 1_200n, { documentId }))[0]?.result).toBe('existing')
    await expect(capture('P3', 1_300n, { documentId })).rejects.toMatchObject({ code: 'payment_exists_differently' })
    expect(await shop.balances()).toEqual(before)
  })

  it('refuses more than the invoice owes, nothing, and a payment for nothing', async () => {
    const documentId = await invoice('I4', '1')
    await expect(capture('P4', 1_201n, { documentId })).rejects.toMatchObject({
      code: 'open_item_exceeded',
      message: expect.stringMatching(/open \d+\.\d\d GBP, amount 12\.01 GBP$/),
    })
    await expect(capture('P5', 0n, { documentId })).rejects.toMatchObject({ code: 'amount_not_positive' })
    await expect(capture('P6', 1n)).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(capture('P7', 1n, { documentId: 999_999n })).rejects.toMatchObject({ code: 'document_unknown' })
    await expect(refund('R9', 999_999n, 1n)).rejects.toMatchObject({ code: 'payment_unknown' })
    await noneBroken()
  })

  it('never refunds more than was captured, however many refund at once', async () => {
    const documentId = await invoice('I5', '10')
    const [paid] = await capture('P8', 12_000n, { documentId })
    const paymentId = paid?.paymentId as bigint
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => refund(`X${index}`, paymentId, 700n)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(17) // 17 × 7.00 = 119.00 of 120.00
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'refund_exceeds_payment', detail: { captured: '120.00' } })
    }
    await noneBroken()
  })
})
