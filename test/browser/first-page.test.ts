import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Upload } from '../../clients/typescript/src/api.ts'
import { type Admin, chromiumMissing, chromiumPath, expectFits, openAdmin } from '../support/admin.ts'
import { orderExport, type Site } from '../support/site.ts'

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

describe('the first books', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin({ empty: true })
  })
  afterAll(() => admin.close())

  const sales = (page: Page) => page.getByRole('row', { name: /^4000 Sales/ })

  test.each(['desktop', 'phone'] as const)('a company is created and its books are read: %s', async (size) => {
    const { page, wrong, close } = await admin.open(undefined, { size })
    await page.goto(`${admin.address}/companies/new`)
    await page.getByRole('textbox', { name: 'Name' }).fill(`Shop on a ${size}`)
    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL(/\/companies\/\d+/)
    const company = String(/\/companies\/\d+/.exec(page.url()))
    await importOrders(admin.site, `/api/v1${company}`)
    // The address of earlier versions leads to where the report is now.
    await page.goto(`${admin.address}${company}/trial-balance`)
    await page.waitForURL(/\/reports\/trial-balance$/)
    await sales(page).waitFor()
    await expect.poll(() => sales(page).textContent()).toContain('22.08')
    await expectFits(page)
    await sales(page).getByRole('link').last().click()
    await page.getByRole('heading', { name: '4000 Sales' }).waitFor()
    await expectFits(page)
    expect(wrong).toEqual([])
    await close()
  })

  test('keys alone lead from a figure to its lines and back, elsewhere, and to the list of all keys', async () => {
    await importOrders(admin.site, admin.company)
    const { page, wrong, close } = await admin.open('reports/trial-balance')
    await sales(page).getByRole('link').last().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/lines\?.*account=4000/)
    await page.getByRole('heading', { name: '4000 Sales' }).waitFor()
    await page.keyboard.press('[')
    await page.waitForURL(/\/reports\/trial-balance/)
    await sales(page).waitFor()
    await Promise.all([page.keyboard.press('g'), page.keyboard.press('j')])
    await page.waitForURL(/\/entries$/)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Back', { exact: true }).first().waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('the day stands in the address, and a day before the books says what to do', async () => {
    const { page, wrong, close } = await admin.open('reports/trial-balance?asOf=2010-11-30', { size: 'phone' })
    await page.getByRole('heading', { name: 'Nothing is posted up to this day' }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'Import sales' }).isVisible()).toBe(true)
    await expectFits(page)
    await page.getByRole('button', { name: 'At the end of 30 Nov 2010' }).click()
    await page.getByRole('button', { name: 'Today' }).click()
    await sales(page).waitFor()
    await page.waitForURL(/asOf=20[2-9]\d-/)
    expect(wrong).toEqual([])
    await close()
  })
})
