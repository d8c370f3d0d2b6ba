import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as pathOf } from 'node:path'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, expectFits, openAdmin } from '../support/admin.ts'
import { join } from '../support/people.ts'
import { serverProgram } from '../support/server-program.ts'
import { orderExport } from '../support/site.ts'

const orders = { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(orderExport) }
const toNowhere = {
  name: 'more.csv',
  mimeType: 'text/csv',
  buffer:
    Buffer.from(`${orderExport.slice(0, orderExport.indexOf('\n') + 1)}536369,85123A,WHITE HANGING HEART,1,2010-12-03 11:00:00,10.00,17850,Unspecified
536370,85123A,WHITE HANGING HEART,2,2010-12-03 11:00:00,10.00,17850,Unspecified
`),
}
const later = {
  name: 'later.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    `${orderExport.slice(0, orderExport.indexOf('\n') + 1)}536380,85123A,WHITE HANGING HEART,4,2010-12-05 11:00:00,2.55,17850,United Kingdom\n`,
  ),
}
const broken = { name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(orderExport.replace('3.39', 'cheap')) }

/** The line of sales in the trial balance before and after. */
const salesIn = (page: Page) =>
  page.getByRole('table', { name: 'Trial balance before and after' }).getByRole('row', { name: /4000 Sales/ })

