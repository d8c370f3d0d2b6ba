import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countinghouse } from '../support/command-line.ts'
import { codeOf, join, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
let anna: Person
let bob: Person
let clerk: Person
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  anna = await join(site, company, 'accountant')
  bob = await join(site, company, 'accountant')
  clerk = await join(site, company, 'bookkeeper')
  const customers = { requests: [{ number: 'C1', name: 'Anna & Co' }] }
  expect((await clerk.post(`${company}/customers`, customers)).status).toBe(201)
  for (const [kind, above] of [['journal', '1000.00'], ['period_reopening'], ['bank_details']])
    expect((await site.send('PUT', `${company}/approval-rules/${kind}`, { active: true, above })).status).toBe(200)
})
afterAll(() => site.close())

type Detail = {
  id: string
  state: string
  changes: { field: string; before: string | null; after: string | null }[]
  entryCount: number
  lineCount: number
  debits: { amount: string }
  entries: { reference: string; attachments: { name: string }[] }[]
  lines: { account: { code: string }; amount: { amount: string }; party: string | null }[]
  refusal: { code: string } | null
}
const detail = async (id: string, person = bob): Promise<Detail> => {
  const response = await person.get(`${company}/approvals/${id}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Detail
}
const waiting = async (answer: Response | Promise<Response>): Promise<string> => {
  const response = await answer
  expect(response.status).toBe(202)
  return ((await response.json()) as { id: string }).id
}
const stored = () =>
  runSql<{ entries: string; journals: string; items: string }>(
    site.url,
    `select (select count(*) from journal_entry) as entries, (select count(*) from manual_journal where state <> 'draft') as journals,
       (select count(*) from open_item) as items`,
  )
const journal = (reference: string, amount = '5000.00') => ({
  reference,
  date: '2024-01-15',
  description: 'Services of January',
  documentReference: 'B-17',
  reason: 'No invoice yet',
  lines: [
    { role: 'receivable', customer: 'C1', amount, document: 'OLD-1', dueOn: '2024-02-15' },
    { role: 'sales', amount: `-${amount}` },
  ],
})

describe('whoever decides sees', () => {
  test('the entry of a journal on its accounts, with parties, amounts and words, and nothing stays of it', async () => {
    const before = await stored()
    const id = await waiting(clerk.post(`${company}/entries`, journal('SEEN')))
    const seen = await detail(id)
    expect(seen).toMatchObject({
      state: 'pending',
      entryCount: 1,
      lineCount: 2,
      debits: { amount: '5000.00', currency: 'GBP' },
      entries: [
        {
          reference: 'SEEN',
          date: '2024-01-15',
          description: 'Services of January',
          documentReference: 'B-17',
          reason: 'No invoice yet',
          attachments: [],
        },
      ],
      lines: [
        { amount: { amount: '5000.00' }, party: 'C1', partyName: 'Anna & Co', document: 'OLD-1', dueOn: '2024-02-15' },
        { amount: { amount: '-5000.00' }, party: null },
      ],
      refusal: null,
    })
    expect(seen.lines[1]?.account.code).toMatch(/^\d+$/)
    expect(await stored()).toEqual(before)
    // Approved, it shows the entry that there is.
    expect((await bob.post(`${company}/approvals/${id}/approve`)).status).toBe(200)
    expect(await detail(id)).toMatchObject({
      ...seen,
      state: 'approved',
      decidedBy: expect.any(String) as string,
      decidedByName: expect.any(String) as string,
      decidedAt: expect.any(String) as string,
    })
  })

  test('of a tax line its code and what was taxed', async () => {
    const lines = [
      { role: 'bank', amount: '6000.00' },
      { role: 'other_income', amount: '-5000.00' },
      { role: 'output_tax', amount: '-1000.00', taxCode: 'standard', taxBase: '5000.00' },
    ]
    const seen = await detail(await waiting(clerk.post(`${company}/entries`, { ...journal('TAXED'), lines })))
    expect(seen.lines).toMatchObject([
      { taxCode: null, taxBase: null },
      { taxCode: null, taxBase: null },
      { taxCode: 'standard', taxBase: { amount: '5000.00', currency: 'GBP' } },
    ])
  })

  test('the files of a draft', async () => {
    const kept = await clerk.post(`${company}/journals/drafts`, { requests: [journal('FILED')] })
    expect(kept.status).toBe(201)
    const attached = await site.ask(`${company}/attachments?subject=journal&of=FILED&name=bill.txt`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'a bill',
    } as RequestInit)
    expect(attached.status).toBe(201)
    const id = await waiting(clerk.post(`${company}/journals/drafts/post`, { requests: [{ reference: 'FILED' }] }))
    expect((await detail(id)).entries).toMatchObject([
      { reference: 'FILED', attachments: [{ name: 'bill.txt', bytes: 6 }] },
    ])
  })

  test('of a long list its sums and the first hundred lines', async () => {
    const requests = Array.from({ length: 120 }, (_, index) => journal(`LONG-${index}`, `${1001 + index}.00`))
    const id = await waiting(clerk.post(`${company}/entries/bulk`, { requests }))
    const seen = await detail(id)
    expect([seen.entryCount, seen.lineCount, seen.entries.length, seen.lines.length]).toEqual([120, 240, 100, 100])
    expect(seen.debits.amount).toBe('127260.00')
    const run = await countinghouse(site.url, [
      'approval',
      'show',
      id,
      '--company',
      company.split('/').at(-1) as string,
    ])
    expect(run.code).toBe(0)
    expect(run.stdout).toContain('120 entries, 240 lines, debits of 127260.00 GBP; the first 100 lines are shown.')
    expect(run.stdout).toContain('LONG-7')
  })

  test('the month of a period and why, a bank account as a whole, and a rule', async () => {
    expect((await anna.post(`${company}/periods/2010-01/close`)).status).toBe(200)
    const period = await waiting(anna.post(`${company}/periods/2010-01/reopen`, { reason: 'late invoice' }))
    expect((await detail(period)).changes).toEqual([
      { field: 'period 2010-01', before: 'closed', after: 'open' },
      { field: 'reason', before: null, after: 'late invoice' },
    ])
    const account = { holder: 'Shop Ltd', currency: 'GBP', iban: 'GB82WEST12345698765432' }
    const bank = await waiting(anna.send('PUT', `${company}/bank-accounts/main`, account))
    expect((await detail(bank)).changes).toContainEqual({ field: 'iban', before: null, after: account.iban })
    const rule = await waiting(site.send('PUT', `${company}/approval-rules/journal`, { active: false }))
    expect((await detail(rule)).changes).toEqual([
      { field: 'second person for journal', before: 'above 1000.00 GBP', after: 'nobody else' },
    ])
    const [open] = await runSql<{ state: string }>(
      site.url,
      `select state from accounting_period where starts_on = '2010-01-01'`,
    )
    expect(open?.state).toBe('closed')
  })

  test('why it could not be done any more', async () => {
    const id = await waiting(clerk.post(`${company}/entries`, { ...journal('LATE'), date: '2009-12-15' }))
    expect((await anna.post(`${company}/periods/2009-12/close`)).status).toBe(200)
    expect(await detail(id)).toMatchObject({ entryCount: 0, lines: [], refusal: { code: 'period_closed' } })
    expect((await bob.post(`${company}/approvals/${id}/decline`, { reason: 'too late' })).status).toBe(200)
    expect((await detail(id)).refusal).toBeNull()
  })
})

test('what nobody asked for is not there, and who may not see approvals sees none', async () => {
  const gone = await bob.get(`${company}/approvals/999999`)
  expect([gone.status, await codeOf(gone)]).toEqual([404, 'approval_unknown'])
  const reader = await join(site, company, 'read_only')
  expect((await reader.get(`${company}/approvals/1`)).status).toBe(403)
})
