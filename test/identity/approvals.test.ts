import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actingAs, inCompany } from '../../src/kernel/database.ts'
import { postJournals } from '../../src/modules/journal/index.ts'
import { codeOf, join, keyOf, type Person } from '../support/people.ts'
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
  expect((await site.send('PUT', `${company}/approval-rules/journal`, { active: true, above: '1000.00' })).status).toBe(
    200,
  )
  expect((await site.send('PUT', `${company}/approval-rules/period_reopening`, { active: true })).status).toBe(200)
})
afterAll(() => site.close())

type Request = {
  id: string
  state: string
  requestedBy: string
  decidedBy: string | null
  amount: { amount: string } | null
}
let references = 0
const journal = (amount: string) => {
  references += 1
  const lines = [
    { role: 'bank', amount },
    { role: 'sales', amount: `-${amount}` },
  ]
  return { reference: `J${references}`, date: '2024-01-15', lines }
}
const entries = async () =>
  Number((await runSql<{ n: string }>(site.url, 'select count(*) as n from journal_entry'))[0]?.n)
const asked = async (person: Person, amount = '1000.01'): Promise<Request> => {
  const response = await person.post(`${company}/entries`, journal(amount))
  expect(response.status).toBe(202)
  return (await response.json()) as Request
}
const approve = (person: Person, { id }: Request) => person.post(`${company}/approvals/${id}/approve`)
const decline = (person: Person, { id }: Request, reason = 'no receipt') =>
  person.post(`${company}/approvals/${id}/decline`, { reason })

