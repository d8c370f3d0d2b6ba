import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Upload } from '../../clients/typescript/src/api.ts'
import { openSite, orderExport, type Site } from '../support/site.ts'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 375, height: 780 } }

async function importOrders(site: Site, company: string): Promise<void> {
  const headers = { 'content-type': 'text/csv' }
  const path = `${company}/imports/files?name=orders.csv`
  const { sha256 } = (await (await site.ask(path, { method: 'POST', headers, body: orderExport })).json()) as Upload
  const files = [{ name: 'orders.csv', sha256 }]
  const begun = await site.post(`${company}/imports`, { format: 'online-retail', files, dryRun: false })
  const { id } = (await begun.json()) as { id: string }
  const state = async () => ((await (await site.get(`${company}/imports/${id}`)).json()) as { state: string }).state
  while ((await state()) === 'running') await new Promise((done) => setTimeout(done, 50))
  expect(await state()).toBe('done')
}

describe('the first page', () => {
  if (executablePath === undefined) {
    test('in a browser', ({ skip }) => skip('Chromium is not installed: apt-get install chromium'))
    return
  }
  let site: Site
  let server: Server
  let browser: Browser
  let address: string
  beforeAll(async () => {
    site = await openSite()
    server = createAdaptorServer({ fetch: (request) => site.app.fetch(request) }) as Server
    server.listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    address = `http://localhost:${(server.address() as AddressInfo).port}`
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser.close()
    server.closeAllConnections()
    server.close()
    await site.close()
  })

  /** A page that fails the test by anything that it logs as an error or asks of another host. */
  async function openPage(size: keyof typeof sizes): Promise<{ page: Page; wrong: string[] }> {
    const page = await browser.newPage({ viewport: sizes[size], locale: 'en-GB' })
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
    page.on('request', (request) => request.url().startsWith(address) || wrong.push(request.url()))
    return { page, wrong }
  }

  const fits = async (page: Page): Promise<boolean> =>
    await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

  test.each(['desktop', 'phone'] as const)('creates a company and reads its books: %s', async (size) => {
    const { page, wrong } = await openPage(size)
    const name = `Shop on a ${size}`
    await page.goto(`${address}/companies/new`)
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL(/\/companies\/\d+/)
    const company = String(/\/companies\/\d+/.exec(page.url()))
    await importOrders(site, `/api/v1${company}`)
    await page.goto(`${address}${company}/trial-balance`)
    const sales = page.getByRole('row', { name: /^4000 Sales/ })
    expect(await sales.textContent()).toContain('-22.08')
    expect(await fits(page)).toBe(true)
    await sales.getByRole('link').click()
    await page.getByRole('heading', { name: '4000 Sales' }).waitFor()
    expect(await fits(page)).toBe(true)
    expect(wrong).toEqual([])
    await page.close()
  })

  test('is worked with the keyboard alone', async () => {
    const { page } = await openPage('desktop')
    await page.goto(`${address}/companies/1/trial-balance`)
    await page.keyboard.press('/')
    await page.keyboard.type('returns')
    expect(await page.locator('tbody tr:visible').count()).toBe(1)
    await page.keyboard.press('Escape')
    expect(await page.locator('tbody tr:visible').count()).toBeGreaterThan(3)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/lines\?account=/)
    await page.keyboard.press('[')
    await page.waitForURL(/\/trial-balance$/)
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.waitForURL(/\/balance-sheet$/)
    await page.keyboard.press('?')
    expect(await page.getByRole('heading', { name: 'Keyboard' }).isVisible()).toBe(true)
    await page.close()
  })

  test('the day stands in the address, and a company without books says what to do', async () => {
    const { page } = await openPage('phone')
    await page.goto(`${address}/companies/1/trial-balance`)
    await page.getByLabel('at the end of').fill('2010-11-30')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/asOf=2010-11-30/)
    expect(await page.getByText('Nothing is posted up to 30 Nov 2010.').isVisible()).toBe(true)
    expect(await page.getByRole('link', { name: 'Import sales' }).isVisible()).toBe(true)
    await page.close()
  })
})
