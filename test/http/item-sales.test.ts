import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'

type Row = {
  id: string
  code: string
  sales: { amount: string }
  from: string
  to: string
  source: { parameters: Record<string, string> }
}
type Page = { rows: Row[]; next: string | null }

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await done('customers', [{ number: 'C1', name: 'Anna' }])
  await done('items', [
    { code: 'MUG', name: 'Mug' },
    { code: 'LAMP', name: 'Lamp' },
    { code: 'VASE', name: 'Vase' },
  ])
  const line = (item: string, quantity: string, unitPrice: string) => ({ item, quantity, unitPrice })
  await done('invoices', [
    { number: 'A', on: '2023-01-10', customer: { number: 'C1' }, lines: [line('MUG', '9', '10.00')] },
    {
      number: 'B',
      on: '2024-03-10',
      customer: { number: 'C1' },
      lines: [line('MUG', '3', '10.00'), line('LAMP', '1', '50.00')],
    },
    { number: 'C', on: '2024-04-10', customer: { number: 'C1' }, lines: [line('MUG', '1', '10.00')] },
  ])
  await done('credit-notes', [{ number: 'D', invoice: 'B', on: '2024-05-02', lines: [{ lineNo: 1, quantity: '1' }] }])
})
afterAll(() => site.close())

async function done(path: string, requests: unknown[]): Promise<void> {
  const response = await site.post(`${company}/${path}`, { requests })
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}
const get = async <T>(path: string): Promise<T> => (await (await site.get(`${company}/${path}`)).json()) as T
const sold = async (query = ''): Promise<string[]> =>
  (await get<Page>(`item-sales${query}`)).rows.map(({ code, sales }) => `${code} ${sales.amount}`)

test('items stand by what was sold of them in twelve months up to the latest document, returns taken off', async () => {
  expect(await sold()).toEqual(['LAMP 50.00', 'MUG 30.00', 'VASE 0.00'])
  expect((await get<Page>('item-sales?limit=1')).rows[0]).toMatchObject({ from: '2023-06-01', to: '2024-05-31' })
  expect(await sold('?from=2023-01-01&to=2023-12-31')).toEqual(['MUG 90.00', 'VASE 0.00', 'LAMP 0.00'])
  expect(await sold('?from=2024-05-01&sort=sales')).toEqual(['MUG -10.00', 'LAMP 0.00', 'VASE 0.00'])
  expect(await sold('?sort=code&like=mug')).toEqual(['MUG 30.00'])
  const refused = await site.get(`${company}/item-sales?from=2024-02-01&to=2024-01-01`)
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([400, 'input_invalid'])
})

test('pages go on behind items of the same sales and of less than nothing', async () => {
  const codes: string[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page: Page = await get(`item-sales?from=2024-05-01&limit=1${after && `&after=${after}`}`)
    codes.push(...page.rows.map(({ code }) => code))
    after = page.next
  }
  expect(codes).toEqual(['VASE', 'LAMP', 'MUG'])
})

test('what was sold is the sum of the lines that it leads to', async () => {
  const { rows } = await get<Page>('item-sales?like=mug')
  const query = new URLSearchParams(rows[0]?.source.parameters)
  const { rows: lines } = await get<{ rows: { amount: { amount: string } }[] }>(`reports/lines?${query}`)
  expect(lines.reduce((sum, { amount }) => sum - Number(amount.amount), 0)).toBe(30)
})

test('one item has its months and its latest lines on documents', async () => {
  const { rows } = await get<Page>('item-sales?like=mug')
  const item = await get<{ months: object[]; lines: object[] }>(`item-sales/${rows[0]?.id}`)
  expect(item).toMatchObject({
    code: 'MUG',
    months: [
      { month: '2024-05-01', sales: { amount: '-10.00' } },
      { month: '2024-04-01', sales: { amount: '10.00' } },
      { month: '2024-03-01', sales: { amount: '30.00' } },
      { month: '2023-01-01', sales: { amount: '90.00' } },
    ],
  })
  expect(item.lines).toHaveLength(4)
  expect(item.lines[0]).toMatchObject({ number: 'D', kind: 'credit_note', quantity: '-1', customerName: 'Anna' })
  expect((await site.get(`${company}/item-sales/99`)).status).toBe(404)
})

test('a list is counted with its filters', async () => {
  expect(await get('item-sales/count')).toEqual({ count: 3, more: false })
  expect(await get('item-sales/count?like=mug&from=2024-01-01')).toEqual({ count: 1, more: false })
  expect(await get('documents/count?kind=invoice')).toEqual({ count: 3, more: false })
  expect(await get('documents/count?kind=none')).toMatchObject({ code: 'input_invalid' })
  expect(await get('open-items/count')).toEqual({ count: 3, more: false })
})
