import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postRecurringOf } from '../../src/jobs/post-recurring.ts'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { actingAs, inCompany } from '../../src/kernel/database.ts'
import { reclassify, reverseJournals } from '../../src/modules/journal/index.ts'
import { codeOf, join, keyOf, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
let companyId: bigint
let anna: Person
let bob: Person
let clerk: Person
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  companyId = BigInt(company.split('/').at(-1) ?? '')
  anna = await join(site, company, 'accountant')
  bob = await join(site, company, 'accountant')
  clerk = await join(site, company, 'bookkeeper')
  const hook = { url: 'https://example.com/hooks', eventTypes: ['approval.requested', 'approval.decided'] }
  expect((await site.post(`${company}/webhook-endpoints`, hook)).status).toBe(201)
})
afterAll(() => site.close())

type Request = { id: string; kind: string; state: string; summary: string; amount: { amount: string } | null }
type Each = {
  done: number
  refused: number
  waiting: number
  results: { status: number; waiting?: Request; problem?: { code: string } }[]
}
let references = 0
const journal = (amount: string, reference = '') => {
  references += 1
  const lines = [
    { role: 'bank', amount },
    { role: 'sales', amount: `-${amount}` },
  ]
  return { reference: reference || `H${references}`, date: '2024-01-15', lines }
}
const limit = (above: string) => site.send('PUT', `${company}/approval-rules/journal`, { active: true, above })
const posted = async (reference: string) =>
  await runSql<{ id: string; posted_by: string }>(
    site.url,
    `select id, posted_by from journal_entry where source_kind = 'manual_journal' and source_id = $1`,
    [reference],
  )
const entries = async () =>
  Number((await runSql<{ n: string }>(site.url, 'select count(*) as n from journal_entry'))[0]?.n)
const waiting = async (response: Response | Promise<Response>): Promise<Request> => {
  const answer = await response
  expect(answer.status).toBe(202)
  return (await answer.json()) as Request
}
const approve = (person: Person, { id }: Request) => person.post(`${company}/approvals/${id}/approve`)
const decline = (person: Person, { id }: Request) =>
  person.post(`${company}/approvals/${id}/decline`, { reason: 'no receipt' })
const done = async (response: Promise<Response>) => expect((await response).status).toBe(200)
const pending = async (): Promise<Request[]> =>
  ((await (await bob.get(`${company}/approvals?state=pending`)).json()) as { rows: Request[] }).rows

/** An entry of 5,000 that was posted before there was a limit. */
const large = async (): Promise<string> => {
  const one = journal('5000.00')
  await runSql(site.url, 'update approval_rule set active = false')
  expect((await anna.post(`${company}/entries`, one)).status).toBe(201)
  expect((await limit('1000.00')).status).toBe(200)
  return (await posted(one.reference))[0]?.id as string
}

