import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actingAs, inCompany, type Tx } from '../../src/kernel/database.ts'
import { applyMappingChange } from '../../src/modules/journal/index.ts'
import { mergeAccounts } from '../../src/modules/structures/index.ts'
import { importOrders } from '../support/imported.ts'
import { codeOf, join, keyOf, type Person } from '../support/people.ts'
import { newCompany, openSite, orderExport, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

/**
 * What moves posted lines is no way around the second person that entries by hand take: an applied mapping, merged accounts, the remedies of the
 * inbox. Entries of 1,000 and more are moved here, above a limit of 100.
 */
let site: Site
let company: string
let companyId: bigint
let anna: Person
let bob: Person
let clerk: Person
let key: Person
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  companyId = BigInt(company.split('/').at(-1) ?? '')
  anna = await join(site, company, 'accountant')
  bob = await join(site, company, 'accountant')
  clerk = await join(site, company, 'bookkeeper')
  key = await keyOf(site, company, anna, ['company.read', 'settings.write', 'approvals.read', 'exceptions.read'])
  for (const code of ['8801', '8802', '8803', '8804']) {
    const account = { code, name: `Income ${code}`, class: 'income' }
    expect((await anna.post(`${company}/accounts`, account)).status).toBe(201)
  }
})
afterAll(() => site.close())
beforeEach(async () => {
  for (const { id } of await pending()) await decline({ id })
  await limit('100.00')
})

type Request = { id: string; kind: string; state: string; summary: string; amount: { amount: string } }
type Detail = Request & {
  changes: { field: string; before: string | null; after: string | null }[]
  entryCount: number
  lineCount: number
  moves: { from: { code: string }; to: { code: string }; lines: number; amount: { amount: string } }[]
  entries: unknown[]
  refusal: { code: string } | null
}
const limit = async (above: string) =>
  await runSql(
    site.url,
    `insert into approval_rule (company_id, kind, above_minor, active) values (${companyId}, 'journal', ${above.replace('.', '')}, true)
       on conflict (company_id, kind) do update set above_minor = excluded.above_minor, active = true`,
  )
const noLimit = () => runSql(site.url, 'update approval_rule set active = false')
const pending = async (): Promise<Request[]> =>
  ((await (await bob.get(`${company}/approvals?state=pending`)).json()) as { rows: Request[] }).rows
const waiting = async (answer: Response | Promise<Response>): Promise<Request> => {
  const response = await answer
  expect([response.status, response.status === 202 ? '' : await response.text()]).toEqual([202, ''])
  return (await response.json()) as Request
}
const approve = (person: Person, { id }: { id: string }) => person.post(`${company}/approvals/${id}/approve`)
const decline = (request: { id: string }, reason = 'no') =>
  bob.post(`${company}/approvals/${request.id}/decline`, { reason })
const done = async (response: Promise<Response>) => {
  const { status, ...rest } = await response
  expect([status, status < 300 ? '' : JSON.stringify(rest)]).toEqual([200, ''])
}
const outdated = async (request: Request) => {
  const answer = await approve(bob, request)
  expect([answer.status, await codeOf(answer)]).toEqual([409, 'approval_outdated'])
  expect((await detail(request)).refusal?.code).toBe('approval_outdated')
}
const detail = async ({ id }: { id: string }): Promise<Detail> =>
  (await (await bob.get(`${company}/approvals/${id}`)).json()) as Detail
const balance = async (code: string): Promise<number> => {
  const [found] = await runSql<{ sum: string }>(
    site.url,
    `select coalesce(sum(amount_minor), 0) as sum from journal_line where account_id = (select id from account where code = $1)`,
    [code],
  )
  return Number(found?.sum) / 100
}
const moved = async (): Promise<number> =>
  Number((await runSql<{ n: string }>(site.url, 'select count(*) as n from line_move'))[0]?.n)

let journals = 0
/** Income on an account, posted before there was a limit. */
async function income(account: string, amount = '1000.00', date = '2024-01-15'): Promise<void> {
  journals += 1
  await noLimit()
  const lines = [
    { role: 'bank', amount },
    account.startsWith('8') ? { account, amount: `-${amount}` } : { role: account, amount: `-${amount}` },
  ]
  expect((await anna.post(`${company}/entries`, { reference: `I${journals}`, date, lines })).status).toBe(201)
  await limit('100.00')
}
const map = (account: string, more: object = {}, person = anna, headers = {}) =>
  person.post(
    `${company}/mapping-rules/apply`,
    { rules: [{ role: 'other_income', account, ...more }], reason: 'its own account' },
    headers,
  )
