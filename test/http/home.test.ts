import { afterAll, beforeAll, expect, test } from 'vitest'
import { join } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

type Money = { amount: string }
type Source = { report?: string; list?: string; parameters: Record<string, string> }
type Figure = { amount: Money; source: Source | null }
type Total = { from: string; to: string; sales: Figure; lastYear: Figure; percent: string | null }
type Ranked = { key: string; name: string; sales: Figure }
type Home = {
  figures: {
    sales: {
      days: { day: string; sales: Money; lastYear: Money }[]
      source: Source
      week: Total
      month: Total
      range: Total
    }
    items: Ranked[]
    countries: Ranked[]
    cash: { total: Figure; accounts: (Figure & { code: string })[] }
    owed: Record<'toUs' | 'toUsOverdue' | 'byUs' | 'byUsOverdue', Figure>
    tax: { owed: Figure; pending: Figure }
  } | null
  exceptions: { count: number; ages: { age: string; count: number }[]; kinds: unknown[] } | null
  approvals: { count: number } | null
  imports: { latest: { state: string } | null } | null
  proof: { latest: { ok: boolean; checks: { name: string; result: string }[] } | null } | null
}

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await done('items', [
    { code: 'MUG', name: 'Mug' },
    { code: 'LAMP', name: 'Lamp' },
  ])
  const invoice = (number: string, on: string, item: string, unitPrice: string) => ({
    number,
    on,
    customer: { number: 'C1', name: 'Anna' },
    lines: [{ item, quantity: '1', unitPrice }],
  })
  await done('invoices', [
    invoice('A1', '2023-05-10', 'MUG', '40.00'),
    invoice('A2', '2024-05-06', 'MUG', '10.00'),
    invoice('A3', '2024-05-08', 'LAMP', '50.00'),
    invoice('A4', '2024-05-10', 'MUG', '20.00'),
  ])
  await done('credit-notes', [{ number: 'C1', invoice: 'A4', on: '2024-05-10', lines: [{ lineNo: 1, quantity: '1' }] }])
  const received = { source: 'bank', reference: 'T1', into: 'bank', customer: { number: 'C1' }, on: '2024-05-09' }
  await done('payments/received', [{ ...received, invoices: ['A1'], amount: '48.00' }])
})
afterAll(() => site.close())

async function done(path: string, requests: unknown[]): Promise<void> {
  const response = await site.post(`${company}/${path}`, { requests })
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}

