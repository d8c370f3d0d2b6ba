import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BudgetPlan, ReportTable } from '../../clients/typescript/src/api.ts'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, openAdmin } from '../support/admin.ts'

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
    await page.getByRole('textbox', { name: 'Percent of it' }).fill('110')
    await page.getByRole('button', { name: 'Fill', exact: true }).click()
    await page.getByText(/cells are filled/).waitFor()
    const planned = String(((await actualOf('2024-02')) * 110n + 5000n) / 10_000n)
    const february = cell(page, /^4000/, 'February 2025')
    expect((await february.inputValue()).replaceAll(',', '')).toBe(planned)
    await february.focus()
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).toMatch(/^4000.*, March 2025$/)
    await page.keyboard.type('1500.5')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toMatch(/, March 2025$/)
    await page.keyboard.press('ArrowUp')
    expect(await cell(page, /^4000/, 'March 2025').inputValue()).toBe('1,500.50')
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
    const { page, wrong, close } = await admin.open('reports/budgets/pasted?from=2025-01')
    await page.getByRole('button', { name: 'Paste a table' }).click()
    const table = page.getByRole('textbox', { name: 'Table' })
    await table.fill('account,2025-01,2025-02\n4000,12.5,x\n1200,1,')
    await page.getByRole('button', { name: 'Put it into the grid' }).click()
    await page.getByText("Line 3: '1200' is no account of income or expense.").waitFor()
    await expectAccessible(page)
    await table.fill('account,2025-01,2025-02\n4000,12.5,"1,000"')
    await page.getByRole('button', { name: 'Put it into the grid' }).click()
    await page.getByText('2 changes are not saved yet').waitFor()
    expect(await cell(page, /^4000/, 'February 2025').inputValue()).toBe('1,000.00')
    await cell(page, /^4000/, 'January 2025').press('Escape')
    await page.getByText('1 change is not saved yet').waitFor()
    await cell(page, /^4000/, 'May 2025').fill('nonsense')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/1 cell holds no amount in GBP.*4000, May 2025/).waitFor()
    await cell(page, /^4000/, 'May 2025').press('Escape')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Everything is saved').waitFor()
    expect((await planOf('pasted')).amounts).toMatchObject([{ account: '4000', month: '2025-02', amount: '1000.00' }])
    expect(wrong).toEqual([])
    await close()
  })

  test('what another person changes is kept, and asked about where both changed it', async () => {
    await admin.site.post(`${admin.company}/budgets`, { requests: [{ code: 'both', name: 'Both' }] })
    const { page, wrong, close } = await admin.open('reports/budgets/both?from=2025-01')
    await cell(page, /^4000/, 'January 2025').fill('10')
    await put('both', [{ account: '4000', month: '2025-02', amount: '20.00' }])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/somebody else changed meanwhile in other cells is kept/).waitFor()
    expect((await planOf('both')).amounts.map(({ amount }) => amount)).toEqual(['10.00', '20.00'])
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
    expect((await planOf('both')).amounts.map(({ amount }) => amount)).toEqual(['12.00', '20.00', '30.00'])
    // The browser tells of the two answers that refused.
    expect(wrong.filter((one) => !one.includes('412'))).toEqual([])
    await close()
  })

  test('is accessible and fits, in light, dark, wide and narrow', async () => {
    await admin.checkScreen('reports/budgets', (page) =>
      page.getByRole('link', { name: 'both', exact: true }).waitFor(),
    )
    await admin.checkScreen('reports/budgets/both?from=2025-01', (page) =>
      page.getByRole('row', { name: /Total income/ }).waitFor(),
    )
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
