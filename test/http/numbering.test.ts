import { afterAll, beforeAll, expect, test } from 'vitest'
import { join } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  expect((await send('items', { code: 'MUG', name: 'Mug' })).status).toBe(201)
})
afterAll(() => site.close())

const send = (path: string, request: unknown, headers: Record<string, string> = {}) =>
  site.post(`${company}/${path}`, { requests: [request] }, headers)
const invoice = {
  on: '2024-03-01',
  customer: { number: 'Anna' },
  lines: [
    { item: 'MUG', quantity: '3', unitPrice: '3.335' },
    { description: 'Engraving', quantity: '1', unitPrice: '4' },
  ],
  shipping: '1.00',
}
type Issued = { results: { result: string; documentId: string; number: string }[] }
const issuedBy = async (response: Response) => {
  expect(response.status, await response.clone().text()).toBe(201)
  return ((await response.json()) as Issued).results[0]
}

test('an invoice without a number gets the next one, and one for each key', async () => {
  const first = await issuedBy(await send('invoices', invoice, { 'idempotency-key': 'one' }))
  expect(first).toMatchObject({ result: 'created', number: 'INV-1' })
  expect(await issuedBy(await send('invoices', invoice, { 'idempotency-key': 'one' }))).toEqual(first)
  expect((await issuedBy(await send('invoices', invoice)))?.number).toBe('INV-2')
  const own = await issuedBy(await send('invoices', { ...invoice, number: 'INV-2' }))
  expect(own).toMatchObject({ result: 'existing', number: 'INV-2' })
  const credit = { invoice: 'INV-1', on: '2024-03-02', lines: [{ lineNo: 1, quantity: '1' }] }
  expect(await issuedBy(await send('credit-notes', credit))).toMatchObject({ result: 'created', number: 'CN-1' })
})

test('a preview tells the document as it would be issued, also to whoever may not read the journal, and uses no number up', async () => {
  const seller = await join(site, company, 'sales')
  const preview = async (path: string, request: object) => {
    const response = await seller.post(`${company}/${path}?mode=preview`, { requests: [request] })
    expect(response.status, await response.clone().text()).toBe(200)
    return (await response.json()) as { entries: null; documents: Record<string, unknown>[] }
  }
  const gbp = (amount: string) => ({ amount, currency: 'GBP' })
  const { entries, documents } = await preview('invoices', { ...invoice, country: 'US' })
  expect(entries).toBeNull()
  expect(documents).toMatchObject([
    {
      number: 'INV-3',
      country: 'US',
      net: gbp('15.01'),
      tax: gbp('0.00'),
      taxes: [{ taxCode: 'export', base: gbp('15.01'), tax: gbp('0.00') }],
      lines: [
        { item: 'MUG', net: gbp('10.01'), taxCode: 'export' },
        { item: null, description: 'Engraving', net: gbp('4.00') },
        { role: 'shipping_income', net: gbp('1.00') },
      ],
    },
  ])
  const credit = { invoice: 'INV-2', on: '2024-03-02', lines: [{ lineNo: 2, quantity: '1' }] }
  expect((await preview('credit-notes', credit)).documents).toMatchObject([
    { number: 'CN-2', kind: 'credit_note', net: gbp('-4.00'), tax: gbp('-0.80'), gross: gbp('-4.80') },
  ])
  expect((await issuedBy(await send('invoices', invoice)))?.number).toBe('INV-3')
})

test('a line of neither an item nor a text is of the wrong form', async () => {
  const response = await send('invoices', { ...invoice, lines: [{ quantity: '1', unitPrice: '1' }] })
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('An item or a description.')
})
