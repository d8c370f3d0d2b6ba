import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, openAdmin } from '../support/admin.ts'

describe('money that comes and goes', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  const post = async (path: string, requests: object[]) => {
    const response = await admin.site.post(`${admin.company}/${path}`, { requests })
    expect(response.status, await response.clone().text()).toBe(201)
  }
  const rows = async <Row>(path: string): Promise<Row[]> =>
    ((await (await admin.site.get(`${admin.company}/${path}`)).json()) as { rows: Row[] }).rows
  const openOf = async (number: string): Promise<string | undefined> =>
    (await rows<{ open: { amount: string } }>(`documents?number=${number}`))[0]?.open.amount
  beforeAll(async () => {
    admin = await openAdmin()
    await post('rates', [
      { source: 'manual', currency: 'EUR', day: '2024-01-01', rate: '0.80' },
      { source: 'manual', currency: 'EUR', day: '2024-07-01', rate: '0.90' },
    ])
    await post('invoices', [
      {
        number: 'EUR-1',
        on: '2024-01-10',
        customer: { number: '17851' },
        currency: 'EUR',
        prices: 'gross',
        lines: [{ item: 'MUG', quantity: '1', unitPrice: '100.00' }],
      },
    ])
  })
  afterAll(() => admin.close())

  const posts = (page: Page) => page.getByRole('region', { name: 'What it posts' })
  const postsRow = (page: Page, name: RegExp) => posts(page).getByRole('row', { name })

  test('a payment is received by the keyboard, put to two invoices, and seen in the journal before it is posted', async () => {
    const [first, second] = await Promise.all(['INV-1002', 'INV-1008'].map(openOf))
    const { page, wrong, close } = await admin.open('payments/receive?customer=17851&invoice=INV-1002')
    await page.getByRole('heading', { name: 'Receive a payment' }).waitFor()
    await expect.poll(() => page.getByLabel('Amount', { exact: true }).inputValue()).toBe(first)
    await page.getByRole('checkbox', { name: 'INV-1008' }).focus()
    await page.keyboard.press('Space')
    const all = (Number(first) + Number(second)).toFixed(2)
    await expect.poll(() => page.getByLabel('Amount', { exact: true }).inputValue()).toBe(all)
    // Less than both: the second is settled in part.
    await page.getByLabel('Amount', { exact: true }).fill((Number(all) - 10).toFixed(2))
    const part = (Number(second) - 10).toFixed(2)
    await page.getByRole('row', { name: new RegExp(`INV-1008 .* ${part}$`) }).waitFor()
    await page.getByLabel('Day').fill('3 Jul 2024')
    await page.getByLabel('Reference').fill('STATEMENT-7')
    await postsRow(page, /Bank/).waitFor()
    expect(await openOf('INV-1002')).toBe(first)
    await page.keyboard.press('Control+Enter')
    await page.getByText('The payment is received').waitFor()
    await page.getByRole('heading', { name: 'STATEMENT-7' }).waitFor()
    expect(await Promise.all(['INV-1002', 'INV-1008'].map(openOf))).toEqual(['0.00', '10.00'])
    // And all of it goes back, as far as it can.
    await page.getByRole('link', { name: 'Refund' }).click()
    await page.getByRole('heading', { name: 'Refund a payment' }).waitFor()
    await page.getByLabel('Amount, in GBP').fill('10.00')
    await page.getByLabel('Reference').fill('BACK-7')
    await postsRow(page, /Bank/).waitFor()
    await page.getByRole('button', { name: 'Refund' }).click()
    await page.getByText('The refund is recorded').waitFor()
    await page.getByRole('link', { name: /^10.00 GBP/ }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('money in another currency shows the realised difference before it is posted', async () => {
    const { page, close } = await admin.open('payments/receive?customer=17851&invoice=EUR-1')
    await expect.poll(() => page.getByLabel('Amount', { exact: true }).inputValue()).toBe('100.00')
    await page.getByLabel('Day').fill('3 Jul 2024')
    await page.getByLabel('Reference').fill('EUR-IN')
    await postsRow(page, /[Ee]xchange.* 10.00/).waitFor()
    await page.getByRole('button', { name: 'Receive the payment' }).click()
    await page.getByRole('heading', { name: 'EUR-IN' }).waitFor()
    expect(await openOf('EUR-1')).toBe('0.00')
    await close()
  })

  test('forms of money are accessible and fit', async () => {
    await admin.checkScreen('payments/receive?customer=17852', (page) =>
      page.getByRole('checkbox', { name: 'INV-1003' }).waitFor(),
    )
  })
})