const merge = (from: string[], into: string, more: object = {}) =>
  anna.post(`${company}/accounts/merges`, { from, into, reason: 'too fine', ...more })

describe('an applied mapping', () => {
  beforeAll(async () => {
    await income('other_income', '1000.00')
    await income('other_income', '50.00', '2024-02-10')
  })

  test('above the limit waits with all that it would move, and posts just that once another person agrees', async () => {
    const before = await moved()
    const request = await waiting(map('8801'))
    expect(request).toMatchObject({ kind: 'applied_mapping', state: 'pending', amount: { amount: '1050.00' } })
    expect(request.summary).toContain('2 lines')
    expect(await waiting(map('8801'))).toEqual(request)
    expect([await moved(), await balance('8801')]).toEqual([before, 0])
    const rules = await runSql(site.url, `select from mapping_rule where role = 'other_income'`)
    expect(rules).toHaveLength(1)
    expect(await detail(request)).toMatchObject({
      changes: [{ field: 'Other income', after: '8801 Income 8801' }],
      entryCount: 2,
      lineCount: 4,
      moves: [{ to: { code: '8801' }, lines: 2, amount: { amount: '-1050.00' } }],
      refusal: null,
    })
    for (const [person, status, code] of [
      [anna, 403, 'approval_by_same_person'],
      [key, 403, 'not_permitted'],
      [clerk, 403, 'not_permitted'],
    ] as const) {
      const answer = await approve(person, request)
      expect([answer.status, await codeOf(answer)]).toEqual([status, code])
    }
    // Two at once: one of them decides.
    const both = await Promise.all([approve(bob, request), approve(bob, request)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await balance('8801')).toBe(-1050)
    const seen = await detail(request)
    expect(seen).toMatchObject({ state: 'approved', entryCount: 2, lineCount: 4, moves: [{ lines: 2 }], refusal: null })
    const [entry] = await runSql<{ posted_by: string }>(
      site.url,
      'select posted_by from journal_entry order by id desc limit 1',
    )
    const [asker] = await runSql<{ requested_by: string }>(
      site.url,
      `select requested_by from approval_request where id = ${request.id}`,
    )
    expect(entry?.posted_by).toBe(asker?.requested_by)
    // What it posted stays with it, also once its lines have moved on.
    await noLimit()
    expect((await map('8802')).status).toBe(201)
    expect(await detail(request)).toEqual(seen)
  })

  test('below the limit is done at once, and one that moves nothing needs nobody', async () => {
    await noLimit()
    expect((await map('8801')).status).toBe(201)
    await limit('100.00')
    expect((await map('8801')).status).toBe(201)
    await limit('2000.00')
    expect((await map('8802')).status).toBe(201)
    expect(await pending()).toEqual([])
  })

  test('moves no line that was posted after it was asked for', async () => {
    const request = await waiting(map('8801'))
    await income('other_income', '70.00', '2024-02-20')
    await done(approve(bob, request))
    expect([await balance('8801'), await balance('8802')]).toEqual([-1050, -70])
    // What is left is below the limit.
    expect((await map('8801')).status).toBe(201)
    expect(await balance('8802')).toBe(0)
  })

  test('is outdated where lines have moved, a rule was added, or a month was closed meanwhile', async () => {
    const [first, second] = [await waiting(map('8802')), await waiting(map('8803'))]
    await done(approve(bob, first))
    await outdated(second)
    await decline(second)
    const byRule = await waiting(map('8803'))
    await noLimit()
    const rule = { role: 'other_income', account: '8804', effectiveFrom: '2099-01-01' }
    expect((await anna.post(`${company}/mapping-rules`, rule)).status).toBe(201)
    await outdated(byRule)
    await decline(byRule)
    await limit('100.00')
    const byPeriod = await waiting(map('8803'))
    expect((await anna.post(`${company}/periods/2024-01/close`)).status).toBe(200)
    await outdated(byPeriod)
    await decline(byPeriod, 'the month is closed')
    expect((await anna.post(`${company}/periods/2024-01/reopen`, { reason: 'test' })).status).toBe(200)
    expect(await balance('8803')).toBe(0)
  })

  test('with a key of the person waits too; the key of a request answers the same again, and no other', async () => {
    const headers = { 'idempotency-key': 'map-once' }
    const request = await waiting(map('8803', {}, key, headers))
    const again = await map('8803', {}, key, headers)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await waiting(again)).toEqual(request)
    const other = await map('8804', {}, key, headers)
    expect([other.status, await codeOf(other)]).toEqual([422, 'idempotency_key_reused'])
    const own = await approve(anna, request)
    expect([own.status, await codeOf(own)]).toEqual([403, 'approval_by_same_person'])
  })

  test('of another company is nowhere', async () => {
    const request = await waiting(map('8803'))
    const other = await newCompany(site, 'Other')
    const stranger = await join(site, other, 'owner')
    const answers = []
    for (const id of [request.id, '999999999'])
      answers.push(await (await stranger.post(`${other}/approvals/${id}/approve`)).text())
    expect(answers[0]?.replaceAll(request.id, 'ID')).toBe(answers[1]?.replaceAll('999999999', 'ID'))
    expect((await stranger.post(`${company}/approvals/${request.id}/approve`)).status).toBe(404)
    expect((await detail(request)).state).toBe('pending')
  })
})

