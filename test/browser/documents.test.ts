import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import readWorkbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, expectFits, openAdmin } from '../support/admin.ts'
import { join } from '../support/people.ts'

describe('the list of documents', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
    const registeredAddress = { line1: '12 Kiln Lane', city: 'Stoke-on-Trent', country: 'GB' }
    const identity = { legalName: 'Garden Gifts Ltd', registeredAddress }
    expect((await admin.site.send('PUT', `${admin.company}/identity`, identity)).status).toBe(200)
  })
  afterAll(() => admin.close())

  test('is accessible, fits and is quiet in light, dark, wide and narrow, with and without its drawer', async () => {
    await admin.checkScreen('documents', (page) =>
      page.getByText('INV-1001').first().or(page.getByText('CN-1').first()).first().waitFor(),
    )
    await admin.checkScreen('documents?detail=document.1', (page) =>
      page.getByRole('heading', { name: 'INV-1001' }).waitFor(),
    )
    await admin.checkScreen('documents/1', (page) =>
      page
        .getByRole('heading', { name: 'INV-1001', level: 1 })
        .waitFor()
        .then(() => page.getByText('12 Kiln Lane, Stoke-on-Trent, United Kingdom').waitFor()),
    )
  })

  test('its filters, order and page stand in the address, and a reload shows the same', async () => {
    const { page, wrong, close } = await admin.open('documents')
    await page.getByText('CN-1').waitFor()
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Kind' }).click()
    await page.getByRole('button', { name: 'Credit note' }).click()
    await page.waitForURL(/kind=credit_note/)
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' })
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.reload()
    await page.getByText('CN-1').waitFor()
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByRole('button', { name: 'Remove the filter Kind' }).click()
    await page.getByRole('button', { name: 'Sort by Issued' }).click()
    await page.waitForURL(/sort=-issuedOn/)
    await page.getByRole('button', { name: 'Sort by Issued' }).click()
    await page.waitForURL(/sort=issuedOn/)
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.waitForURL(/after=/)
    await page.getByRole('button', { name: 'CN-1' }).click()
    await page.getByRole('heading', { name: 'CN-1' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'CN-1' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Previous page' }).click()
    await page.getByText('INV-1001', { exact: true }).waitFor()
    const number = page.getByRole('textbox', { name: 'Number' })
    await number.fill('nothing like ')
    await page.getByText('Nothing matches these filters').waitFor()
    // What came back from the address has not taken the space away.
    await expect.poll(() => number.inputValue()).toBe('nothing like ')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    // The order stays as it was chosen.
    await page.getByText('INV-1001', { exact: true }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('is worked by keyboard alone: down, open, on, close, filter, elsewhere and back', async () => {
    const { page, wrong, close } = await admin.open('documents')
    await page.getByText('CN-1').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'CN-1' }).waitFor()
    await page.waitForURL(/detail=document\.\d+/)
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: /INV-/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: /INV-/ }).waitFor({ state: 'detached' })
    // Closed from within, the drawer leaves the focus where it was; the keys open the row that they are at.
    const pressed = page.getByRole('button', { name: 'CN-1' })
    await pressed.click()
    await page.getByRole('heading', { name: 'CN-1' }).waitFor()
    await page.getByRole('complementary').getByRole('button', { name: 'Close' }).press('Enter')
    await pressed.and(page.locator(':focus')).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /INV-/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: /INV-/ }).waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.keyboard.type('INV-1003')
    await page.waitForURL(/number=INV-1003/)
    await page.keyboard.press('Escape')
    // One after the other in less time than anybody waits between them, however busy the machine is.
    await Promise.all([page.keyboard.press('g'), page.keyboard.press('c')])
    await page.waitForURL(/\/customers$/)
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
    await page.keyboard.press('[')
    await page.waitForURL(/number=INV-1003/)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Search or jump to…').fill('trial')
    await page.getByRole('dialog').getByRole('button').first().filter({ hasText: 'Trial balance' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/reports\/trial-balance/)
    expect(wrong).toEqual([])
    await close()
  })

  test('is read from a server that is there, whatever the machine says of its network', async () => {
    const { page, close } = await admin.open('documents')
    await page.getByText('CN-1').waitFor()
    await page.evaluate(
      "Object.defineProperty(navigator, 'onLine', { value: false }); window.dispatchEvent(new Event('offline'))",
    )
    await page.getByRole('status').getByText('has no network').waitFor()
    await page.getByRole('link', { name: 'Customers' }).click()
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
    await page.getByRole('row', { name: /Dunmore House/ }).waitFor()
    await close()
  })

  test('goes into a file, every page of it, as the filters say', async () => {
    const { page, close } = await admin.open('documents?kind=invoice')
    await page.getByText('INV-1001').or(page.getByText('INV-1060')).first().waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV, all rows' }).click(),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
    expect(lines).toHaveLength(61)
    expect(lines[0]).toBe('\uFEFFNumber,Kind,Issued,Customer,Country,Tax,Gross,Open')
    expect(lines.find((line) => line.startsWith('INV-1001,'))).toBe(
      'INV-1001,invoice,2024-01-01,17850,GB,7.49,44.94,4.94',
    )
    await close()
  })

  test('goes into a workbook with the columns that are shown, figures as numbers', async () => {
    const { page, close } = await admin.open('documents?kind=invoice&number=INV-1001&columns=number,gross')
    await page.getByText('INV-1001').waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Excel workbook, all rows' }).click(),
    ])
    const [sheet] = await readWorkbook(await readFile(await download.path()))
    expect(sheet?.data).toEqual([
      ['Number', 'Gross'],
      ['INV-1001', 44.94],
    ])
    await page.getByRole('button', { name: 'Export' }).click()
    const whole = page.getByRole('menuitem', { name: 'CSV, every field' })
    const answer = await page.request.get(`${admin.address}${await whole.getAttribute('href')}`)
    expect((await answer.text()).trimEnd().split('\n')).toHaveLength(2)
    await close()
  })

  test('is saved as a view, begun with, changed, found changed by somebody else, and removed', async () => {
    const { page, wrong, close } = await admin.open('documents?kind=credit_note')
    await page.getByText('CN-1').waitFor()
    await page.keyboard.press('v')
    await page.getByRole('menuitem', { name: 'Save as a view…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Credits')
    await page.getByText('Kind: Credit note').waitFor()
    await page.getByLabel('Everybody in the company sees it').check()
    await page.getByLabel('Begin the list with it').check()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(/kind=credit_note&saved=\d+/)
    // What says nothing begins with it, and a filter more makes it another.
    await page.goto(admin.at('documents'))
    await page.waitForURL(/kind=credit_note&saved=\d+/)
    await page.getByRole('button', { name: 'Credits', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Remove the filter Kind' }).click()
    await page.getByRole('button', { name: 'Credits, changed' }).waitFor()
    const [view] = ((await (await admin.site.get(`${admin.company}/views`)).json()) as { rows: { id: string }[] }).rows
    const at = `${admin.company}/views/${view?.id}`
    expect((await admin.site.send('PATCH', at, { name: 'Notes' })).status).toBe(200)
    await page.getByRole('button', { name: 'Credits, changed' }).click()
    await page.getByRole('menuitem', { name: 'Save the changes to “Credits”' }).click()
    await page.getByText('Somebody changed this meanwhile').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Keep mine, over theirs' }).click()
    await page.getByRole('button', { name: 'Notes', exact: true }).click()
    expect(await (await admin.site.get(at)).json()).toMatchObject({ name: 'Notes', query: '', isDefault: true })
    await page.getByRole('menuitem', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Views' }).waitFor()
    expect((await admin.site.get(at)).status).toBe(404)
    expect(wrong).toEqual([])
    await close()
  })

  test('remembers which columns somebody wants', async () => {
    const { page, close } = await admin.open('documents')
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Due' }).check()
    await page.keyboard.press('Escape')
    await page.getByRole('columnheader', { name: 'Due' }).waitFor()
    await page.reload()
    await page.getByRole('columnheader', { name: 'Due' }).waitFor()
    await close()
  })

  test('says who may not see it what they lack, and hides it from their rail', async () => {
    const person = await join(admin.site, admin.company, 'warehouse')
    const { page, close } = await admin.open('documents', { as: person, size: 'phone' })
    await page.getByText('You may not see this').waitFor()
    await expectAccessible(page)
    await expectFits(page)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('dialog').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'Documents' }).count()).toBe(0)
    await close()
  })

  const textbox = (page: Page, name: string) =>
    page.getByRole('textbox', { name }).or(page.getByRole('combobox', { name }))

  test('gets an invoice that is written by hand, added up by the server, issued once, and paid from its page', async () => {
    const { page, wrong, close } = await admin.open('documents')
    await page.getByRole('link', { name: 'New invoice' }).click()
    await page.getByRole('heading', { name: 'New invoice', level: 1 }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Whose invoice is it?').waitFor()
    await page.getByText('An invoice needs a line').waitFor()
    await page.keyboard.type('17850')
    await page.keyboard.press('Tab')
    await expect.poll(() => textbox(page, 'Customer').inputValue()).toMatch(/^17850 · /)
    await textbox(page, 'Date').fill('3 Jul 2024')
    await textbox(page, 'Item or text, Line 1').fill('mug')
    await page.keyboard.press('Tab')
    await page.keyboard.type('3')
    await page.keyboard.press('Tab')
    await page.keyboard.type('12.50')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Engraving')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('4')
    await expect.poll(() => textbox(page, 'Item or text, Line 1').inputValue()).toBe('MUG · Stoneware mug')
    const totals = page.getByRole('region', { name: 'What it comes to' })
    await totals.getByText('on 41.50').waitFor()
    await page
      .getByRole('region', { name: 'What it posts' })
      .getByRole('row', { name: /Trade debtors 49.80/ })
      .waitFor()
    await page.getByText('Prices are').waitFor()
    await page.getByText('With tax', { exact: true }).click()
    await totals.getByText('on 34.58').waitFor()
    // What was typed survives a reload.
    await page.reload()
    await page.getByText('What you had entered before was kept and is filled in again.').waitFor()
    await totals.getByText('on 34.58').waitFor()
    await expectAccessible(page)
    const issues: string[] = []
    page.on('request', (one) => /\/invoices$/.test(one.url()) && issues.push(one.headers()['idempotency-key'] ?? ''))
    await page.getByRole('button', { name: 'Issue the invoice' }).dblclick()
    await page.getByRole('heading', { name: 'INV-1061', level: 1 }).waitFor()
    expect(new Set(issues).size).toBe(1)
    await page
      .getByRole('table', { name: /^Lines/ })
      .first()
      .waitFor()
    const found = await admin.site.get(`${admin.company}/documents?number=INV-1061`)
    const { rows } = (await found.json()) as { rows: { gross: { amount: string } }[] }
    expect(rows.map(({ gross }) => gross.amount)).toEqual(['41.50'])
    await page.getByRole('link', { name: 'Receive a payment' }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('credits an invoice from its page, never more than is left, and settles what is open of it', async () => {
    const invoice = {
      number: 'C-1',
      on: '2024-07-03',
      customer: { number: '17850' },
      lines: [
        { item: 'MUG', quantity: '3', unitPrice: '12.50' },
        { description: 'Engraving', quantity: '1', unitPrice: '4' },
      ],
    }
    const answer = await admin.site.post(`${admin.company}/invoices`, { requests: [invoice] })
    const { results } = (await answer.json()) as { results: { documentId: string }[] }
    const { page, wrong, close } = await admin.open(`documents/${results[0]?.documentId}`)
    const totals = page.getByRole('region', { name: 'What it comes to' })
    await page.getByRole('link', { name: 'Credit note' }).click()
    await page.getByRole('heading', { name: 'Credit note', level: 1 }).waitFor()
    const mugs = page.getByRole('textbox', { name: 'How much to credit of Stoneware mug' })
    await expect.poll(() => mugs.inputValue()).toBe('3')
    await mugs.fill('4')
    await page.keyboard.press('Control+Enter')
    await page.getByText('No more than 3 is left.').waitFor()
    await page.getByRole('button', { name: 'Nothing', exact: true }).click()
    await mugs.fill('3')
    await totals.getByText(/-45\.00 GBP$/).waitFor()
    await page
      .getByRole('region', { name: 'What it posts' })
      .getByRole('row', { name: /Trade debtors 45.00/ })
      .waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'CN-2', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'C-1' }).first().click()
    await page.getByText('4.80 GBP').first().waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('gets no invoice from somebody who may not issue one, and a new customer with the first of theirs', async () => {
    const person = await join(admin.site, admin.company, 'customer_service')
    const reader = await admin.open('documents/new-invoice', { as: person })
    await reader.page.getByText('You may not see this').waitFor()
    await reader.close()
    const { page, wrong, close } = await admin.open('documents/new-invoice', { size: 'phone', scheme: 'dark' })
    await textbox(page, 'Customer').fill('Harbour Café')
    await page.getByRole('option', { name: 'New customer “Harbour Café”' }).click()
    await textbox(page, 'Customer number').fill('H-1')
    await textbox(page, 'Item or text, Line 1').fill('Hire of a room')
    await textbox(page, 'Price, Line 1').fill('80')
    await page.getByRole('region', { name: 'What it comes to' }).getByText('on 80.00').waitFor()
    await expectAccessible(page)
    await expectFits(page)
    // A number that is there already says something else.
    await textbox(page, 'Number').last().fill('INV-1001')
    await page.getByText('As it stands, it would be declined').waitFor()
    expect(wrong.filter((one) => !one.includes('409'))).toEqual([])
    await close()
  })

  test('says that there is nothing yet, and what will be there', async () => {
    const response = await admin.site.post('/api/v1/companies', { name: 'Empty', country: 'GB', currency: 'GBP' })
    const { id } = (await response.json()) as { id: string }
    const { page, close } = await admin.open()
    await page.goto(`${admin.address}/companies/${id}/documents`)
    await page.getByText('No documents yet').waitFor()
    await expectAccessible(page)
    await page.goto(`${admin.address}/companies/999/documents`)
    await page.getByText('There is no such company for you').waitFor()
    await page.goto(admin.at('nowhere'))
    await page.getByText('There is nothing at this address').waitFor()
    await close()
  })
})
