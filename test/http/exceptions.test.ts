import { afterAll, beforeAll, expect, test } from 'vitest'
import { inboxRound } from '../../src/jobs/work-inbox.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { raiseExceptions } from '../../src/modules/inbox/index.ts'
import { importOrders } from '../support/imported.ts'
import { codeOf, join, nobody, type Person, password, signIn, tokenOf } from '../support/people.ts'
import { newCompany, openSite, owner, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await importOrders(site, company)
})
afterAll(() => site.close())

type Row = { id: string; subject: string }
const list = async (query: string): Promise<string[]> => {
  const { rows } = (await (await site.get(`${company}/exceptions?${query}`)).json()) as { rows: Row[] }
  return rows.map(({ subject }) => subject)
}
const counts = async () => await (await site.get(`${company}/exceptions/counts`)).json()
const detail = async (id: string, get = site.get) => await (await get(`${company}/exceptions/${id}`)).json()

test('what waits is counted and listed by whose it is and until when, a page at a time', async () => {
  expect(await counts()).toEqual({ mine: 0, mentioned: 0, unseen: 0, unassigned: 2, overdue: 0, waiting: 2 })
  expect(await list('view=mine')).toEqual([])
  expect(await list('view=unassigned&sort=due')).toEqual(['PARTY', 'DCGSSBOY'])
  const given = { id: '1', owner: owner.name, email: owner.email.toUpperCase() }
  expect((await site.post(`${company}/exceptions/assignments`, { requests: [given] })).status).toBe(201)
  expect(await counts()).toEqual({ mine: 1, mentioned: 0, unseen: 0, unassigned: 1, overdue: 0, waiting: 2 })
  expect(await list('view=mine')).toHaveLength(1)
  expect(await list('view=overdue')).toEqual([])
  const first = (await (await site.get(`${company}/exceptions?limit=1&sort=due`)).json()) as {
    rows: Row[]
    next: string
  }
  expect(first.next).toBe(first.rows[0]?.id)
  const second = await (await site.get(`${company}/exceptions?limit=1&sort=due&after=${first.next}`)).json()
  expect(second).toMatchObject({ next: null, rows: [{ subject: 'DCGSSBOY' }] })
  expect(await list('view=waiting&source=somewhere-else')).toEqual([])
})

test('the file of the list has what the list shows with the same filters, in the same order', async () => {
  const file = async (query: string): Promise<string[]> => {
    const response = await site.get(`${company}/exports/exceptions?columns=subject&${query}`)
    return (await response.text()).trimEnd().split('\n').slice(1)
  }
  for (const query of [
    'sort=due',
    'sort=amount',
    'view=mine',
    'view=unassigned',
    'source=somewhere-else',
    'import=999',
  ])
    expect([query, await file(query)]).toEqual([query, await list(query)])
})

test('an exception says which rows it is about and what its remedy posted, to those who may read entries', async () => {
  const { rows } = (await (await site.get(`${company}/exceptions`)).json()) as { rows: Row[] }
  const { id = '' } = rows.find(({ subject }) => subject === 'DCGSSBOY') ?? {}
  expect(await detail(id)).toMatchObject({
    alike: 1,
    rowCount: 1,
    rows: [{ document: { number: '536368' }, file: 'orders.csv', line: '5', amount: { amount: '3.33' } }],
    entries: [],
  })
  const remedy = { requests: [{ id, standsFor: 'charge', role: 'shipping_income' }] }
  expect((await site.post(`${company}/exceptions/resolutions`, remedy)).status).toBe(201)
  const after = (await detail(id)) as { entries: { lines: { account: string }[] }[]; notes: { authorName: string }[] }
  expect(after.entries).toHaveLength(1)
  expect(after.entries[0]?.lines).toHaveLength(2)
  expect(after.notes.at(-1)?.authorName).toBe(owner.name)
  expect(await list('view=closed')).toEqual(['DCGSSBOY'])
  const picker = await join(site, company, 'warehouse')
  expect(await detail(id, picker.get)).toMatchObject({ rowCount: 1, entries: null })
})

