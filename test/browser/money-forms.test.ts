import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Admin,
  chromiumMissing,
  chromiumPath,
  expectAccessible,
  expectFits,
  goWithin,
  openAdmin,
} from '../support/admin.ts'

/** What of labels, fields and buttons cannot be reached on a phone, being beside its window. */
const cutOff = `[...document.querySelectorAll('main :is(label, input, button, a, h1, h2, p)')]
  .filter((one) => {
    const { left, right, width } = one.getBoundingClientRect()
    return width > 0 && (left < 0 || right > innerWidth)
  })
  .map((one) => one.textContent || one.outerHTML)`

const posts = (page: Page) => page.getByRole('region', { name: 'What it posts' })
const seen = (page: Page) => posts(page).getByRole('table').first().waitFor()
const declined = (page: Page) => posts(page).getByText('As it stands, it would be declined').waitFor()
/** Each form, and how it is filled in so far that what it posts is seen. */
const forms: readonly (readonly [path: string, heading: string, fill: (page: Page) => Promise<void>])[] = [
  [
    'payments/receive?customer=17852&invoice=EARLY-1',
    'Receive a payment',
    async (page) => {
      await page.getByLabel('Day').fill('3 Jul 2024')
      await page.getByLabel('Less the discount for paying early').check()
      await page.getByLabel('Reference').fill('EARLY-IN')
      await seen(page)
    },
  ],
  [
    'payments/receive?customer=17853',
    'Receive a payment',
    async (page) => {
      await page.getByText('Card or processor').click()
      await page.getByLabel('Processor', { exact: true }).fill('card')
      await page.getByLabel('Order', { exact: true }).fill('W-1')
      await page.getByLabel('Amount', { exact: true }).fill('20.00')
      await page.getByLabel('Reference').fill('PI-1')
      await seen(page)
    },
  ],
  [
    'payments/payout',
    'Record a payout',
    async (page) => {
      await page.getByLabel('Processor').fill('card')
      await page.getByLabel('Reference').fill('PO-2')
      await page.getByLabel('Amount').fill('80.00')
      await page.getByLabel('The bank got it in another currency').check()
      await page.getByLabel('Came into the bank').fill('80.00')
      await seen(page)
    },
  ],
  [
    'payments/fee',
    'Record a fee',
    async (page) => {
      await page.getByLabel('Processor or marketplace').fill('card')
      await page.getByLabel('Reference').fill('FEE-2')
      await page.getByLabel('Fee, without tax').fill('1.50')
      await page.getByRole('combobox', { name: 'Tax code' }).fill('stand')
      await page.getByRole('option', { name: /^standard/ }).click()
      await page.getByLabel('Tax on it').waitFor()
      await seen(page)
    },
  ],
  [
    'payments/refund?payment={payment}',
    'Refund a payment',
    async (page) => {
      await page.getByLabel('Amount, in GBP').fill('9999.00')
      await page.getByLabel('Reference').fill('BACK-8')
      await declined(page)
    },
  ],
  [
    'payments/use-deposit?payment={payment}',
    'Use a deposit',
    async (page) => {
      await page.getByRole('combobox', { name: 'Invoice' }).click()
      await page.getByRole('option', { name: /^EARLY-1 / }).click()
      await seen(page)
    },
  ],
  [
    'payments/forfeit?payment={payment}',
    'Keep a deposit that is forfeited',
    async (page) => {
      await page.getByRole('textbox', { name: 'Why' }).fill('Nobody came for it')
      await seen(page)
    },
  ],
  [
    'payments/settle?customer=17852',
    'Settle open items with each other',
    async (page) => {
      await page.getByRole('checkbox', { name: 'INV-1003' }).check()
      await posts(page).getByText('It posts nothing').waitFor()
    },
  ],
  ['payments/settle?customer=17854', 'There is nothing to settle', async () => {}],
  [
    'payments/write-off?document={document}',
    'Write off a bad debt',
    async (page) => {
      await page.getByRole('textbox', { name: 'Why' }).fill('The shop is closed')
      await seen(page)
    },
  ],
  [
    'rates?currency=EUR',
    'Exchange rates',
    async (page) => {
      await page.getByRole('row', { name: /0.9 GBP/ }).waitFor()
      await page.getByRole('button', { name: 'Add a rate' }).click()
      await page.getByRole('dialog', { name: 'Add an exchange rate' }).waitFor()
    },
  ],
  ['rates/revalue?month=2024-08', 'Revalue a month', (page) => seen(page)],
]

