import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, openAdmin } from '../support/admin.ts'
import { type Books, tamper } from '../support/books.ts'
import { join } from '../support/people.ts'
import { orderExport } from '../support/site.ts'

describe('explaining a figure', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
    const { site, company } = admin
    const uploaded = await site.send('POST', `${company}/imports/files?name=orders.csv`, orderExport, {
      'content-type': 'text/csv',
    })
    expect(uploaded.status).toBeLessThan(300)
    const { sha256 } = (await uploaded.json()) as { sha256: string }
    const files = { format: 'online-retail', files: [{ name: 'orders.csv', sha256 }], dryRun: false }
    expect((await site.post(`${company}/imports`, files)).status).toBe(202)
    const rent = {
      reference: 'RENT',
      date: '2024-07-01',
      description: 'Rent of July',
      reason: 'The lease',
      lines: [
        { account: '7100', amount: '900.00' },
        { role: 'bank', amount: '-900.00' },
      ],
    }
    expect((await site.post(`${company}/entries`, rent)).status).toBe(201)
    await waitForImport()
  })
  afterAll(() => admin.close())

  async function waitForImport(): Promise<void> {
    const { rows } = (await (await admin.site.get(`${admin.company}/imports`)).json()) as { rows: { state: string }[] }
    if (rows[0]?.state === 'done') return
    expect(rows[0]?.state).toBe('running')
    await new Promise((done) => setTimeout(done, 100))
    await waitForImport()
  }

  test('from a figure to its lines, an entry, the document and the row it was read from, and back key by key', async () => {
    const { page, wrong, close } = await admin.open('reports/trial-balance')
    const sales = page.getByRole('row', { name: /^4000 Sales/ })
    const total = await sales.getByRole('link').textContent()
    await sales.getByRole('link').click()
    await page.waitForURL(/\/lines\?account=4000/)
    await page.getByRole('heading', { name: '4000 Sales' }).waitFor()
    const first = page.getByRole('row').nth(1)
    // The latest line has come to the whole figure, and its own amount is part of it.
    await expect.poll(() => first.getByRole('cell').last().textContent()).toBe(total)
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.waitForURL(/after=2024/)
    await page.getByText('Invoice INV-1060').first().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.getByText('Invoice 536365').first().waitFor()
    const last = page.getByRole('row').last().getByRole('cell')
    await expect.poll(() => last.last().textContent()).toBe(await last.nth(-2).textContent())

    await page.getByRole('button', { name: 'Invoice 536365' }).click()
    await page.getByRole('heading', { name: /^Entry/ }).waitFor()
    const entry = page.getByRole('complementary', { name: 'Detail' })
    await expect
      .poll(() => entry.getByText('Mapping of “sales”, version 1, from the beginning.').isVisible())
      .toBe(true)
    await expect
      .poll(() =>
        entry
          .getByText(/orders\.csv, row 2/)
          .first()
          .isVisible(),
      )
      .toBe(true)
    await entry.getByRole('link', { name: '536365' }).first().click()
    await page.getByRole('heading', { name: '536365' }).waitFor()
    await expect.poll(() => entry.getByText('WHITE HANGING HEART').isVisible()).toBe(true)
    await expect.poll(() => entry.getByText('Issued', { exact: true }).first().isVisible()).toBe(true)
    await expect.poll(() => entry.getByText('Credited by').isVisible()).toBe(true)
    await entry.getByRole('link', { name: 'C536367' }).first().click()
    await page.getByRole('heading', { name: 'C536367' }).waitFor()

    await page.locator('body').press('[')
    await page.getByRole('heading', { name: '536365', exact: true }).waitFor()
    await page.keyboard.press('Backspace')
    await page.getByRole('heading', { name: /^Entry/ }).waitFor()
    await page.keyboard.press('[')
    await page.getByRole('heading', { name: /^Entry/ }).waitFor({ state: 'detached' })
    await page.keyboard.press('[')
    await page.getByText('Invoice 536365').first().waitFor({ state: 'detached' })
    await page.keyboard.press('[')
    await page.waitForURL((url) => !url.search.includes('after='))
    await page.keyboard.press('[')
    await page.waitForURL(/reports\/trial-balance/)
    expect(wrong).toEqual([])
    await close()
  })

  test('filters of lines stand in the address, and the figure follows them', async () => {
    const { page, wrong, close } = await admin.open('lines?account=4000&to=2024-12-31&party=17850')
    await page.getByText('Anna Ashworth').first().waitFor()
    await expect.poll(() => page.getByText('Bexley & Sons').count()).toBe(0)
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Item', exact: true }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Item' }).fill('LAMP')
    await page.waitForURL(/item=LAMP/)
    await page
      .getByText(/Stoneware mug/)
      .first()
      .waitFor({ state: 'detached' })
    await expect.poll(() => page.getByText('Paper lamp').count()).toBeGreaterThan(3)
    await page.goto(admin.at('ledger/1200?to=2024-12-31'))
    await page.waitForURL(/lines\?account=1200&to=2024-12-31/)
    await page.goto(admin.at('lines?account=nothing'))
    await page.getByRole('alert').getByText('There is no such account', { exact: true }).waitFor()
    await page.goto(admin.at('lines'))
    await page.getByText('Which account?').waitFor()
    expect(wrong.filter((message) => !/404|422|400/.test(message))).toEqual([])
    await close()
  })

  test('an entry is taken back with a reason, by keyboard, after seeing what that posts', async () => {
    const { page, wrong, close } = await admin.open('entries?reference=RENT')
    await page.getByText('Rent of July').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /^Entry/ }).waitFor()
    await expect.poll(() => page.getByText('The lease').isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Reverse' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: /^Reverse/ })
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Paid twice')
    const bank = dialog.getByRole('row', { name: /^1200/ }).getByRole('cell')
    await expect.poll(() => bank.nth(1).textContent()).toBe('900.00')
    await expectAccessible(page)
    await page.keyboard.press('Control+Enter')
    await page.getByText('Taken back. The reversal is open.').waitFor()
    await page.getByText('Paid twice').first().waitFor()
    await page
      .getByRole('link', { name: /^entry \d+/ })
      .first()
      .click()
    await page.getByText('taken back', { exact: true }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Reverse' }).count()).toBe(0)
    expect(wrong).toEqual([])
    await close()
  })

  test('a line on the wrong account is moved by hand, and says where it went and why', async () => {
    const lines = [
      { account: '7500', amount: '30.00' },
      { role: 'bank', amount: '-30.00' },
    ]
    const journal = { reference: 'STAMPS', date: '2024-07-08', description: 'Stamps', lines }
    const posted = await admin.site.post(`${admin.company}/entries`, journal)
    expect(posted.status).toBe(201)
    const { entryId } = (await posted.json()) as { entryId: string }
    const { page, wrong, close } = await admin.open(`entries/${entryId}`)
    await page.getByRole('button', { name: /^Move line 1,/ }).click()
    const dialog = page.getByRole('dialog', { name: /^Move line 1,/ })
    await dialog.getByRole('combobox', { name: 'To the account' }).fill('7100')
    await page.keyboard.press('Tab')
    await dialog.getByRole('textbox', { name: 'Why' }).fill('It was rent')
    await expectAccessible(page)
    await page.keyboard.press('Control+Enter')
    await page.getByText('The line is moved').waitFor()
    await page.getByRole('link', { name: /7100.*It was rent/ }).waitFor()
    await page.getByRole('button', { name: /^Move line 1,/ }).waitFor({ state: 'detached' })
    expect(wrong).toEqual([])
    await close()
  })

  test('what a document posted is left to a document, and a second person is asked where the company wants one', async () => {
    const { site, company } = admin
    const rule = await site.send('PUT', `${company}/approval-rules/journal`, { active: true, above: '100.00' })
    expect(rule.status).toBeLessThan(300)
    const entry = {
      reference: 'SMALL',
      date: '2024-07-02',
      lines: [
        { account: '7100', amount: '50.00' },
        { role: 'bank', amount: '-50.00' },
      ],
    }
    expect((await site.post(`${company}/entries`, entry)).status).toBe(201)
    const { page, close } = await admin.open('entries?reference=SMALL')
    await page
      .getByRole('button', { name: /not numbered|2024-/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Reverse' }).click()
    const dialog = page.getByRole('dialog', { name: /^Reverse/ })
    await site.send('PUT', `${company}/approval-rules/journal`, { active: true, above: '1.00' })
    await dialog.getByRole('textbox', { name: 'Why' }).fill('By mistake')
    await dialog.getByRole('button', { name: 'Post the reversal' }).click()
    await page.getByText('It waits for a second person').waitFor()
    await expectAccessible(page)
    await page.goto(admin.at('documents'))
    await page.getByRole('button', { name: 'CN-1' }).click()
    await page
      .getByRole('link', { name: /^Credit note 2024|^Credit note$/ })
      .first()
      .click()
    await page.getByText('What a document posted is corrected by a document').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Reverse' }).count()).toBe(0)
    await close()
  })

  test('the light leads to every check: what it compared, when, and again', async () => {
    const { page, wrong, close } = await admin.open('documents')
    await page.getByRole('link', { name: /proven/ }).click()
    await page.getByRole('heading', { name: 'The books are proven' }).waitFor()
    await expect
      .poll(() =>
        page
          .getByRole('row', { name: /Every entry balances/ })
          .getByText('holds')
          .isVisible(),
      )
      .toBe(true)
    const ran = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Prove them now' }).click()
    expect((await ran).status()).toBe(200)
    // The day of the proof is that of the last run, whenever that was.
    await tamper({ database: admin.site.database } as Books, `update proof_run set ran_at = '2011-01-31 10:00:00Z'`)
    await page.reload()
    await page.getByText(/31 Jan 2011/).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('who may not read the journal is told what they lack', async () => {
    const seller = await join(admin.site, admin.company, 'sales')
    const { page, close } = await admin.open('entries', { as: seller })
    await page.getByText('You may not see this').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'Entries' }).count()).toBe(0)
    await close()
  })

  const ready = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor()

  test('lines and entries are accessible and fit in light and dark, wide and narrow', async () => {
    await admin.checkScreen('lines?account=4000,4010&to=2024-12-31', ready(/^Invoice/))
    await admin.checkScreen('entries?detail=entry.1.2', ready('Mapping of “sales”, version 1, from the beginning.'))
  })

  test('so are payments and checks', async () => {
    await admin.checkScreen('payments?detail=payment.1', (page) =>
      page.getByRole('complementary').getByText('Paid by').waitFor(),
    )
    await admin.checkScreen('checks', ready('Every entry balances'))
  })
})