describe('the import wizard', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin({ empty: true })
  })
  afterAll(() => admin.close())

  test('brings files into the books: recognised, checked, decided, checked again, run, with its result', async () => {
    const { page, wrong, close } = await admin.open('imports')
    await page.getByText('Nothing was imported yet').waitFor()
    await page.getByRole('link', { name: 'New import' }).first().click()
    await page.getByText('Up to 1 GB a file').waitFor()
    await page.locator('input[type=file]').setInputFiles([orders, toNowhere])
    await page.getByText('Recognised: Order lines of an online retailer').waitFor()
    await page.reload()
    await page.getByText('Recognised: Order lines of an online retailer').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Check them' }).click()

    await page.waitForURL(/\/imports\/\d+\?step=check/)
    await page.getByText('5 invoices, 1 credit note').waitFor()
    const entry = page.getByRole('table', { name: 'Entry of 536365' })
    await expect
      .poll(() => entry.getByRole('row').allTextContents())
      .toEqual(['AccountDebitCredit', '1100 Trade debtors17.98', '2200 VAT on sales2.68', '4000 Sales15.30'])
    await expect
      .poll(() => entry.getByRole('row').nth(1).getByRole('cell').allTextContents())
      .toEqual(['1100 Trade debtors', '17.98', ''])
    await page.getByRole('button', { name: 'Trial balance before and after' }).click()
    await salesIn(page).waitFor()
    await page.getByRole('button', { name: 'Is a country' }).click()

    await page.waitForURL(/step=map/)
    await page.getByText('Unspecified', { exact: true }).waitFor()
    await expectAccessible(page)
    await page.getByRole('combobox', { name: 'Country' }).click()
    await page.getByRole('option', { name: 'France', exact: true }).click()
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('Decided: Is a country').waitFor()
    await page.reload()
    await page.getByText('Decided: Is a country').waitFor()
    await page.getByRole('button', { name: 'Check again with 1 decision' }).click()
    await page.getByRole('button', { name: 'Decide 1 thing' }).waitFor()
    await page.getByRole('button', { name: 'Run it as it is' }).click()

    await page.getByText('1 thing is not decided').waitFor()
    await page.getByRole('button', { name: 'Run the import' }).click()
    await page.waitForURL(/step=done/)
    await page.getByText('Everything is in the books').waitFor()
    await salesIn(page).waitFor()
    await expect
      .poll(() => page.getByRole('link', { name: '5 invoices' }).getAttribute('href'))
      .toMatch(/documents\?import=\d+&kind=invoice$/)
    await page.goto(admin.at('imports'))
    await page.getByRole('row', { name: /orders\.csv and 1 more.*Done.*Olive/ }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByText('Everything is in the books').waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('says file, line and field of what it cannot read, and that nothing was written', async () => {
    const { page, close } = await admin.open('imports/new')
    await page.locator('input[type=file]').setInputFiles([broken])
    await page.getByRole('button', { name: 'Check them' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText(/bad\.csv, line 3, column \d+/).waitFor()
    await expect.poll(() => alert.textContent()).toMatch(/cheap[\s\S]*Nothing was written/)
    await expectAccessible(page)
    await close()
  })

  test('turns away what no import can read, and asks nothing more of it', async () => {
    const { page, close } = await admin.open('imports/new')
    const picture = { name: 'shop.png', mimeType: 'image/png', buffer: Buffer.from('x') }
    const strange = { name: 'strange.csv', mimeType: 'text/csv', buffer: Buffer.from('apples,pears\n1,2\n') }
    await page.locator('input[type=file]').setInputFiles([picture, strange])
    await page.getByText(/shop\.png: Its name ends in nothing/).waitFor()
    await page.getByText('These files cannot be imported together').waitFor()
    await page.getByText('No format has these columns: apples, pears').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Check them' }).count()).toBe(0)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Remove strange.csv' }).click()
    await page.getByText('What can be imported').waitFor()
    await close()
  })

  test('asks before files that are on their way are left', async () => {
    const { page, close } = await admin.open('imports/new')
    await page.route('**/imports/files?*', () => {})
    await page.locator('input[type=file]').setInputFiles([orders])
    await page.getByRole('button', { name: 'Remove orders.csv' }).waitFor()
    await page.getByRole('link', { name: 'Documents' }).click()
    const question = page.getByRole('dialog', { name: 'Files are still on their way' })
    await question.waitFor()
    await expectAccessible(page)
    await question.getByRole('button', { name: 'Leave without saving' }).click()
    await page.waitForURL(/\/documents$/)
    await close()
  })

  test('is paused, gone on with, and outlives the server that runs it', async () => {
    const folder = await mkdtemp(pathOf(tmpdir(), 'countinghouse-import-'))
    const holder = new pg.Client({ connectionString: admin.site.url })
    await holder.connect()
    let server = await serverProgram(admin.site.url, { folder })
    const { port } = server
    const { page, close } = await admin.open()
    await page.goto(admin.at('imports/new').replace(admin.address, `http://localhost:${port}`))
    await page.locator('input[type=file]').setInputFiles([later])
    await page.getByRole('button', { name: 'Check them' }).click()
    await page.getByText('1 invoice', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'On to the run' }).click()
    // Nothing can be posted for now: it stands in the midst of its work, whatever the machine.
    await holder.query('begin; lock table sales_document in exclusive mode')
    await page.getByRole('button', { name: 'Run the import' }).click()
    await page.getByRole('heading', { name: 'Importing' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('heading', { name: 'Paused' }).waitFor()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Importing' }).waitFor()

    await server.kill()
    await page.getByText('The connection was cut.').waitFor()
    await holder.query('rollback')
    server = await serverProgram(admin.site.url, { folder, port })
    // The screen that was open all the while finds the next server by itself.
    await page.getByText('Everything is in the books').waitFor()
    await page.getByRole('link', { name: '1 invoice' }).waitFor()
    await close()
    await server.stop()
    await holder.end()
    await rm(folder, { recursive: true, force: true })
  })

  test('its screens are accessible and fit in light, dark, wide and narrow', async () => {
    await admin.checkScreen('imports', (page) =>
      page
        .getByRole('row', { name: /Order lines/ })
        .first()
        .waitFor(),
    )
    await admin.checkScreen('imports/new', (page) => page.getByText('What can be imported').waitFor())
    await admin.checkScreen('imports/1?step=check', (page) => page.getByText('First documents').waitFor())
    await admin.checkScreen('imports/1', (page) => salesIn(page).waitFor())
  })

  test('shows those who may not import what they lack', async () => {
    const person = await join(admin.site, admin.company, 'warehouse')
    const { page, close } = await admin.open('imports/new', { as: person, size: 'phone' })
    await page.getByText('You may not see this').waitFor()
    await expectFits(page)
    await close()
  })
})
