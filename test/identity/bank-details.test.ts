import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actingAs, inCompany } from '../../src/kernel/database.ts'
import { saveBankAccounts } from '../../src/modules/bank-accounts/index.ts'
import { countinghouse } from '../support/command-line.ts'
import { codeOf, join, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
let number: string
let anna: Person
let bob: Person
let clerk: Person
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  number = company.split('/').at(-1) as string
  anna = await join(site, company, 'accountant')
  bob = await join(site, company, 'accountant')
  clerk = await join(site, company, 'bookkeeper')
  expect((await anna.post(`${company}/items`, { requests: [{ code: 'MUG', name: 'Mug' }] })).status).toBe(201)
  const lines = [{ item: 'MUG', quantity: '1', unitPrice: '10.00' }]
  const invoice = { number: 'INV-1', on: '2024-03-01', customer: { number: 'C1' }, lines }
  expect((await anna.post(`${company}/invoices`, { requests: [invoice] })).status).toBe(201)
})
afterAll(() => site.close())

const main = { holder: 'Shop Ltd', currency: 'GBP', iban: 'GB82 WEST 1234 5698 7654 32', bank: 'First Bank' }
const kept = { holder: 'Shop Ltd', currency: 'GBP', iban: 'GB82WEST12345698765432', bank: 'First Bank', active: true }
const put = (person: Person, name: string, details: object) =>
  person.send('PUT', `${company}/bank-accounts/${name}`, details)
const accounts = async () => ((await (await anna.get(`${company}/bank-accounts`)).json()) as { rows: object[] }).rows
const details = async () => {
  const { rows } = (await (await anna.get(`${company}/documents`)).json()) as { rows: { id: string }[] }
  return (await (await anna.get(`${company}/documents/${rows[0]?.id}`)).json()) as { payTo: object[] }
}
const statement = (format: string) =>
  anna.get(`${company}/reports/statements?from=2024-03-01&to=2024-03-31&format=${format}`)
const printed = async () => {
  const pdf = await getDocumentProxy(new Uint8Array(await (await statement('pdf')).arrayBuffer()))
  return (await extractText(pdf, { mergePages: true })).text
}

describe('without a rule', () => {
  test('nobody is told where to pay before there is an account', async () => {
    expect((await details()).payTo).toEqual([])
    expect(await printed()).not.toContain('Pay to')
  })

  test('whoever may change settings says where the company is paid, and the audit log has it', async () => {
    const answer = await put(anna, 'main', main)
    expect([answer.status, await answer.json()]).toMatchObject([200, { name: 'main', ...kept }])
    expect((await put(anna, 'main', main)).status).toBe(200)
    expect(await codeOf(await put(clerk, 'main', main))).toBe('not_permitted')
    const wrong = await put(anna, 'main', { ...main, iban: 'GB82 WEST 1234 5698 7654 33' })
    expect([wrong.status, await codeOf(wrong)]).toEqual([422, 'bank_details_invalid'])
    expect(
      (
        await put(anna, 'dollars', {
          holder: 'Shop Ltd',
          currency: 'USD',
          routingNumber: '021000021',
          accountNumber: '12345',
        })
      ).status,
    ).toBe(200)
    expect(await accounts()).toMatchObject([
      { name: 'dollars', iban: null },
      { name: 'main', ...kept },
    ])
    const log = await runSql<{ operation: string }>(
      site.url,
      `select operation from audit_log where table_name = 'bank_account' order by id`,
    )
    expect(log.map(({ operation }) => operation)).toEqual(['insert', 'insert'])
  })

  test('invoices and statements tell it, in their currency', async () => {
    expect((await details()).payTo).toMatchObject([{ iban: kept.iban, holder: 'Shop Ltd' }])
    const { rows } = (await (await statement('json')).json()) as { rows: { payTo: object[] }[] }
    expect(rows).toMatchObject([{ payTo: [{ iban: kept.iban }] }])
    const text = await printed()
    for (const told of ['Pay to', 'Shop Ltd', 'GB82 WEST 1234 5698 7654 32', 'First Bank']) expect(text).toContain(told)
    expect(text).not.toContain('Routing')
  })
})