describe('a journal', () => {
  test('up to the amount is posted', async () => {
    expect((await anna.post(`${company}/entries`, journal('1000.00'))).status).toBe(201)
  })

  test('above it waits, and is posted in the name of whoever asked when another person approves', async () => {
    const before = await entries()
    const request = await asked(clerk)
    expect(request).toMatchObject({ state: 'pending', decidedBy: null, amount: { amount: '1000.01' } })
    expect(await entries()).toBe(before)
    const { rows } = (await (await bob.get(`${company}/approvals?state=pending`)).json()) as { rows: Request[] }
    expect(rows.map(({ id }) => id)).toEqual([request.id])
    const decided = await approve(bob, request)
    expect(await decided.json()).toMatchObject({ state: 'approved', requestedBy: request.requestedBy })
    expect(await entries()).toBe(before + 1)
    const [entry] = await runSql<{ posted_by: string }>(
      site.url,
      'select posted_by from journal_entry order by id desc limit 1',
    )
    expect(entry?.posted_by).toBe(request.requestedBy)
    expect(await codeOf(await approve(bob, request))).toBe('approval_decided')
    expect(await entries()).toBe(before + 1)
  })

  test('is approved once, also at one moment', async () => {
    const before = await entries()
    const request = await asked(clerk)
    const answers = await Promise.all([approve(anna, request), approve(bob, request), decline(bob, request)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const [{ state } = { state: '' }] = await runSql<{ state: string }>(
      site.url,
      'select state from approval_request where id = $1',
      [request.id],
    )
    expect(await entries()).toBe(state === 'approved' ? before + 1 : before)
  })

  test('declined is never posted, and says why', async () => {
    const before = await entries()
    const request = await asked(clerk)
    expect((await decline(bob, request, ' ')).status).toBe(400)
    expect((await decline(bob, request)).status).toBe(200)
    expect(await codeOf(await approve(anna, request))).toBe('approval_decided')
    expect(await entries()).toBe(before)
  })

  test('that could not be posted is refused at once', async () => {
    const wrong = {
      ...journal('5000.00'),
      lines: [
        { account: 'nowhere', amount: '5000.00' },
        { role: 'sales', amount: '-5000.00' },
      ],
    }
    expect((await anna.post(`${company}/entries`, wrong)).status).toBe(404)
  })

  test('asked for twice with one key waits once', async () => {
    const headers = { 'idempotency-key': 'once' }
    const body = journal('2000.00')
    const first = await clerk.post(`${company}/entries`, body, headers)
    const again = await clerk.post(`${company}/entries`, body, headers)
    expect([first.status, again.status]).toEqual([202, 202])
    expect(await again.json()).toEqual(await first.json())
  })

  test('goes around the rule neither in a list nor by the command itself', async () => {
    const before = await entries()
    const list = await anna.post(`${company}/entries/bulk`, { requests: [journal('1.00'), journal('5000.00')] })
    expect(list.status).toBe(202)
    const companyId = BigInt(company.split('/').at(-1) ?? '')
    const lines = [
      { role: 'bank' as const, amountMinor: 500_000n },
      { role: 'sales' as const, amountMinor: -500_000n },
    ]
    const direct = inCompany(actingAs(site.database, 'operator:root'), companyId, (tx) =>
      postJournals(tx, [{ reference: 'direct', date: '2024-01-15' as never, lines }]),
    )
    await expect(direct).rejects.toMatchObject({ code: 'approval_needed' })
    expect(await entries()).toBe(before)
  })
})

describe('the same person', () => {
  test('decides neither with their own hands nor by a key', async () => {
    const request = await asked(anna)
    for (const refused of [await approve(anna, request), await decline(anna, request)])
      expect([refused.status, await codeOf(refused)]).toEqual([403, 'approval_by_same_person'])
    const key = await keyOf(site, company, anna, ['journal.post', 'approvals.read'])
    expect((await approve(key, request)).status).toBe(403)
    const byKey = await asked(key)
    expect(byKey.requestedBy).toMatch(/^user:\d+:key:\d+$/)
    expect(await codeOf(await approve(anna, byKey))).toBe('approval_by_same_person')
    expect((await approve(bob, byKey)).status).toBe(200)
  })

  test('does not by becoming somebody else midway: the database itself refuses it', async () => {
    const request = await asked(anna)
    const update = `update approval_request set state = 'approved', decided_by = requested_by || ':key:1', decided_at = now() where id = $1`
    await expect(runSql(site.url, update, [request.id])).rejects.toMatchObject({
      constraint: 'approval_request_by_another_person',
    })
  })

  test('without the permission nobody decides', async () => {
    const request = await asked(anna)
    expect(await codeOf(await approve(clerk, request))).toBe('not_permitted')
    const gone = await approve(bob, { ...request, id: '999999999' })
    expect([gone.status, await codeOf(gone)]).toEqual([404, 'approval_unknown'])
  })
})

describe('reopening a period', () => {
  test('waits for another person', async () => {
    expect((await anna.post(`${company}/periods/2010-01/close`)).status).toBe(200)
    const waiting = await anna.post(`${company}/periods/2010-01/reopen`, { reason: 'late invoice' })
    expect(waiting.status).toBe(202)
    const request = (await waiting.json()) as Request
    expect(await codeOf(await anna.post(`${company}/periods/2010-01/close`))).toBe('period_already_closed')
    expect((await approve(bob, request)).status).toBe(200)
    expect((await anna.post(`${company}/periods/2010-01/close`)).status).toBe(200)
    const [decision] = await runSql<{ decided_by: string }>(
      site.url,
      `select decided_by from period_decision where decision = 'reopen'`,
    )
    expect(decision?.decided_by).toBe(request.requestedBy)
  })
})

describe('a rule', () => {
  const set = (change: object) => site.send('PUT', `${company}/approval-rules/journal`, change)

  test('is tightened by one, and loosened by two', async () => {
    expect((await set({ active: true, above: '500.00' })).status).toBe(200)
    const looser = await set({ active: true, above: '900000.00' })
    expect(looser.status).toBe(202)
    expect((await set({ active: false })).status).toBe(202)
    expect((await anna.post(`${company}/entries`, journal('501.00'))).status).toBe(202)
    const request = (await looser.json()) as Request
    expect((await approve(bob, request)).status).toBe(200)
    expect((await anna.post(`${company}/entries`, journal('501.00'))).status).toBe(201)
  })

  test('and every request and decision stand in the audit log', async () => {
    const { rows } = (await (await site.get(`${company}/audit-log?limit=1000`)).json()) as {
      rows: { table: string; operation: string }[]
    }
    const seen = new Set(rows.map(({ table, operation }) => `${operation} ${table}`))
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'insert approval_rule',
        'update approval_rule',
        'insert approval_request',
        'update approval_request',
      ]),
    )
  })
})
