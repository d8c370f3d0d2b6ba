import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, openAdmin } from '../support/admin.ts'

describe('what was sold and what is owed', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
  })
  afterAll(() => admin.close())

  test('items are accessible and fit, beside one of them', async () => {
    await admin.checkScreen('items?detail=item.1', (page) =>
      page.getByRole('table', { name: 'Latest on documents' }).waitFor(),
    )
  })

  test('an item leads to its months, their bookings and its documents', async () => {
    const { page, wrong, close } = await admin.open('items')
    await page.getByRole('button', { name: 'Sort by Sales' }).click()
    await page.waitForURL(/sort=-sales/)
    const lamp = page.getByRole('row', { name: /LAMP/ })
    await lamp.getByRole('button', { name: 'LAMP' }).click()
    await page.getByRole('heading', { name: 'Paper lamp' }).waitFor()
    const lines = page.getByRole('table', { name: 'Latest on documents' })
    await expect.poll(() => lines.getByRole('row').nth(1).textContent()).toMatch(/\d GBP$/)
    await page
      .getByRole('row', { name: /^June 2024/ })
      .getByRole('link')
      .click()
    await page.waitForURL(/\/lines\?.*item=LAMP/)
    await page.keyboard.press('[')
    await page.getByRole('link', { name: 'All its documents' }).click()
    await page.waitForURL(/documents\?item=LAMP/)
    expect(wrong).toEqual([])
    await close()
  })

  test('what is open leads to its customer with all that is open, and to the statement', async () => {
    await admin.checkScreen('open-items?detail=customer.1', (page) =>
      page.getByRole('table', { name: 'What is open' }).waitFor(),
    )
    const { page, wrong, close } = await admin.open('open-items?customer=17850')
    await page.getByRole('cell', { name: 'Anna Ashworth' }).first().click()
    await page.getByRole('link', { name: 'Statement' }).click()
    await page.waitForURL(/reports\/statements\?party=17850/)
    await page.getByRole('heading', { name: 'Statements of account' }).waitFor()
    await page.goto(admin.at('open-items'))
    await page.getByText('Owed by us').click()
    await page.getByText('You owe nothing').waitFor()
    await page.getByText('Suppliers', { exact: true }).click()
    await page.getByText('No suppliers yet').waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('of chosen customers the statements are printed, and of chosen documents a file is written', async () => {
    const { page, wrong, close } = await admin.open('customers')
    await page.getByRole('checkbox', { name: 'Select row 17851' }).check()
    await page.getByRole('checkbox', { name: 'Select row 17852' }).check()
    const [statements] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Statements as PDF' }).click(),
    ])
    expect(statements.suggestedFilename()).toMatch(/\.pdf$/)
    await page.goto(admin.at('documents'))
    await page.getByText('CN-1').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ])
    expect((await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n')).toHaveLength(2)
    expect(wrong).toEqual([])
    await close()
  })

  test('the palette finds documents, customers, items and accounts by their letters', async () => {
    const { page, wrong, close } = await admin.open('')
    await page.getByRole('heading', { level: 1 }).waitFor()
    for (const [typed, found, address] of [
      ['INV-1003', 'INV-1003', /documents\/\d+/],
      ['Anna', 'Anna Ashworth', /customers\/\d+/],
      ['lamp', 'Paper lamp', /items\/\d+/],
      ['4000', /4000/, /account=4000/],
    ] as const) {
      await page.keyboard.press('Control+k')
      await page.getByPlaceholder('Search or jump to…').fill(typed)
      const first = page.getByRole('dialog').getByRole('button', { name: found }).first()
      await first.waitFor()
      if (typed === 'INV-1003') await expect.poll(() => first.textContent()).toMatch(/Invoice · .*2024 · .*GBP/)
      await first.click()
      await page.waitForURL(address)
      await page.getByPlaceholder('Search or jump to…').waitFor({ state: 'detached' })
    }
    expect(wrong).toEqual([])
    await close()
  })
})
