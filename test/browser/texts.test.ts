import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inCompany } from '../../src/kernel/database.ts'
import { raiseExceptions } from '../../src/modules/inbox/index.ts'
import { type Admin, chromiumMissing, chromiumPath, expectFits, openAdmin } from '../support/admin.ts'
import { orderExport } from '../support/site.ts'

/** What a browser, a template or a line of text could take for something else than a name. */
const hostile = [
  '<script>window.ran = 1</script>',
  '"><img src=/ran onerror="window.ran = 1">',
  "' onmouseover='window.ran = 1",
  '</title></script><svg/onload=window.ran=1>',
  'javascript:window.ran=1//',
  '$t(settings:title) {{count}} {{7*7}}',
  '\u202Egpj.exe',
  '👩‍👩‍👧‍👦'.repeat(8),
  `${'Wide'.repeat(24)}!`,
]
const numberOf = (n: number): string => `${n} ${hostile[n] as string}`.slice(0, 100).toWellFormed()

describe('names that are markup', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  let company: string
  const at = (path: string) => `${admin.address}/companies/${company.split('/').at(-1)}/${path}`
  beforeAll(async () => {
    admin = await openAdmin({ empty: true })
    const created = await admin.site.post('/api/v1/companies', { name: hostile[1], country: 'GB' })
    company = `/api/v1/companies/${((await created.json()) as { id: string }).id}`
    await admin.site.send('PATCH', '/api/v1/me', { name: hostile[0] })
    await fill()
  })
  afterAll(() => admin.close())

  async function must(path: string, body: object): Promise<void> {
    const answer = await admin.site.post(`${company}/${path}`, body)
    expect(answer.status, `${path} ${await answer.clone().text()}`).toBeLessThan(300)
  }

  async function fill(): Promise<void> {
    const each = <T>(make: (name: string, n: number) => T): T[] => hostile.map(make)
    for (const [n, name] of hostile.entries()) await must('accounts', { code: `980${n}`, name, class: 'expense' })
    await must('items', { requests: each((name, n) => ({ code: `I${n}`, name })) })
    await must('invoices', {
      requests: each((name, n) => ({
        number: numberOf(n),
        on: '2024-01-15',
        customer: { number: `C${n}`, name },
        lines: [{ item: `I${n}`, description: name, quantity: '1', unitPrice: '10.00' }],
      })),
    })
    const journals = each((name, n) => ({
      reference: `R${n}`,
      date: '2024-01-15',
      description: name,
      lines: [
        { account: `980${n}`, amount: '1.00' },
        { role: 'bank', amount: '-1.00' },
      ],
    }))
    for (const journal of journals) await must('entries', journal)
    await must('journals/drafts', { requests: journals.map((one) => ({ ...one, reference: `D${one.reference}` })) })
    const bank = {
      holder: hostile[0],
      bank: hostile[1],
      currency: 'GBP',
      accountNumber: '12345678',
      sortCode: '10-20-30',
    }
    await admin.site.send('PUT', `${company}/bank-accounts/main`, bank)
    const identity = {
      legalName: hostile[8],
      tradingName: hostile[0],
      registeredAddress: { line1: hostile[1], country: 'GB' },
    }
    const number = {
      country: 'GB',
      scheme: 'vat',
      number: 'GB999999973',
      validFrom: '2020-01-01',
      authority: hostile[1],
    }
    await admin.site.send('PUT', `${company}/identity`, identity)
    await admin.site.send('PUT', `${company}/tax-numbers`, { rows: [number] })
    await must('api-keys', { name: hostile[1], scopes: ['reports.read'], days: 1 })
    const uploaded = await admin.site.ask(`${company}/imports/files?name=${encodeURIComponent(`${hostile[4]}.csv`)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: orderExport,
    })
    const { sha256 } = (await uploaded.json()) as { sha256: string }
    const files = [{ name: `${hostile[1]}.csv`, sha256 }]
    await must('imports', { format: 'online-retail', files, start: false, dryRun: false })
    const amount = { amountMinor: 0n, currency: 'GBP' }
    await inCompany(admin.site.database, BigInt(company.split('/').at(-1) as string), (tx) =>
      raiseExceptions(
        tx,
        each((message) => ({
          kind: 'unknown_code' as const,
          source: message,
          subject: message,
          message,
          ...amount,
        })),
      ),
    )
  }

  /** Every text that the page shows, with what stands in its fields. */
  const shown = (page: Page): Promise<string> =>
    page.evaluate(
      `document.body.innerText + [...document.querySelectorAll('input, textarea, option')].map((one) => one.value).join('\\n')`,
    )

  const screens: readonly [path: string, wanted: readonly string[]][] = [
    ['documents', [...hostile, numberOf(0)]],
    ['customers', hostile],
    ['entries', hostile],
    ['reports/trial-balance?asOf=2024-12-31', hostile],
    ['reports/profit-and-loss?from=2024-01-01&to=2024-12-31', hostile],
    ['reports/sales?from=2024-01-01&to=2024-12-31&by=item', hostile],
    ['lines?account=9800&from=2024-01-01&to=2024-12-31', [hostile[0] as string]],
    ['inbox', hostile],
    ['imports', [hostile[1] as string]],
    ['journal', hostile],
    ['home?asOf=2024-01-15', [hostile[1] as string]],
    ['settings', [hostile[1] as string]],
    ['settings/identity', [hostile[0] as string, hostile[1] as string, hostile[8] as string]],
    ['settings/tax-numbers', [hostile[1] as string]],
    ['settings/accounts', hostile],
    ['settings/bank-accounts', [hostile[0] as string, hostile[1] as string]],
    ['settings/people', [hostile[0] as string]],
    ['settings/api-keys', [hostile[1] as string]],
    ['settings/audit', [hostile[0] as string]],
    ['settings/account', [hostile[0] as string]],
  ]

  test('are text on every main screen, in the drawer, the palette and the choices of a form: nothing runs', async () => {
    const { page, wrong, close } = await admin.open()
    page.on('dialog', (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => request.url().endsWith('/ran') && wrong.push(request.url()))
    await page.addInitScript(
      `window.violations = []; addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))`,
    )
    const nothingRan = async (where: string) =>
      expect([where, await page.evaluate('[window.ran ?? null, window.violations]'), wrong]).toEqual([
        where,
        [null, []],
        [],
      ])
    const expectShown = async (where: string, names: readonly string[]) => {
      for (const name of names)
        await expect.poll(() => shown(page), { message: `${where}: ${name}`, timeout: 10_000 }).toContain(name)
      await nothingRan(where)
    }
    for (const [path, names] of screens) {
      await page.goto(at(path))
      await expectShown(path, names)
      await expectFits(page)
    }
    await page.goto(at('documents'))
    await page.getByRole('row').nth(1).click()
    await page.getByRole('complementary').getByText('10.00').first().waitFor()
    await expectShown('a document', hostile.slice(0, 1))
    await page.goto(at('journal/new'))
    await page.getByRole('combobox', { name: 'Account, Line 1' }).fill('980')
    await page.getByRole('option', { name: /9808/ }).waitFor()
    await expectShown('accounts to choose', hostile)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Search or jump to…').fill(hostile[1] as string)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: hostile[1] as string })
      .first()
      .waitFor()
    await nothingRan('the palette')
    await close()
  })

  test('fit on a phone, however long they are', async () => {
    const { page, wrong, close } = await admin.open(undefined, { size: 'phone' })
    for (const path of [
      'documents',
      'customers',
      'reports/trial-balance?asOf=2024-12-31',
      'inbox',
      'settings/account',
    ]) {
      await page.goto(at(path))
      await expect.poll(() => shown(page)).toContain(hostile[0])
      await expectFits(page)
    }
    expect(wrong).toEqual([])
    await close()
  })
})