async function get<Answer>(path: string): Promise<Answer> {
  const response = await site.get(`${company}/${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as Answer
}

const home = () => get<Home>('home?asOf=2024-05-10&days=7')

/** The sum of the rows that a source leads to, without its sign. */
async function sumOf({ report, parameters }: Source): Promise<string> {
  const query = new URLSearchParams({ ...parameters, count: 'true' })
  const found = await get<{ counted: { amount: Money } }>(`reports/${report}?${query}`)
  return found.counted.amount.amount.replace('-', '')
}

test('sales stand by day beside last year, with their totals, and each leads to its lines', async () => {
  const { figures } = await home()
  const { days, source, week, month, range } = (figures as NonNullable<Home['figures']>).sales
  expect(days.map(({ day, sales, lastYear }) => [day, sales.amount, lastYear.amount])).toEqual([
    ['2024-05-04', '0.00', '0.00'],
    ['2024-05-05', '0.00', '0.00'],
    ['2024-05-06', '10.00', '0.00'],
    ['2024-05-07', '0.00', '0.00'],
    ['2024-05-08', '50.00', '0.00'],
    ['2024-05-09', '0.00', '0.00'],
    ['2024-05-10', '0.00', '40.00'],
  ])
  for (const total of [week, month, range]) {
    expect([total.sales.amount.amount, total.lastYear.amount.amount, total.percent]).toEqual(['60.00', '40.00', '50.0'])
    expect(await sumOf(total.sales.source as Source)).toBe('60.00')
    expect(await sumOf(total.lastYear.source as Source)).toBe('40.00')
  }
  expect([week.from, month.from, range.from]).toEqual(['2024-05-06', '2024-05-01', '2024-05-04'])
  const ofDay = { ...source, parameters: { ...source.parameters, from: '2024-05-08', to: '2024-05-08' } }
  expect(await sumOf(ofDay)).toBe('50.00')
})

test('what sold best, what is owed, tax and cash are there, and lead to what they are made of', async () => {
  const figures = (await home()).figures as NonNullable<Home['figures']>
  const { items, countries, cash, owed, tax } = figures
  expect(items.map(({ key, sales }) => [key, sales.amount.amount])).toEqual([
    ['LAMP', '50.00'],
    ['MUG', '10.00'],
  ])
  for (const { sales } of [...items, ...countries])
    expect(await sumOf(sales.source as Source)).toBe(sales.amount.amount)
  expect(countries.map(({ key, sales }) => [key, sales.amount.amount])).toEqual([['GB', '60.00']])
  expect([cash.total.amount.amount, cash.accounts.map(({ code }) => code)]).toEqual(['48.00', ['1200']])
  expect(await sumOf(cash.accounts[0]?.source as Source)).toBe('48.00')
  expect([owed.toUs.amount.amount, owed.byUs.amount.amount]).toEqual(['72.00', '0.00'])
  expect(owed.toUs.source).toEqual({ report: 'aged-receivables', parameters: { asOf: '2024-05-10' } })
  expect(await sumOf(tax.owed.source as Source)).toBe(tax.owed.amount.amount)
  expect(tax.owed.amount.amount).toBe('20.00')
  expect(owed.toUsOverdue.source?.list).toBe('open-items')
})

test('what was overdue on an earlier day was open then, whatever was settled since', async () => {
  const owedOn = async (day: string) => {
    const { figures } = await get<Home>(`home?asOf=${day}&days=7`)
    const { toUs, toUsOverdue } = (figures as NonNullable<Home['figures']>).owed
    return [toUs.amount.amount, toUsOverdue.amount.amount, toUsOverdue.source]
  }
  const open = (asOf: string) => ({ report: 'aged-receivables', parameters: { asOf, items: 'true' } })
  // Each is due on its day. A1 is paid a year later, on 9 May 2024.
  expect(await owedOn('2023-05-10')).toEqual(['48.00', '0.00', open('2023-05-10')])
  expect(await owedOn('2023-05-11')).toEqual(['48.00', '48.00', open('2023-05-11')])
  expect(await owedOn('2024-05-08')).toEqual(['120.00', '60.00', open('2024-05-08')])
  const now = { list: 'open-items', parameters: { dueBefore: '2024-05-10' } }
  expect(await owedOn('2024-05-10')).toEqual(['72.00', '72.00', now])
  const aged = await get<{ totals: Record<string, Money>[] }>('reports/aged-receivables?asOf=2024-05-08')
  expect(aged.totals[0]).toMatchObject({
    current: { amount: '60.00' },
    days1To30: { amount: '12.00' },
    over90: { amount: '48.00' },
  })
})

test('what waits, the latest import and the checks are there once there are any', async () => {
  expect(await home()).toMatchObject({ exceptions: { count: 0, kinds: [] }, imports: { latest: null } })
  await get('checks')
  const { proof, approvals } = await home()
  expect(approvals).toMatchObject({ count: 0 })
  expect(proof?.latest?.ok).toBe(true)
  expect(proof?.latest?.checks).toContainEqual({
    name: 'entries-balance',
    result: 'held',
    compared: expect.any(Number),
    rows: 0,
  })
})

test('each part is for whoever may read it', async () => {
  const packer = await join(site, company, 'warehouse')
  const seen = (await (await packer.get(`${company}/home`)).json()) as Home
  expect(seen).toMatchObject({ figures: null, approvals: null, imports: null, proof: null })
  expect(seen.exceptions?.count).toBe(0)
})

test('a company without anything has a first screen too, and what cannot be is refused', async () => {
  const empty = await newCompany(site, 'Empty')
  const found = (await (await site.get(`${empty}/home`)).json()) as Home
  expect(found.figures?.sales.days).toHaveLength(30)
  expect(found.figures?.items).toEqual([])
  for (const query of ['days=6', 'days=93', 'top=0', 'asOf=2024-02-30', 'colour=red'])
    expect([query, (await site.get(`${company}/home?${query}`)).status]).toEqual([query, 400])
})
