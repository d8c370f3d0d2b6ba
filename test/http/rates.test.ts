import { afterAll, beforeAll, expect, it } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
})
afterAll(() => site.close())

const send = async (path: string, request: unknown) => {
  const response = await site.post(`${company}/${path}`, { requests: [request] })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const read = async (path: string) => (await (await site.get(`${company}/${path}`)).json()) as Record<string, unknown>

it('takes rates, finds them, and books an invoice and its payment with them', async () => {
  const rate = { source: 'manual', currency: 'EUR', day: '2011-01-05', rate: '0.8500' }
  expect(await send('rates', rate)).toEqual({ status: 201, body: { results: [{ result: 'created', version: 1 }] } })
  expect(await send('rates', { ...rate, day: '2011-02-05', rate: '0.9000' })).toMatchObject({ status: 201 })
  expect(await read('rates/EUR/2011-01-06')).toEqual({
    currency: 'EUR',
    base: 'GBP',
    on: '2011-01-06',
    rate: '0.85',
    source: 'manual',
    day: '2011-01-05',
  })
  expect(await read('rates/EUR/2011-01-01')).toMatchObject({ code: 'rate_missing', status: 422 })
  expect((await read('rates?currency=EUR&limit=1')).rows).toEqual([
    expect.objectContaining({ day: '2011-02-05', rate: '0.9000', quotedAs: 'base currency for one unit', version: 1 }),
  ])

  await send('items', { code: 'mug', name: 'Mug' })
  const lines = [{ item: 'mug', quantity: '1', unitPrice: '100.00' }]
  const invoice = { number: 'E1', on: '2011-01-10', customer: { number: 'Anna' }, currency: 'EUR', lines }
  expect(await send('invoices', invoice)).toMatchObject({ status: 201 })
  const payment = { source: 'bank', reference: 'B1', into: 'bank', customer: { number: 'Anna' }, invoices: ['E1'] }
  expect(
    await send('payments/received', { ...payment, on: '2011-02-10', amount: '110.00', settles: '120.00' }),
  ).toMatchObject({
    status: 201,
  })
  const used = async (rate: string) =>
    ((await read(`entries?sort=date&rate=${encodeURIComponent(rate)}`)).rows as { rule: string }[]).map(
      ({ rule }) => rule,
    )
  expect(await used('EUR 2011-01-05 manual')).toEqual(['invoice-issued'])
  expect(await used('EUR 2011-02-05 manual')).toEqual([])
  for (const other of ['EUR 2011-01-05 ecb', 'GBP 2011-01-05 manual', 'EUR', "' 2011-13-45 manual"])
    expect(await used(other)).toEqual([])
  const { rows } = (await read('reports/trial-balance')) as { rows: { role: string; balance: { amount: string } }[] }
  expect(Object.fromEntries(rows.map(({ role, balance }) => [role, balance.amount]))).toEqual({
    bank: '110.00',
    sales: '-85.00',
    output_tax: '-17.00',
    realised_fx: '-8.00',
  })
})

it('reads what a payment settles of an item of earlier books in the currency of that item', async () => {
  const yen = { source: 'manual', currency: 'JPY', day: '2012-01-01', rate: '0.0080' }
  expect(await send('rates', yen)).toMatchObject({ status: 201 })
  expect(await send('customers', { number: 'Kenji', name: 'Kenji' })).toMatchObject({ status: 201 })
  const owed = { role: 'receivable', amount: '80.00', currency: 'JPY', currencyAmount: '10000', customer: 'Kenji' }
  const opening = { reference: 'opening', date: '2012-01-01', lines: [{ ...owed, document: 'OLD-1' }] }
  expect(await send('opening-balances', opening)).toMatchObject({ status: 201 })
  const payment = { source: 'bank', reference: 'B2', into: 'bank', customer: { number: 'Kenji' }, invoices: ['OLD-1'] }
  expect(
    await send('payments/received', { ...payment, on: '2012-01-02', amount: '81.00', settles: '10000' }),
  ).toMatchObject({ status: 201 })
  const { rows } = (await read('open-items?customer=Kenji')) as { rows: object[] }
  expect(rows).toEqual([])
})

it('revalues 36 months at once and no more, since each stands on those before it', async () => {
  const months = (count: number) =>
    Array.from({ length: count }, (_, place) => ({
      month: `${2013 + Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, '0')}`,
    }))
  const revalue = (count: number, mode = 'all') =>
    site.post(`${company}/revaluations?mode=${mode}`, { requests: months(count) })
  expect((await revalue(37)).status).toBe(400)
  expect((await revalue(37, 'each')).status).toBe(400)
  expect((await revalue(36)).status).toBe(201)
})
