import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site, 'Garden Gifts')
  await site.post(`${company}/customers`, {
    requests: [
      { number: '17850', name: 'Anna Ashworth', country: 'GB' },
      { number: '99', name: 'Bexley 17 & Sons', country: 'GB' },
    ],
  })
})
afterAll(async () => await site.close())

const lines = [
  {
    role: 'receivable',
    amount: '120.00',
    customer: '17850',
    document: 'OLD-7',
    openedOn: '2024-01-05',
    dueOn: '2024-02-05',
  },
  { role: 'bank', amount: '-120.00', currency: 'EUR', currencyAmount: '-140.50' },
]
const draft = { reference: 'D1', date: '2024-01-31', description: 'Moved over', reverse: 'next_day', lines }

const journalsBy = async (query: string) =>
  (await (await site.get(`${company}/journals?${query}`)).json()) as {
    rows: { id: string; reference: string }[]
    next: string | null
  }

test('a draft is read with its lines as they were sent, and what is posted without', async () => {
  expect((await site.post(`${company}/journals/drafts`, { requests: [draft] })).status).toBe(201)
  const [found] = (await journalsBy('state=draft')).rows
  const read = await (await site.get(`${company}/journals/${found?.id}`)).json()
  expect(read).toMatchObject({ ...draft, state: 'draft', reversesOn: '2024-02-01' })
  expect((await site.post(`${company}/journals/drafts/discard`, { requests: [{ reference: 'D1' }] })).status).toBe(201)
  expect(await (await site.get(`${company}/journals/${found?.id}`)).json()).toMatchObject({
    state: 'discarded',
    lines: [],
  })
  const unknown = await site.get(`${company}/journals/999999`)
  expect(unknown.status).toBe(404)
  expect(await unknown.json()).toMatchObject({ code: 'journal_unknown' })
})

test('journals are listed from both ends, page after page', async () => {
  const references = ['P1', 'P2', 'P3', 'P4', 'P5']
  const requests = references.map((reference) => ({ ...draft, reference }))
  expect((await site.post(`${company}/journals/drafts`, { requests })).status).toBe(201)
  for (const [sort, wanted] of [
    ['writtenAt', references],
    ['-writtenAt', references.toReversed()],
  ] as const) {
    const seen: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const page = await journalsBy(`state=draft&limit=2&sort=${sort}${after === '' ? '' : `&after=${after}`}`)
      seen.push(...page.rows.map(({ reference }) => reference))
      after = page.next
    }
    expect(seen).toEqual(wanted)
  }
})

test('a template is looked at before anything is posted', async () => {
  const asked = { template: 'interest', reference: 'x', date: '2024-01-31', parameters: { amount: '12.5' } }
  const filled = await (await site.post(`${company}/journals/from-templates/preview`, asked)).json()
  expect(filled).toMatchObject({
    reverse: null,
    lines: [
      { role: 'interest', amount: '12.50' },
      { role: 'bank', amount: '-12.50' },
    ],
  })
  expect((await journalsBy('state=posted')).rows).toEqual([])
  const wrong = await site.post(`${company}/journals/from-templates/preview`, { ...asked, parameters: { amount: 'x' } })
  expect(await wrong.json()).toMatchObject({ code: 'template_parameter_invalid' })
})

test('parties are found by the beginning of their number or by their name', async () => {
  const found = async (letters: string, kind = 'customer') =>
    ((await (await site.get(`${company}/parties?kind=${kind}&letters=${letters}`)).json()) as { rows: object[] }).rows
  expect(await found('178')).toEqual([{ kind: 'customer', number: '17850', name: 'Anna Ashworth', country: 'GB' }])
  expect(await found('17')).toHaveLength(2)
  expect(await found('SONS')).toHaveLength(1)
  expect(await found('850')).toEqual([])
  expect(await found('178', 'supplier')).toEqual([])
})

