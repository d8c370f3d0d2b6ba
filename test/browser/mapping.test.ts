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
    await expect.poll(() => moves.getByRole('row').count()).toBeGreaterThan(3)
    await expect.poll(() => moves.textContent()).toContain('4055 Sales of mugs')
    expect(await linesOn('4055')).toBeUndefined()
    await page.getByRole('table', { name: 'The largest of them' }).getByRole('link').first().click()
    await page.waitForURL(/detail=entry\.\d+/)
    await page.getByRole('heading', { name: /^Entry/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: /^Entry/ }).waitFor({ state: 'detached' })
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

  test('of two who change a rule the second is shown what the first made of it', async () => {
    const sales = async (): Promise<{ id: string; account: string; version: number }[]> => {
      const { rows } = await (await admin.site.get(`${admin.company}/mapping-rules?role=shipping_income`)).json()
      return rows.toSorted((a: { version: number }, b: { version: number }) => a.version - b.version)
    }
    const [rule] = await sales()
    const { page, wrong, close } = await admin.open(`mapping/change?rule=${rule?.id}`)
    const account = page.getByRole('combobox', { name: 'Account', exact: true })
    // The account of the rule comes with the chart, and stands in place of what was typed before it.
    await expect.poll(() => account.inputValue()).toMatch(/^\d{4} /)
    await account.fill('4055')
    await page.getByRole('option', { name: '4055 Sales of mugs' }).click()
    await page.getByRole('textbox', { name: 'Why' }).fill('Mine')
    const theirs = { role: 'shipping_income', account: '4000', reason: 'Theirs', effectiveFrom: '2030-01-01' }
    expect((await admin.site.post(`${admin.company}/mapping-rules`, theirs)).status).toBe(201)
    await page.getByRole('button', { name: 'Save for what comes' }).click()
    await page.getByText('Somebody changed this meanwhile').waitFor()
    await page.getByRole('row', { name: 'Account 4055 4000' }).waitFor()
    await page.getByRole('button', { name: 'Keep mine, over theirs' }).click()
    await page.getByText('The rule is saved').waitFor()
    // What was just saved is what the next version follows.
    await page.getByRole('textbox', { name: 'Why' }).and(page.locator('[value=""]')).waitFor()
    await account.fill('4000')
    await page.getByRole('option', { name: /^4000 / }).click()
    const saved = page.waitForResponse((one) => one.request().method() === 'POST' && /mapping-rules$/.test(one.url()))
    await page.getByRole('button', { name: 'Save for what comes' }).click()
    expect((await saved).status()).toBe(201)
    expect((await sales()).map(({ account, version }) => [version, account])).toEqual([
      [1, rule?.account],
      [2, '4000'],
      [3, '4055'],
      [4, '4000'],
    ])
    // A refused request is told by the browser, too.
    expect(wrong.filter((line) => !line.includes('412'))).toEqual([])
    await close()
  })

  test('what holds today stands in the table, and what comes below it', async () => {
    const later = { role: 'sales_returns', account: '4055', reason: 'Later', effectiveFrom: '2099-12-01' }
    expect((await admin.site.post(`${admin.company}/mapping-rules`, later)).status).toBe(201)
    const { page, wrong, close } = await admin.open('mapping?find=sales%20returns')
    await page.getByText('from 1 Dec 2099').waitFor()
    const rows = page.getByRole('table', { name: 'Accounts' }).getByRole('row')
    await rows
      .filter({ hasText: /^Sales returns 4010/ })
      .first()
      .waitFor()
    const texts = await rows.allTextContents()
    const now = texts.findIndex((text) => text.startsWith('Sales returns 4010'))
    expect(texts[now + 1]).toMatch(/^Sales returns from 1 Dec 2099.*4055 Sales of mugs.*Olive.*Later/)
    await rows
      .nth(now)
      .getByRole('link', { name: /Change/ })
      .click()
    await page.getByText(/From 1 Dec 2099 on another version is laid down: 4055 Sales of mugs/).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('a code that is typed and left before the chart has arrived stands there, and is the account once it has', async () => {
    const { page, wrong, close } = await admin.open('mapping')
    const chart = Promise.withResolvers<void>()
    await page.route(/\/accounts$/, async (route) => {
      await chart.promise
      await route.continue()
    })
    await page.goto(admin.at('mapping/change'))
    const field = page.getByRole('combobox', { name: 'Account', exact: true })
    await field.focus()
    await page.keyboard.type('4055')
    await page.keyboard.press('Tab')
    await expect.poll(() => field.inputValue()).toBe('4055')
    chart.resolve()
    await expect.poll(() => field.inputValue()).toBe('4055 Sales of mugs')
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
    // Somebody else adds the next version while this one is written.
    await page
      .getByRole('row', { name: /Switzerland/ })
      .getByRole('button', { name: 'Change' })
      .click()
    const theirs = { destination: 'CH', taxCode: 'zero', raisesException: true }
    expect((await admin.site.post(`${admin.company}/destination-rules`, theirs)).status).toBe(201)
    await page.getByRole('button', { name: 'Save the rule' }).click()
    await page.getByText('Somebody changed this meanwhile').waitFor()
    await page.getByRole('row', { name: /^Tax code .* zero$/ }).waitFor()
    await page.getByRole('button', { name: 'Keep mine, over theirs' }).click()
    await page.getByText('Somebody changed this meanwhile').waitFor({ state: 'detached' })
    expect(wrong.filter((line) => !line.includes('412'))).toEqual([])
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
