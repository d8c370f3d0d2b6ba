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
