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

const evil = '<script>alert(1)</script>'

test('writes an address that is markup as text, on the page that says that there is nothing', async () => {
  const response = await site.get(`/${encodeURIComponent(evil)}`, { accept: 'text/html' })
  const page = await response.text()
  expect(response.status).toBe(404)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;')
  expect(page).not.toContain('<script>alert(1)')
  const nowhere = await site.get('/api', { host: evil, accept: 'text/html' })
  const words = await nowhere.text()
  expect(words).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(words).not.toContain('<script>alert(1)')
})

test('writes nothing that people typed into the page of the application: it asks the API, which answers as JSON', async () => {
  const company = await newCompany(site, evil)
  const screen = company.replace('/api/v1', '')
  const plain = async (path: string) =>
    (await (await site.get(path)).text()).replaceAll(/nonce="[^"]*"|nonce='[^']*'|content="[\w-]{22}"/g, '')
  for (const path of ['', '/home', '/reports/trial-balance', '/settings'])
    expect(await plain(`${screen}${path}`)).toBe(await plain('/'))
  const { headers } = await site.get(company)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test.each([
  ['trial-balance?asOf=2024-01-31', 'reports/trial-balance?asOf=2024-01-31'],
  ['profit-and-loss?from=2024-01-01&to=2024-12-31', 'reports/profit-and-loss?from=2024-01-01&to=2024-12-31'],
  ['balance-sheet', 'reports/balance-sheet'],
  ['exceptions', 'inbox'],
])('leads from the earlier address %s to where its screen is now', async (from, to) => {
  const response = await site.get(`/companies/1/${from}`)
  expect([response.status, response.headers.get('location')]).toEqual([302, `/companies/1/${to}`])
})

test('leads from the earlier first page of a company to the company, and from nothing else', async () => {
  expect((await site.get('/?company=1')).headers.get('location')).toBe('/companies/1')
  for (const company of ['//evil.example', '1/../..', ''])
    expect((await site.get(`/?company=${encodeURIComponent(company)}`)).status).toBe(200)
})
