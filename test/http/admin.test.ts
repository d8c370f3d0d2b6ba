import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstScriptBytes, firstScripts } from '../support/first-script.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

const page = async (path = '/join') => await site.get(path, { accept: 'text/html' })

test('every address of the application is the same page, which is asked for anew each time', async () => {
  for (const path of [
    '/',
    '/companies/new',
    '/companies/1',
    '/companies/1/documents',
    '/companies/7/any/thing?x=1',
    '/join',
    '/reset',
  ]) {
    const response = await page(path)
    expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'no-cache'])
    expect(await response.text()).toContain('<div id="root">')
  }
})

test('scripts come from files alone, and styles from files or with a nonce that no other answer has', async () => {
  const [one, two] = [await page(), await page()]
  const policy = one.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toContain('unsafe')
  const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1]
  const html = await one.text()
  expect(html).toContain(`nonce="${nonce}"`)
  expect(html).not.toContain('%NONCE%')
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
  expect(two.headers.get('content-security-policy')).not.toContain(`nonce-${nonce}`)
})

test('what a build names by its content is kept for ever, and sent as small as the browser takes it', async () => {
  const [path = ''] = firstScripts(await (await page()).text())
  const plain = await site.get(path, { 'accept-encoding': 'identity' })
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const content = Buffer.from(await plain.arrayBuffer())
  const asked = async (encoding: string) => {
    const response = await site.get(path, { 'accept-encoding': encoding })
    return [response.headers.get('content-encoding'), Buffer.from(await response.arrayBuffer())] as const
  }
  const [br, packed] = await asked('gzip, deflate, br')
  expect([br, brotliDecompressSync(packed).equals(content)]).toEqual(['br', true])
  const [gzip, zipped] = await asked('gzip')
  expect([gzip, gunzipSync(zipped).equals(content)]).toEqual(['gzip', true])
})

test.each([
  '/assets/none.js',
  '/assets/..%2findex.html',
  '/assets/%2e%2e/built-from.json',
  '/assets/index.html',
  '/assets/x.js.br',
])('there is nothing at %s', async (path) => expect((await site.get(path)).status).toBe(404))

test('what is loaded before anything is shown stays under 250 KB, compressed', async () => {
  expect(firstScripts(await (await page()).text()).length).toBeGreaterThan(0)
  expect(firstScriptBytes(new URL('../..', import.meta.url).pathname)).toBeLessThan(250_000)
})

test('whoever is not signed in is led to where they can, and comes back; a program is told', async () => {
  const asked = await site.get('/companies/1/documents?kind=invoice', { accept: 'text/html', cookie: '' })
  expect([asked.status, asked.headers.get('location')]).toEqual([
    302,
    '/sign-in?next=%2Fcompanies%2F1%2Fdocuments%3Fkind%3Dinvoice',
  ])
  expect((await site.get('/companies/1/documents', { cookie: '' })).status).toBe(401)
})
