import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, expectAccessible, openAdmin } from '../support/admin.ts'
import { join } from '../support/people.ts'

describe('two people at the same settings', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin({ empty: true })
  })
  afterAll(() => admin.close())

  test('two who change the same thing see what the other made of it, and decide', async () => {
    const person = await join(admin.site, admin.company, 'sales')
    const people = (await (await admin.site.get(`${admin.company}/people`)).json()) as {
      rows: { userId: string; email: string; name: string; permissionSet: string }[]
    }
    const { userId, name } = people.rows.find(({ email }) => email === person.email) ?? { userId: '', name: '' }
    const account = {
      holder: 'Garden Gifts Ltd',
      bank: 'West',
      currency: 'GBP',
      active: true,
      iban: 'GB82WEST12345698765432',
    }
    const saved = (change: object) =>
      admin.site.send('PUT', `${admin.company}/bank-accounts/Till`, { ...account, ...change })
    expect((await saved({})).status).toBe(200)

    const { page, wrong, close } = await admin.open('settings/people')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: `Change ${name}` }).click()
    await dialog.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'Bookkeeper', exact: true }).click()
    const meanwhile = { permissionSet: 'read_only', from: 'sales' }
    const changed = await admin.site.send('PATCH', `${admin.company}/people/${userId}`, meanwhile)
    expect(changed.status).toBe(200)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Somebody changed this meanwhile').waitFor()
    await dialog.getByRole('row', { name: 'Role Bookkeeper May look only' }).waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Keep mine, over theirs' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('row', { name: new RegExp(`${name}.*Bookkeeper`) }).waitFor()

    await page.getByRole('navigation').getByRole('link', { name: 'Bank accounts', exact: true }).click()
    await page.getByRole('button', { name: 'Change Till' }).click()
    await dialog.getByRole('textbox', { name: 'Bank', exact: true }).fill('East')
    expect((await saved({ holder: 'Garden Gifts plc' })).status).toBe(200)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Somebody changed this meanwhile').waitFor()
    await dialog.getByRole('row', { name: 'Bank East West' }).waitFor()
    await dialog.getByRole('row', { name: 'Holder Garden Gifts Ltd Garden Gifts plc' }).waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Take theirs' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Garden Gifts plc').waitFor()
    // The browser tells of each answer that was no.
    expect(wrong.filter((line) => !/status of 4(09|12)/.test(line))).toEqual([])
    await close()
  })
})
