import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFiles } from '../../src/imports/index.ts'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { actingAs, inCompany, type Tx } from '../../src/kernel/database.ts'
import { closeYears, postOpeningBalances } from '../../src/modules/journal/index.ts'
import { forfeitDeposits } from '../../src/modules/payments/index.ts'
import { writeOffBadDebts } from '../../src/modules/receivables/index.ts'
import { codeOf, join, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
let companyId: bigint
let anna: Person
let bob: Person
const folder = mkdtempSync(joinPath(tmpdir(), 'countinghouse-asked-'))
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  companyId = BigInt(company.split('/').at(-1) ?? '')
  anna = await join(site, company, 'accountant')
  bob = await join(site, company, 'accountant')
  await posted(anna.post(`${company}/items`, { requests: [{ code: 'MUG', name: 'Mug' }] }))
  const lines = [{ item: 'MUG', quantity: '1', unitPrice: '5000.00' }]
  const invoices = ['INV-1', 'INV-2'].map((number) => ({ number, on: '2024-03-01', customer: { number: 'C1' }, lines }))
  await posted(anna.post(`${company}/invoices`, { requests: invoices }))
  const capture = { source: 'shop', reference: 'pi_1', method: 'card', customer: { number: 'C1' }, on: '2024-03-02' }
  const prepaid = { ...capture, order: 'O-1', amount: '2400.00' }
  await posted(anna.post(`${company}/payments/captures`, { requests: [prepaid] }))
  const rule = (kind: string, above?: string) =>
    site.send('PUT', `${company}/approval-rules/${kind}`, { active: true, above })
  expect((await rule('journal', '1000.00')).status).toBe(200)
  expect((await rule('year_closing')).status).toBe(200)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await site.close()
})

type Request = { id: string; kind: string; amount: { amount: string } | null }
const posted = async (answer: Promise<Response>): Promise<void> => {
  const response = await answer
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}
const waiting = async (answer: Promise<Response>): Promise<Request> => {
  const response = await answer
  expect([response.status, response.status === 202 ? '' : await response.clone().text()]).toEqual([202, ''])
  return (await response.json()) as Request
}
const approve = (person: Person, { id }: Request) => person.post(`${company}/approvals/${id}/approve`)
const approved = async (request: Request): Promise<void> => {
  expect(await codeOf(await approve(anna, request))).toBe('approval_by_same_person')
  const response = await approve(bob, request)
  expect([response.status, response.status === 200 ? '' : await response.text()]).toEqual([200, ''])
}
const entriesOf = (rule: string) =>
  runSql<{ posted_by: string }>(site.url, 'select posted_by from journal_entry where rule = $1 order by id', [rule])
const asOperator = <T>(act: (tx: Tx) => Promise<T>): Promise<T> =>
  inCompany(actingAs(site.database, 'operator:root'), companyId, act)
const refused = { code: 'approval_needed' }
const day = accountingDate('2024-04-01')

describe('opening balances', () => {
  const opening = (reference: string, amount: string) => ({
    reference,
    date: '2023-12-31',
    lines: [{ role: 'bank', amount }],
  })
  const send = (...requests: object[]) => anna.post(`${company}/opening-balances`, { requests })

  test('up to the amount are posted, and above it wait for another person', async () => {
    await posted(send(opening('small', '1000.00')))
    const request = await waiting(send(opening('large', '1000.01')))
    expect(request).toMatchObject({ kind: 'opening_balances', amount: { amount: '1000.01' } })
    expect(await entriesOf('opening-balance')).toHaveLength(1)
    await approved(request)
    const entries = await entriesOf('opening-balance')
    expect(entries).toHaveLength(2)
    expect(entries[1]?.posted_by).toMatch(/^user:/)
    await posted(send(opening('large', '1000.01')))
  })

  test('imported wait too, say as which request, and the exception closes with the decision', async () => {
    const file = joinPath(folder, 'opening.csv')
    writeFileSync(
      file,
      'date,account,amount,party,document\n2022-12-31,bank,3000.00,,\n2022-12-31,receivable,500.00,C9,OLD-1\n2022-12-31,retained_earnings,-3500.00,,\n',
    )
    const run = () => importFiles(actingAs(site.database, anna.email), companyId, 'opening-balances', { files: [file] })
    const result = await run()
    expect(result).toMatchObject({ documents: { created: 0, refused: 1 }, exceptions: { opened: 1 } })
    const { rows } = (await (await bob.get(`${company}/approvals?state=pending`)).json()) as { rows: Request[] }
    const [request] = rows.filter(({ kind }) => kind === 'opening_balances')
    expect(result.exceptions.rows[0]?.message).toContain(`waits for a second person: request ${request?.id}`)
    expect((await run()).documents).toMatchObject({ created: 0, refused: 1 })
    const state = async () =>
      (await runSql<{ state: string }>(site.url, `select state from exception where source = 'opening-balances'`))[0]
        ?.state
    expect(await state()).toBe('open')
    expect((await approve(bob, request as Request)).status).toBe(200)
    expect(await state()).toBe('resolved')
    expect((await run()).documents).toMatchObject({ created: 0, existing: 1, refused: 0 })
  })

  test('go around the rule by no way into the command', async () => {
    const lines = [{ role: 'bank' as const, amountMinor: 500_000n }]
    const one = { reference: 'direct', date: accountingDate('2023-12-31'), lines }
    await expect(asOperator((tx) => postOpeningBalances(tx, [one]))).rejects.toMatchObject(refused)
  })
})

