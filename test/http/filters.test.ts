import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await done('customers', [
    { number: 'C1', name: 'Anna Smith', country: 'GB' },
    { number: 'C2', name: 'Bert', country: 'DE' },
  ])
  await done('items', [
    { code: 'MUG', name: 'Blue mug' },
    { code: 'LAMP', name: 'Lamp' },
  ])
  const invoice = (number: string, on: string, item: string, unitPrice: string, customer: string) => ({
    number,
    on,
    dueOn: '2024-04-01',
    customer: { number: customer },
    lines: [{ item, quantity: '1', unitPrice }],
  })
  await done('invoices', [
    invoice('A1', '2024-03-01', 'MUG', '10.00', 'C1'),
    invoice('A2', '2024-03-02', 'LAMP', '100.00', 'C1'),
    invoice('A3', '2024-03-03', 'MUG', '20.00', 'C2'),
  ])
  const received = { source: 'bank', reference: 'T1', into: 'bank', customer: { number: 'C2' }, on: '2024-03-09' }
  await done('payments/received', [{ ...received, invoices: ['A3'], amount: '24.00' }])
})
afterAll(() => site.close())

async function done(path: string, requests: unknown[]): Promise<void> {
  const response = await site.post(`${company}/${path}`, { requests })
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}

type Row = { number: string; code: string; reference: string; customerNumber: string }

async function found(path: string, key: keyof Row): Promise<string[]> {
  const response = await site.get(`${company}/${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return ((await response.json()) as { rows: Row[] }).rows.map((row) => row[key])
}

test.each([
  ['item=MUG', ['A3', 'A1']],
  ['item=nothing', []],
  ['country=GB', ['A3', 'A2', 'A1']],
  ['country=FR', []],
  ['taxCode=standard', ['A3', 'A2', 'A1']],
  ['taxCode=zero', []],
  ['without=channel', ['A3', 'A2', 'A1']],
  ['without=customer', []],
  ['channel=web', []],
  ['itemGroup=cups', []],
  ['source=countinghouse', ['A3', 'A2', 'A1']],
  ['atLeast=24', ['A3', 'A2']],
  ['atLeast=12.01&atMost=24.00', ['A3']],
  ['dueBefore=2024-04-02', ['A2', 'A1']],
  ['dueBefore=2024-04-01', []],
])('documents of %s', async (query, numbers) => {
  expect(await found(`documents?${query}`, 'number')).toEqual(numbers)
})

test('customers, items, payments, entries and open items are narrowed by what a person knows of them', async () => {
  expect(await found('customers?country=DE', 'number')).toEqual(['C2'])
  expect(await found('customers?like=smi', 'number')).toEqual(['C1'])
  expect(await found('customers?open=true', 'number')).toEqual(['C1'])
  expect(await found('items?like=mug', 'code')).toEqual(['MUG'])
  expect(await found('items?kind=service', 'code')).toEqual([])
  expect(await found('payments?source=bank&atLeast=24.00', 'reference')).toEqual(['T1'])
  expect(await found('payments?atMost=23.99', 'reference')).toEqual([])
  expect(await found('open-items?atLeast=100', 'customerNumber')).toEqual(['C1'])
  expect(await found('entries?rule=customer-paid&account=1200', 'number')).toHaveLength(1)
  expect(await found('entries?account=4000', 'number')).toHaveLength(3)
  expect(await found('entries?postedBy=user:999', 'number')).toEqual([])
})

test('an amount is a decimal', async () => {
  for (const amount of ['x', '1e3', '1.23456', ''])
    expect((await site.get(`${company}/documents?atLeast=${amount}`)).status).toBe(400)
})
