import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApiDocument, Operation } from '../../src/http/api-document.ts'
import type { JsonSchema } from '../../src/http/api-example.ts'
import { join, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

/** How many requests: FUZZ says so; 20,000 in continuous integration. */
const runs = Number(process.env.FUZZ ?? (process.env.CI === 'true' ? 20_000 : 2_000))
const seed = Number(process.env.SEED ?? 1)
const atOnce = 4

/** What any request may be answered with, whatever it asks. */
const ofRequests = ['not_found', 'method_unknown', 'body_too_large', 'body_type', 'version_unknown', 'unexpected']

let site: Site
let company: string
/** Whose session the requests may end: whoever ended the one that asks would see nothing but 401 from then on. */
let leaver: Person
let schemas: Record<string, JsonSchema>
let operations: { method: string; path: string; operation: Operation }[]
beforeAll(async () => {
  // Nobody makes samples here: a company of two years that somebody asks for is refused as if another were being made.
  site = await openSite()
  company = await newCompany(site)
  await site.post(`${company}/items`, { requests: [{ code: 'MUG', name: 'Mug' }] })
  const line = { item: 'MUG', quantity: '1', unitPrice: '10.00' }
  const invoice = { number: 'INV-1', on: '2011-01-31', customer: { number: '17850' }, lines: [line] }
  await site.post(`${company}/invoices`, { requests: [invoice] })
  const document = (await (await site.get('/api/openapi.json')).json()) as ApiDocument
  schemas = document.components?.schemas ?? {}
  operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  )
  leaver = await join(site, company, 'accountant')
})
afterAll(() => site.close())

const nasty = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\u{1F4A9}',
  '\ud800',
  '💥'.repeat(300),
  'x'.repeat(10_000),
  "'; drop table company; --",
  '../../etc/passwd',
  '%00',
  '-1',
  '0',
  '9'.repeat(30),
  '1e309',
  'NaN',
  'null',
  '2011-02-30',
  '9999-12-31',
  '0001-01-01',
  '__proto__',
  'constructor',
  '<script>',
  '{}',
  '[]',
)
const usual = fc.constantFrom(
  '1',
  '2',
  '12.00',
  '2011-01-31',
  '2011-01',
  'GBP',
  'GB',
  'MUG',
  'INV-1',
  '17850',
  'sales',
  'expense',
  'bank',
  'receivable',
  'standard',
  '1200',
  'card',
)
const junk = fc.oneof(nasty, fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.bigInt().map(String))

/** Values of the form of a schema, mostly, and now and then of none. */
function arbitraryOf(schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: formOf(schema, depth) }, { weight: 1, arbitrary: junk })
}

function formOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant(null)
  if (schema.$ref !== undefined) return arbitraryOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, depth + 1)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices !== undefined) return fc.oneof(...choices.map((one) => arbitraryOf(one, depth + 1)))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return objectOf(schema, depth)
  if (type === 'array') return fc.array(arbitraryOf(schema.items ?? {}, depth + 1), { maxLength: 3 })
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer' || type === 'number')
    return fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(2 ** 31, 2 ** 53, -1, 0.5))
  if (type === 'null') return fc.constant(null)
  return arbitraryTextOf(schema)
}

function arbitraryTextOf({ pattern, format, example }: JsonSchema): fc.Arbitrary<string> {
  const own = typeof example === 'string' ? [fc.constant(example)] : []
  if (format === 'date')
    return fc.oneof(...own, fc.constantFrom('2011-01-31', '2024-02-29', '9999-12-31', '0001-01-01'))
  const fitting = pattern === undefined || pattern.length > 60 ? [] : [fc.stringMatching(new RegExp(pattern))]
  return fc.oneof(usual, ...own, ...fitting, fc.string({ maxLength: 20 }))
}

function objectOf({ properties = {}, required = [] }: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, arbitraryOf(one, depth + 1)]))
  const requiredKeys = required.filter((name) => Object.hasOwn(properties, name))
  const whole = fc.record(known, { requiredKeys })
  return fc.oneof(
    { weight: 12, arbitrary: whole },
    { weight: 1, arbitrary: fc.record(known, { requiredKeys: [] }) },
    {
      weight: 1,
      arbitrary: fc.tuple(whole, fc.dictionary(fc.string(), junk, { maxKeys: 2 })).map(([a, b]) => ({ ...a, ...b })),
    },
  )
}

