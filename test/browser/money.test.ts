import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, openAdmin } from '../support/admin.ts'
import { join } from '../support/people.ts'

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
    const inEuros = (number: string, customer: string) => ({
      number,
      on: '2024-01-10',
      customer: { number: customer },
      currency: 'EUR',
      prices: 'gross',
      lines: [{ item: 'MUG', quantity: '1', unitPrice: '100.00' }],
    })
    await post('invoices', [inEuros('EUR-1', '17851'), inEuros('EUR-2', '17853')])
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
    // Or all of the second, and the rest to the first.
    await page.getByLabel('Settles of INV-1008').fill(second as string)
    await expect.poll(() => page.getByLabel('Settles of INV-1002').inputValue()).toBe((Number(first) - 10).toFixed(2))
    await page.getByLabel('Day').fill('3 Jul 2024')
    await page.getByLabel('Reference').fill('STATEMENT-7')
    await postsRow(page, /Bank/).waitFor()
    expect(await openOf('INV-1002')).toBe(first)
    await page.keyboard.press('Control+Enter')
    await page.getByText('The payment is received').waitFor()
    await page.getByRole('heading', { name: 'STATEMENT-7' }).waitFor()
    expect(await Promise.all(['INV-1002', 'INV-1008'].map(openOf))).toEqual(['10.00', '0.00'])
    // And a part of it goes back, by the keyboard too.
    await page.getByRole('link', { name: 'Refund' }).press('Enter')
    await page.getByRole('heading', { name: 'Refund a payment' }).waitFor()
    await page.getByLabel('Amount, in GBP').and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('10.00')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.getByLabel('Reference').and(page.locator(':focus')).waitFor()
    await page.keyboard.type('BACK-7')
    await postsRow(page, /Bank/).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
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

  test('a rate is added, and a month is revalued at it after what it posts was seen', async () => {
    const { page, wrong, close } = await admin.open('rates?currency=EUR&to=2024-07-31')
    await page.getByText('A document of 31 Jul 2024 in EUR is converted at 0.9. By hand, 1 Jul 2024.').waitFor()
    await page.getByRole('button', { name: 'Add a rate' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add an exchange rate' })
    await dialog.getByRole('radio', { name: 'Of your own' }).check()
    await dialog.getByLabel('Day', { exact: true }).fill('31 Jul 2024')
    await dialog.getByLabel('GBP for one EUR').fill('0.95')
    await dialog.getByLabel('Why').fill('Of the bank')
    await page.keyboard.press('Control+Enter')
    await page.getByText('is converted at 0.95. Of your own, 31 Jul 2024.').waitFor()
    await page.getByRole('row', { name: /31 Jul 2024 EUR 0.95 GBP for one EUR Of your own/ }).waitFor()
    await page.getByRole('link', { name: 'Entries with EUR of 1 Jul 2024' }).click()
    await page.waitForURL(/\/entries\?rate=EUR/)
    await page.getByRole('button', { name: 'Remove the filter Exchange rate' }).waitFor()
    await page.goto(admin.at('rates/revalue?month=2024-07'))
    await page
      .getByRole('region', { name: 'Balances in other currencies' })
      .getByRole('row', { name: /15.00/ })
      .waitFor()
    const revaluation = posts(page).getByRole('table', { name: 'Lines: Revaluation' })
    await revaluation.getByRole('row', { name: /Trade debtors 15.00/ }).waitFor()
    await page.getByRole('button', { name: 'Post the revaluation' }).click()
    await page.getByRole('heading', { name: 'Revaluations' }).waitFor()
    await page.getByRole('row', { name: /31 Jul 2024.*15.00/ }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('what a processor paid out and kept is seen in the journal before it is recorded', async () => {
    const { page, wrong, close } = await admin.open('payments/payout')
    await page.getByLabel(/^Processor/).fill('card')
    await page.getByLabel('Reference').fill('PO-1')
    await page.getByLabel('Amount').fill('80.00')
    await page.getByLabel('Sent on').fill('3 Jul 2024')
    await postsRow(page, / 80.00$/)
      .first()
      .waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('The payout is recorded').waitFor()
    await page.goto(admin.at('payments/fee'))
    await page.getByLabel(/^Processor/).fill('card')
    await page.getByLabel('Reference').fill('FEE-1')
    await page.getByLabel('Fee, without tax').fill('1.50')
    await postsRow(page, / 1.50$/)
      .first()
      .waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('The fee is recorded').waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('an item is added and changed', async () => {
    const { page, wrong, close } = await admin.open('items/new')
    await page.getByLabel('Code').fill('VASE')
    await page.getByLabel('Name').fill('Glass vase')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Glass vase is added').waitFor()
    await page.goto(admin.at('items/new'))
    await page.getByLabel('Code').fill('VASE')
    await page.getByLabel('Name').fill('Another vase')
    await page.keyboard.press('Control+Enter')
    await page.getByText('There is an item VASE already').waitFor()
    await page.getByRole('button', { name: 'VASE' }).click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('heading', { name: 'Edit Glass vase' }).waitFor()
    await page.getByLabel('Name').fill('Tall vase')
    // A group that nobody has made is no group.
    await page.getByRole('textbox', { name: 'Item group' }).fill('none')
    await page.keyboard.press('Control+Enter')
    await page.locator('[aria-invalid=true]').waitFor()
    await page.getByRole('textbox', { name: 'Item group' }).fill('')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Tall vase' }).waitFor()
    expect(wrong.filter((one) => !one.includes('404'))).toEqual([])
    await close()
  })

  test('a gift card is sold, pays an invoice, and what nobody comes for is taken as breakage', async () => {
    const open = Number(await openOf('INV-1003'))
    const { page, wrong, close } = await admin.open('gift-cards/sell')
    await page.getByLabel('Code').fill('SPRING-7Q2M')
    await page.getByLabel('Paid, in GBP').fill('10.00')
    await page.getByLabel('Paid by').fill('card')
    await page.getByLabel('Day', { exact: true }).fill('3 Jul 2024')
    await page.getByLabel('Reference').fill('CARD-1')
    await postsRow(page, /Gift.* 10.00$/).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('The card is sold').waitFor()
    await page.getByRole('button', { name: '… 7Q2M' }).click()
    await page.getByRole('link', { name: 'Pay an invoice with it' }).click()
    await page.getByRole('heading', { name: 'Pay with a gift card' }).waitFor()
    await page.getByRole('combobox', { name: 'Customer' }).fill('17852')
    await page.getByRole('option', { name: /^17852/ }).click()
    await page.getByRole('combobox', { name: 'Invoice' }).click()
    await page.getByRole('option', { name: /^INV-1003/ }).click()
    await expect.poll(() => page.getByLabel('Amount, in GBP').inputValue()).toBe('10.00')
    await page.getByLabel('Amount, in GBP').fill('6.00')
    await page.getByLabel('Reference').fill('CARD-2')
    await postsRow(page, /Trade debtors.* 6.00$/).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('The invoice is paid with the card').waitFor()
    await page.getByRole('row', { name: /Used INV-1003 See it -6.00/ }).waitFor()
    expect(await openOf('INV-1003')).toBe((open - 6).toFixed(2))
    await page.getByRole('link', { name: 'Take as breakage' }).click()
    await page.getByRole('heading', { name: 'Take a gift card as breakage' }).waitFor()
    await page.getByLabel('Reference').fill('CARD-3')
    await postsRow(page, / 4.00$/)
      .first()
      .waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('row', { name: /Breakage CARD-3 See it -4.00/ }).waitFor()
    expect(await page.content()).not.toContain('SPRING')
    expect(wrong).toEqual([])
    await close()
  })

  test('whoever sells finds the customer who pays, without seeing the journal', async () => {
    const seller = await join(admin.site, admin.company, 'sales')
    const { page, wrong, close } = await admin.open('payments/receive', { as: seller })
    await page.getByRole('combobox', { name: 'Customer' }).pressSequentially('Bexley')
    await page.getByRole('option', { name: '17851 · Bexley & Sons' }).click()
    await page.getByRole('checkbox', { name: 'INV-1014' }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('whoever buys adds an item, and is led to what they may see', async () => {
    const buyer = await join(admin.site, admin.company, 'purchasing')
    const { page, wrong, close } = await admin.open('items/new', { as: buyer })
    await page.getByLabel('Code').fill('CRATE')
    await page.getByLabel('Name').fill('Crate')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Crate is added').waitFor()
    await page.waitForURL(/\/home$/)
    expect(wrong).toEqual([])
    await close()
  })

  test('an invoice that is not among the longest due is paid all the same', async () => {
    const lines = [{ item: 'MUG', quantity: '1', unitPrice: '12.50' }]
    const customer = { number: 'MANY', name: 'Many Ltd' }
    const numbers = Array.from({ length: 201 }, (_, n) => `MANY-${n}`)
    await post(
      'invoices',
      numbers.map((number, n) => ({
        number,
        on: n === 200 ? '2024-06-02' : '2024-06-01',
        customer,
        prices: 'gross',
        lines,
      })),
    )
    const { page, wrong, close } = await admin.open('payments/receive?customer=MANY&invoice=MANY-200')
    await page.getByText('The 200 that are longest due stand here, and there are more').waitFor()
    expect(await page.getByRole('checkbox', { name: 'MANY-200' }).isChecked()).toBe(true)
    await expect.poll(() => page.getByLabel('Amount', { exact: true }).inputValue()).toBe('12.50')
    expect(wrong).toEqual([])
    await close()
  })

  test('an address that somebody wrote wrongly shows what it can', async () => {
    const { page, wrong, close } = await admin.open('rates/revalue?month=2024-13')
    await page.getByRole('heading', { name: 'Revalue a month' }).waitFor()
    await page.goto(admin.at('documents?from=abc'))
    await page.getByText('The request is not of the expected form').waitFor()
    await page.getByRole('button', { name: 'Issued from abc' }).waitFor()
    await page.goto(admin.at('reports/trial-balance?asOf=abc'))
    await page.getByRole('row', { name: /Trade debtors/ }).waitFor()
    await page.goto(admin.at('settings/periods?on=abc'))
    await page.getByText(/^Fiscal year/).waitFor()
    expect(wrong.filter((one) => !one.includes('status of 400'))).toEqual([])
    await close()
  })

  test('an item group is added, renamed, and leads to its items', async () => {
    const { page, wrong, close } = await admin.open('items/groups')
    await page.getByRole('button', { name: 'New group' }).first().click()
    const adding = page.getByRole('dialog', { name: 'New group' })
    await adding.getByLabel('Code').fill('CUPS')
    await adding.getByLabel('Name').fill('Cups')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Cups is added').waitFor()
    await page.getByRole('button', { name: 'Rename CUPS' }).click()
    const renaming = page.getByRole('dialog', { name: 'Rename CUPS' })
    await renaming.getByLabel('Name').fill('Cups and mugs')
    await renaming.getByRole('button', { name: 'Rename', exact: true }).click()
    await page.getByRole('row', { name: /CUPS Cups and mugs/ }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('a gift card is accessible and fits', async () => {
    const [card] = await rows<{ id: string }>('gift-cards')
    await admin.checkScreen(`gift-cards?detail=gift-card.${card?.id}`, (page) =>
      page.getByRole('row', { name: /Sold/ }).waitFor(),
    )
  })
})
