import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

const companies = async (): Promise<number> => {
  const { rows } = (await (await site.get('/api/v1/companies')).json()) as { rows: unknown[] }
  return rows.length
}
const shop = { name: 'Shop', country: 'GB', currency: 'GBP' }

test.each(['localhost:8080', 'localhost', '127.0.0.1:8080', '[::1]:8080'])('answers to %s', async (host) => {
  expect((await site.get('/healthz', { host })).status).toBe(200)
})

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:8080'])(
  'does not answer to %s, which another site could have made resolve to us',
  async (host) => {
    const response = await site.get('/api/v1/companies', { host })
    expect(response.status).toBe(421)
    expect(await response.json()).toMatchObject({ code: 'host_unknown' })
  },
)

test.each<Record<string, string>>([
  { origin: 'http://evil.example' },
  { origin: 'http://localhost:9999', host: 'localhost:8080' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
])('declines a change that another site asks for: %j', async (headers) => {
  const before = await companies()
  const response = await site.post('/api/v1/companies', shop, headers)
  expect(response.status).toBe(403)
  expect(await companies()).toBe(before)
})

test('takes a change from its own pages', async () => {
  const headers = { origin: 'http://localhost:8080', host: 'localhost:8080', 'sec-fetch-site': 'same-origin' }
  expect((await site.post('/api/v1/companies', shop, headers)).status).toBe(201)
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'declines a change as %s, which a form of another site can send unasked',
  async (type) => {
    const response = await site.post('/api/v1/companies', shop, { 'content-type': type })
    expect(response.status).toBe(415)
  },
)

test('declines a body that is too large', async () => {
  const path = `${await newCompany(site)}/accounts`
  const response = await site.post(path, { code: '1', name: 'x'.repeat(5 * 1024 * 1024), class: 'asset' })
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ code: 'body_too_large' })
})

test('tells the browser to load nothing from elsewhere and to show it in no frame', async () => {
  for (const path of ['/', '/api', '/api/v1/companies', '/nothing-here']) {
    const { headers } = await site.get(path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('writes what people typed as text, not as markup', async () => {
  const company = await newCompany(site, '<script>alert(1)</script>')
  const page = await (await site.get(`${company.replace('/api/v1', '')}/trial-balance`)).text()
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).not.toContain('<script>alert(1)')
})