describe('a list of journals', () => {
  beforeAll(async () => expect((await limit('1000.00')).status).toBe(200))

  test('waits as one where any of it needs another person, and is posted as one', async () => {
    const list = [journal('1.00'), journal('5000.00')]
    const request = await waiting(clerk.post(`${company}/entries/bulk`, { requests: list }))
    expect(request).toMatchObject({ kind: 'journal', state: 'pending', amount: { amount: '5001.00' } })
    expect(request.summary).toContain(`${list[0]?.reference}, ${list[1]?.reference}`)
    expect(await posted(list[0]?.reference as string)).toEqual([])
    await done(approve(bob, request))
    const events = await runSql<{ type: string; subject: object }>(
      site.url,
      'select type, subject from webhook_event order by id',
    )
    expect(events).toEqual([
      { type: 'approval.requested', subject: { approvalId: request.id, kind: 'journal' } },
      { type: 'approval.decided', subject: { approvalId: request.id, kind: 'journal', decision: 'approved' } },
    ])
    for (const { reference } of list) expect(await posted(reference)).toHaveLength(1)
    expect((await posted(list[1]?.reference as string))[0]?.posted_by).toMatch(/^user:/)
    // Sent again it is there: nothing is left to approve.
    expect((await clerk.post(`${company}/entries/bulk`, { requests: list })).status).toBe(201)
  })

  test('in mode each posts what it may, puts up the rest one by one, and refuses what could not be posted anyhow', async () => {
    const unbalanced = {
      ...journal('9000.00'),
      lines: journal('9000.00').lines.slice(0, 1).concat(journal('1.00').lines),
    }
    const list = [journal('1.00'), journal('5000.00'), unbalanced, journal('6000.00')]
    const response = await clerk.post(`${company}/entries/bulk?mode=each`, {
      requests: list,
      idempotencyKeys: ['a', 'b', 'c', 'd'],
    })
    const each = (await response.json()) as Each
    expect(each).toMatchObject({ done: 1, waiting: 2, refused: 1 })
    expect(each.results.map(({ status }) => status)).toEqual([201, 202, 422, 202])
    const again = await clerk.post(`${company}/entries/bulk?mode=each`, {
      requests: list,
      idempotencyKeys: ['a', 'b', 'c', 'd'],
    })
    expect(((await again.json()) as Each).results).toEqual(each.results)
    await done(approve(bob, each.results[3]?.waiting as Request))
    expect(await posted(list[1]?.reference as string)).toEqual([])
    expect(await posted(list[3]?.reference as string)).toHaveLength(1)
    await done(decline(bob, each.results[1]?.waiting as Request))
  })

  test('asked for twice waits once; another journal of that name is refused meanwhile', async () => {
    const one = journal('7000.00')
    const first = await waiting(clerk.post(`${company}/entries`, one))
    expect(await waiting(clerk.post(`${company}/entries`, one))).toEqual(first)
    const other = await clerk.post(`${company}/entries`, journal('7001.00', one.reference))
    expect([other.status, await codeOf(other)]).toEqual([409, 'approval_pending'])
    await done(decline(bob, first))
    // Once it is decided, the name is free again.
    const anew = await waiting(clerk.post(`${company}/entries`, journal('7001.00', one.reference)))
    await done(decline(bob, anew))
  })

  test('from templates waits too', async () => {
    const filled = {
      template: 'interest',
      reference: 'interest of January',
      date: '2024-01-31',
      parameters: { amount: '1000.01' },
    }
    const request = await waiting(clerk.post(`${company}/journals/from-templates`, { requests: [filled] }))
    await done(approve(bob, request))
    expect(await posted(filled.reference)).toHaveLength(1)
  })
})

describe('a draft', () => {
  const keep = (one: ReturnType<typeof journal>) => clerk.post(`${company}/journals/drafts`, { requests: [one] })
  const post = (reference: string) => clerk.post(`${company}/journals/drafts/post`, { requests: [{ reference }] })

  test('above the limit waits to be posted, and stays a draft meanwhile', async () => {
    const one = journal('2000.00')
    expect((await keep(one)).status).toBe(201)
    const request = await waiting(post(one.reference))
    expect(request).toMatchObject({ kind: 'draft', amount: { amount: '2000.00' } })
    const { rows } = (await (await bob.get(`${company}/journals?state=draft`)).json()) as {
      rows: { reference: string }[]
    }
    expect(rows.map(({ reference }) => reference)).toContain(one.reference)
    await done(approve(bob, request))
    expect(await posted(one.reference)).toHaveLength(1)
    expect((await post(one.reference)).status).toBe(201)
  })

  test('that is written anew after it was asked for is not posted: nobody approves what they did not see', async () => {
    const one = journal('2000.00')
    const kept = (await (await keep(one)).json()) as { results: { id: string }[] }
    const request = await waiting(post(one.reference))
    const other = journal('900000.00', one.reference)
    expect((await site.send('PUT', `${company}/journals/${kept.results[0]?.id}`, other)).status).toBe(200)
    const late = await approve(bob, request)
    expect([late.status, await codeOf(late)]).toEqual([409, 'approval_outdated'])
    expect(await posted(one.reference)).toEqual([])
    await done(decline(bob, request))
    const anew = await waiting(post(one.reference))
    expect(anew.amount).toMatchObject({ amount: '900000.00' })
    await done(decline(bob, anew))
  })
})

