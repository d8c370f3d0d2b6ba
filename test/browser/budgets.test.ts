import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BudgetPlan, ReportTable } from '../../clients/typescript/src/api.ts'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, openAdmin } from '../support/admin.ts'
import { runSql } from '../support/sql.ts'

describe('plans and earlier charts', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
  })
  afterAll(() => admin.close())

  const planOf = async (code: string) =>
    (await (await admin.site.get(`${admin.company}/budgets/${code}/amounts`)).json()) as BudgetPlan
  const put = (code: string, amounts: object[]) =>
    admin.site.send('PUT', `${admin.company}/budgets/${code}/amounts`, { amounts })
  const cell = (page: Page, account: RegExp | string, month: string) =>
    page.getByRole('row', { name: account }).getByRole('textbox', { name: new RegExp(`, ${month}$`) })

  test('a budget is filled from the year before, typed, pasted and saved by keyboard', async () => {
    const { page, wrong, close } = await admin.open('reports/budgets')
    await page.getByRole('heading', { name: 'No budget yet' }).waitFor()
    await page.getByRole('button', { name: 'New budget' }).first().click()
    await page.getByRole('textbox', { name: 'Code' }).fill('2025')
    await page.getByRole('textbox', { name: 'Name' }).fill('Plan of 2025')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('heading', { name: 'Plan of 2025', level: 1 }).waitFor()
    await page.goto(admin.at('reports/budgets/2025?from=2025-01'))
    await page.getByRole('button', { name: 'Fill from actual' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').click()
    await page.getByRole('option', { name: /January 2022/ }).click()
    await dialog.getByRole('button', { name: 'Fill', exact: true }).click()
    await dialog.getByText('The books hold no income and no expenses in that year.').waitFor()
    await dialog.getByRole('combobox').click()
    await page.getByRole('option', { name: /January 2024/ }).click()
    await page.getByRole('textbox', { name: 'Percent of it' }).fill('110')
    await page.getByRole('button', { name: 'Fill', exact: true }).click()
    await page.getByText(/cells are filled/).waitFor()
    const planned = String(((await actualOf('2024-02')) * 110n + 5000n) / 10_000n)
    const february = cell(page, /^4000/, 'February 2025')
    await expect.poll(async () => (await february.inputValue()).replaceAll(',', '')).toBe(planned)
    await february.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => focused(page)).toMatch(/^4000.*, March 2025$/)
    await page.keyboard.type('1500.5')
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toMatch(/, March 2025$/)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => cell(page, /^4000/, 'March 2025').inputValue()).toBe('1,500.50')
    await paste(page, '100\t200\n300\t')
    await page.keyboard.press('Control+Enter')
    await page.getByText(/amounts are saved/).waitFor()
    await page.getByText('Everything is saved').waitFor()
    const { amounts } = await planOf('2025')
    const at = (account: string, month: string) =>
      amounts.find((one) => one.account === account && one.month === month)?.amount
    expect([at('4000', '2025-02'), at('4000', '2025-03'), at('4000', '2025-04')]).toEqual([
      `${planned}.00`,
      '100.00',
      '200.00',
    ])
    expect(amounts.filter(({ amount }) => amount === '300.00')).toHaveLength(1)
    await page.getByRole('link', { name: 'Compare with actual' }).click()
    await page.getByRole('table', { name: 'Budget' }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('a table with its head is taken whole or not at all', async () => {
    await admin.site.post(`${admin.company}/budgets`, { requests: [{ code: 'pasted', name: 'Pasted' }] })
    const market = `insert into channel (company_id, code, name) values ($1, 'market', 'Market')`
    await runSql(admin.site.url, market, [admin.company.split('/').at(-1)])
    const { page, wrong, close } = await admin.open('reports/budgets/pasted?from=2025-01&show=planned')
    await page.getByRole('heading', { name: 'Nothing is planned in these months' }).waitFor()
    await page.getByRole('button', { name: 'Paste a table' }).click()
    const table = page.getByRole('textbox', { name: 'Table' })
    await table.fill('account,2025-01,2025-02\n4000,12.5,x\n1200,1,')
    await page.getByRole('button', { name: 'Put it into the grid' }).click()
    await page.getByText("Line 3: '1200' is no account of income or expense.").waitFor()
    await expectAccessible(page)
    await table.fill('account,2025-01,2025-02\n4000,12.5,"1,000"')
    await page.getByRole('button', { name: 'Put it into the grid' }).click()
    await page.getByText('2 changes are not saved yet').waitFor()
    await expect.poll(() => cell(page, /^4000/, 'February 2025').inputValue()).toBe('1,000.00')
    await cell(page, /^4000/, 'January 2025').press('Escape')
    await page.getByText('1 change is not saved yet').waitFor()
    await cell(page, /^4000/, 'May 2025').fill('nonsense')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/1 cell holds no amount in GBP.*4000, May 2025/).waitFor()
    await cell(page, /^4000/, 'May 2025').press('Escape')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Everything is saved').waitFor()
    const february = { account: '4000', month: '2025-02', amount: '1000.00', channel: null }
    expect((await planOf('pasted')).amounts).toMatchObject([february])
    // A channel for which nothing is planned yet can be planned for.
    await page.getByRole('combobox', { name: 'Channel' }).click()
    await page.getByRole('option', { name: 'market' }).click()
    await page.getByRole('button', { name: 'Show all accounts' }).click()
    await cell(page, /^4000/, 'March 2025').fill('7')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Everything is saved').waitFor()
    const march = { account: '4000', month: '2025-03', amount: '7.00', channel: 'market' }
    expect((await planOf('pasted')).amounts).toMatchObject([february, march])
    expect(wrong).toEqual([])
    await close()
  })

  test('what another person changes is kept, and asked about where both changed it', async () => {
    await admin.site.post(`${admin.company}/budgets`, { requests: [{ code: 'both', name: 'Both' }] })
    const { page, wrong, close } = await admin.open('reports/budgets')
    await page.getByRole('link', { name: 'both', exact: true }).waitFor()
    await expectAccessible(page)
    await put('both', [{ account: '4000', month: '2025-12', amount: '1.00' }])
    await page.goto(admin.at('reports/budgets/both?from=2025-01&show=planned'))
    await cell(page, /^4000/, 'January 2025').fill('10')
    await put('both', [{ account: '4000', month: '2025-02', amount: '20.00' }])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/somebody else changed meanwhile in other cells is kept/).waitFor()
    expect((await planOf('both')).amounts.map(({ amount }) => amount)).toEqual(['10.00', '20.00', '1.00'])
    await cell(page, /^4000/, 'January 2025').fill('11')
    await cell(page, /^4000/, 'March 2025').fill('30')
    await put('both', [{ account: '4000', month: '2025-01', amount: '12.00' }])
    await page.getByRole('button', { name: 'Save' }).click()
    const conflict = page.getByRole('alert')
    await conflict.getByRole('row', { name: /4000.*January 2025 11 12/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Take theirs' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Everything is saved').waitFor()
    expect((await planOf('both')).amounts.map(({ amount }) => amount)).toEqual(['12.00', '20.00', '30.00', '1.00'])
    // The browser tells of the two answers that refused.
    expect(wrong.filter((one) => !one.includes('412'))).toEqual([])
    await close()
  })

  test('an earlier chart is brought and placed, and the books are read by its codes', async () => {
    const { page, wrong, close } = await admin.open('mapping/structures')
    await page.getByRole('heading', { name: 'No earlier chart' }).waitFor()
    await page.getByRole('link', { name: 'Bring an earlier chart' }).first().click()
    await page.getByRole('textbox', { name: 'Name of the chart' }).fill('sage')
    const table = 'code\tname\taccount\nS1\tTurnover\t4000\nS2\tShop rent\t\nS3\tStalls\t4000'
    await page.getByRole('textbox', { name: 'Accounts' }).fill(table)
    await page.getByText('1 is not placed').waitFor()
    await page.getByRole('button', { name: 'Save what is placed' }).click()
    await page.getByText('2 accounts are saved').waitFor()
    await page.getByRole('combobox', { name: 'S2 has become' }).fill('7100')
    await page.getByRole('option', { name: /^7100/ }).click()
    await page.getByText('All are placed').waitFor()
    await page.getByRole('button', { name: 'Save what is placed' }).click()
    await page.getByRole('heading', { name: 'Earlier chart sage' }).waitFor()
    await page.getByRole('row', { name: /S1 Turnover 4000 Sales S3/ }).waitFor()
    await page.getByRole('button', { name: 'Change S3' }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: 'Has become' }).fill('4030')
    await page.getByRole('option', { name: /^4030/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('row', { name: /S3 Stalls 4030/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Trial balance' }).click()
    await page.getByRole('row', { name: /S1 Turnover/ }).waitFor()
    await page.getByRole('row', { name: /1100 .*ours: no earlier account/ }).waitFor()
    const sums = page.getByRole('row', { name: /^Total/ }).getByRole('cell')
    await sums.first().waitFor()
    const texts = await sums.allTextContents()
    expect(texts.at(-1)).toBe(texts.at(-2))
    expect(wrong).toEqual([])
    await close()
  })

  test('the books are read as they were before accounts were merged', async () => {
    const merge = { from: ['4000'], into: '4900', reason: 'One account for all sales' }
    expect((await admin.site.post(`${admin.company}/accounts/merges`, merge)).status).toBe(201)
    const { page, wrong, close } = await admin.open('mapping/history')
    await page.getByRole('link', { name: /Read the books before it: One account/ }).click()
    await page.getByRole('heading', { name: 'Trial balance before lines were moved' }).waitFor()
    await page.getByRole('row', { name: /^4000/ }).waitFor()
    await page.getByRole('link', { name: 'As the accounts are now' }).click()
    await page.getByRole('row', { name: /^4900/ }).waitFor()
    await expect.poll(() => page.getByRole('row', { name: /^4000/ }).count()).toBe(0)
    expect(wrong).toEqual([])
    await close()
  })

  test.each([
    ['reports/budgets/both?from=2025-01&show=planned', 'Total income'],
    ['mapping/structures/sage/trial-balance', 'Turnover'],
    ['mapping/structures/bring', 'Save what is placed'],
  ])('%s is accessible and fits, in light, dark, wide and narrow', async (path, words) => {
    await admin.checkScreen(path, (page) => page.getByText(words, { exact: true }).first().waitFor())
  })

  async function actualOf(month: string): Promise<bigint> {
    const query = `from=${month}-01&to=${month}-29`
    const response = await admin.site.get(`${admin.company}/reports/profit-and-loss/table?${query}`)
    const { rows } = (await response.json()) as ReportTable
    const [sales] = rows.filter(({ cells }) => cells.code === '4000')
    return BigInt((sales?.cells.amount as { amount: string } | undefined)?.amount.replace('.', '') ?? '0')
  }
})

const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.getAttribute("aria-label")')

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(
    `{ const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(text)});
       document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }`,
  )
}
