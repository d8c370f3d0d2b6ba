import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApiDocument, Operation } from '../../src/http/api-document.ts'
import { join, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

/**
 * Whoever belongs to one company names things of another in every field of every body and in every filter and cursor: the answer is the one for
 * what does not exist, says nothing of the other company, and leaves every row of it as it was.
 */
let site: Site
let own: string
let person: Person
let otherId: string
let names: string[]
let operations: { method: string; path: string; operation: Operation }[]

const marker = 'Zanzibar'
const on = '2024-01-15'

beforeAll(async () => {
  site = await openSite()
  own = await newCompany(site, 'Own')
  // The ids of the other company are larger than any of the own, so that none of them means something in both.
  await runSql(
    site.url,
    `do $$ declare s record; begin
       for s in select sequencename from pg_sequences where schemaname = 'public' loop
         perform setval(format('public.%I', s.sequencename), 700000); end loop; end $$`,
  )
  person = await join(site, own, 'owner')
  const other = await newCompany(site, marker)
  otherId = other.split('/').at(-1) as string
  names = await fill(other)
  const document = (await (await site.get('/api/openapi.json')).json()) as ApiDocument
  operations = Object.entries(document.paths ?? {})
    .filter(([path]) => path.startsWith('/api/v1/companies/{companyId}') && !path.endsWith('/imports'))
    .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method, path, operation })))
})
afterAll(() => site.close())

/** One of everything that can be named in a body; returns their names. */
async function fill(other: string): Promise<string[]> {
  const must = async (path: string, body: object): Promise<void> => {
    const answer = await site.post(`${other}/${path}`, body)
    expect(answer.status, `${path} ${await answer.clone().text()}`).toBeLessThan(300)
  }
  const list = (path: string, request: object) => must(path, { requests: [request] })
  const customer = { number: `${marker}-C`, name: marker }
  await list('items', { code: 'ZANZIBAR-I', name: marker })
  const lines = [{ item: 'ZANZIBAR-I', quantity: '2', unitPrice: '50.00' }]
  await list('invoices', { number: `${marker}-N`, on, customer, order: `${marker}-O`, lines })
  await list('credit-notes', {
    number: `${marker}-CN`,
    invoice: `${marker}-N`,
    on,
    lines: [{ lineNo: 1, quantity: '1' }],
  })
  await list('payments/captures', {
    source: 's',
    reference: `${marker}-P`,
    method: 'card',
    customer,
    on,
    amount: '12.00',
    order: `${marker}-D`,
  })
  await list('gift-cards/sales', {
    reference: `${marker}-S`,
    code: `${marker}-G`,
    purpose: 'multi',
    on,
    paid: '100.00',
    method: 'card',
  })
  const journal = {
    reference: `${marker}-J`,
    date: on,
    lines: [
      { role: 'bank', amount: '10.00' },
      { role: 'share_capital', amount: '-10.00' },
    ],
  }
  await must('entries', journal)
  await list('journals/drafts', { ...journal, reference: `${marker}-DR` })
  await list('recurring-journals', {
    name: `${marker}-R`,
    template: 'interest',
    every: 'month',
    startsOn: '2999-01-31',
    endsOn: '2999-01-31',
    parameters: { amount: '1.00' },
  })
  await list('budgets', { code: `${marker}-B`, name: marker })
  const ids = await runSql<{ id: string }>(
    site.url,
    `select max(id)::text as id from journal_entry where company_id = $1 union all select max(id)::text from open_item where company_id = $1
       union all select max(id)::text from sales_document where company_id = $1 union all select max(id)::text from party where company_id = $1`,
    [otherId],
  )
  const words = ['C', 'N', 'CN', 'O', 'D', 'P', 'G', 'S', 'J', 'DR', 'R', 'B'].map((name) => `${marker}-${name}`)
  return [...words, 'ZANZIBAR-I', ...ids.map(({ id }) => id)]
}