describe('merged accounts', () => {
  test('above the limit wait, and the emptied account ends with the approval where nothing needs it', async () => {
    await income('8804', '3000.00')
    const request = await waiting(merge(['8804'], '8803', { end: true }))
    expect(request).toMatchObject({ kind: 'account_merge', amount: { amount: '3000.00' } })
    const seen = await detail(request)
    expect(seen.moves).toMatchObject([{ from: { code: '8804' }, to: { code: '8803' }, lines: 1 }])
    const before = await balance('8803')
    await done(approve(bob, request))
    expect([await balance('8804'), await balance('8803')]).toEqual([0, before - 3000])
    const [account] = await runSql<{ ended: boolean }>(
      site.url,
      `select ended_on is not null as ended from account where code = '8804'`,
    )
    expect(account?.ended).toBe(true)
    expect((await detail(request)).entryCount).toBe(1)
  })

  test('leave what was posted meanwhile, and the account in use for it', async () => {
    await income('8802', '500.00')
    const request = await waiting(merge(['8802'], '8803', { end: true }))
    expect((await detail(request)).changes).toMatchObject([{ after: expect.stringContaining('and ended') as string }])
    await income('8802', '20.00', '2024-02-20')
    await done(approve(bob, request))
    expect(await balance('8802')).toBe(-20)
    const merged = await merge(['8802'], '8803', { end: true })
    expect(await merged.json()).toMatchObject({ lines: 1, ended: ['8802'], stay: [] })
  })

  test('say of an account that stays why it does', async () => {
    await noLimit()
    const [played] = await runSql<{ code: string }>(site.url, `select code from account where role = 'other_income'`)
    const merged = await merge([played?.code as string], '8803', { end: true })
    expect(await merged.json()).toMatchObject({
      ended: [],
      stay: [{ account: played?.code, why: expect.stringContaining('role') as string }],
    })
  })
})

