import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inboxRound } from '../../src/jobs/work-inbox.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { type NewException, raiseExceptions } from '../../src/modules/inbox/index.ts'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, openAdmin } from '../support/admin.ts'
import { importOrders } from '../support/imported.ts'
import { join } from '../support/people.ts'
import { runSql } from '../support/sql.ts'

describe('the inbox', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin({ empty: true })
    await importOrders(admin.site, admin.company)
  })
  afterAll(() => admin.close())

  const raise = (which: readonly (readonly [kind: NewException['kind'], subject: string])[]) =>
    inCompany(admin.site.database, BigInt(admin.company.split('/').at(-1) ?? ''), (tx) =>
      raiseExceptions(
        tx,
        which.map(([kind, subject]) => ({
          kind,
          source: 'online-retail',
          subject,
          message: `${subject} cannot be read`,
          amountMinor: 1234n,
          currency: 'GBP',
        })),
      ),
    )

  test('is accessible and fits in light, dark, wide and narrow, with and without its drawer', async () => {
    await admin.checkScreen('inbox', (page) => page.getByText('Unknown code DCGSSBOY').waitFor())
    await admin.checkScreen('inbox?detail=exception.1', (page) => page.getByText('What it is about').waitFor())
  })

  test('an unknown code is remedied in place, and what that posted is shown', async () => {
    const { page, wrong, close } = await admin.open('inbox')
    await page.getByRole('link', { name: 'Inbox' }).getByText('2').waitFor()
    await page.getByRole('button', { name: 'Unknown code DCGSSBOY' }).click()
    await page.getByText('orders.csv, line 5').waitFor()
    await page.getByText('a fee or charge').click()
    await page.getByRole('combobox', { name: 'Its amounts are' }).fill('carriage')
    await page.getByRole('option', { name: '4030 Carriage charged to customers' }).click()
    await page.getByRole('button', { name: 'Place it' }).click()
    await page.getByRole('heading', { name: 'Entries of the remedy' }).waitFor()
    const entry = page
      .getByRole('table')
      .filter({ has: page.getByRole('cell', { name: '4030 Carriage charged to customers' }) })
    await expect.poll(() => entry.getByText('3.33').count()).toBe(2)
    await page.getByText('resolved', { exact: true }).first().waitFor()
    await page.getByRole('link', { name: 'Inbox' }).getByText('1').waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('by keyboard: what is chosen is given to a person, taken on, noted, and dismissed for a reason', async () => {
    const { page, wrong, close } = await admin.open('inbox')
    await page.getByText('Unknown code PARTY').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByRole('button', { name: 'Assign' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click()
    await page.getByText('1 given to Olive').waitFor()
    await page.getByText('Mine 1').click()
    await page.waitForURL(/view=mine/)
    await page.getByRole('button', { name: 'Unknown code PARTY' }).click()
    await page.getByRole('button', { name: 'I am on it' }).click()
    await page.getByText('in progress').first().waitFor()
    await page.getByRole('textbox', { name: 'Note' }).fill('Asked the shop')
    // While what it changed is read again, the note cannot be written once more.
    const read = Promise.withResolvers<void>()
    await page.route(/\/exceptions\/\d+$/, async (route) => {
      await read.promise
      await route.continue()
    })
    const write = page.getByRole('button', { name: 'Write the note' })
    const reading = page.waitForRequest(/\/exceptions\/\d+$/)
    await write.click()
    await reading
    expect(await write.isDisabled()).toBe(true)
    read.resolve()
    await page.getByText('Asked the shop').first().waitFor()
    await page.getByText('Olive wrote').waitFor()
    await page.unroute(/\/exceptions\/\d+$/)
    // Whoever closes a dialog is where they came from.
    for (const name of ['Assign', 'Change the due day', 'Dismiss']) {
      await page.getByRole('button', { name }).click()
      await page.getByRole('dialog', { name }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name }).and(page.locator(':focus')).waitFor()
    }
    await page.getByRole('button', { name: 'Dismiss' }).click()
    const dialog = page.getByRole('dialog', { name: 'Dismiss' })
    await dialog.getByRole('textbox', { name: 'Reason' }).waitFor()
    await expectAccessible(page)
    await expect.poll(() => dialog.getByRole('button', { name: 'Dismiss' }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('It was a test')
    await dialog.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('button', { name: 'Open again' }).waitFor()
    await page.getByText('Nothing waits for you').waitFor()
    await page.getByText('Done', { exact: true }).click()
    await page.getByRole('row', { name: /Unknown code PARTY/ }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('a note names a colleague by keyboard, who finds it among their mentions', async () => {
    const colleague = await join(admin.site, admin.company, 'customer_service')
    const { page, wrong, close } = await admin.open('inbox?detail=exception.2')
    const note = page.getByRole('textbox', { name: 'Note' })
    await note.pressSequentially('Please look, @')
    const offered = page.getByRole('listbox', { name: 'People' })
    await offered.getByRole('option', { name: 'Olive' }).waitFor()
    await offered.getByRole('option', { name: /^customer_service/, selected: true }).waitFor()
    await expectAccessible(page)
    await note.press('ArrowDown')
    await offered.getByRole('option', { name: 'Olive', selected: true }).waitFor()
    await note.press('Escape')
    await offered.waitFor({ state: 'detached' })
    await page.getByRole('complementary', { name: 'Detail' }).waitFor()
    await note.press('Backspace')
    await note.pressSequentially('@cust')
    await offered.getByRole('option', { name: /^customer_service/, selected: true }).waitFor()
    await note.press('Enter')
    await expect.poll(() => note.inputValue()).toMatch(/^Please look, @customer_service \d+ $/)
    await note.pressSequentially('<b>now</b>')
    await page.getByRole('button', { name: 'Write the note' }).click()
    await page.locator('b', { hasText: /^@customer_service/ }).waitFor()
    await page.getByText('<b>now</b>').waitFor()
    expect(wrong).toEqual([])
    await close()
    const theirs = await admin.open('inbox', { as: colleague })
    await theirs.page.getByText('Mentions 1', { exact: true }).click()
    await theirs.page.waitForURL(/view=mentioned/)
    await theirs.page.getByRole('row').nth(1).getByRole('button').click()
    await theirs.page.locator('b', { hasText: /^@customer_service/ }).waitFor()
    // It is opened, and no longer counted.
    await theirs.page.getByText('Mentions', { exact: true }).waitFor()
    expect(theirs.wrong).toEqual([])
    await theirs.close()
  })

  test('a destination, a tax, a means of payment and a difference are each remedied in place, and alike ones at once', async () => {
    await raise([
      ['unclear_destination', '536369'],
      ['unknown_tax', 'Mehrwertsteuer'],
      ['total_differs', '536368'],
      ['unknown_payment_method', 'Mystery Pay'],
      ['unknown_payment_method', 'Other Pay'],
      ['document_refused', 'R-1'],
      ['document_refused', 'R-2'],
    ])
    const { page, wrong, close } = await admin.open('inbox')
    const opened = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click()
      await page.getByRole('heading', { name, exact: true }).waitFor()
    }
    const choose = async (label: string, letters: string, option: string) => {
      await page.getByRole('combobox', { name: label }).fill(letters)
      await page.getByRole('option', { name: option, exact: true }).click()
    }
    const remedied = async () => {
      await page.getByRole('button', { name: 'Open again' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Open again' }).waitFor({ state: 'detached' })
    }
    await opened('Unclear destination of 536369')
    await choose('The goods went to', 'Norw', 'Norway')
    await page.getByRole('button', { name: 'Decide' }).click()
    await remedied()
    await opened('Unknown tax Mehrwertsteuer')
    await choose('It is the tax', 'Standard', 'Standard rate')
    await page.getByRole('button', { name: 'Name it' }).click()
    await remedied()
    await opened('Total of 536368 differs')
    const limit = page.getByRole('textbox', { name: 'Accept up to' })
    await expect.poll(() => limit.inputValue()).toBe('12.34')
    await limit.fill('12.33')
    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByText('1 is still open.').waitFor()
    await limit.fill('12.34')
    await page.getByRole('button', { name: 'Accept' }).click()
    await remedied()
    // Two means of payment at once, in the dialog of what is chosen.
    for (const name of ['Mystery Pay', 'Other Pay'])
      await page
        .getByRole('row', { name: `Unknown payment method ${name}` })
        .getByRole('checkbox')
        .check()
    await page.getByRole('button', { name: 'Remedy' }).click()
    const dialog = page.getByRole('dialog', { name: 'Remedy for 2 exceptions' })
    await dialog.getByRole('combobox', { name: 'It is paid by' }).click()
    await page.getByRole('option', { name: 'bank transfer' }).click()
    await dialog.getByRole('button', { name: 'Name it' }).click()
    await dialog.getByText('2 are done.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    // All that are like this one are tried again from where it is.
    await opened('Refused document R-1')
    await page.getByRole('combobox', { name: 'For', exact: true }).click()
    await page.getByRole('option', { name: 'this and 1 other of its kind' }).click()
    await page.getByText('Mend what the message says').waitFor()
    await page.getByRole('complementary').getByRole('button', { name: 'Try again' }).last().click()
    await page.getByText('2 are still open.').waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('what nobody closed in time is handed on, and whoever gives it on meanwhile is not passed over', async () => {
    const escalation = [{ daysPastDue: 2, responsible: 'Cleo', email: null }]
    const duty = { dataKind: 'orders', responsible: 'order desk', email: null, days: 0, escalation }
    await admin.site.post(`${admin.company}/exception-duties`, duty)
    await raise([['sale_not_shipped', 'A-7']])
    const { page, wrong, close } = await admin.open('inbox?kind=sale_not_shipped')
    await page.getByRole('button', { name: 'Sales that were not shipped: A-7' }).click()
    await page.getByRole('button', { name: 'Assign' }).click()
    await runSql(admin.site.url, `update exception set due_on = current_date - 3 where subject = 'A-7'`)
    await inboxRound(admin.site.database, undefined)
    const dialog = page.getByRole('dialog', { name: 'Assign' })
    await dialog.getByRole('button', { name: 'Assign' }).click()
    await dialog.getByText('Somebody changed this meanwhile').waitFor()
    await dialog.getByRole('row', { name: 'Sales that were not shipped: A-7 Olive Cleo' }).waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Take theirs' }).click()
    await page.getByText('handed on once').waitFor()
    await page.getByText('overdue', { exact: true }).first().waitFor()
    await page.getByText('Past due: handed to Cleo, step 1').waitFor()
    // Over what it is now, and knowing it, it is given on.
    await page.getByRole('button', { name: 'Assign' }).click()
    await dialog.getByRole('button', { name: 'Assign' }).click()
    await page.getByText('Given to Olive', { exact: true }).waitFor()
    expect(wrong.filter((line) => !line.includes('412'))).toEqual([])
    await close()
  })

  test('a due day is changed and seen, and who changed it meanwhile is not passed over', async () => {
    await raise([['sale_not_shipped', 'A-8']])
    const { page, wrong, close } = await admin.open('inbox?kind=sale_not_shipped')
    await page.getByRole('button', { name: 'Sales that were not shipped: A-8' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change the due day' })
    const change = async (day: string) => {
      await page.getByRole('button', { name: 'Change the due day' }).click()
      await dialog.getByRole('textbox', { name: 'Due' }).fill(day)
      // The calendar goes, and the button is next.
      await page.keyboard.press('Tab')
      await dialog.getByRole('button', { name: 'Change the due day' }).and(page.locator(':focus')).waitFor()
    }
    await change('14 Mar 2031')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /A-8.*14 Mar 2031/ }).waitFor()
    await page.getByText(/changed the due day/).waitFor()
    await change('20 Mar 2031')
    await runSql(admin.site.url, `update exception set due_on = '2031-04-01' where subject = 'A-8'`)
    await page.keyboard.press('Enter')
    await dialog.getByText('It has changed since it was read', { exact: false }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('row', { name: /A-8.*1 Apr 2031/ }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('what is said for all of a kind is done to all of them, however many pages they are', async () => {
    await runSql(
      admin.site.url,
      `insert into exception (company_id, kind, source, subject, message, amount_minor, currency, responsible, due_on)
         select $1, 'document_changed', 'orders', 'D' || n, 'Other content', 100, 'GBP', 'order desk', '2030-01-01' from generate_series(1, 1002) n`,
      [admin.company.split('/').at(-1)],
    )
    const { page, wrong, close } = await admin.open('inbox?kind=document_changed')
    await page.getByRole('button', { name: 'D1', exact: false }).first().click()
    await page.getByRole('combobox', { name: 'For', exact: true }).click()
    await page.getByRole('option', { name: 'this and 1001 others of its kind' }).click()
    await page.getByRole('textbox', { name: 'How it was settled' }).fill('The shop says that these are right')
    await page.getByRole('complementary').getByRole('button', { name: 'Resolve' }).click()
    await page.getByText('resolved', { exact: true }).first().waitFor()
    const left = `select from exception where kind = 'document_changed' and state <> 'resolved'`
    expect(await runSql(admin.site.url, left)).toHaveLength(0)
    expect(wrong).toEqual([])
    await close()
  })

  test('a remedy above an amount is sent to a second person, who sees what it moves and approves it', async () => {
    const keeper = await join(admin.site, admin.company, 'bookkeeper')
    const [open] = (await (await admin.site.get(`${admin.company}/exceptions?kind=unknown_code`)).json()).rows.filter(
      ({ subject }: { subject: string }) => subject === 'PARTY',
    ) as { id: string; state: string }[]
    const id = open?.id as string
    if (open?.state === 'dismissed')
      await admin.site.post(`${admin.company}/exceptions/reopenings`, { requests: [{ id, text: 'once more' }] })
    const rule = { active: true, above: '1.00' }
    expect((await admin.site.send('PUT', `${admin.company}/approval-rules/journal`, rule)).status).toBe(200)
    const asking = await admin.open(`inbox?detail=exception.${id}`, { as: keeper })
    await asking.page.getByRole('button', { name: 'Place it' }).click()
    await asking.page.getByRole('link', { name: 'Look at the request' }).waitFor()
    await expect.poll(() => asking.page.getByRole('button', { name: 'Place it' }).count()).toBe(0)
    await expect.poll(() => asking.page.getByRole('button', { name: 'Dismiss' }).count()).toBe(0)
    await expectAccessible(asking.page)
    await asking.page.getByRole('link', { name: 'Look at the request' }).click()
    await asking.page.getByText('You asked for this, so another person decides.').waitFor()
    expect(asking.wrong).toEqual([])
    await asking.close()

    const { page, wrong, close } = await admin.open('approvals')
    await page.getByRole('button', { name: /^The code PARTY is an item/ }).click()
    const moves = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Lines' }) })
    await moves.getByText('7.10').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('approved', { exact: true }).first().waitFor()
    await moves.getByText('7.10').waitFor()
    await page.goto(admin.at(`inbox?detail=exception.${id}`))
    await page.getByRole('heading', { name: 'Entries of the remedy' }).waitFor()
    expect(wrong).toEqual([])
    await close()
  })

  test('who may look only finds no button that changes anything', async () => {
    const reader = await join(admin.site, admin.company, 'read_only')
    const looking = await admin.open('inbox?detail=exception.1', { as: reader })
    await looking.page.getByText('What it is about').waitFor()
    await expect.poll(() => looking.page.getByRole('button', { name: 'Open again' }).count()).toBe(0)
    await looking.close()
  })
})
