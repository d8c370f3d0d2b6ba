import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import {
  type CreditNoteRequest,
  type InvoiceRequest,
  issueCreditNotes,
  issueInvoices,
} from '../../../src/modules/sales/index.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

const anna = { number: 'Anna', name: 'Anna' }
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work((tx) =>
    findOrAddItems(tx, [
      { code: 'MUG', name: 'Mug' },
      { code: 'LAMP', name: 'Lamp' },
    ]),
  )
})
afterAll(() => shop.close())

const invoice = (number: string, more: Partial<InvoiceRequest> = {}): InvoiceRequest => ({
  number,
  on: day('2024-03-01'),
  customer: anna,
  lines: [{ itemCode: 'mug', quantity: '3', unitPrice: '3.335' }],
  ...more,
})
const credit = (number: string, invoiceNumber: string, quantity: string, lineNo = 1): CreditNoteRequest => ({
  number,
  invoiceNumber,
  on: day('2024-03-05'),
  lines: [{ lineNo, quantity }],
})
const issue = (...requests: InvoiceRequest[]) => shop.work((tx) => issueInvoices(tx, requests))
const credits = (...requests: CreditNoteRequest[]) => shop.work((tx) => issueCreditNotes(tx, requests))
const grossOf = async (number: string): Promise<bigint> => {
  const [row] = await shop.look<{ gross: bigint }>(
    `select net_minor + tax_minor as gross from sales_document where number = '${number}'`,
  )
  return row?.gross ?? 0n
}

describe('issueInvoices', () => {
  it('rounds a line once and the tax once, and finds a retry', async () => {
    const [first] = await issue(invoice('I1', { shippingMinor: 500n, discountMinor: 100n }))
    expect(first?.result).toBe('created')
    // 3 × 3.335 = 10.005 → 10.01; with shipping 5.00 less 1.00 → 14.01; 20% → 2.80
    expect(await grossOf('I1')).toBe(1401n + 280n)
    expect((await issue(invoice('I1', { shippingMinor: 500n, discountMinor: 100n })))[0]).toEqual({
      result: 'existing',
      documentId: first?.documentId,
      entries: 0,
    })
    await expect(issue(invoice('I1'))).rejects.toMatchObject({ code: 'document_exists_differently' })
  })

  it('refuses what it cannot invoice, and writes nothing', async () => {
    const before = await shop.look('select from sales_document')
    const wrong: [Partial<InvoiceRequest>, string][] = [
      [{ lines: [{ itemCode: 'nothing', quantity: '1', unitPrice: '1' }] }, 'item_unknown'],
      [{ lines: [{ itemCode: 'mug', quantity: '1', unitPrice: '1', taxCode: 'none' }] }, 'tax_code_unknown'],
      [{ lines: [{ itemCode: 'mug', quantity: '-1', unitPrice: '1' }] }, 'input_invalid'],
      [{ lines: [{ itemCode: 'mug', quantity: '1', unitPrice: '1e3' }] }, 'input_invalid'],
      [{ lines: [] }, 'input_invalid'],
      [{ shippingMinor: -1n }, 'input_invalid'],
    ]
    for (const [change, code] of wrong) {
      await expect(issue(invoice('good'), invoice('wrong', change))).rejects.toMatchObject({ code })
    }
    expect(await shop.look('select from sales_document')).toHaveLength(before.length)
  })
})

describe('issueCreditNotes', () => {
  it('gives back exactly the invoice, in whatever steps', async () => {
    let turn = 0
    const steps = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 99_999 }), async (parts, price) => {
        turn += 1
        const [number, whole] = [`S${turn}`, parts.reduce((sum, part) => sum + part, 0)]
        const unitPrice = `${Math.floor(price / 1000)}.${String(price % 1000).padStart(3, '0')}`
        await issue(invoice(number, { lines: [{ itemCode: 'lamp', quantity: String(whole), unitPrice }] }))
        let credited = 0n
        for (const [index, part] of parts.entries()) {
          await credits(credit(`${number}-C${index}`, number, String(part)))
          credited += await grossOf(`${number}-C${index}`)
        }
        expect(credited).toBe(-(await grossOf(number)))
        await expect(credits(credit(`${number}-more`, number, '1'))).rejects.toMatchObject({
          code: 'credit_exceeds_invoice',
        })
      }),
      { numRuns: 12 },
    )
  })

  it('finds a retry, refuses another content, an unknown invoice and a line named twice', async () => {
    await issue(invoice('I2'))
    const [first] = await credits(credit('C2', 'I2', '1'))
    expect((await credits(credit('C2', 'I2', '1')))[0]).toMatchObject({
      result: 'existing',
      documentId: first?.documentId,
    })
    await expect(credits(credit('C2', 'I2', '2'))).rejects.toMatchObject({ code: 'document_exists_differently' })
    await expect(credits(credit('C3', 'nothing', '1'))).rejects.toMatchObject({ code: 'document_unknown' })
    const twice = {
      ...credit('C3', 'I2', '1'),
      lines: [
        { lineNo: 1, quantity: '1' },
        { lineNo: 1, quantity: '1' },
      ],
    }
    await expect(credits(twice)).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('never gives back more than a discounted invoice came to', async () => {
    await issue(
      invoice('D1', { lines: [{ itemCode: 'mug', quantity: '10', unitPrice: '10.00' }], discountMinor: 2_000n }),
    )
    await expect(credits(credit('D1-C0', 'D1', '10'))).rejects.toMatchObject({
      code: 'credit_exceeds_invoice',
      detail: { invoiced: '80.00 GBP', credited: '100.00 GBP' },
    })
    const both = {
      ...credit('D1-C1', 'D1', '10'),
      lines: [
        { lineNo: 1, quantity: '10' },
        { lineNo: 2, quantity: '1' },
      ],
    }
    await credits(both)
    expect(await grossOf('D1-C1')).toBe(-(await grossOf('D1')))
  })

  it('never credits more than there is, however many try at once', async () => {
    await issue(invoice('I3', { lines: [{ itemCode: 'mug', quantity: '10', unitPrice: '4.00' }] }))
    const attempts = Array.from({ length: 24 }, (_, index) => credits(credit(`P${index}`, 'I3', '1')))
    const results = await Promise.allSettled(attempts)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'credit_exceeds_invoice' })
    }
  })

  it('leaves books that every check holds', async () => {
    const { checks } = await shop.work(runChecks)
    expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  })
})
