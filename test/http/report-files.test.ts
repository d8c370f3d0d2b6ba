import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptedFormat } from '../../src/http/report-routes.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
})
afterAll(() => site.close())

const begins = async (response: Response): Promise<string> =>
  Buffer.from(await response.arrayBuffer())
    .subarray(0, 4)
    .toString('latin1')

test.each([
  ['csv', 'text/csv; charset=utf-8', 'code'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK\u0003\u0004'],
  ['pdf', 'application/pdf', '%PDF'],
])('a report is had as %s by its name or its media type', async (format, type, start) => {
  const byName = await site.get(`${company}/reports/trial-balance?format=${format}`)
  const byType = await site.get(`${company}/reports/trial-balance`, { accept: `text/html;q=0.1, ${type}` })
  for (const response of [byName, byType]) {
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="trial-balance.${format}"`)
    expect(await begins(response)).toBe(start)
  }
})

test('a report is JSON unless something else of ours is asked for', async () => {
  expect(['*/*', undefined, 'image/png', 'application/json, text/csv'].map(acceptedFormat)).toEqual(
    Array.from({ length: 4 }, () => 'json'),
  )
  expect((await site.get(`${company}/reports/trial-balance?format=docx`)).status).toBe(400)
})

test('the month-end pack is an archive, for a month alone', async () => {
  const response = await site.get(`${company}/month-end-pack?period=2011-02`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/zip')
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  expect(Object.keys(files)).toContain('month-end-pack-2011-02.pdf')
  expect((await site.get(`${company}/month-end-pack?period=2011`)).status).toBe(400)
})

test('a budget is added, filled and compared', async () => {
  expect((await site.post(`${company}/budgets`, { requests: [{ code: '2011', name: 'Plan' }] })).status).toBe(201)
  const put = (body: unknown, code = '2011') =>
    site.app.request(
      new Request(`http://localhost:8080${company}/budgets/${code}/amounts`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const amounts = [{ account: '4000', month: '2011-01', amount: '120.00' }]
  expect((await put({ amounts })).status).toBe(200)
  expect((await put({ amounts }, 'other')).status).toBe(404)
  expect(await (await site.get(`${company}/budgets`)).json()).toMatchObject({
    rows: [{ code: '2011', name: 'Plan', from: '2011-01', to: '2011-01', amounts: 1 }],
  })
  const held = await site.get(`${company}/budgets/2011/amounts`)
  expect(await held.json()).toEqual({
    code: '2011',
    name: 'Plan',
    amounts: [{ account: '4000', month: '2011-01', channel: null, amount: '120.00' }],
  })
  expect((await site.get(`${company}/budgets/other/amounts`)).status).toBe(404)
  const report = (await (await site.get(`${company}/reports/budget?budget=2011`)).json()) as { rows: object[] }
  expect(report.rows[0]).toMatchObject({ code: '4000', budget: { amount: '120.00' }, variance: { amount: '-120.00' } })
})

test('the amounts of a budget are set only over what was read, and zero takes one out', async () => {
  await site.post(`${company}/budgets`, { requests: [{ code: 'tagged', name: 'Plan' }] })
  const read = () => site.get(`${company}/budgets/tagged/amounts`)
  const put = (amount: string, tag: string | null) =>
    site.send(
      'PUT',
      `${company}/budgets/tagged/amounts`,
      { amounts: [{ account: '4000', month: '2011-02', amount }] },
      tag === null ? {} : { 'if-match': tag },
    )
  const before = (await read()).headers.get('etag')
  expect((await put('1.00', before)).status).toBe(200)
  const late = await put('2.00', before)
  expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([412, 'changed_meanwhile'])
  expect(await (await read()).json()).toMatchObject({ amounts: [{ amount: '1.00' }] })
  expect((await put('0', (await read()).headers.get('etag'))).status).toBe(200)
  expect(await (await read()).json()).toMatchObject({ amounts: [] })
  expect((await put('3.00', null)).status).toBe(200)
})
