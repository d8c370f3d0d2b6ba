import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, openAdmin } from '../support/admin.ts'
import { join } from '../support/people.ts'
import { newCompany } from '../support/site.ts'

describe('the first screen', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
    const exchange = { source: 'bank', reference: 'CASH', on: '2024-06-20', into: 'bank', amount: '60.00' }
    const paid = { ...exchange, customer: { number: '17850' }, invoices: ['INV-1007'] }
    expect((await admin.site.post(`${admin.company}/payments/received`, { requests: [paid] })).status).toBe(201)
    expect((await admin.site.post(`${admin.company}/checks`, {})).status).toBe(200)
  })
  afterAll(() => admin.close())

  const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

  test('its figures lead to the lines that they are made of, and one key leads back', async () => {
    const { page, wrong, close } = await admin.open('home?asOf=2024-06-28')
    const month = section(page, 'Sales').getByRole('link').nth(1)
    await month.waitFor()
    const figure = (await month.textContent()) ?? ''
    expect(figure).toMatch(/^\d/)
    await month.click()
    await page.waitForURL(/\/lines\?.*from=2024-06-01/)
    await page.getByText(`${figure} GBP`).waitFor()
    await page.keyboard.press('[')
    await section(page, 'Cash').getByRole('link').first().click()
    await page.getByRole('heading', { name: /^1200/ }).waitFor()
    await page
      .getByText(/^60\.00/)
      .first()
      .waitFor()
    await page.keyboard.press('Backspace')
    await section(page, 'Best items').getByRole('link').first().click()
    await page.waitForURL(/item=(MUG|LAMP)/)
    await page.keyboard.press('[')
    await section(page, 'Owed').getByRole('link').first().waitFor()
    await section(page, 'Proof').getByRole('link', { name: 'All checks' }).click()
    await page.getByRole('heading', { name: 'The books are proven' }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('says where the books end when nothing happened in these days, and shows the chart as a table', async () => {
    const { page, wrong, close } = await admin.open('')
    await page.getByRole('link', { name: /The books go up to/ }).click()
    await page.waitForURL(/asOf=2024-07-03/)
    const switched = section(page, 'Sales').getByRole('button', { name: 'As a table' })
    await switched.focus()
    await page.keyboard.press('Enter')
    const day = section(page, 'Sales').getByRole('row', { name: /22 Jun 2024/ })
    await day.getByRole('link').click()
    await page.waitForURL(/from=2024-06-22&to=2024-06-22/)
    expect(wrong).toEqual([])
    await close()
  })

  test('a company without anything is shown how to begin, and a packer what is theirs', async () => {
    const empty = await newCompany(admin.site, 'New Shop')
    const { page, wrong, close } = await admin.open()
    await page.goto(`${admin.address}/companies/${empty.split('/').at(-1)}`)
    await page.getByRole('heading', { name: 'Welcome to New Shop' }).waitFor()
    await expectAccessible(page)
    expect(wrong).toEqual([])
    await close()
    const packer = await join(admin.site, admin.company, 'warehouse')
    const theirs = await admin.open('home', { as: packer })
    await theirs.page.getByText('Nothing waits for you.').first().waitFor()
    await expect.poll(() => theirs.page.getByRole('region', { name: 'Cash' }).count()).toBe(0)
    await theirs.close()
  })

  test('is accessible and fits in light and dark, wide and narrow', async () => {
    await admin.checkScreen('home?asOf=2024-06-28', (page) => page.getByText('All checks').waitFor())
  })
})