test('who takes care of exceptions posts by no remedy what they may not post themselves', async () => {
  const service = await join(site, company, 'customer_service')
  const { rows } = (await (await site.get(`${company}/exceptions?kind=unknown_code&view=waiting`)).json()) as {
    rows: Row[]
  }
  const id = rows.find(({ subject }) => subject === 'PARTY')?.id ?? ''
  const entries = () => runSql(site.url, 'select id from journal_entry')
  const before = await entries()
  const remedies = [
    ['resolutions', { id, standsFor: 'item' }],
    ['resolutions', { id, taxCode: 'standard' }],
    ['resolutions', { id, acceptUpTo: '1.00' }],
    ['reruns', { id }],
  ] as const
  for (const [route, remedy] of remedies) {
    const whole = await service.post(`${company}/exceptions/${route}`, { requests: [remedy] })
    expect([route, whole.status, (await whole.json()) as object]).toEqual([
      route,
      403,
      expect.objectContaining({ code: 'not_permitted', detail: expect.stringContaining('journal.post') }),
    ])
  }
  // What posts nothing they do, beside what is refused one by one.
  const refusedOrder = { kind: 'document_refused' as const, source: 'orders', subject: '7', message: 'Not yet' }
  const said = { kind: 'sale_not_shipped' as const, source: 'orders', subject: '8', message: 'Not shipped' }
  await inCompany(site.database, BigInt(company.split('/').at(-1) ?? ''), (tx) =>
    raiseExceptions(
      tx,
      [refusedOrder, said].map((one) => ({ ...one, amountMinor: 0n, currency: 'GBP' })),
    ),
  )
  const ids = new Map(
    (
      (await (await site.get(`${company}/exceptions?source=orders`)).json()) as { rows: (Row & { kind: string })[] }
    ).rows.map((row) => [row.kind, row.id]),
  )
  const requests = [{ id: ids.get('document_refused') }, { id: ids.get('sale_not_shipped') }]
  const each = await service.post(`${company}/exceptions/reruns?mode=each`, { requests })
  expect(await each.json()).toMatchObject({
    results: [{ status: 403, problem: { detail: expect.stringContaining('sales.write') } }, { status: 201 }],
  })
  const done = { requests: [{ id: ids.get('sale_not_shipped'), text: 'The customer was called' }] }
  expect((await service.post(`${company}/exceptions/resolutions`, done)).status).toBe(201)
  expect(await entries()).toEqual(before)
})

test('over the API a payment method is explained by one remedy, for all that come', async () => {
  const named = { kind: 'unknown_payment_method' as const, source: 'shopify-orders', subject: 'Mystery Pay' }
  await inCompany(site.database, BigInt(company.split('/').at(-1) ?? ''), (tx) =>
    raiseExceptions(tx, [{ ...named, message: 'Nobody has said where it is', amountMinor: 100n, currency: 'GBP' }]),
  )
  const found = await site.get(`${company}/exceptions?kind=unknown_payment_method`)
  const [{ id } = { id: '' }] = ((await found.json()) as { rows: Row[] }).rows
  const resolve = (remedy: object) => site.post(`${company}/exceptions/resolutions`, { requests: [{ id, ...remedy }] })
  expect((await resolve({ moneyIs: 'on the moon' })).status).toBe(400)
  expect(await (await resolve({ moneyIs: 'clearing', method: 'mystery' })).json()).toMatchObject({
    results: [{ state: 'resolved', message: 'Placed as payment clearing of mystery' }],
  })
  const rules = (await (await site.get(`${company}/source-name-rules?source=shopify-orders`)).json()) as {
    rows: { pattern: string; standsFor: string; method: string | null }[]
  }
  expect(rules.rows).toMatchObject([{ pattern: 'Mystery Pay', standsFor: 'clearing', method: 'mystery' }])
})

type Named = { userId: number; name: string; email: string | null }
const mentionable = async (who: { get: Site['get'] } = site, of = company): Promise<Named[]> =>
  ((await (await who.get(`${of}/exceptions/people`)).json()) as { rows: Named[] }).rows
