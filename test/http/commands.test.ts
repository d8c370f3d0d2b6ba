import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
})
afterAll(() => site.close())

type Rows = { rows: Record<string, unknown>[] }
const rowsOf = async (path: string): Promise<Rows['rows']> => ((await (await site.get(path)).json()) as Rows).rows
const account = (code: string) => ({ code, name: `Account ${code}`, class: 'expense' })
const countOf = async (code: string): Promise<number> =>
  (await rowsOf(`${company}/accounts`)).filter((row) => row.code === code).length

test('a refusal says which, what happened and what can be done', async () => {
  expect((await site.post(`${company}/accounts`, account('9001'))).status).toBe(201)
  const response = await site.post(`${company}/accounts`, account('9001'))
  expect(response.status).toBe(409)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({
    type: '/api#account_exists',
    code: 'account_exists',
    status: 409,
    title: 'An account with this code exists',
    detail: 'An account with this code exists',
    remedy: 'Choose another code.',
  })
})

test('a request of another form says where it differs', async () => {
  const response = await site.post(`${company}/accounts`, { ...account('9002'), class: 'money' })
  expect(response.status).toBe(400)
  const problem = (await response.json()) as { code: string; errors: { at: string }[] }
  expect(problem.code).toBe('input_invalid')
  expect(problem.errors.map(({ at }) => at)).toEqual(['class'])
  expect((await site.post(`${company}/accounts`, '{"code":')).status).toBe(400)
  expect(await countOf('9002')).toBe(0)
})

test.each(['999999', '0', 'x'])('there is no company %s', async (id) => {
  const response = await site.get(`/api/v1/companies/${id}/accounts`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ code: 'company_unknown' })
})

test('what nobody expected is logged under the id that the answer gives, and says nothing of the inside', async () => {
  await runSql(site.url, 'alter table destination_rule rename to elsewhere')
  try {
    const response = await site.get(`${company}/destination-rules`)
    expect(response.status).toBe(500)
    const problem = (await response.json()) as { instance: string }
    expect(problem).toMatchObject({ code: 'unexpected', title: 'Something went wrong on our side' })
    expect(JSON.stringify(problem)).not.toContain('destination_rule')
    expect(site.logged.filter((line) => line.includes(problem.instance))).toHaveLength(1)
  } finally {
    await runSql(site.url, 'alter table elsewhere rename to destination_rule')
  }
})

test('the same key and request get the same answer, and the work is done once', async () => {
  const headers = { 'idempotency-key': 'add-9010' }
  const first = await site.post(`${company}/accounts`, account('9010'), headers)
  const again = await site.post(`${company}/accounts`, account('9010'), headers)
  expect([first.status, again.status]).toEqual([201, 201])
  expect(await again.json()).toEqual(await first.json())
  expect(await countOf('9010')).toBe(1)
})

test('the same key with another request is refused, and nothing is done', async () => {
  const headers = { 'idempotency-key': 'add-9012' }
  await site.post(`${company}/accounts`, account('9012'), headers)
  const other = await site.post(`${company}/accounts`, account('9013'), headers)
  expect(other.status).toBe(422)
  expect(await other.json()).toMatchObject({ code: 'idempotency_key_reused' })
  expect(await countOf('9013')).toBe(0)
})

test('a refused key keeps its refusal, also when the reason is gone', async () => {
  const close = (key: string) => site.post(`${company}/periods/2010-01/close`, {}, { 'idempotency-key': key })
  expect((await close('first')).status).toBe(200)
  expect((await close('second')).status).toBe(409)
  expect((await site.post(`${company}/periods/2010-01/reopen`, { reason: 'late invoice' })).status).toBe(200)
  const again = await close('second')
  expect(again.status).toBe(409)
  expect(again.headers.get('content-type')).toBe('application/problem+json')
  expect(await again.json()).toMatchObject({ code: 'period_already_closed' })
})

test('a key of one company is another key in another company', async () => {
  const other = await newCompany(site, 'Other')
  const headers = { 'idempotency-key': 'add-9014' }
  expect((await site.post(`${company}/accounts`, account('9014'), headers)).status).toBe(201)
  expect((await site.post(`${other}/accounts`, account('9015'), headers)).status).toBe(201)
})