describe('with a rule', () => {
  type Request = { id: string; kind: string; state: string }
  const approve = (person: Person, { id }: Request) => person.post(`${company}/approvals/${id}/approve`)
  const waiting = async (answer: Promise<Response>): Promise<Request> => {
    const response = await answer
    expect(response.status).toBe(202)
    return (await response.json()) as Request
  }
  const other = { ...main, iban: 'GB33BUKB20201555555555' }
  beforeAll(async () => {
    expect((await site.send('PUT', `${company}/approval-rules/bank_details`, { active: true })).status).toBe(200)
  })

  test('a change waits for another person, and is as it was until then', async () => {
    const request = await waiting(put(anna, 'main', other))
    expect(request).toMatchObject({ kind: 'bank_details', state: 'pending' })
    expect(await waiting(put(anna, 'main', other))).toMatchObject({ id: request.id })
    expect(await codeOf(await put(anna, 'main', { ...main, bank: 'Third' }))).toBe('approval_pending')
    expect((await details()).payTo).toMatchObject([{ iban: kept.iban }])
    expect(await codeOf(await approve(anna, request))).toBe('approval_by_same_person')
    expect((await approve(bob, request)).status).toBe(200)
    expect((await details()).payTo).toMatchObject([{ iban: other.iban }])
    // The same again changes nothing, so nobody is asked.
    expect((await put(anna, 'main', other)).status).toBe(200)
  })

  test('declined, it stays as it was', async () => {
    const request = await waiting(put(anna, 'main', main))
    const declined = await bob.post(`${company}/approvals/${request.id}/decline`, {
      reason: 'nobody knows this account',
    })
    expect(declined.status).toBe(200)
    expect((await details()).payTo).toMatchObject([{ iban: other.iban }])
  })

  test('a new account and the end of one wait as well', async () => {
    const added = await waiting(put(anna, 'second', main))
    const ended = await waiting(put(anna, 'main', { ...other, active: false }))
    expect((await accounts()).length).toBe(2)
    expect((await approve(bob, added)).status).toBe(200)
    expect((await approve(bob, ended)).status).toBe(200)
    expect((await details()).payTo).toMatchObject([{ iban: kept.iban }])
  })

  test('what was changed meanwhile is not approved as if it had not been', async () => {
    const request = await waiting(put(anna, 'second', other))
    await runSql(site.url, `update bank_account set bank = 'Moved' where name = 'second'`)
    const outdated = await approve(bob, request)
    expect([outdated.status, await codeOf(outdated)]).toEqual([409, 'approval_outdated'])
  })

  test('the command itself refuses, however it is reached', async () => {
    const direct = inCompany(actingAs(site.database, 'operator:root'), BigInt(number), (tx) =>
      saveBankAccounts(tx, [{ name: 'third', ...main }]),
    )
    await expect(direct).rejects.toMatchObject({ code: 'approval_needed' })
  })
})

describe('the command line', () => {
  const run = (...words: string[]) => countinghouse(site.url, [...words, '--company', number])

  test('lists, sets and ends accounts, and says what waits', async () => {
    const list = await run('bank-account', 'list', '--json')
    expect(JSON.parse(list.stdout)).toMatchObject({ rows: [{ name: 'dollars' }, { name: 'main' }, { name: 'second' }] })
    const set = await run(
      'bank-account',
      'set',
      'new',
      '--holder',
      'Shop',
      '--currency',
      'GBP',
      '--sort-code',
      '12-34-56',
      '--account-number',
      '98765432',
    )
    expect([set.code, set.stdout]).toEqual([0, expect.stringContaining('It waits for approval as request')])
    const ended = await run('bank-account', 'end', 'dollars')
    expect(ended.stdout).toContain('It waits')
    const unknown = await run('bank-account', 'end', 'nowhere')
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('bank_account_unknown')])
  })
})