test('tax is written, kept in a draft, posted and seen in its entry and in the tax summary', async () => {
  const tax = { role: 'output_tax', amount: '-20.00', taxCode: 'standard', taxBase: '100.00' }
  const other = { role: 'other_income', amount: '-100.00', taxCode: 'standard' }
  const taxed = { reference: 'T1', date: '2023-05-31', lines: [{ role: 'bank', amount: '120.00' }, other, tax] }
  expect((await site.post(`${company}/journals/drafts`, { requests: [taxed] })).status).toBe(201)
  const found = (await journalsBy('state=draft&limit=500')).rows.find(({ reference }) => reference === 'T1')
  expect(await (await site.get(`${company}/journals/${found?.id}`)).json()).toMatchObject(taxed)
  const posted = await site.post(`${company}/journals/drafts/post`, { requests: [{ reference: 'T1' }] })
  const { results } = (await posted.json()) as { results: { entryId: string }[] }
  const entry = await (await site.get(`${company}/entries/${results[0]?.entryId}`)).json()
  expect(entry.lines[1]).toMatchObject({ taxCode: 'standard', taxAuthority: null, taxPoint: null, taxBase: null })
  expect(entry.lines[2]).toMatchObject({
    taxCode: 'standard',
    taxAuthority: 'HMRC',
    taxPoint: '2023-05-31',
    taxBase: { amount: '100.00', currency: 'GBP' },
  })
  const summary = await (await site.get(`${company}/reports/tax-summary?from=2023-05-01&to=2023-05-31`)).json()
  expect(summary.rows).toEqual([
    expect.objectContaining({
      code: 'standard',
      side: 'output_tax',
      net: { amount: '100.00', currency: 'GBP' },
      tax: { amount: '20.00', currency: 'GBP' },
    }),
  ])
  const wrong = [
    [{ ...tax, taxBase: '-100.00' }, 'tax_base_sign'],
    [{ ...tax, taxBase: '100.001' }, 'input_invalid'],
    [{ ...tax, taxCode: 'nothing' }, 'tax_code_unknown'],
  ] as const
  for (const [line, code] of wrong) {
    const lines = [{ role: 'bank', amount: '20.00' }, line]
    const answer = await site.post(`${company}/entries`, { reference: 'T2', date: '2023-05-31', lines })
    expect(await answer.json(), code).toMatchObject({ code })
  }
})

test('a draft is changed only over what was read of it, and never under another reference', async () => {
  await site.post(`${company}/journals/drafts`, { requests: [{ ...draft, reference: 'E1' }] })
  const at = `${company}/journals/${(await journalsBy('state=draft&sort=-writtenAt')).rows[0]?.id}`
  const read = async () => (await site.get(at)).headers.get('etag') ?? ''
  const change = (description: string, headers: Record<string, string> = {}, reference = 'E1') =>
    site.send('PUT', at, { ...draft, reference, description }, headers)
  const first = await read()
  const changed = await change('By Anna', { 'if-match': first, 'idempotency-key': 'e1' })
  expect([changed.status, await changed.json()]).toMatchObject([
    200,
    { description: 'By Anna', reference: 'E1', lines },
  ])
  expect((await change('By Anna', { 'if-match': first, 'idempotency-key': 'e1' })).status).toBe(200)
  const late = await change('By Bo', { 'if-match': first })
  expect([late.status, await late.json()]).toMatchObject([412, { code: 'changed_meanwhile' }])
  expect(await (await site.get(at)).json()).toMatchObject({ description: 'By Anna' })
  // Of two who change it at one moment over the same version, one does.
  const now = await read()
  const both = await Promise.all(['By Bo', 'By Cleo'].map((by) => change(by, { 'if-match': now })))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  expect((await change('Elsewhere', {}, 'E2')).status).toBe(400)
  expect((await change('Without a tag')).status).toBe(200)
  await site.post(`${company}/journals/drafts/post`, { requests: [{ reference: 'E1' }] })
  const posted = await change('Too late', { 'if-match': now })
  expect([posted.status, await posted.json()]).toMatchObject([409, { code: 'journal_not_a_draft' }])
  const unknown = await site.send('PUT', `${company}/journals/999999`, draft)
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'journal_unknown' }])
})

test('a template follows the version that was read, or is refused', async () => {
  const definition = {
    description: 'Rent',
    parameters: [{ name: 'amount', kind: 'amount', label: 'Rent' }],
    lines: [
      { account: '7100', side: 'debit', amount: 'amount' },
      { role: 'bank', side: 'credit', rest: true },
    ],
  }
  const save = async (title: string, follows?: number) => {
    const response = await site.post(`${company}/journal-templates`, {
      requests: [{ name: 'hall', title, definition, follows }],
    })
    return [response.status, (await response.json()) as object] as const
  }
  expect(await save('Hall', 0)).toMatchObject([201, { results: [{ version: 1 }] }])
  expect(await save('Another hall', 0)).toMatchObject([412, { code: 'changed_meanwhile' }])
  expect(await save('The hall', 1)).toMatchObject([201, { results: [{ version: 2 }] }])
  expect(await save('A hall', 1)).toMatchObject([412, { code: 'changed_meanwhile' }])
  expect(await save('Any hall')).toMatchObject([201, { results: [{ version: 3 }] }])
})
