import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReportKinds, ReportTable } from '../../clients/typescript/src/api.ts'
import { type Admin, chromiumMissing, chromiumPath, goWithin, openAdmin } from '../support/admin.ts'

describe('the reports', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
    const tell = async (part: string, body: object) =>
      expect((await admin.site.send('PUT', `${admin.company}/${part}`, body)).status).toBe(200)
    const registeredAddress = { line1: '12 Kiln Lane', city: 'Stoke-on-Trent', country: 'GB' }
    await tell('identity', { legalName: 'Garden Gifts Ltd', registeredAddress })
    await tell('identity', { legalName: 'Garden Gifts plc', effectiveFrom: '2025-01-01' })
    const number = { country: 'GB', scheme: 'vat', number: 'GB 999 9999 73', validFrom: '2020-01-01' }
    await tell('tax-numbers', { rows: [number] })
  })
  afterAll(() => admin.close())

  test('stand on one page, are accessible and fit, in light, dark, wide and narrow', async () => {
    await admin.checkScreen('reports', (page) => page.getByRole('link', { name: 'Profit and loss' }).waitFor())
    await admin.checkScreen('reports/profit-and-loss?by=month&compare=previous-year', (page) =>
      page.getByRole('cell', { name: 'Gross profit' }).waitFor(),
    )
  })

  test('what is seen better drawn stands as a chart above the same figures', async () => {
    const { page, wrong, close } = await admin.open('reports/sales?by=item&from=2024-01-01&to=2024-12-31')
    const chart = page.getByRole('img', { name: 'Sales as a chart; the table below says the same' })
    await chart.getByText('Paper lamp').waitFor()
    await page.goto(admin.at('reports/profit-and-loss?by=month&from=2024-01-01&to=2024-12-31'))
    await page.getByRole('img', { name: 'Profit and loss as a chart; the table below says the same' }).waitFor()
    // On paper it has the head of its files, as the company was on its last day.
    const head = page.getByText('12 Kiln Lane, Stoke-on-Trent, United Kingdom')
    await head.waitFor({ state: 'attached' })
    expect(await head.isVisible()).toBe(false)
    await page.emulateMedia({ media: 'print' })
    await head.waitFor()
    await page.getByText('Garden Gifts Ltd', { exact: true }).waitFor()
    await page.getByText('VAT number GB999999973').waitFor()
    await page.emulateMedia({ media: 'screen' })
    await head.waitFor({ state: 'hidden' })
    await page.goto(admin.at('reports/aged-receivables'))
    await page.getByRole('img', { name: /^Aged receivables as a chart/ }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('each that there is can be opened from there', async () => {
    const { page, wrong, close } = await admin.open('reports')
    const { reports } = (await (await admin.site.get(`${admin.company}/reports`)).json()) as ReportKinds
    await page.getByRole('link', { name: 'Profit and loss' }).waitFor()
    const links = await page.getByRole('main').getByRole('link').all()
    const shown = await Promise.all(links.map(async (link) => (await link.getAttribute('href'))?.split('/').at(-1)))
    // A figure leads to its lines, which have a screen of their own.
    const elsewhere = ['lines']
    expect(shown.toSorted()).toEqual(
      reports
        .map(({ name }) => name)
        .filter((name) => !elsewhere.includes(name))
        .toSorted(),
    )
    for (const name of shown) {
      await goWithin(page, admin.at(`reports/${name}`))
      const title = reports.find((report) => report.name === name)?.title as string
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await page
        .getByRole('table', { name: title })
        .or(
          page.getByRole('heading', {
            name: name === 'general-ledger' ? 'Choose an account' : /Nothing|Choose a budget/,
          }),
        )
        .waitFor()
    }
    await page.goto(admin.at('reports/general-ledger?from=2024-01-01&to=2024-12-31'))
    await page.getByRole('combobox', { name: 'Account' }).fill('4000')
    await page.getByRole('option', { name: /^4000/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.waitForURL(/account=4000/)
    await page.getByRole('cell', { name: 'Invoice', exact: true }).first().waitFor()
    await page.goto(admin.at('reports/lines?account=4000'))
    await page.waitForURL(/\/lines\?account=4000/)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('a choice stands in the address, and a figure leads to its lines and back', async () => {
    const { page, wrong, close } = await admin.open('reports/profit-and-loss?from=2024-01-01&to=2024-12-31')
    await page.getByRole('combobox', { name: 'By' }).click()
    await page.getByRole('option', { name: 'Month' }).click()
    await page.waitForURL(/by=month/)
    await page.getByRole('columnheader', { name: 'Total' }).waitFor()
    await page.getByRole('row', { name: /^4000/ }).getByRole('link').last().click()
    await page.waitForURL(/\/lines\?.*account=4000/)
    await page.keyboard.press('[')
    await page.waitForURL(/reports\/profit-and-loss\?.*by=month/)
    // Another question begins at the first page.
    await page.goto(admin.at('reports/aged-receivables?cursor=1'))
    await page.getByRole('button', { name: /^At the end of/ }).click()
    await page.getByRole('button', { name: 'Last month' }).click()
    await page.waitForURL((url) => url.searchParams.has('asOf') && !url.searchParams.has('cursor'))
    // What was chosen goes along to the next report, and stands in its address; a link that says its days is obeyed.
    const { asOf } = Object.fromEntries(new URL(page.url()).searchParams)
    await page.goto(admin.at('reports/trial-balance'))
    await page.waitForURL((url) => url.searchParams.get('asOf') === asOf)
    await page.goto(admin.at('reports/profit-and-loss?from=2024-01-01&to=2024-12-31'))
    await page.getByRole('combobox', { name: 'Period' }).click()
    await page.getByRole('option', { name: 'Last quarter' }).click()
    await page.waitForURL((url) => url.searchParams.get('from') !== '2024-01-01')
    const { from, to } = Object.fromEntries(new URL(page.url()).searchParams)
    await page.goto(admin.at('reports/sales'))
    await page.waitForURL(({ searchParams }) => searchParams.get('from') === from && searchParams.get('to') === to)
    await page.goto(admin.at('reports/balance-sheet'))
    await page.waitForURL((url) => url.searchParams.get('asOf') === to)
    await page.goto(admin.at('reports/sales?from=2024-01-01&to=2024-12-31'))
    await page.getByRole('table', { name: 'Sales' }).waitFor()
    expect(new URL(page.url()).searchParams.get('from')).toBe('2024-01-01')
    // What was typed wrong in the place of an id is an address of nothing.
    await page.goto(admin.at('documents/lost'))
    await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor()
    expect(wrong.filter((line) => !/4\d\d/.test(line))).toEqual([])
    await close()
  })

  test.each([
    'reports/profit-and-loss/table?by=month&compare=previous-year&from=2024-01-01&to=2024-12-31',
    'reports/profit-and-loss/table?by=country',
    'reports/balance-sheet/table?by=quarter',
    'reports/trial-balance/table',
  ])('every figure of %s is the sum of the lines that it leads to', async (path) => {
    const { site, company } = admin
    const table = (await (await site.get(`${company}/${path}`)).json()) as ReportTable
    let followed = 0
    for (const { cells, sources } of table.rows) {
      for (const [key, { report, parameters }] of Object.entries(sources)) {
        if (report !== 'lines') continue
        const cell = cells[key] as { amount: string } | null | undefined
        if (cell === null || cell === undefined) continue
        const query = new URLSearchParams({ ...parameters, limit: '1000' })
        const found = (await (await site.get(`${company}/reports/lines?${query}`)).json()) as {
          rows: { amount: { amount: string } }[]
        }
        const sum = found.rows.reduce((total, { amount }) => total + minor(amount.amount), 0n)
        // A statement shows income, and the trial balance credits, as what they are without their sign.
        expect([sum, -sum], `${cells.name} ${key}`).toContain(minor(cell.amount))
        followed += 1
      }
    }
    expect(followed).toBeGreaterThan(2)
  })
})

const minor = (amount: string): bigint => BigInt(amount.replace('.', ''))
