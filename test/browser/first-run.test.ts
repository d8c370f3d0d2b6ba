import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, expectFits, openAdmin } from '../support/admin.ts'

describe('the first run', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin({ empty: true, makesSamples: true })
  })
  afterAll(() => admin.close())

  test('a country proposes currency, chart, tax and year, and says what is not known of it', async () => {
    const { page, wrong, close } = await admin.open()
    await page.goto(`${admin.address}/companies/new`)
    await page.getByText(/standard rate today is 20%/).waitFor()
    await expect.poll(() => page.getByRole('combobox', { name: 'Fiscal year begins in' }).inputValue()).toBe('April')
    await expectAccessible(page)
    await page.getByRole('combobox', { name: 'Country' }).click()
    await page.getByRole('combobox', { name: 'Country' }).fill('Swit')
    await page.getByRole('option', { name: 'Switzerland' }).click()
    await page.getByText('No tax rules of Switzerland are known here').waitFor()
    await expect.poll(() => page.getByRole('combobox', { name: 'Currency of the books' }).inputValue()).toMatch(/^CHF/)
    await expect.poll(() => page.getByRole('combobox', { name: 'Fiscal year begins in' }).inputValue()).toBe('January')
    await expectAccessible(page)
    await page.getByRole('combobox', { name: 'Country' }).fill('Germ')
    await page.getByRole('option', { name: 'Germany' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Gartengaben')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { name: 'Gartengaben is ready' }).waitFor()
    await expectAccessible(page)
    const id = /companies\/(\d+)\/begin/.exec(page.url())?.[1]
    expect(await (await admin.site.get(`/api/v1/companies/${id}`)).json()).toMatchObject({
      country: 'DE',
      baseCurrency: 'EUR',
      fiscalYearStartMonth: 1,
    })
    await page.getByRole('button', { name: /Bring my history/ }).click()
    await page.waitForURL(/\/imports\/new$/)
    await page.getByText('What can be imported').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: /Start empty/ }).click()
    await page.getByRole('button', { name: 'Company: Gartengaben' }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('a sample company is made while one watches, and can be looked into meanwhile', async () => {
    const { page, wrong, close } = await admin.open(undefined, { size: 'phone', scheme: 'dark' })
    await page.goto(`${admin.at('begin')}`)
    await expectFits(page)
    await page.getByRole('button', { name: /Look around in a sample company/ }).click()
    await page.waitForURL(/\/making$/)
    await page.getByText(/Step [1-9]\d* of \d+/).waitFor()
    await page.getByText(/Trading in [A-Z][a-z]+ \d{4}/).waitFor()
    await expectAccessible(page)
    await expectFits(page)
    await page.getByRole('link', { name: 'Look in while it is made' }).click()
    await page.getByRole('button', { name: /Company: Thistle & Finch/ }).waitFor()
    // One is made at a time: whoever asks for another is told so.
    await page.goto(admin.at('begin'))
    await page.getByRole('button', { name: /Look around in a sample company/ }).click()
    await page.getByRole('alert').waitFor()
    expect(wrong.filter((line) => !line.includes('409'))).toEqual([])
    await close()
  })
})
