import { afterAll, beforeAll, expect, test } from 'vitest'
import { join, keyOf, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

type View = {
  id: string
  name: string
  mine: boolean
  shared: boolean
  query: string
  columns: string[]
  isDefault: boolean
}

let site: Site
let company: string
let anna: Person
let bert: Person
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  anna = await join(site, company, 'bookkeeper')
  bert = await join(site, company, 'sales')
})
afterAll(() => site.close())

const open = { area: 'documents', name: 'Open', query: 'open=true', columns: ['number', 'gross'] }
const save = async (who: Person, ...requests: unknown[]) => {
  const response = await who.send('POST', `${company}/views`, { requests })
  return { status: response.status, body: (await response.json()) as { results: View[]; code?: string } }
}
const views = async (who: Person, query = ''): Promise<View[]> =>
  ((await (await who.get(`${company}/views${query}`)).json()) as { rows: View[] }).rows

test('a view is kept as it was saved, for whoever saved it, also by a key of theirs', async () => {
  const { status, body } = await save(anna, open, { area: 'items', name: 'All' })
  expect(status).toBe(201)
  expect(body.results.map(({ name }) => name)).toEqual(['Open', 'All'])
  expect(body.results[0]).toMatchObject({ ...open, shared: false, mine: true })
  expect((await views(anna)).map(({ name }) => name)).toEqual(['Open', 'All'])
  expect((await views(anna, '?area=items')).map(({ name }) => name)).toEqual(['All'])
  expect(await views(bert)).toEqual([])
  const key = await keyOf(site, company, anna, ['company.read'])
  expect((await views(key)).map(({ name, mine }) => [name, mine])).toEqual([
    ['Open', true],
    ['All', true],
  ])
  expect((await bert.get(`${company}/views/${body.results[0]?.id}`)).status).toBe(404)
})

test('a name is there once for a person and area, and free again when its view is gone', async () => {
  const twice = await save(anna, open)
  expect([twice.status, twice.body.code]).toEqual([409, 'view_exists'])
  expect((await save(bert, open)).status).toBe(201)
  const [{ id } = { id: '' }] = await views(bert)
  expect((await bert.send('DELETE', `${company}/views/${id}`, {})).status).toBe(200)
  expect((await bert.send('DELETE', `${company}/views/${id}`, {})).status).toBe(404)
  expect(await views(bert)).toEqual([])
  expect((await save(bert, open)).status).toBe(201)
})

test('a shared view is seen by all, changed by its owner or whoever may change settings, and its changes are audited', async () => {
  const { body } = await save(anna, { ...open, name: 'Overdue', shared: true })
  const at = `${company}/views/${body.results[0]?.id}`
  expect((await views(bert)).map(({ name, mine }) => [name, mine])).toEqual([
    ['Open', true],
    ['Overdue', false],
  ])
  const refused = await bert.send('PATCH', at, { name: 'Mine now' })
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'view_of_another'])
  expect((await bert.send('DELETE', at, {})).status).toBe(403)
  const changed = await anna.send('PATCH', at, { query: 'open=true&overdue=true' })
  expect(await changed.json()).toMatchObject({
    name: 'Overdue',
    query: 'open=true&overdue=true',
    columns: open.columns,
  })
  expect((await site.send('PATCH', at, { columns: [] })).status).toBe(200)
  const audit = await site.get(`${company}/audit-log?table=saved_view`)
  const { rows } = (await audit.json()) as { rows: { operation: string; after: { name: string } }[] }
  expect(rows.map(({ operation, after }) => [operation, after.name])).toEqual([
    ['update', 'Overdue'],
    ['update', 'Overdue'],
    ['insert', 'Overdue'],
  ])
})

test('two who change one view learn of each other', async () => {
  const { body } = await save(anna, { ...open, name: 'Two' })
  const at = `${company}/views/${body.results[0]?.id}`
  const read = await anna.get(at)
  const tag = { 'if-match': read.headers.get('etag') ?? '' }
  expect((await anna.send('PATCH', at, { query: 'a=1' }, tag)).status).toBe(200)
  expect((await anna.send('PATCH', at, { query: 'a=2' }, tag)).status).toBe(412)
})

test('each begins a list with the view that they say, also one of another, until they say no or it is gone', async () => {
  const { body } = await save(
    anna,
    { area: 'payments', name: 'Shared', shared: true, isDefault: true },
    { area: 'payments', name: 'Own' },
  )
  const [shared, own] = body.results.map(({ id }) => `${company}/views/${id}`) as [string, string]
  const begins = async (who: Person) =>
    (await views(who, '?area=payments')).filter(({ isDefault }) => isDefault).map(({ name }) => name)
  expect(await begins(anna)).toEqual(['Shared'])
  expect(await begins(bert)).toEqual([])
  expect((await bert.send('PATCH', shared, { isDefault: true })).status).toBe(200)
  expect(await begins(bert)).toEqual(['Shared'])
  expect(await (await anna.send('PATCH', own, { isDefault: true })).json()).toMatchObject({ isDefault: true })
  expect([await begins(anna), await begins(bert)]).toEqual([['Own'], ['Shared']])
  expect((await anna.send('PATCH', own, { isDefault: false })).status).toBe(200)
  expect(await begins(anna)).toEqual([])
  expect((await bert.send('PATCH', shared, { isDefault: true, name: 'Mine' })).status).toBe(403)
  expect((await bert.send('PATCH', own, { isDefault: true })).status).toBe(404)
  expect((await anna.send('PATCH', shared, { shared: false })).status).toBe(200)
  expect(await begins(bert)).toEqual([])
})
