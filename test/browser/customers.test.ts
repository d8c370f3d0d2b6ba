import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, openAdmin } from '../support/admin.ts'

describe('a form', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
  })
  afterAll(() => admin.close())

  test('is accessible and fits in light, dark, wide and narrow', async () => {
    await admin.checkScreen('customers/new', (page) => page.getByLabel('Number').waitFor())
  })

  test('says what is missing at its field, saves by keyboard, and shows what became of it', async () => {
    const { page, wrong, close } = await admin.open('customers/new')
    await page.getByLabel('Number').fill('20001')
    await page.keyboard.press('Control+Enter')
    await page.getByText('This is needed.').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true')
    await expectAccessible(page)
    await page.keyboard.type('Ivy Hall')
    await page.keyboard.press('Control+Enter')
    // It stands there for some seconds only.
    await page.getByText('Ivy Hall is added').waitFor()
    await page.getByRole('heading', { name: 'Ivy Hall' }).waitFor()
    await page.waitForURL(/customers\?detail=customer\.\d+/)
    await page.keyboard.press('e')
    await page.waitForURL(/customers\/\d+\/edit$/)
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Ivy Hall')
    expect(wrong).toEqual([])
    await close()
  })

  test('asks before it is left, and has what was entered again after a reload', async () => {
    const { page, close } = await admin.open('customers/new')
    await page.getByLabel('Name').fill('Half a name')
    await page.getByRole('link', { name: 'Documents' }).click()
    const question = page.getByRole('dialog', { name: 'What you entered is not saved' })
    await question.waitFor()
    await expectAccessible(page)
    await question.getByRole('button', { name: 'Stay' }).click()
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByText('What you had entered before was kept').waitFor()
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Half a name')
    await page.getByRole('link', { name: 'Documents' }).click()
    await question.getByRole('button', { name: 'Leave without saving' }).click()
    await page.waitForURL(/\/documents$/)
    await page.getByRole('heading', { name: 'Documents' }).waitFor()
    // By the browser's own buttons, too: while it asks, the browser shows already where it would go.
    await page.evaluate('history.back()')
    await page.getByLabel('Name').fill('Half again')
    await page.evaluate('history.forward()')
    await question.getByRole('button', { name: 'Leave without saving' }).click()
    await page.getByRole('heading', { name: 'Documents' }).waitFor()
    await page.goto(admin.at('customers/new'))
    await page.getByRole('heading', { name: 'New customer' }).waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('')
    expect(await page.getByText('What you had entered before was kept').count()).toBe(0)
    await close()
  })

  test('shows what somebody else changed meanwhile, beside what one entered, and keeps what is chosen', async () => {
    const { page, close } = await admin.open('customers/2/edit')
    const name = async () =>
      ((await (await admin.site.get(`${admin.company}/customers/2`)).json()) as { name: string }).name
    const changeTo = (to: string) => admin.site.send('PATCH', `${admin.company}/customers/2`, { name: to })
    await page.getByLabel('Name').fill('Mine')
    await changeTo('Theirs')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Somebody changed this meanwhile').waitFor()
    await page.getByRole('row', { name: 'Name Mine Theirs' }).waitFor()
    await expectAccessible(page)
    expect(await name()).toBe('Theirs')
    await page.getByRole('button', { name: 'Keep mine, over theirs' }).click()
    await page.getByRole('heading', { name: 'Mine' }).waitFor()
    expect(await name()).toBe('Mine')
    await page.goto(admin.at('customers/2/edit'))
    await page.getByLabel('Name').fill('Mine again')
    await changeTo('Theirs again')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Take theirs' }).click()
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Theirs again')
    await close()
  })

  test('has what was entered again after a reload as a change of what it was entered over', async () => {
    const { page, close } = await admin.open('customers/3/edit')
    await page.getByLabel('Name').fill('Mine')
    await admin.site.send('PATCH', `${admin.company}/customers/3`, { name: 'Theirs' })
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByText('What you had entered before was kept').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('row', { name: 'Name Mine Theirs' }).waitFor()
    // Without it, what is entered is a change of what stands there now.
    await page.reload()
    await page.getByRole('button', { name: 'Discard what I entered' }).click()
    await page.getByLabel('Name').fill('Mine after theirs')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Mine after theirs' }).waitFor()
    await close()
  })

  test('keeps what is entered while its session ends, and has it saved after signing in again beside it', async () => {
    const { page, context, close } = await admin.open('customers/new')
    await page.getByLabel('Number').fill('20003')
    await page.getByLabel('Name').fill('Lou Marsh')
    const cookies = await context.cookies()
    await context.clearCookies()
    await page.getByRole('button', { name: 'Add the customer' }).click()
    const again = page.getByRole('alert').getByRole('link', { name: 'Sign in again' })
    await expect.poll(() => again.getAttribute('target')).toBe('_blank')
    await expectAccessible(page)
    await context.addCookies(cookies)
    await page.getByRole('button', { name: 'Add the customer' }).click()
    await page.getByText('Lou Marsh is added').waitFor()
    await close()
  })

  test('says that the server cannot be reached, keeps everything, and does the same once when asked again', async () => {
    const { page, close } = await admin.open('customers/new')
    await page.getByLabel('Number').fill('20002')
    await page.getByLabel('Name').fill('Jo Kerr')
    const keys: (string | undefined)[] = []
    await page.route('**/customers', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      // The first time it arrives, and its answer is lost on the way back.
      if (keys.length === 1) {
        await route.fetch()
        await route.abort()
      } else if (keys.length === 2) await route.fulfill({ status: 502, body: '<html>Bad gateway</html>' })
      else await route.continue()
    })
    await page.getByRole('button', { name: 'Add the customer' }).click()
    await page.getByText('The server cannot be reached').waitFor()
    // A proxy that answers in the server's place says nothing of what was done, and nothing for people to read.
    const proxied = page.waitForResponse((response) => response.status() === 502)
    await page.getByRole('button', { name: 'Add the customer' }).click()
    await proxied
    await page.getByText('The server cannot be reached').waitFor()
    await expect.poll(() => page.getByText('Bad gateway').count()).toBe(0)
    await page.getByRole('button', { name: 'Add the customer' }).click()
    await page.getByText('Jo Kerr is added').waitFor()
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    await close()
  })
})

describe('a report', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
  })
  afterAll(() => admin.close())

  test('is accessible and fits, has its day in the address, equal sums, and files of the same day', async () => {
    await admin.checkScreen('reports/trial-balance?asOf=2024-12-31', (page) =>
      page.getByText('Trade debtors').waitFor(),
    )
    const { page, close } = await admin.open('reports/trial-balance?asOf=2024-12-31')
    const sums = page.getByRole('row', { name: /^Total/ }).getByRole('cell')
    await sums.first().waitFor()
    const [, , debit, credit] = await sums.allTextContents()
    expect(debit).toMatch(/^\d{1,3}(,\d{3})*\.\d\d$/)
    expect(credit).toBe(debit)
    await page.getByRole('button', { name: 'Export' }).click()
    await expect
      .poll(() => page.getByRole('menuitem', { name: 'PDF' }).getAttribute('href'))
      .toContain('trial-balance?asOf=2024-12-31&format=pdf')
    await page.goto(admin.at('reports/trial-balance?asOf=2023-12-31'))
    await page.getByText('Nothing is posted up to this day').waitFor()
    await close()
  })
})
