import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, openAdmin } from '../support/admin.ts'
import { join } from '../support/people.ts'

describe('manual journals', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
  })
  afterAll(async () => await admin.close())

  const balanceOf = async (code: string): Promise<string> => {
    const response = await admin.site.get(`${admin.company}/reports/trial-balance?asOf=2030-12-31`)
    const { rows } = (await response.json()) as { rows: { code: string; balance: { amount: string } }[] }
    return rows.find((row) => row.code === code)?.balance.amount ?? '0.00'
  }
  const type = async (page: Page, ...keys: string[]) => {
    for (const key of keys) {
      if (key.startsWith('<')) await page.keyboard.press(key.slice(1, -1))
      else await page.keyboard.type(key)
    }
  }
  const form = (page: Page) => page.getByRole('heading', { name: 'New manual journal' })

  test('an entry is written and posted by the keyboard alone', async () => {
    const { page, wrong, close } = await admin.open('documents')
    await page.getByRole('heading', { name: 'Documents' }).waitFor()
    const before = await balanceOf('7100')
    await Promise.all([page.keyboard.press('g'), page.keyboard.press('h')])
    await page.waitForURL(/\/journal$/)
    await page.getByRole('heading', { name: 'Manual journals' }).waitFor()
    await page.goto(admin.at('journal/new'))
    await form(page).waitFor()
    await page.getByRole('combobox', { name: 'Account, Line 1' }).waitFor()
    // A day is typed as people write days.
    await page.getByLabel('Date').focus()
    await type(page, '<Control+a>', '30/6/24', '<Tab>')
    await page.getByLabel('Text', { exact: true }).focus()
    await type(page, 'Accountancy, June')
    await page.getByRole('combobox', { name: 'Account, Line 1' }).focus()
    await type(page, '7100')
    await page.getByRole('option', { name: /^7100/ }).waitFor()
    await type(page, '<Tab>', '1,234.5', '<Enter>')
    await page.getByText('1,234.50 left to balance').waitFor()
    await type(page, '1200', '<Enter>', '<Tab>', '<Tab>', '=')
    await page.getByText('Balanced ✓').waitFor()
    await expect.poll(() => page.getByLabel('Credit, Line 2').inputValue()).toBe('1,234.50')
    await type(page, '<Control+Enter>')
    await page.getByText('Posted: Accountancy, June, 1,234.50 GBP.').waitFor()
    expect(BigInt((await balanceOf('7100')).replace('.', '')) - BigInt(before.replace('.', ''))).toBe(123450n)
    // The next one stands there, with the same day.
    await expect.poll(() => page.getByLabel('Date').inputValue()).toBe('30 Jun 2024')
    await expect.poll(() => page.getByRole('combobox', { name: 'Account, Line 1' }).inputValue()).toBe('')
    expect(wrong).toEqual([])
    await close()
  })

  test('tax is taken out of an amount as a line of its own, by the keyboard, and counts in the tax summary', async () => {
    const { page, wrong, close } = await admin.open('journal/new')
    await form(page).waitFor()
    await page.getByLabel('Date').fill('15 Aug 2024')
    await page.getByLabel('Text', { exact: true }).fill('Room let by hand')
    await page.getByRole('combobox', { name: 'Account, Line 1' }).focus()
    await type(page, '4000', '<Enter>', '<Tab>', 'Standard', '<Tab>', '<Tab>', '120', '<Tab>')
    await page.getByRole('button', { name: 'On top 24.00' }).waitFor()
    await type(page, '<Tab>', '<Enter>')
    // The line keeps its net; the tax stands below it, to be seen before anything is posted.
    await page.getByText('Its tax, 20.00, is on line 2.').waitFor()
    await expect.poll(() => page.getByLabel('Credit, Line 1').inputValue()).toBe('100.00')
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Account, Line 2' }).inputValue())
      .toBe('2200 VAT on sales')
    await expect.poll(() => page.getByLabel('Credit, Line 2').inputValue()).toBe('20.00')
    await expect.poll(() => page.getByLabel('Net that was taxed, Line 2').inputValue()).toBe('100.00')
    await page.getByRole('combobox', { name: 'Account, Line 3' }).and(page.locator(':focus')).waitFor()
    await type(page, '1200', '<Enter>', '<Tab>', '=')
    await page.getByText('Balanced ✓').waitFor()
    // Enter right after a whole code takes that account, though the list may still be behind it.
    expect(await page.getByRole('combobox', { name: 'Account, Line 3' }).inputValue()).toMatch(/^1200 /)
    // Another net has another tax, and says so until it is made anew.
    await page.getByLabel('Credit, Line 1').fill('200')
    await page.getByText('Line 2 has the tax of 100.00. Make it anew:').waitFor()
    await page.getByRole('button', { name: 'On top 40.00' }).click()
    await page.getByText('Its tax, 40.00, is on line 2.').waitFor()
    await expect.poll(() => page.getByLabel('Credit, Line 2').inputValue()).toBe('40.00')
    await page.getByLabel('Debit, Line 3').fill('240')
    await page.getByText('Balanced ✓').waitFor()
    await page.getByRole('button', { name: 'Save as draft' }).click()
    await page.getByText(/Kept as a draft: J-/).waitFor()
    await page.goto(admin.at('journal?state=draft'))
    await page.getByText('Room let by hand').first().click()
    await page.getByText(/· standard on 200.00/).waitFor()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByText('Its tax, 40.00, is on line 2.').waitFor()
    await type(page, '<Control+Enter>')
    await page.waitForURL(/detail=journal/)
    const summary = await admin.site.get(`${admin.company}/reports/tax-summary?from=2024-08-15&to=2024-08-15`)
    const { rows } = (await summary.json()) as { rows: { code: string; net: object; tax: object }[] }
    expect(rows).toEqual([
      expect.objectContaining({
        code: 'standard',
        side: 'output_tax',
        net: { amount: '200.00', currency: 'GBP' },
        tax: { amount: '40.00', currency: 'GBP' },
      }),
    ])
    expect(wrong).toEqual([])
    await close()
  })

  test('what is wrong stands at its line, and what is typed outlives a reload', async () => {
    const { page, close } = await admin.open('journal/new')
    await page.getByRole('combobox', { name: 'Account, Line 1' }).fill('1100')
    await page.getByRole('option', { name: /^1100/ }).waitFor()
    await type(page, '<Tab>')
    await page.getByLabel('Debit, Line 1').fill('12.50')
    await page.getByRole('combobox', { name: 'Account, Line 2' }).fill('1200')
    await type(page, '<Tab>')
    await page.getByLabel('Credit, Line 2').fill('abc')
    await type(page, '<Control+Enter>')
    await page.getByText('This is no amount.').waitFor()
    await page.getByText('Say which customer.').waitFor()
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByText('What you had entered before was kept and is filled in again.').waitFor()
    await expect.poll(() => page.getByLabel('Debit, Line 1').inputValue()).toBe('12.50')
    await page.getByRole('link', { name: 'Documents' }).click()
    await page.getByText('If you leave now, it is gone.').waitFor()
    await page.getByRole('button', { name: 'Leave without saving' }).click()
    await page.waitForURL(/\/documents/)
    await close()
  })

  test('a dialog over it keeps its keys, whoever leaves a field fast takes nobody else, and a look that fails takes nothing away', async () => {
    const { page, close } = await admin.open('journal/new')
    const before = await balanceOf('7100')
    const customer = page.getByRole('combobox', { name: 'Customer, Line 1' })
    await page.getByRole('combobox', { name: 'Account, Line 1' }).fill('1100')
    await page.getByRole('option', { name: /^1100/ }).waitFor()
    await type(page, '<Tab>')
    await page.route('**/parties?*letters=Ember*', async (route) => {
      await new Promise((done) => setTimeout(done, 300))
      await route.continue()
    })
    await customer.click()
    await page.getByRole('option', { name: /Anna Ashworth/ }).waitFor()
    const found = page.waitForResponse(/parties\?.*letters=Ember/)
    await customer.fill('Ember')
    await type(page, '<Tab>')
    await found
    await expect.poll(() => customer.inputValue()).toBe('17854 · Ember Trading')
    await page.getByRole('combobox', { name: 'Account, Line 1' }).fill('7100')
    await type(page, '<Tab>')
    await page.getByLabel('Debit, Line 1').fill('5')
    await page.getByRole('combobox', { name: 'Account, Line 2' }).fill('1200')
    await type(page, '<Tab>', '<Tab>', '=')
    await page.getByText('Balanced ✓').waitFor()
    await page.getByRole('button', { name: 'Save as template' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Small change')
    await type(page, '<Control+Enter>')
    await page.getByText('The template “Small change” is saved').waitFor()
    expect(await balanceOf('7100')).toBe(before)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // A name that is taken is asked about before it becomes the next version.
    await page.getByRole('button', { name: 'Save as template' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Small Change')
    await page.getByRole('dialog').getByRole('button', { name: 'Save as template' }).click()
    await page.getByText('There is a template “Small change”, version 1.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Save as version 2' }).click()
    await page.getByText('The template “Small Change” is saved').waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.route('**/api/v1/me', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'about:blank', title: 'Broken', status: 500, code: 'internal' }),
      }),
    )
    const looked = page.waitForResponse('**/api/v1/me')
    await page.getByLabel('Debit, Line 1').focus()
    await type(page, '<Control+Enter>')
    await looked
    await page.getByText(/^Posted: entry J-/).waitFor()
    await close()
  })

  test('a draft is kept, gone on with, and posted', async () => {
    const { page, wrong, close } = await admin.open('journal/new?template=interest')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Interest paid').fill('42.1')
    await type(page, '<Control+Enter>')
    await page.getByText('Balanced ✓').waitFor()
    await page.getByLabel('Text', { exact: true }).fill('Interest of the loan')
    await page.getByRole('button', { name: 'Save as draft' }).click()
    await page.getByText(/Kept as a draft: J-/).waitFor()
    await page.goto(admin.at('journal?state=draft'))
    await page
      .getByRole('button', { name: /Interest of the loan/ })
      .or(page.getByText('Interest of the loan'))
      .first()
      .click()
    // Of several files each is attached, or said not to be.
    const files = await page.evaluateHandle(() => {
      const dropped = new DataTransfer()
      dropped.items.add(new File([], 'nothing.txt'))
      dropped.items.add(new File(['Interest of March'], 'statement.txt'))
      return dropped
    })
    await page.getByText('No files are attached.').dispatchEvent('drop', { dataTransfer: files })
    await page.getByRole('link', { name: 'statement.txt' }).waitFor()
    await page.getByRole('alert').getByText('The file is empty').first().waitFor()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('heading', { name: /^Draft J-/ }).waitFor()
    await expect.poll(() => page.getByLabel('Credit, Line 2').inputValue()).toBe('42.10')
    await type(page, '<Control+Enter>')
    await page.waitForURL(/detail=journal/)
    await page.getByRole('complementary').getByText('Posted', { exact: true }).waitFor()
    // The browser tells of the file that was refused.
    expect(wrong.filter((line) => !line.includes('422'))).toEqual([])
    await close()
  })

  test('several drafts are discarded only after a question', async () => {
    const lines = [
      { account: '7100', amount: '1.00' },
      { account: '1200', amount: '-1.00' },
    ]
    const requests = ['asked-1', 'asked-2'].map((reference) => ({ reference, date: '2024-08-15', lines }))
    await admin.site.post(`${admin.company}/journals/drafts`, { requests })
    const { page, wrong, close } = await admin.open('journal?state=draft')
    for (const { reference } of requests) await page.getByRole('checkbox', { name: `Select row ${reference}` }).check()
    const bar = page.getByRole('toolbar').filter({ hasText: '2 selected' })
    await bar.getByRole('button', { name: 'Discard' }).click()
    await page.getByText('Discard 2 drafts?').waitFor()
    await page.getByRole('button', { name: 'Keep them' }).click()
    await page.getByText('Discard 2 drafts?').waitFor({ state: 'detached' })
    // Whoever thought better of it still has them chosen.
    await bar.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
    await page.getByText('2 drafts discarded').waitFor()
    await page.getByRole('checkbox', { name: 'Select row asked-1' }).waitFor({ state: 'detached' })
    expect(wrong).toEqual([])
    await close()
  })

  test('two who change one draft, or save one template, see both versions, and nothing is lost', async () => {
    const lines = [
      { account: '7100', amount: '80.00' },
      { account: '1200', amount: '-80.00' },
    ]
    const draft = { reference: 'SHARED', date: '2024-03-31', description: 'Rent of the hall', lines }
    const kept = await admin.site.post(`${admin.company}/journals/drafts`, { requests: [draft] })
    const { results } = (await kept.json()) as { results: { id: string }[] }
    const at = `${admin.company}/journals/${results[0]?.id}`
    const { page, wrong, close } = await admin.open(`journal/${results[0]?.id}/edit`)
    const text = page.getByLabel('Text', { exact: true })
    await text.fill('Rent of the hall, March')
    const theirs = [
      { account: '7100', amount: '95.00' },
      { account: '1200', amount: '-95.00' },
    ]
    await admin.site.send('PUT', at, { ...draft, lines: theirs })
    await page.getByRole('button', { name: 'Save as draft' }).click()
    const conflict = page.getByRole('alert').filter({ hasText: 'Somebody changed this meanwhile' })
    await conflict.getByRole('row', { name: /Lines.*debit 80\.00.*debit 95\.00/ }).waitFor()
    await conflict.getByRole('row', { name: 'Text Rent of the hall, March Rent of the hall', exact: true }).waitFor()
    await expectAccessible(page)
    await conflict.getByRole('button', { name: 'Keep mine, over theirs' }).click()
    // It is kept as the draft that it was to be, and not posted.
    await page.waitForURL(/detail=journal/)
    const read = async () => (await (await admin.site.get(at)).json()) as { state: string; description: string }
    expect(await read()).toMatchObject({ state: 'draft', description: 'Rent of the hall, March', lines })

    await page.goto(admin.at(`journal/${results[0]?.id}/edit`))
    await page.getByRole('button', { name: 'Save as template' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save as template' })
    const save = () => dialog.getByRole('button', { name: 'Save as template' }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Hall')
    await save()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Save as template' }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Hall')
    await save()
    await dialog.getByRole('button', { name: 'Save as version 2' }).waitFor()
    // Somebody else saves that version before: it is asked about again.
    const { rows } = (await (await admin.site.get(`${admin.company}/journal-templates`)).json()) as {
      rows: { name: string; title: string; definition: object }[]
    }
    const hall = rows.find(({ name }) => name === 'hall')
    const other = { name: 'hall', title: 'The hall', definition: hall?.definition }
    await admin.site.post(`${admin.company}/journal-templates`, { requests: [other] })
    await dialog.getByRole('button', { name: 'Save as version 2' }).click()
    await dialog.getByRole('button', { name: 'Save as version 3' }).waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Save as version 3' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(wrong.filter((line) => !line.includes('412'))).toEqual([])
    await close()
  })

  test('above an amount a second person sees what is asked, declines or approves, and the first is told', async () => {
    const rule = { active: true, above: '500.00' }
    await admin.site.send('PUT', `${admin.company}/approval-rules/journal`, rule)
    const keeper = await join(admin.site, admin.company, 'bookkeeper')
    const asking = await admin.open('journal/new', { as: keeper })
    const ask = async (text: string) => {
      await asking.page.getByLabel('Text', { exact: true }).fill(text)
      await asking.page.getByRole('combobox', { name: 'Account, Line 1' }).focus()
      await type(asking.page, '7100')
      await asking.page.getByRole('option', { name: /^7100/ }).waitFor()
      await type(asking.page, '<Tab>', '900', '<Enter>')
      await type(asking.page, '1200', '<Enter>', '<Tab>', '<Tab>', '=', '<Control+Enter>')
      await asking.page.getByText('A second person must approve this').waitFor()
    }
    await ask('Rent of the hall')
    await ask('Rent of the yard')
    await asking.page.getByRole('link', { name: 'See what waits' }).click()
    await asking.page
      .getByText(/another person|somebody else|your own/i)
      .first()
      .waitFor()
    await expect.poll(() => asking.page.getByRole('button', { name: 'Approve' }).count()).toBe(0)

    const { page, wrong, close } = await admin.open('home')
    await page.getByRole('link', { name: 'Approvals' }).getByText('2').waitFor()
    await page.getByRole('link', { name: 'Approvals' }).click()
    await page
      .getByRole('button', { name: /^Journal / })
      .first()
      .click()
    await page.getByText(/Rent of the (hall|yard)/).waitFor()
    await page.getByRole('cell', { name: '7100 Rent' }).waitFor()
    await page.getByRole('button', { name: 'Decline' }).click()
    await page.getByText('Say why, so that they know what to change.').waitFor()
    await page.getByRole('textbox', { name: 'Reason' }).fill('The wrong hall')
    await page.getByRole('button', { name: 'Decline' }).click()
    await page.getByText('declined', { exact: true }).first().waitFor()
    await page.getByRole('link', { name: 'Approvals' }).getByText('1').waitFor()
    await page.keyboard.press('Escape')
    await page
      .getByRole('button', { name: /^Journal / })
      .nth(1)
      .waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Journal / }).click()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('approved', { exact: true }).first().waitFor()
    await page.goto(admin.at('approvals?view=decided'))
    await page.getByRole('row', { name: /bookkeeper.*Olive.*declined/ }).waitFor()
    await page.getByRole('row', { name: /bookkeeper.*Olive.*approved/ }).waitFor()
    expect(wrong).toEqual([])
    await close()

    await asking.page.goto(asking.page.url().replace(/journal\/new.*/, 'approvals?view=decided'))
    await asking.page.getByRole('row', { name: /declined/ }).click()
    await asking.page.getByText('The wrong hall').waitFor()
    expect(asking.wrong).toEqual([])
    await asking.close()
    await admin.checkScreen('approvals?view=decided&detail=approval.1', (found) =>
      found.getByRole('cell', { name: '7100 Rent' }).waitFor(),
    )
    await admin.site.send('PUT', `${admin.company}/approval-rules/journal`, { active: false })
  })

  test.each([
    ['journal', 'Manual journals'],
    ['journal/new', 'New manual journal'],
    ['journal/templates', 'Templates'],
    ['journal/recurring', 'Recurring'],
  ])('%s is for everybody', async (path, title) => {
    await admin.checkScreen(path, async (page) => {
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
    })
  })
})
