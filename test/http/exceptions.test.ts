import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompany } from '../../src/kernel/database.ts'
import { raiseExceptions } from '../../src/modules/inbox/index.ts'
import { importOrders } from '../support/imported.ts'
import { join } from '../support/people.ts'
import { newCompany, openSite, owner, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await importOrders(site, company)
})
afterAll(() => site.close())

type Row = { id: string; subject: string }
const list = async (query: string): Promise<string[]> => {
  const { rows } = (await (await site.get(`${company}/exceptions?${query}`)).json()) as { rows: Row[] }
  return rows.map(({ subject }) => subject)
}
const counts = async () => await (await site.get(`${company}/exceptions/counts`)).json()
const detail = async (id: string, get = site.get) => await (await get(`${company}/exceptions/${id}`)).json()

test('what waits is counted and listed by whose it is and until when, a page at a time', async () => {
  expect(await counts()).toEqual({ mine: 0, unassigned: 2, overdue: 0, waiting: 2 })
  expect(await list('view=mine')).toEqual([])
  expect(await list('view=unassigned&sort=due')).toEqual(['PARTY', 'DCGSSBOY'])
  const given = { id: '1', owner: owner.name, email: owner.email.toUpperCase() }
  expect((await site.post(`${company}/exceptions/assignments`, { requests: [given] })).status).toBe(201)
  expect(await counts()).toEqual({ mine: 1, unassigned: 1, overdue: 0, waiting: 2 })
  expect(await list('view=mine')).toHaveLength(1)
  expect(await list('view=overdue')).toEqual([])
  const first = (await (await site.get(`${company}/exceptions?limit=1&sort=due`)).json()) as {
    rows: Row[]
    next: string
  }
  expect(first.next).toBe(first.rows[0]?.id)
  const second = await (await site.get(`${company}/exceptions?limit=1&sort=due&after=${first.next}`)).json()
  expect(second).toMatchObject({ next: null, rows: [{ subject: 'DCGSSBOY' }] })
  expect(await list('view=waiting&source=somewhere-else')).toEqual([])
})

test('the file of the list has what the list shows with the same filters, in the same order', async () => {
  const file = async (query: string): Promise<string[]> => {
    const response = await site.get(`${company}/exports/exceptions?columns=subject&${query}`)
    return (await response.text()).trimEnd().split('\n').slice(1)
  }
  for (const query of [
    'sort=due',
    'sort=amount',
    'view=mine',
    'view=unassigned',
    'source=somewhere-else',
    'import=999',
  ])
    expect([query, await file(query)]).toEqual([query, await list(query)])
})

test('an exception says which rows it is about and what its remedy posted, to those who may read entries', async () => {
  const { rows } = (await (await site.get(`${company}/exceptions`)).json()) as { rows: Row[] }
  const { id = '' } = rows.find(({ subject }) => subject === 'DCGSSBOY') ?? {}
  expect(await detail(id)).toMatchObject({
    alike: 1,
    rowCount: 1,
    rows: [{ document: { number: '536368' }, file: 'orders.csv', line: '5', amount: { amount: '3.33' } }],
    entries: [],
  })
  const remedy = { requests: [{ id, standsFor: 'charge', role: 'shipping_income' }] }
  expect((await site.post(`${company}/exceptions/resolutions`, remedy)).status).toBe(201)
  const after = (await detail(id)) as { entries: { lines: { account: string }[] }[]; notes: { authorName: string }[] }
  expect(after.entries).toHaveLength(1)
  expect(after.entries[0]?.lines).toHaveLength(2)
  expect(after.notes.at(-1)?.authorName).toBe(owner.name)
  expect(await list('view=closed')).toEqual(['DCGSSBOY'])
  const picker = await join(site, company, 'warehouse')
  expect(await detail(id, picker.get)).toMatchObject({ rowCount: 1, entries: null })
})

test('who takes care of exceptions posts by no remedy what they may not post themselves', async () => {
  const service = await join(site, company, 'customer_service')
  const { rows } = (await (await site.get(`${company}/exceptions?kind=unknown_code&view=waiting`)).json()) as {
    rows: Row[]
  }
  const id = rows.find(({ subject }) => subject === 'PARTY')?.id ?? ''
  const entries = () => runSql(site.url, 'select id from journal_entry')
  const before = await entries()
  const remedies = [
    ['resolutions', { id, standsFor: 'item' }],
    ['resolutions', { id, taxCode: 'standard' }],
    ['resolutions', { id, acceptUpTo: '1.00' }],
    ['reruns', { id }],
  ] as const
  for (const [route, remedy] of remedies) {
    const whole = await service.post(`${company}/exceptions/${route}`, { requests: [remedy] })
    expect([route, whole.status, (await whole.json()) as object]).toEqual([
      route,
      403,
      expect.objectContaining({ code: 'not_permitted', detail: expect.stringContaining('journal.post') }),
    ])
  }
  // What posts nothing they do, beside what is refused one by one.
  const refusedOrder = { kind: 'document_refused' as const, source: 'orders', subject: '7', message: 'Not yet' }
  const said = { kind: 'sale_not_shipped' as const, source: 'orders', subject: '8', message: 'Not shipped' }
  await inCompany(site.database, BigInt(company.split('/').at(-1) ?? ''), (tx) =>
    raiseExceptions(
      tx,
      [refusedOrder, said].map((one) => ({ ...one, amountMinor: 0n, currency: 'GBP' })),
    ),
  )
  const ids = new Map(
    (
      (await (await site.get(`${company}/exceptions?source=orders`)).json()) as { rows: (Row & { kind: string })[] }
    ).rows.map((row) => [row.kind, row.id]),
  )
  const requests = [{ id: ids.get('document_refused') }, { id: ids.get('sale_not_shipped') }]
  const each = await service.post(`${company}/exceptions/reruns?mode=each`, { requests })
  expect(await each.json()).toMatchObject({
    results: [{ status: 403, problem: { detail: expect.stringContaining('sales.write') } }, { status: 201 }],
  })
  const done = { requests: [{ id: ids.get('sale_not_shipped'), text: 'The customer was called' }] }
  expect((await service.post(`${company}/exceptions/resolutions`, done)).status).toBe(201)
  expect(await entries()).toEqual(before)
})

test('over the API a payment method is explained by one remedy, for all that come', async () => {
  const named = { kind: 'unknown_payment_method' as const, source: 'shopify-orders', subject: 'Mystery Pay' }
  await inCompany(site.database, BigInt(company.split('/').at(-1) ?? ''), (tx) =>
    raiseExceptions(tx, [{ ...named, message: 'Nobody has said where it is', amountMinor: 100n, currency: 'GBP' }]),
  )
  const found = await site.get(`${company}/exceptions?kind=unknown_payment_method`)
  const [{ id } = { id: '' }] = ((await found.json()) as { rows: Row[] }).rows
  const resolve = (remedy: object) => site.post(`${company}/exceptions/resolutions`, { requests: [{ id, ...remedy }] })
  expect((await resolve({ moneyIs: 'on the moon' })).status).toBe(400)
  expect(await (await resolve({ moneyIs: 'clearing', method: 'mystery' })).json()).toMatchObject({
    results: [{ state: 'resolved', message: 'Placed as payment_clearing of mystery' }],
  })
  const rules = (await (await site.get(`${company}/source-name-rules?source=shopify-orders`)).json()) as {
    rows: { pattern: string; standsFor: string; method: string | null }[]
  }
  expect(rules.rows).toMatchObject([{ pattern: 'Mystery Pay', standsFor: 'clearing', method: 'mystery' }])
})
