import { afterAll, beforeAll, expect, test } from 'vitest'
import { importOrders } from '../support/imported.ts'
import { join } from '../support/people.ts'
import { newCompany, openSite, owner, type Site } from '../support/site.ts'

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