describe('a reversal', () => {
  test('of more than the limit waits, and neither its asker nor their key approves it', async () => {
    const id = await large()
    const before = await entries()
    const request = await waiting(anna.post(`${company}/entries/${id}/reverse`, { date: '2024-01-20' }))
    expect(request).toMatchObject({
      kind: 'reversal',
      summary: `Reversal of entry ${id}`,
      amount: { amount: '5000.00' },
    })
    expect(await entries()).toBe(before)
    expect(await codeOf(await approve(anna, request))).toBe('approval_by_same_person')
    const key = await keyOf(site, company, anna, ['journal.post', 'approvals.read'])
    expect((await approve(key, request)).status).toBe(403)
    await done(approve(bob, request))
    expect(await entries()).toBe(before + 1)
    // The same again finds it, without anybody else.
    expect((await anna.post(`${company}/entries/${id}/reverse`, { date: '2024-01-20' })).status).toBe(201)
  })

  test('of less is posted', async () => {
    const one = journal('10.00')
    await anna.post(`${company}/entries`, one)
    const id = (await posted(one.reference))[0]?.id
    expect((await anna.post(`${company}/entries/${id}/reverse`)).status).toBe(201)
  })

  test('goes around the rule by no other way into the command', async () => {
    const entryId = BigInt(await large())
    const as = <T>(act: (tx: Parameters<Parameters<typeof inCompany<T>>[2]>[0]) => Promise<T>) =>
      inCompany(actingAs(site.database, 'operator:root'), companyId, act)
    const refused = { code: 'approval_needed' }
    await expect(as((tx) => reverseJournals(tx, [{ entryId }]))).rejects.toMatchObject(refused)
    const move = { entryId, lineNo: 2, toAccount: '4900', date: accountingDate('2024-01-16'), reason: 'r' }
    await expect(as((tx) => reclassify(tx, [move]))).rejects.toMatchObject(refused)
  })
})

describe('a reclassification', () => {
  test('of more than the limit waits, and moves the line once approved', async () => {
    const entryId = await large()
    const { rows } = (await (await bob.get(`${company}/accounts`)).json()) as {
      rows: { code: string; class: string; role: string | null }[]
    }
    const target =
      rows.find(({ class: of, role }) => of === 'income' && role === null)?.code ??
      (rows.find(({ class: of, role }) => of === 'income' && role !== 'sales')?.code as string)
    const move = { entryId, lineNo: 2, toAccount: target, date: '2024-01-16', reason: 'another product' }
    const before = await entries()
    const request = await waiting(anna.post(`${company}/reclassifications`, { requests: [move] }))
    expect(request).toMatchObject({ kind: 'reclassification', amount: { amount: '5000.00' } })
    expect(await entries()).toBe(before)
    await done(approve(bob, request))
    expect(await entries()).toBe(before + 1)
    const wrong = await anna.post(`${company}/reclassifications`, { requests: [{ ...move, lineNo: 9 }] })
    expect(await codeOf(wrong)).toBe('line_unknown')
  })
})