const note = (id: string, text: string, { by = site, key }: { by?: Pick<Person, 'post'>; key?: string } = {}) =>
  by.post(
    `${company}/exceptions/notes`,
    { requests: [{ id, text }] },
    key === undefined ? {} : { 'idempotency-key': key },
  )
type Notes = { notes: { body: string; parts: { text: string; userId: number | null }[] }[] }
const lastNote = async (id: string) => ((await detail(id)) as Notes).notes.at(-1)
async function letters(): Promise<{ recipient: string; subject: string; body: string }[]> {
  const sent: { recipient: string; subject: string; body: string }[] = []
  await inboxRound(site.database, { send: async (letter) => void sent.push(letter) })
  return sent.filter(({ subject }) => subject.includes('mention'))
}

/** Somebody of a name of their own, who may look after exceptions. */
async function joinAs(name: string, email: string): Promise<Person> {
  const invited = await site.post(`${company}/invitations`, { email, permissionSet: 'customer_service' })
  const { link } = (await invited.json()) as { link: string }
  await nobody(site).post('/api/v1/invitations/accept', { token: tokenOf(link), name, password })
  return await signIn(site, email)
}

test('a note names people by who they are, tells each once by letter, and is found by them', async () => {
  const hostile = '<img src=x onerror=alert(1)> @[user:1]\nBcc: all@shop.example'
  const rosa = await joinAs('Rosa', 'rosa@shop.example')
  await joinAs(hostile, 'eve@shop.example')
  const idOf = async (name: string) => (await mentionable()).find((one) => one.name === name)?.userId ?? 0
  const [rosaId, eveId] = [await idOf('Rosa'), await idOf(hostile.trim())]
  expect(await (await rosa.get(`${company}/exceptions/counts`)).json()).toMatchObject({ mentioned: 0 })
  const text = `Look at this, @[user:${rosaId}] and @[user:${eveId}], @[user:${rosaId}].`
  const first = await note('2', text, { key: 'named-once' })
  expect(first.status).toBe(201)
  expect(await (await note('2', text, { key: 'named-once' })).text()).toBe(await first.text())
  expect(await lastNote('2')).toMatchObject({
    body: `Look at this, @Rosa and @${hostile}, @Rosa.`,
    parts: [
      { text: 'Look at this, ', userId: null },
      { text: '@Rosa', userId: rosaId },
      { text: ' and ', userId: null },
      { text: `@${hostile}`, userId: eveId },
      { text: ', ', userId: null },
      { text: '@Rosa', userId: rosaId },
      { text: '.', userId: null },
    ],
  })
  // Whoever names themselves knows it; what others write is told once, in one letter a person.
  await note('1', `I look, @[user:${rosaId}]; @[user:${eveId}] knows.`, { by: rosa })
  const told = await letters()
  expect(told.map(({ recipient, subject }) => [recipient, subject]).sort()).toEqual([
    ['eve@shop.example', 'Shop: 2 mentions of you'],
    ['rosa@shop.example', `Shop: ${owner.name} mentioned you`],
  ])
  expect(told.find(({ recipient }) => recipient.startsWith('rosa'))?.body).toContain('Look at this, @Rosa and @<img')
  expect(await letters()).toEqual([])
  const mine = async (who: Person) =>
    ((await (await who.get(`${company}/exceptions?view=mentioned`)).json()) as { rows: { id: string }[] }).rows
  expect((await mine(rosa)).map(({ id }) => id).sort()).toEqual(['1', '2'])
  expect(await mine(await join(site, company, 'read_only'))).toEqual([])
  const counted = (await (await rosa.get(`${company}/exceptions/counts`)).json()) as { mentioned: number }
  expect(counted.mentioned).toBe((await mine(rosa)).filter((one) => 'state' in one && one.state === 'open').length)
  const unseen = async () =>
    ((await (await rosa.get(`${company}/exceptions/counts`)).json()) as { unseen: number }).unseen
  // What she wrote of herself she knows.
  expect(await unseen()).toBe(1)
  const seen = { requests: [{ id: '2' }] }
  expect((await site.post(`${company}/exceptions/seen`, seen)).status).toBe(201)
  expect(await unseen()).toBe(1)
  for (const left of [0, 0]) {
    expect((await rosa.post(`${company}/exceptions/seen`, seen)).status).toBe(201)
    expect(await unseen()).toBe(left)
  }
  const file = await (await rosa.get(`${company}/exports/exceptions?columns=id&view=mentioned`)).text()
  expect(file.trimEnd().split('\n').slice(1).sort()).toEqual(['1', '2'])

  // Names change and people leave: what was written stays readable, and nobody who has left is told or can be named.
  await rosa.send('PATCH', '/api/v1/me', { name: 'Rosa Ash' })
  expect((await lastNote('2'))?.body).toContain('@Rosa Ash and')
  await note('2', `Once more, @[user:${rosaId}]`)
  await site.post(`${company}/people/${rosaId}/end`, {})
  expect(await letters()).toEqual([])
  expect(await lastNote('2')).toMatchObject({ body: 'Once more, @Rosa Ash' })
  expect(await idOf('Rosa Ash')).toBe(0)
  expect(await codeOf(await note('2', `And again, @[user:${rosaId}]`))).toBe('member_unknown')
})