describe('the forms of money', () => {
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
    const inPounds = (number: string, customer: string, unitPrice: string) => ({
      number,
      on: '2024-06-10',
      customer: { number: customer },
      prices: 'gross',
      lines: [{ item: 'MUG', quantity: '1', unitPrice }],
    })
    await post('invoices', [
      inEuros('EUR-1', '17851'),
      inEuros('EUR-2', '17853'),
      inPounds('OWED-1', '17855', '100.00'),
      inPounds('OWED-2', '17855', '100.00'),
      inPounds('PAID-1', '17855', '40.00'),
      inPounds('PAID-2', '17852', '40.00'),
      { ...inPounds('EARLY-1', '17852', '100.00'), earlyPayment: { percent: '2', until: '2024-07-31' } },
    ])
    const fromBank = (reference: string, on: string, [customer, amount, ...invoices]: string[]) => ({
      source: 'bank',
      reference,
      into: 'bank',
      customer: { number: customer },
      invoices,
      on,
      amount,
    })
    await post('payments/received', [
      fromBank('IN-1', '2024-06-20', ['17855', '40.00', 'PAID-1']),
      fromBank('IN-2', '2024-06-20', ['17852', '40.00', 'PAID-2']),
      fromBank('DEP-1', '2024-06-21', ['17854', '30.00']),
      fromBank('DEP-2', '2024-06-22', ['17854', '20.00']),
      fromBank('DEP-3', '2024-06-23', ['17852', '25.00']),
    ])
    const wholly = [{ lineNo: 1, quantity: '1' }]
    await post('credit-notes', [
      { number: 'BACK-1', invoice: 'PAID-1', on: '2024-06-25', lines: wholly },
      { number: 'BACK-2', invoice: 'PAID-2', on: '2024-06-25', lines: wholly },
    ])
  })
  afterAll(() => admin.close())

  const postsRow = (page: Page, name: RegExp) => posts(page).getByRole('row', { name })

  test('a deposit settles an invoice, what is left of another is kept, and that only once', async () => {
    const [spent, kept] = (await rows<{ id: string }>('payments?customer=17854&sort=paidOn')).map(({ id }) => id)
    const before = await openOf('INV-1005')
    const { page, wrong, close } = await admin.open(`payments?detail=payment.${spent}`)
    await page.getByRole('link', { name: 'Use for an invoice' }).click()
    await page.getByRole('heading', { name: 'Use a deposit' }).waitFor()
    await page.getByRole('combobox', { name: 'Invoice' }).click()
    await page.getByRole('option', { name: /^INV-1005 / }).click()
    await postsRow(page, /Customer deposits 30.00$/).waitFor()
    await page.getByRole('button', { name: 'Settle the invoice' }).click()
    await page.getByText('The deposit is used').waitFor()
    expect(Number(before) - Number(await openOf('INV-1005'))).toBeCloseTo(30)

    await goWithin(page, admin.at(`payments/forfeit?payment=${kept}`))
    await page.getByRole('textbox', { name: 'Why' }).fill('Nobody came for it')
    await postsRow(page, /Other income 20.00$/).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('The deposit is kept').waitFor()
    expect(await rows('entries?rule=deposit-forfeited')).toHaveLength(1)
    // What is gone cannot be kept again, for whatever reason.
    await goWithin(page, admin.at(`payments/forfeit?payment=${spent}`))
    await page.getByText('DEP-1', { exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Why' }).fill('Once more')
    await posts(page).getByText('Nothing of this payment is left to keep').waitFor()
    expect(wrong.filter((one) => !one.includes('422'))).toEqual([])
    await close()
  })

  test('a credit settles what is owed, the rest of it is written off, and a processor takes another', async () => {
    const { page, wrong, close } = await admin.open('payments/settle?customer=17855')
    await page.getByRole('checkbox', { name: 'OWED-1' }).check()
    await page.getByRole('row', { name: /OWED-1 .* 40.00$/ }).waitFor()
    await posts(page).getByText('It posts nothing').waitFor()
    await page.getByRole('button', { name: 'Settle', exact: true }).click()
    await page.getByText('The open items are settled').waitFor()
    expect(await openOf('OWED-1')).toBe('60.00')

    const [owed] = await rows<{ id: string }>('documents?number=OWED-1')
    await goWithin(page, admin.at(`documents?detail=document.${owed?.id}`))
    await page.getByRole('link', { name: 'Write off' }).click()
    await page.getByRole('textbox', { name: 'Why' }).fill('The shop is closed')
    await postsRow(page, /Bad debts/).waitFor()
    await page.getByRole('button', { name: 'Write it off' }).click()
    await page.getByText('The debt is written off').waitFor()
    expect(await openOf('OWED-1')).toBe('0.00')

    await goWithin(page, admin.at('payments/receive?customer=17855&invoice=OWED-2'))
    await expect.poll(() => page.getByLabel('Amount', { exact: true }).inputValue()).toBe('100.00')
    await page.getByText('Card or processor').click()
    await page.getByLabel('Processor', { exact: true }).fill('card')
    await page.getByLabel('Reference').fill('PI-9')
    await postsRow(page, /Payment processor clearing 100.00/).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('The payment is received').waitFor()
    expect(await openOf('OWED-2')).toBe('0.00')
    expect(wrong).toEqual([])
    await close()
  })

  // One window for all of them: filled in, so that what they post, or why it would be declined, is looked at with them.
  test('forms of money are accessible and fit, in light and dark, wide and narrow', { timeout: 120_000 }, async () => {
    const idOf = async (path: string) => (await rows<{ id: string }>(path))[0]?.id ?? ''
    const [payment, document] = await Promise.all([idOf('payments?reference=DEP-3'), idOf('documents?number=EARLY-1')])
    const { page, wrong, close } = await admin.open()
    // What was entered in one would be offered by the next of its kind.
    await page.addInitScript('sessionStorage.clear()')
    for (const [path, heading, fill] of forms) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(admin.at(path.replace('{payment}', payment).replace('{document}', document)))
      await page.getByRole('heading', { name: heading }).waitFor()
      await fill(page)
      await expectAccessible(page)
      await page.setViewportSize({ width: 390, height: 844 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' })
      await expectAccessible(page, ['color-contrast', 'link-in-text-block', 'target-size', 'label'])
      await expectFits(page)
      expect(await page.evaluate(cutOff), path).toEqual([])
    }
    expect(wrong.filter((one) => !one.includes('422'))).toEqual([])
    await close()
  })
})