describe('a recurring journal above the limit', () => {
  const run = (until: string) => postRecurringOf(site.database, companyId, accountingDate(until))
  const exceptions = async () =>
    (
      (await (await anna.get(`${company}/exceptions?kind=recurring_journal_waits`)).json()) as {
        rows: { state: string; message: string; subject: string }[]
      }
    ).rows
  const days = async () =>
    (
      (await (await anna.get(`${company}/recurring-journals/days?name=rent`)).json()) as {
        rows: { dueOn: string; state: string; message: string }[]
      }
    ).rows.map(({ dueOn, state }) => `${dueOn} ${state}`)

  test('is put up by the job, said once, and approved by somebody other than whoever began it', async () => {
    await limit('500.00')
    const rent = {
      name: 'rent',
      template: 'prepayment-used',
      parameters: { amount: '900.00', expense: '6200', about: 'rent' },
      every: 'month',
      dayOfMonth: null,
      startsOn: '2024-02-01',
      endsOn: '2024-03-31',
    }
    const started = await anna.post(`${company}/recurring-journals`, { requests: [rent] })
    expect(started.status, await started.clone().text()).toBe(201)
    const runs = await Promise.all([run('2024-03-31'), run('2024-03-31')])
    expect(runs[0].waiting + runs[1].waiting).toBe(2)
    expect(await run('2024-12-31')).toEqual({ posted: 0, refused: 0, waiting: 0 })
    expect(await exceptions()).toHaveLength(2)
    expect(await days()).toEqual(['2024-03-31 waiting', '2024-02-29 waiting'])
    const requests = (await pending()).filter(({ kind }) => kind === 'recurring_day')
    expect(requests).toHaveLength(2)
    const february = requests.find(({ summary }) => summary.includes('2024-02-29')) as Request
    const march = requests.find(({ summary }) => summary.includes('2024-03-31')) as Request
    expect(await codeOf(await approve(anna, february))).toBe('approval_by_same_person')
    await done(approve(bob, february))
    expect(await posted('recurring rent 2024-02-29')).toHaveLength(1)
    await done(decline(bob, march))
    expect(await days()).toEqual(['2024-03-31 refused', '2024-02-29 posted'])
    expect((await exceptions()).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  })

  test('that was declined is asked for again by a retry, and waits once', async () => {
    const retry = () =>
      anna.post(`${company}/recurring-journals/retries`, { requests: [{ name: 'rent', dueOn: '2024-03-31' }] })
    const request = await waiting(retry())
    expect(await waiting(retry())).toEqual(request)
    expect(await days()).toEqual(['2024-03-31 waiting', '2024-02-29 posted'])
    await done(approve(bob, request))
    expect(await days()).toEqual(['2024-03-31 posted', '2024-02-29 posted'])
    expect(await posted('recurring rent 2024-03-31')).toHaveLength(1)
    const checks = (await (await anna.get(`${company}/checks`)).json()) as {
      checks: { name: string; result: string }[]
    }
    expect(checks.checks.find(({ name }) => name === 'recurring-posted-once')).toMatchObject({ result: 'held' })
  })

  test('that the books had refused is tried again by those who may post alone, and then waits for a second person', async () => {
    const lease = {
      name: 'lease',
      template: 'prepayment-used',
      parameters: { amount: '900.00', expense: '6200', about: 'lease' },
      every: 'month',
      dayOfMonth: null,
      startsOn: '2024-04-01',
      endsOn: '2024-04-30',
    }
    expect((await anna.post(`${company}/recurring-journals`, { requests: [lease] })).status).toBe(201)
    await runSql(site.url, `update account set ended_on = '2024-01-01' where code = '6200'`)
    expect(await run('2024-04-30')).toMatchObject({ refused: 1 })
    await runSql(site.url, `update account set ended_on = null where code = '6200'`)
    const open = await anna.get(`${company}/exceptions?kind=recurring_journal_refused&state=open`)
    const [{ id } = { id: '' }] = ((await open.json()) as { rows: { id: string }[] }).rows
    const again = (person: Person) => person.post(`${company}/exceptions/reruns`, { requests: [{ id }] })

    const service = await join(site, company, 'customer_service')
    const refused = await again(service)
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
      403,
      expect.stringContaining('journal.post'),
    ])
    expect(await posted('recurring lease 2024-04-30')).toEqual([])

    const answer = (await (await again(anna)).json()) as { results: { state: string; message: string }[] }
    expect(answer.results).toMatchObject([{ state: 'open', message: expect.stringMatching(/waits for approval/) }])
    expect(await posted('recurring lease 2024-04-30')).toEqual([])
    const [request] = (await pending()).filter(({ kind }) => kind === 'recurring_day')
    expect(await codeOf(await approve(anna, request as Request))).toBe('approval_by_same_person')
    await done(approve(bob, request as Request))
    expect(await posted('recurring lease 2024-04-30')).toHaveLength(1)
    expect(await (await anna.get(`${company}/exceptions/${id}`)).json()).toMatchObject({ state: 'resolved' })
  })
})