test('nobody is named who may not see the exceptions, in the same words as for nobody at all', async () => {
  const other = await newCompany(site, 'Another')
  const stranger = await join(site, other, 'bookkeeper')
  const id = (await mentionable(site, other)).find(({ name }) => name.startsWith('bookkeeper'))?.userId ?? 0
  expect(id).toBeGreaterThan(0)
  expect((await mentionable()).map(({ userId }) => userId)).not.toContain(id)
  const said = async (userId: number) => {
    const response = await note('2', `Look, @[user:${userId}]`)
    const { instance: _, ...problem } = (await response.json()) as Record<string, unknown>
    return [response.status, JSON.stringify(problem).replaceAll(`user:${userId}`, 'user:N')]
  }
  const unknown = await said(999_999)
  expect(unknown[0]).toBe(404)
  expect(await said(id)).toEqual(unknown)
  expect((await stranger.get(`${company}/exceptions/people`)).status).toBe(404)
  const reader = await join(site, company, 'read_only')
  expect((await reader.get(`${company}/exceptions/people`)).status).toBe(403)
  // Of a list, each is answered by itself: what is refused leaves no note, and what looks like a mention elsewhere stays words.
  const [{ userId } = { userId: 0 }] = await mentionable()
  const requests = [
    { id: '2', text: `Yes, @[user:${userId}]` },
    { id: '2', text: `No, @[user:${id}]` },
    { id: '1', text: 'An address: a@[user:x] and @[user:0]' },
  ]
  const each = await site.post(`${company}/exceptions/notes?mode=each`, { requests })
  expect(await each.json()).toMatchObject({
    done: 2,
    results: [{ status: 201 }, { status: 404, problem: { code: 'member_unknown' } }, { status: 201 }],
  })
  expect((await site.post(`${company}/exceptions/notes`, { requests })).status).toBe(404)
  expect((await lastNote('2'))?.body).toMatch(/^Yes, @/)
  expect((await lastNote('1'))?.parts).toEqual([{ text: 'An address: a@[user:x] and @[user:0]', userId: null }])
})

test('people of one name are told apart, and all others by their name alone', async () => {
  await joinAs('Twin', 'twin-1@shop.example')
  await joinAs('twin', 'twin-2@shop.example')
  const named = await mentionable()
  const twins = named.filter(({ name }) => name.toLowerCase() === 'twin')
  expect(twins.map(({ email }) => email)).toEqual(['twin-1@shop.example', 'twin-2@shop.example'])
  expect(named.filter(({ email }) => email !== null)).toHaveLength(2)
})