/** Every row of the other company. */
async function stateOfOther(): Promise<string> {
  const tables = await runSql<{ name: string }>(
    site.url,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
       where column_name = 'company_id' and table_schema in ('public', 'auth')
         and (table_schema, table_name) in (select table_schema, table_name from information_schema.tables where table_type = 'BASE TABLE') order by 1`,
  )
  const hashes = []
  for (const { name } of tables) {
    const [row] = await runSql<{ hash: string }>(
      site.url,
      `select md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as hash from ${name} t where company_id = $1`,
      [otherId],
    )
    hashes.push(`${name} ${row?.hash}`)
  }
  return hashes.join('\n')
}

type Leaf = (string | number)[]

/** Where texts stand in an example that could be names. */
function leavesOf(value: unknown, at: Leaf = []): Leaf[] {
  if (typeof value === 'string') return /^\d{4}-\d\d(-\d\d)?$|^-?\d+\.\d+$|^[A-Z]{2,3}$/.test(value) ? [] : [at]
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((one, index) => leavesOf(one, [...at, index]))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) => leavesOf(one, [...at, name]))
  return []
}

function withLeaf(value: unknown, [head, ...rest]: Leaf, leaf: string): unknown {
  if (head === undefined) return leaf
  if (Array.isArray(value)) return value.map((one, index) => (index === head ? withLeaf(one, rest, leaf) : one))
  return { ...(value as object), [head]: withLeaf((value as Record<string, unknown>)[head as string], rest, leaf) }
}

type Told = { status: number; code: string }

async function ask(method: string, path: string, body?: unknown): Promise<Told> {
  const response =
    method === 'get' ? await person.get(path) : await person.send(method.toUpperCase(), path, body as object)
  const text = await response.text()
  expect(response.status, `${method} ${path} ${JSON.stringify(body)} ${text}`).toBeLessThan(500)
  return {
    status: response.status,
    code: response.status < 400 ? '' : ((JSON.parse(text) as { code: string }).code ?? ''),
  }
}

const unlike = (name: string): string =>
  /^\d+$/.test(name) ? `9${name.slice(1)}` : name.replace(/zanzibar/i, 'nowhere0')

test('in every field of every body', { timeout: 400_000 }, async () => {
  const before = await stateOfOther()
  const wrong: string[] = []
  let asked = 0
  for (const { method, path, operation } of operations) {
    const content = operation.requestBody?.content?.['application/json'] as { example?: unknown } | undefined
    if (content?.example === undefined) continue
    const address = path.replace('/api/v1/companies/{companyId}', own).replace(/\{\w+\}/g, '1')
    for (const leaf of leavesOf(content.example)) {
      for (const name of names) {
        const there = await ask(method, address, withLeaf(content.example, leaf, name))
        const never = await ask(method, address, withLeaf(content.example, leaf, unlike(name)))
        asked += 1
        // What makes a new thing makes it under the one name as under the other.
        if (there.status !== never.status || there.code !== never.code)
          wrong.push(`${method} ${path} ${leaf.join('.')} ${name}: ${JSON.stringify([there, never])}`)
      }
    }
  }
  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(300)
  expect(await stateOfOther()).toBe(before)
})

test('in every filter, cursor and expansion', { timeout: 200_000 }, async () => {
  const before = await stateOfOther()
  const fresh = await newCompany(site, 'Empty')
  const wrong: string[] = []
  for (const { path, operation } of operations.filter(
    ({ method, path }) => method === 'get' && !/\{(?!companyId)/.test(path),
  )) {
    const address = path.replace('/api/v1/companies/{companyId}', fresh)
    for (const { name } of (operation.parameters ?? []).filter((one) => one.in === 'query')) {
      for (const value of names) {
        const query = new URLSearchParams({ [name]: value })
        const response = await site.get(`${address}?${query}`)
        const text = (await response.text()).replaceAll(value, '')
        if (response.status >= 500 || text.includes(marker))
          wrong.push(`${path} ${name}=${value}: ${response.status} ${text.slice(0, 200)}`)
      }
    }
  }
  expect(wrong).toEqual([])
  // A cursor of the other's page, taken along into the own company.
  const taken: string[] = []
  for (const path of ['documents', 'payments', 'customers', 'items', 'open-items', 'entries']) {
    const theirs = (await (await site.get(`/api/v1/companies/${otherId}/${path}?limit=1`)).json()) as {
      next: string | null
    }
    if (theirs.next === null) continue
    taken.push(path)
    const page = await site.get(`${fresh}/${path}?after=${encodeURIComponent(theirs.next)}`)
    expect(page.status).toBeLessThan(500)
    expect(await page.text()).not.toContain(marker)
  }
  expect(taken).toEqual(expect.arrayContaining(['documents', 'customers', 'entries']))
  expect(await stateOfOther()).toBe(before)
})
