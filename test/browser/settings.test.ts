import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, expectFits, openAdmin } from '../support/admin.ts'
import { authenticatorCode, join, password, signIn } from '../support/people.ts'
import { owner } from '../support/site.ts'

describe('the settings', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin({ empty: true })
  })
  afterAll(() => admin.close())

  const parts = [
    ['settings', 'Currency of the books'],
    ['settings/identity', 'Name and register'],
    ['settings/tax-numbers', 'No tax number is recorded'],
    ['settings/accounts', 'Carriage charged to customers'],
    ['settings/periods', 'Close the year'],
    ['settings/bank-accounts', 'Customers are not told where to pay'],
    ['settings/people', 'olive@shop.example'],
    ['settings/approval-rules', 'Bank details'],
    ['settings/duties', 'order desk'],
    ['settings/api-keys', 'No keys yet'],
    ['settings/webhooks', 'Nothing is sent anywhere'],
    ['settings/audit', 'Who changed which setting'],
    ['settings/backup', 'This company'],
    ['settings/account', 'Recovery codes|Set it up'],
  ] as const

  // The parts are made of the same patterns, which other files look at from all sides: one window, and each part once light and once dark.
  test('every part is accessible, and fits in light and dark, wide and narrow', { timeout: 120_000 }, async () => {
    const { page, wrong, close } = await admin.open()
    for (const [path, words] of parts) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(admin.at(path))
      await page.getByText(new RegExp(words)).first().waitFor()
      await expectAccessible(page)
      await expectFits(page)
      await page.setViewportSize({ width: 390, height: 844 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' })
      await expectAccessible(page)
      await expectFits(page)
    }
    expect(wrong).toEqual([])
    await close()
  })

  test('every dialog opens by keyboard, says in words what it declines, and does what it is asked', async () => {
    const { page, wrong, close } = await admin.open('settings/bank-accounts')
    const dialog = page.getByRole('dialog')
    const press = async (name: string | RegExp) => {
      await page.getByRole('button', { name }).first().focus()
      await page.keyboard.press('Enter')
      await dialog.waitFor()
    }
    const part = async (name: string) => {
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    }
    const send = (name: string) => dialog.getByRole('button', { name, exact: true }).click()

    await press('New bank account')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Main')
    await dialog.getByRole('textbox', { name: /holder/i }).fill('Garden Gifts Ltd')
    await dialog.getByRole('textbox', { name: 'IBAN' }).fill('GB00 WEST 1234 5698 7654 32')
    await send('Save')
    await dialog
      .getByText(/check digits/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await dialog.getByRole('textbox', { name: 'IBAN' }).fill('GB82 WEST 1234 5698 7654 32')
    await send('Save')
    await page.getByText('Garden Gifts Ltd').waitFor()

    await part('Approval rules')
    await press('Change Bank details')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await press('Change Entries by hand')
    await dialog.getByRole('switch').check()
    await dialog.getByRole('textbox').fill('500')
    await send('Save')
    await page.getByText('Above 500.00 GBP needs a second person').waitFor()

    await part('Exception duties')
    await press(/^Change /)
    await dialog.getByRole('textbox', { name: 'E-mail address' }).first().fill('nobody')
    await send('Save')
    await dialog.getByRole('alert').waitFor()
    await dialog.getByRole('textbox', { name: 'E-mail address' }).first().fill('desk@shop.example')
    await send('Save')
    await page.getByText('desk@shop.example').first().waitFor()

    await part('Webhooks')
    await press('New endpoint')
    await dialog.getByRole('textbox', { name: 'Address' }).fill('https://localhost/hook')
    await dialog.getByRole('checkbox').first().check()
    await send('Add')
    await dialog.getByRole('alert').waitFor()
    await page.keyboard.press('Escape')

    await part('Chart of accounts')
    await press('New account')
    await dialog.getByRole('textbox', { name: 'Code', exact: true }).fill('4000')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Twice')
    await send('Add')
    await dialog.getByRole('alert').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })

    // The browser tells of each answer that was no.
    expect(wrong.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
    await close()
  })

  test('a new bank account never takes the place of another of its name', async () => {
    const { page, close } = await admin.open('settings/bank-accounts')
    const dialog = page.getByRole('dialog')
    await page.getByText('Garden Gifts Ltd').waitFor()
    await page.getByRole('button', { name: 'New bank account' }).click()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(' Main ')
    await dialog.getByRole('textbox', { name: /holder/i }).fill('Somebody else')
    await dialog.getByRole('textbox', { name: 'IBAN' }).fill('GB82 WEST 1234 5698 7654 32')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('There is an account of this name already').waitFor()
    // What was entered is not gone for a click beside it.
    await page.mouse.click(5, 400)
    await dialog.getByText('There is an account of this name already').waitFor()
    await close()
  })

  test('the audit log tells of what was changed, by what it is', async () => {
    const { page, wrong, close } = await admin.open('settings/audit')
    await page.getByRole('combobox', { name: 'Any setting' }).click()
    await page.getByRole('option', { name: 'exception duty' }).click()
    await page.waitForURL(/table=exception_duty/)
    await page.getByText('desk@shop.example').filter({ visible: true }).first().waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('a month is closed after what is checked was said, and reopened for a reason', async () => {
    const { page, wrong, close } = await admin.open('settings/periods?on=2024-01-01')
    const pack = page.getByRole('link', { name: 'Month-end pack of January 2024' })
    await expect.poll(() => pack.getAttribute('href')).toMatch(/\/month-end-pack\?period=2024-01$/)
    await page.getByRole('button', { name: 'Close January 2024' }).click()
    await page.getByText('0 exceptions wait in the inbox.').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Close January 2024' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('0 exceptions wait in the inbox.').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('January 2024 is closed').waitFor()
    await page.getByRole('button', { name: 'Reopen January 2024' }).click()
    const reopen = page.getByRole('dialog').getByRole('button', { name: 'Reopen' })
    await expect.poll(() => reopen.isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Reason' }).fill('A bill came late')
    await reopen.click()
    await page.getByText('January 2024 is open again').waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('an account is added and changed, a person invited and a key made, which is shown once', async () => {
    const { page, wrong, close } = await admin.open('settings/accounts')
    await page.getByRole('button', { name: 'New account' }).click()
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill('6999')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Packing')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('heading', { name: '6999 Packing' }).waitFor()
    await page.getByRole('complementary').getByRole('textbox', { name: 'Name' }).fill('Packing material')
    await page.getByRole('complementary').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: '6999 Packing material' }).waitFor()
    await page.goto(admin.at('settings/people'))
    await page.getByRole('button', { name: 'Invite a person' }).click()
    await page.getByRole('textbox', { name: 'E-mail address' }).fill('anna@shop.example')
    await page.getByRole('button', { name: 'Make the invitation' }).click()
    await page.getByText(/\/join#/).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText(/anna@shop\.example/).waitFor()
    await page.goto(admin.at('settings/api-keys'))
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop')
    await page.getByRole('checkbox', { name: 'read the reports and prove the books' }).check()
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText(/^ch_/).first().waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('row', { name: /Shop/ }).waitFor()
    await expect.poll(() => page.getByText(/^ch_\w{30}/).count()).toBe(0)
    await page.goto(admin.at('settings/audit'))
    await page.getByText('Packing material').first().waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('who may not manage people finds their part told what it needs', async () => {
    const seller = await join(admin.site, admin.company, 'sales')
    const { page, close } = await admin.open('settings/people', { as: seller })
    await page.getByText('You may not see this').waitFor()
    await close()
  })

  test('the menu leads to the own account, where name, password, sessions and looks are changed', async () => {
    const person = await join(admin.site, admin.company, 'bookkeeper')
    const elsewhere = await signIn(admin.site, person.email)
    const { page, wrong, close } = await admin.open('settings', { as: person })
    await page.getByRole('button', { name: /^bookkeeper/ }).click()
    await page.getByRole('menuitem', { name: 'Your account' }).click()
    await page.waitForURL(/\/settings\/account$/)
    await page.getByRole('button', { name: 'Change the name' }).click()
    await page.getByRole('textbox', { name: 'Your name' }).fill('Beatrice Brown')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Beatrice Brown' }).waitFor()
    expect((await elsewhere.get('/api/v1/me')).status).toBe(200)
    await page.getByRole('button', { name: 'End', exact: true }).first().click()
    await page.getByRole('button', { name: 'End', exact: true }).nth(1).waitFor({ state: 'detached' })
    await expect.poll(async () => (await elsewhere.get('/api/v1/me')).status).toBe(401)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByLabel('Present password').fill('not this one')
    await page.getByLabel('New password').fill('a third sentence for Beatrice')
    await page.getByRole('dialog').getByRole('button', { name: 'Change the password' }).click()
    await page.getByRole('alert').getByText('password', { exact: false }).first().waitFor()
    await page.getByLabel('Present password').fill(password)
    await page.getByRole('dialog').getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('The password is changed').waitFor()
    await signIn(admin.site, person.email, 'a third sentence for Beatrice')
    await page.getByText('Dark', { exact: true }).click()
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' })
    expect(wrong.filter((one) => !/40[0-9]/.test(one))).toEqual([])
    await close()
  })

  test('the company is called otherwise; what somebody else changed meanwhile is shown beside it', async () => {
    const { page, close } = await admin.open('settings')
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await name.fill('Garden & Gifts')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Company: Garden & Gifts' }).waitFor()
    // Whoever types on while it is being saved loses nothing of it.
    const sent = Promise.withResolvers<void>()
    await page.route('**/api/v1/companies/*', async (route) => {
      if (route.request().method() === 'PATCH') await sent.promise
      await route.continue()
    })
    await name.fill('Garden')
    await page.getByRole('button', { name: 'Save' }).click()
    await name.fill('Garden Party')
    sent.resolve()
    await page.getByRole('button', { name: 'Company: Garden', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Save' }).and(page.locator(':not([data-loading])')).waitFor()
    await expect.poll(() => name.inputValue()).toBe('Garden Party')
    await page.unroute('**/api/v1/companies/*')
    const theirs = { name: 'Theirs', fiscalYearStartMonth: 4 }
    expect((await admin.site.send('PATCH', admin.company, theirs)).status).toBe(200)
    await name.fill('Mine')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('row', { name: 'Name Mine Theirs' }).waitFor()
    await page.getByRole('row', { name: /fiscal year.* January April/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Take theirs' }).click()
    await page.getByText('Somebody changed this meanwhile').waitFor({ state: 'detached' })
    await expect.poll(() => name.inputValue()).toBe('Theirs')
    await close()
    const seller = await join(admin.site, admin.company, 'sales')
    const theirsAlone = await admin.open('settings', { as: seller })
    await theirsAlone.page.getByText('An owner of the company can change').waitFor()
    await expect.poll(() => theirsAlone.page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    await theirsAlone.close()
  })

  test('the legal identity is recorded; what somebody else recorded meanwhile is shown beside it', async () => {
    const { page, wrong, close } = await admin.open('settings/identity')
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    const save = () => page.getByRole('button', { name: 'Save' }).click()
    await field('Legal name').fill('Garden Gifts Ltd')
    await field('Address line 1').fill('12 Kiln Lane')
    // Chosen once more, a country stays.
    await page.getByRole('combobox', { name: 'Country' }).click()
    await page.getByRole('option', { name: 'United Kingdom' }).click()
    await field('E-mail address').fill('nobody')
    await save()
    await page.getByText(/e-mail address such as/).waitFor()
    await field('E-mail address').fill('accounts@gardengifts.example')
    await save()
    await page.getByRole('row', { name: /the beginning Garden Gifts Ltd 12 Kiln Lane, United Kingdom/ }).waitFor()
    // What is not saved is there again after a reload.
    await field('Trading name').fill('Garden Gifts')
    await page.reload()
    await page.getByText('Discard').waitFor()
    await expect.poll(() => field('Trading name').inputValue()).toBe('Garden Gifts')
    const theirs = { legalName: 'Garden Gifts plc', effectiveFrom: null }
    expect((await admin.site.send('PUT', `${admin.company}/identity`, theirs)).status).toBe(200)
    await save()
    await page.getByRole('row', { name: 'Legal name Garden Gifts Ltd Garden Gifts plc' }).waitFor()
    await page.getByRole('row', { name: /Registered address: Address line 1 12 Kiln Lane –/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await page.getByText('Somebody changed this meanwhile').waitFor({ state: 'detached' })
    await page
      .getByRole('row', { name: /Garden Gifts Ltd/ })
      .nth(1)
      .waitFor()
    const now = (await (await admin.site.get(`${admin.company}/identity`)).json()) as { identity: object }
    expect(now.identity).toMatchObject({ legalName: 'Garden Gifts Ltd', tradingName: 'Garden Gifts' })
    const planned = { legalName: 'Garden Gifts plc', effectiveFrom: '2999-01-01' }
    expect((await admin.site.send('PUT', `${admin.company}/identity`, planned)).status).toBe(200)
    await page.reload()
    await page.getByRole('button', { name: 'Take away Garden Gifts plc' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click()
    await page.getByRole('row', { name: /Garden Gifts plc.*taken away/ }).waitFor()
    await page.getByRole('button', { name: 'Take away Garden Gifts plc' }).waitFor({ state: 'detached' })
    expect(wrong.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
    await close()
  })

  test('a tax number is added, declined in words, ended and withdrawn; two people do not undo each other', async () => {
    const { page, wrong, close } = await admin.open('settings/tax-numbers')
    const dialog = page.getByRole('dialog')
    const field = (name: string) => dialog.getByRole('textbox', { name, exact: true })
    const save = () => dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'New tax number' }).first().click()
    await field('Number').fill('GB 999 9999 74')
    await field('Valid from').fill('2020-01-01')
    await save()
    await dialog.getByText(/which agree with their check digits/).waitFor()
    await expectAccessible(page)
    await field('Number').fill('GB 999 9999 73')
    await save()
    await page.getByRole('row', { name: /GB999999973 VAT number United Kingdom HMRC .* valid/ }).waitFor()
    await page.getByRole('button', { name: 'Change GB999999973' }).click()
    await field('Last day').fill('2023-12-31')
    const theirs = [
      { country: 'GB', scheme: 'vat', number: 'GB999999918', validFrom: '2020-01-01' },
      { country: 'GB', scheme: 'eori', number: 'GB999999918000', validFrom: '2020-01-01' },
    ]
    const saved = await admin.site.send('PUT', `${admin.company}/tax-numbers`, { rows: theirs })
    expect(saved.status).toBe(200)
    await save()
    await dialog.getByRole('row', { name: 'Number GB999999973 GB999999918' }).waitFor()
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await page.getByRole('row', { name: /GB999999973 .* ended/ }).waitFor()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Change GB999999918000' }).click()
    await dialog.getByRole('button', { name: 'Withdraw it, since it was entered in error' }).click()
    await dialog.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await page.getByRole('row', { name: /GB999999918000/ }).waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /GB999999973/ }).waitFor()
    expect(wrong.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
    await close()
  })

  test('the letter of the day goes out from the hour that is chosen', async () => {
    const { page, wrong, close } = await admin.open('settings/duties')
    await page.getByRole('combobox', { name: 'From which hour on' }).click()
    await page.getByRole('option', { name: '09:00' }).click()
    await page.getByText('Saved').waitFor()
    expect(await (await admin.site.get(`${admin.company}/exception-settings`)).json()).toEqual({ digestHour: 9 })
    expect(wrong).toEqual([])
    await close()
  })

  // Last, since it ends the session in whose name the other requests are made.
  test('a second factor is set up from a QR code that is drawn here', async () => {
    const { page, wrong, close } = await admin.open('settings/account')
    await page.getByRole('button', { name: 'Set it up' }).click()
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('img', { name: 'QR code of the second factor' }).waitFor()
    await expectAccessible(page)
    const uri = (await page.getByRole('link', { name: 'Open it on this device' }).getAttribute('href')) as string
    await page.getByRole('textbox', { name: 'The code that it shows' }).fill(authenticatorCode(uri))
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('The second factor is on').waitFor()
    expect(wrong).toEqual([])
    await close()
  })
})
