import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, openAdmin } from '../support/admin.ts'

describe('mapping', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
    const account = { code: '4055', name: 'Sales of mugs', class: 'income' }
    expect((await admin.site.post(`${admin.company}/accounts`, account)).status).toBe(201)
  })
  afterAll(async () => await admin.close())

  const linesOn = async (code: string): Promise<string | undefined> => {
    const response = await admin.site.get(`${admin.company}/reports/trial-balance?asOf=2030-12-31`)
    const { rows } = (await response.json()) as { rows: { code: string; balance: { amount: string } }[] }
    return rows.find((row) => row.code === code)?.balance.amount
  }

  test('what a change would move is seen before it is saved, then moved, and told with its author', async () => {
    const { page, wrong, close } = await admin.open('mapping')
    await page.getByRole('row', { name: /Sales/ }).first().waitFor()
    await page.getByRole('link', { name: 'New rule' }).click()
    await page.getByRole('heading', { name: 'New mapping rule' }).waitFor()
    await page.getByRole('button', { name: 'What would change' }).click()
    await page.getByText('Choose what the rule is for.').waitFor()
    await page.getByRole('combobox', { name: 'What it is for' }).fill('sales')
    await page.getByRole('option', { name: 'Sales', exact: true }).click()
    await page.getByRole('combobox', { name: 'Account', exact: true }).fill('mugs')
    await page.getByRole('option', { name: '4055 Sales of mugs' }).click()
    await page.getByRole('textbox', { name: 'Item', exact: true }).fill('MUG')
    await page.getByRole('button', { name: 'What would change' }).click()
    await page.getByRole('heading', { name: /^\d+ posted lines would move$/ }).waitFor()
    const moves = page.getByRole('table', { name: 'From where to where' })
    expect(await moves.getByRole('row').count()).toBeGreaterThan(3)
    expect(await moves.textContent()).toContain('4055 Sales of mugs')
    expect(await linesOn('4055')).toBeUndefined()
    await page.getByRole('table', { name: 'The largest of them' }).getByRole('link').first().click()
    await page.waitForURL(/detail=entry\.\d+/)
    await page.keyboard.press('Escape')
    // Without a reason nothing is moved.
    await page.getByRole('button', { name: /^Save and move \d+ lines$/ }).click()
    await page.getByText('Say why: it stands in the history of every line that is moved.').waitFor()
    await page.getByRole('textbox', { name: 'Why' }).fill('Mugs on an account of their own')
    await page.getByRole('button', { name: /^Save and move \d+ lines$/ }).click()
    await page.getByText(/\d+ lines were moved by \d+ entr/).waitFor()
    expect(Number(await linesOn('4055'))).toBeLessThan(0)
    await page.goto(admin.at('mapping/history'))
    await page.getByRole('row', { name: /Mugs on an account of their own/ }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('other rules get their next version', async () => {
    const { page, wrong, close } = await admin.open('mapping/destinations?rule=new')
    await page.getByRole('textbox', { name: 'Destination' }).fill('CH')
    await page.getByRole('combobox', { name: 'Tax code' }).click()
    await page.getByRole('option').first().click()
    await page.getByRole('button', { name: 'Save the rule' }).click()
    await page.getByRole('row', { name: /Switzerland/ }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test.each([
    ['mapping', 'Accounts'],
    ['mapping/line-codes', 'Line codes'],
    ['mapping/tax-codes', 'Tax codes'],
  ])('%s is for everybody', async (path, table) => {
    await admin.checkScreen(path, (page) => page.getByRole('table', { name: table }).waitFor())
  })

  test('the form of a rule is for everybody', async () => {
    await admin.checkScreen('mapping/change', (page) =>
      page.getByRole('heading', { name: 'New mapping rule' }).waitFor(),
    )
  })
})