describe('the remedy of an exception', () => {
  type Rerun = { id: string; state: string; message: string; moved: number; approvalId: string | null }
  let party: string
  let post: string
  let boy: string
  beforeAll(async () => {
    await noLimit()
    const more = `536369,PARTY,BALLOONS,1,2010-12-02 11:05:00,710.00,17850,United Kingdom\n536370,FETE,FLAGS,1,2010-12-02 12:05:00,320.00,17850,United Kingdom\n`
    await importOrders(site, company, `${orderExport}${more}`)
    const { rows } = (await (await anna.get(`${company}/exceptions`)).json()) as {
      rows: { id: string; subject: string }[]
    }
    const idOf = (subject: string) => rows.find((row) => row.subject === subject)?.id as string
    ;[party, post, boy] = [idOf('PARTY'), idOf('FETE'), idOf('DCGSSBOY')]
  })
  const remedy = async (ids: string[], more: object = { standsFor: 'item' }, person = clerk): Promise<Response> =>
    await person.post(`${company}/exceptions/resolutions`, { requests: ids.map((id) => ({ id, ...more })) })
  const resultsOf = async (answer: Response): Promise<Rerun[]> => {
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { results: Rerun[] }).results
  }
  type Exception = { state: string; approvalId: string | null; notes: { kind: string; body: string }[] }
  const exception = async (id: string) => (await (await clerk.get(`${company}/exceptions/${id}`)).json()) as Exception

  test('waits item by item where it is above the limit; what is below is done', async () => {
    const results = await resultsOf(await remedy([party, boy, post]))
    expect(results.map(({ state, approvalId }) => [state, approvalId !== null])).toEqual([
      ['open', true],
      ['resolved', false],
      ['open', true],
    ])
    const [first] = results as [Rerun]
    expect(await exception(party)).toMatchObject({ state: 'open', approvalId: first.approvalId })
    expect(await pending()).toHaveLength(2)
    // The name waits as well: an import would read the code by it.
    expect(await runSql(site.url, `select from line_code_rule where pattern = 'PARTY'`)).toEqual([])
    // It is not remedied twice: the same is the same request, another is refused, trying again and dismissing too.
    expect((await resultsOf(await remedy([party])))[0]?.approvalId).toBe(first.approvalId)
    for (const answer of [
      await remedy([party], { standsFor: 'charge', role: 'shipping_income' }),
      await remedy([party], { text: 'settled' }),
      await clerk.post(`${company}/exceptions/dismissals`, { requests: [{ id: party, text: 'no' }] }),
    ])
      expect([answer.status, await codeOf(answer)]).toEqual([409, 'approval_pending'])
    const again = await clerk.post(`${company}/exceptions/reruns`, { requests: [{ id: party }] })
    expect((await resultsOf(again))[0]).toMatchObject({ state: 'open', approvalId: first.approvalId, moved: 0 })
    expect(await detail({ id: first.approvalId as string })).toMatchObject({
      kind: 'remedy',
      summary: 'The code PARTY is an item (1 line)',
      moves: [{ lines: 1, amount: { amount: '-710.00' } }],
      refusal: null,
    })
    await done(approve(bob, { id: first.approvalId as string }))
    expect(await exception(party)).toMatchObject({ state: 'resolved', approvalId: null })
    expect(await runSql(site.url, `select from line_code_rule where pattern = 'PARTY'`)).toHaveLength(1)
  })

  test('declined is open again, with the reason in its notes, and can be remedied in another way', async () => {
    const [asked] = await resultsOf(await remedy([post]))
    expect((await decline({ id: asked?.approvalId as string }, 'it is a party, too')).status).toBe(200)
    const after = await exception(post)
    expect(after).toMatchObject({ state: 'open', approvalId: null })
    expect(after.notes.at(-1)?.body).toContain('it is a party, too')
    const [other] = await resultsOf(await remedy([post], { standsFor: 'charge', role: 'shipping_income' }))
    expect(other?.approvalId).not.toBe(asked?.approvalId)
    // Somebody names the code in the settings and moves its lines: nothing is left of what was asked.
    await noLimit()
    const rule = {
      source: 'online-retail',
      pattern: 'FETE',
      priority: 5,
      standsFor: 'item',
      role: 'sales',
      taxed: true,
    }
    expect((await anna.post(`${company}/line-code-rules`, rule)).status).toBe(201)
    expect(await exception(post)).toMatchObject({ state: 'open', approvalId: other?.approvalId })
    await limit('100.00')
    await done(approve(bob, { id: other?.approvalId as string }))
    expect(await exception(post)).toMatchObject({ state: 'resolved' })
  })
})

test('no way into the commands goes around the rule', async () => {
  const asOperator = <T>(work: (tx: Tx) => Promise<T>) =>
    inCompany(actingAs(site.database, 'operator'), companyId, work)
  await income('8801', '900.00')
  await income('other_income', '900.00')
  const refused = { code: 'approval_needed' }
  const rules = [{ role: 'other_income', account: '8801' }]
  await expect(
    asOperator((tx) => applyMappingChange(tx, { rules }, { reason: 'direct', author: 'me' })),
  ).rejects.toMatchObject(refused)
  await expect(
    asOperator((tx) => mergeAccounts(tx, { from: ['8801'], into: '8802', reason: 'direct' })),
  ).rejects.toMatchObject(refused)
})