test('an exception is taken only from whom it was read of, one by one in a list', async () => {
  const assign = async (requests: object[], mode = 'all') => {
    const response = await site.post(`${company}/exceptions/assignments?mode=${mode}`, { requests })
    return [response.status, (await response.json()) as object] as const
  }
  await site.post(`${company}/exceptions/reopenings`, { requests: [{ id: '1', text: 'Again' }] })
  expect(await assign([{ id: '1', owner: 'Anna' }])).toMatchObject([201, {}])
  expect(await assign([{ id: '1', owner: 'Bo', from: 'order desk' }])).toMatchObject([
    412,
    { code: 'changed_meanwhile', context: { responsible: 'Anna' } },
  ])
  const requests = [
    { id: '1', owner: 'Bo', from: 'Anna' },
    { id: '2', owner: 'Bo', from: 'nobody' },
  ]
  expect(await assign(requests, 'each')).toMatchObject([207, { done: 1, results: [{ status: 201 }, { status: 412 }] }])
})

test('the due day of an exception is changed over the one that was read, never to a day that is over, and its history says so', async () => {
  const { due: before } = (await detail('1')) as { due: string }
  const change = async (due: string, from?: string, person: Pick<Site, 'post'> = site) => {
    const requests = [{ id: '1', due, ...(from && { from }) }]
    const response = await person.post(`${company}/exceptions/due-days`, { requests })
    return [response.status, response.status === 201 ? '' : await codeOf(response)]
  }
  expect(await change('2099-12-01', before)).toEqual([201, ''])
  expect(await change('2099-12-02', before)).toEqual([412, 'changed_meanwhile'])
  expect(await change('2011-01-01')).toEqual([400, 'input_invalid'])
  expect(await change('2099-12-01')).toEqual([201, ''])
  const reader = await join(site, company, 'sales')
  expect(await change('2099-12-03', undefined, reader)).toEqual([403, 'not_permitted'])
  const { due, notes } = (await detail('1')) as { due: string; notes: { kind: string; body: string }[] }
  expect([due, notes.filter(({ kind }) => kind === 'due_changed')]).toMatchObject([
    '2099-12-01',
    [{ body: `Due on 2099-12-01 instead of ${before}` }],
  ])
  expect((await site.post(`${company}/exceptions/dismissals`, { requests: [{ id: '1', text: 'no' }] })).status).toBe(
    201,
  )
  expect(await change('2099-12-03')).toEqual([422, 'exception_closed'])
  expect((await site.post(`${company}/exceptions/reopenings`, { requests: [{ id: '1', text: 'on' }] })).status).toBe(
    201,
  )
})

test('who answers and how all are told is changed only over what was read', async () => {
  const duty = { dataKind: 'orders', responsible: 'Anna', email: null, days: 5, escalation: [] }
  const settings: [string, string, string, object][] = [
    ['exception-duties', 'POST', 'exception-duties', duty],
    ['exception-settings', 'PUT', 'exception-settings', { digestHour: 9 }],
    ['approval-rules', 'PUT', 'approval-rules/period_reopening', { active: true }],
  ]
  for (const [read, method, at, body] of settings) {
    const tag = (await site.get(`${company}/${read}`)).headers.get('etag') ?? ''
    const change = () => site.send(method, `${company}/${at}`, body, { 'if-match': tag })
    const both = await Promise.all([change(), change()])
    expect([at, both.map(({ status }) => (status < 300 ? 'done' : status)).sort()]).toEqual([at, [412, 'done']])
    expect((await site.send(method, `${company}/${at}`, body)).status).toBeLessThan(300)
  }
  const hook = { url: 'https://example.com/hooks', eventTypes: ['exception.opened'] }
  const { id } = (await (await site.post(`${company}/webhook-endpoints`, hook)).json()) as { id: string }
  const tag = (await site.get(`${company}/webhook-endpoints/${id}`)).headers.get('etag') ?? ''
  const change = (description: string) =>
    site.send('PATCH', `${company}/webhook-endpoints/${id}`, { description }, { 'if-match': tag })
  expect((await Promise.all([change('One'), change('Two')])).map(({ status }) => status).sort()).toEqual([200, 412])
})