describe('bad debts', () => {
  const write = (debt: object) =>
    anna.post(`${company}/bad-debts`, { requests: [{ on: '2024-04-01', reason: 'gone', ...debt }] })

  test('up to the amount are written off', async () => {
    await posted(write({ reference: 'B0', invoice: 'INV-1', amount: '1000.00' }))
  })

  test('above it wait, as much as was open when somebody asked', async () => {
    const request = await waiting(write({ reference: 'B1', invoice: 'INV-1' }))
    expect(request).toMatchObject({ kind: 'bad_debt', amount: { amount: expect.stringMatching(/^[45]/) as string } })
    expect(await entriesOf('bad-debt-written-off')).toHaveLength(1)
    // Paid in part meanwhile, less is open than was asked about: nobody approves another amount than they saw.
    const paid = { source: 'bank', reference: 'r1', into: 'bank', customer: { number: 'C1' }, on: '2024-04-02' }
    await posted(
      anna.post(`${company}/payments/received`, { requests: [{ ...paid, amount: '10.00', invoices: ['INV-1'] }] }),
    )
    const late = await approve(bob, request)
    expect([late.status, await codeOf(late)]).toEqual([422, 'open_item_exceeded'])
    expect((await bob.post(`${company}/approvals/${request.id}/decline`, { reason: 'paid in part' })).status).toBe(200)
    await approved(await waiting(write({ reference: 'B1', invoice: 'INV-1' })))
    expect(await entriesOf('bad-debt-written-off')).toHaveLength(2)
    await posted(write({ reference: 'B1', invoice: 'INV-1' }))
  })

  test('go around the rule by no way into the command', async () => {
    const [{ id } = { id: '' }] = await runSql<{ id: string }>(
      site.url,
      `select id from sales_document where number = 'INV-2'`,
    )
    const debt = { reference: 'direct', documentId: BigInt(id), on: day, reason: 'gone' }
    await expect(asOperator((tx) => writeOffBadDebts(tx, [debt]))).rejects.toMatchObject(refused)
  })
})

test('a deposit above the amount is kept when another person agrees', async () => {
  const [{ id } = { id: '' }] = await runSql<{ id: string }>(
    site.url,
    `select id from payment where reference = 'pi_1'`,
  )
  const direct = { paymentId: BigInt(id), on: day, reason: 'not fetched' }
  await expect(asOperator((tx) => forfeitDeposits(tx, [direct]))).rejects.toMatchObject(refused)
  const forfeit = { payment: { source: 'shop', reference: 'pi_1' }, on: '2024-04-01', reason: 'not fetched' }
  const request = await waiting(anna.post(`${company}/deposits/forfeitures`, { requests: [forfeit] }))
  expect(request.kind).toBe('forfeiture')
  expect(await entriesOf('deposit-forfeited')).toEqual([])
  await approved(request)
  expect(await entriesOf('deposit-forfeited')).toHaveLength(1)
})

test('a fiscal year is closed when another person agrees, by a rule of its own', async () => {
  await expect(asOperator((tx) => closeYears(tx, [2024]))).rejects.toMatchObject(refused)
  const close = () => anna.post(`${company}/years/close`, { requests: [{ year: 2024 }] })
  const request = await waiting(close())
  expect(request).toMatchObject({ kind: 'year_closing', amount: null })
  const seen = (await (await bob.get(`${company}/approvals/${request.id}`)).json()) as { lineCount: number }
  expect(seen.lineCount).toBeGreaterThan(1)
  expect(await entriesOf('year-closed')).toEqual([])
  await approved(request)
  expect(await entriesOf('year-closed')).toHaveLength(1)
  expect(await codeOf(await close())).toBe('fiscal_year_already_closed')
})
