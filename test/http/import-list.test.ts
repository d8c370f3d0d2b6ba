import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, orderExport, type Site } from '../support/site.ts'

type Page = { rows: { id: string; state: string; requester: { name: string; kind: string } }[]; next: string | null }

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
})
afterAll(() => site.close())

const get = async <T>(path: string): Promise<T> => (await (await site.get(`${company}/${path}`)).json()) as T

test('what can be imported is told in words, with what a file may be', async () => {
  const { rows, ...limits } = await get<{ rows: { format: string; label: string; description: string }[] }>(
    'import-formats',
  )
  expect(limits).toMatchObject({ largestFile: 1024 ** 3, mostFiles: 5000 })
  expect((limits as unknown as { endings: string[] }).endings).toContain('.csv')
  expect(rows.map(({ format }) => format)).toContain('online-retail')
  expect(rows.every(({ label, description }) => label !== '' && description !== '')).toBe(true)
})

test('imports are listed by pages, the newest first, of one state or all, with the name of whoever asked', async () => {
  const upload = await site.ask(`${company}/imports/files?name=orders.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: orderExport,
  })
  const { sha256 } = (await upload.json()) as { sha256: string }
  const ids: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const response = await site.post(`${company}/imports`, { files: [{ name: 'orders.csv', sha256 }], start: false })
    ids.push(((await response.json()) as { id: string }).id)
  }
  await site.post(`${company}/imports/${ids[0]}/cancel`, {})
  const first = await get<Page>('imports?limit=2')
  expect(first.rows).toMatchObject([
    { id: ids[2], state: 'uploaded', requester: { name: 'Olive', kind: 'person' } },
    { id: ids[1], state: 'uploaded' },
  ])
  const second = await get<Page>(`imports?limit=2&after=${first.next}`)
  expect(second).toMatchObject({ rows: [{ id: ids[0], state: 'cancelled' }], next: null })
  expect((await get<Page>('imports?state=cancelled')).rows.map(({ id }) => id)).toEqual([ids[0]])
  expect((await get<Page>('imports?format=online-retail&file=ORD')).rows).toHaveLength(3)
  expect((await get<Page>('imports?format=bank')).rows).toEqual([])
  expect((await get<Page>('imports?file=%25')).rows).toEqual([])
  expect(await get('imports?after=nonsense')).toMatchObject({ status: 400, code: 'input_invalid' })
})