test('accounts are added, renamed and ended; mapping, tax and destinations are listed and added to', async () => {
  await site.post(`${company}/accounts`, account('9020'))
  const patch = (body: object) =>
    site.app.request(
      new Request(`http://localhost:8080${company}/accounts/9020`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  expect(await (await patch({ name: 'Rent', endedOn: '2011-12-31' })).json()).toMatchObject({
    name: 'Rent',
    endedOn: '2011-12-31',
  })
  expect((await patch({ groupCode: 'no-such-group' })).status).toBe(404)
  const mapped = await site.post(`${company}/mapping-rules`, {
    role: 'expense',
    account: '9020',
    documentKind: 'invoice',
    effectiveFrom: '2011-01-01',
    reason: 'as agreed',
  })
  expect(await mapped.json()).toMatchObject({ role: 'expense', account: '9020', version: 1, reason: 'as agreed' })
  expect((await rowsOf(`${company}/mapping-rules?role=expense`)).map(({ account: code }) => code)).toContain('9020')
  expect((await rowsOf(`${company}/tax-codes`)).map(({ code }) => code)).toContain('standard')
  const destination = await site.post(`${company}/destination-rules`, { destination: 'NO', taxCode: 'standard' })
  expect(destination.status).toBe(201)
  expect((await rowsOf(`${company}/destination-rules`)).map((row) => row.destination)).toContain('NO')
  const codes = await site.post(`${company}/line-code-rules`, {
    source: 'online-retail',
    priority: 5,
    pattern: 'GIFTWRAP',
    standsFor: 'charge',
    role: 'other_income',
    taxed: true,
  })
  expect(codes.status).toBe(201)
  const named = { source: 'olist', about: 'payment', pattern: 'pix', standsFor: 'clearing', method: 'pix' }
  expect(await (await site.post(`${company}/source-name-rules`, named)).json()).toMatchObject({
    rows: [{ ...named, priority: 50, version: 1, taxCode: null }],
  })
  expect((await rowsOf(`${company}/source-name-rules?source=olist`)).map(({ pattern }) => pattern)).toEqual(['pix'])
  for (const wrong of [{ about: 'tax' }, { taxCode: 'standard' }, { pattern: '(' }, { standsFor: 'tax_code' }])
    expect((await site.post(`${company}/source-name-rules`, { ...named, ...wrong })).ok).toBe(false)
  const taxed = { source: 'olist', about: 'tax', pattern: 'VAT', standsFor: 'tax_code', taxCode: 'standard' }
  expect((await site.post(`${company}/source-name-rules`, taxed)).status).toBe(201)
  expect(await (await site.post(`${company}/source-name-rules`, { ...taxed, taxCode: 'none' })).json()).toMatchObject({
    code: 'tax_code_unknown',
  })
  expect(
    await (
      await site.post(`${company}/line-code-rules`, {
        source: 'x',
        priority: 1,
        pattern: '(',
        standsFor: 'item',
        role: 'sales',
        taxed: true,
      })
    ).json(),
  ).toMatchObject({ code: 'code_pattern_invalid' })
})

test('an entry is posted by hand, explained, reported and reversed', async () => {
  const posted = await site.post(`${company}/entries`, {
    reference: 'RENT-1',
    date: '2011-03-31',
    description: 'March',
    lines: [
      { role: 'expense', amount: '100.00' },
      { role: 'bank', amount: '-100.00' },
    ],
  })
  expect(posted.status).toBe(201)
  const entry = (await posted.json()) as { entryId: string; lines: { mapping: { role: string } }[] }
  expect(entry.lines.map(({ mapping }) => mapping.role)).toEqual(['expense', 'bank'])
  const balance = await rowsOf(`${company}/reports/trial-balance?asOf=2011-03-31`)
  expect(balance.map(({ role, balance: amount }) => [role, amount])).toEqual(
    expect.arrayContaining([['bank', { amount: '-100.00', currency: 'GBP' }]]),
  )
  const reversed = await site.post(`${company}/entries/${entry.entryId}/reverse`, { date: '2011-04-01' })
  expect(await reversed.json()).toMatchObject({ reverses: entry.entryId, date: '2011-04-01' })
  expect(await (await site.get(`${company}/entries/${entry.entryId}`)).json()).toMatchObject({ description: 'March' })
  expect(await rowsOf(`${company}/reports/trial-balance?asOf=2011-04-01`)).toEqual([])
})

test.each([
  [
    [
      { role: 'expense', amount: '100.00' },
      { role: 'bank', amount: '-99.99' },
    ],
    'entry_not_balanced',
  ],
  [
    [
      { role: 'expense', amount: '1.005' },
      { role: 'bank', amount: '-1.005' },
    ],
    'input_invalid',
  ],
  [
    [
      { role: 'receivable', amount: '1.00', customer: '77' },
      { role: 'bank', amount: '-1.00' },
    ],
    'customer_unknown',
  ],
])('an entry by hand is refused: %j', async (lines, code) => {
  const response = await site.post(`${company}/entries`, { reference: code, date: '2011-03-31', lines })
  expect(await response.json()).toMatchObject({ code })
})

test('a report is given as JSON and as CSV, and one that does not exist is refused', async () => {
  const csv = await site.get(`${company}/reports/trial-balance?asOf=2011-03-31&format=csv`)
  expect(csv.headers.get('content-type')).toContain('text/csv')
  expect(await csv.text()).toMatch(/^code,name,role,balance\r?\n/)
  expect(await (await site.get(`${company}/reports/weather`)).json()).toMatchObject({ code: 'report_unknown' })
  expect((await site.get(`${company}/reports/trial-balance?asOf=2011-02-30`)).status).toBe(400)
})

test('the journal is taken away, sealed, and the books are proven', async () => {
  const text = await (await site.get(`${company}/export/journal?format=hledger`)).text()
  expect(text).toContain('RENT')
  expect(text).toContain('2011-1')
  const proof = (await (await site.post(`${company}/checks`, {})).json()) as {
    ok: boolean
    checks: { result: string }[]
  }
  expect(proof.ok).toBe(true)
  expect(proof.checks.some(({ result }) => result === 'held')).toBe(true)
})