const malformed = fc.constantFrom(
  '',
  '{',
  '{"requests":',
  '[[[',
  '['.repeat(5_000),
  '\0',
  'null',
  '0',
  '"x"',
  '{"a":1e400}',
  '{"requests":[null]}',
  '\ufeff{}',
)

type Input = {
  name: string
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
  documented: Set<string>
}

function inputOf({ method, path, operation }: (typeof operations)[number]): fc.Arbitrary<Input> {
  const parameters = (operation.parameters ?? []).filter(({ name }) => name !== 'Countinghouse-Version')
  const given = fc.tuple(
    ...parameters.map((one) => {
      const value = arbitraryOf(one.schema ?? {}).map((found) =>
        typeof found === 'string' ? found : (JSON.stringify(found) ?? ''),
      )
      if (one.name === 'companyId')
        return fc.oneof({ weight: 15, arbitrary: fc.constant('1') }, { weight: 1, arbitrary: value })
      return one.required ? value : fc.option(value, { nil: undefined })
    }),
  )
  const schema = operation.requestBody?.content?.['application/json']?.schema
  const body = fc.oneof(
    {
      weight: 12,
      arbitrary:
        schema === undefined ? fc.constant('x') : arbitraryOf(schema).map((found) => JSON.stringify(found) ?? ''),
    },
    { weight: 1, arbitrary: malformed },
  )
  const documented = new Set([
    ...ofRequests,
    ...Object.values(operation.responses).flatMap((one) => one['x-codes'] ?? []),
  ])
  return fc.tuple(given, body).map(([values, text]) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    const query = new URLSearchParams()
    let address = path
    for (const [index, { name, in: where }] of parameters.entries()) {
      const value = values[index]
      if (value === undefined) continue
      if (where === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value.toWellFormed()))
      else if (where === 'query') query.append(name, value.toWellFormed())
      else headers[name] = value.replace(/[^\x20-\x7e]/g, '?')
    }
    const isRead = method === 'get'
    const at = query.size > 0 ? `${address}?${query}` : address
    return {
      name: `${method} ${path}`,
      method: method.toUpperCase(),
      path: at,
      headers,
      body: isRead ? undefined : text,
      documented,
    }
  })
}

test(`no request of ${runs}, of seed ${seed}, makes the server fail, and each is declined by a code that its route documents`, async () => {
  const input = fc.oneof(...operations.map(inputOf))
  const once = operations.flatMap((one) => fc.sample(inputOf(one), { numRuns: 1, seed }))
  const inputs = [...once, ...fc.sample(input, { numRuns: runs, seed })][Symbol.iterator]()
  const before = process.memoryUsage().rss
  const statuses = new Map<number, number>()
  const ask = async ({ name, method, path, headers, body, documented }: Input): Promise<void> => {
    const ends = /\/session\/end$|\/me\/sessions\/[^/]+\/end$/.test(path.split('?')[0] ?? '')
    const asking = ends ? { ...headers, cookie: leaver.cookie } : headers
    const response = await site.app.request(
      new Request(`http://localhost:8080${path}`, { method, headers: asking, body: body ?? null }),
    )
    const text = await response.text()
    const told = `seed ${seed}: ${method} ${path.slice(0, 500)} ${JSON.stringify(headers).slice(0, 300)} ${body?.slice(0, 3000)}\n${text.slice(0, 800)}\n${site.logged.at(-1) ?? ''}`
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    expect(response.status, told).toBeLessThan(500)
    if (response.status < 400) return
    expect(response.headers.get('content-type'), told).toContain('application/problem+json')
    const { code } = JSON.parse(text) as { code: string }
    expect([...documented], `${name} answers ${code}, which it does not document. ${told}`).toContain(code)
  }
  const worker = async (): Promise<void> => {
    for (const one of inputs) await ask(one)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  expect(site.logged).toEqual([])
  expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0) + (statuses.get(207) ?? 0)).toBeGreaterThan(runs / 20)
  expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(600)
  const proof = (await (await site.get(`${company}/checks`)).json()) as { ok: boolean }
  expect(proof, JSON.stringify(proof).slice(0, 2_000)).toMatchObject({ ok: true })
}, 600_000)
