import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiVersion, apiVersions } from '../../src/http/versions.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

const accounts = '/api/v1/companies/{companyId}/accounts'

/** Once an account's name was its title, and before that its label; lists were bare arrays under `accounts`. */
const versions: ApiVersion[] = [
  { date: '2020-01-01', changes: [] },
  {
    date: '2021-01-01',
    changes: [
      {
        routes: [`post ${accounts}`, `get ${accounts}/{code}`],
        description: 'label became title',
        request: (body) => renamed(body, 'label', 'title'),
        response: (body) => renamed(body, 'title', 'label'),
      },
    ],
  },
  {
    date: '2022-01-01',
    changes: [
      {
        routes: [`post ${accounts}`, `get ${accounts}/{code}`],
        description: 'title became name',
        request: (body) => renamed(body, 'title', 'name'),
        response: (body) => renamed(body, 'name', 'title'),
      },
      {
        routes: [`get ${accounts}`],
        description: 'accounts became rows',
        response: (body) => renamed(body, 'rows', 'accounts'),
      },
    ],
  },
]

function renamed(body: unknown, from: string, to: string): unknown {
  if (typeof body !== 'object' || body === null) return body
  const { [from]: value, ...rest } = body as Record<string, unknown>
  return value === undefined ? body : { ...rest, [to]: value }
}

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite({ versions })
  company = await newCompany(site)
})
afterAll(() => site.close())

const at = (date: string) => ({ 'countinghouse-version': date })

test('each version asks and is answered in its own words, and the work is the same', async () => {
  for (const [code, date, name] of [
    ['9001', '2020-01-01', 'label'],
    ['9002', '2021-01-01', 'title'],
    ['9003', '2022-01-01', 'name'],
  ] as const) {
    const created = await site.post(`${company}/accounts`, { code, class: 'expense', [name]: 'Tea' }, at(date))
    expect([created.status, created.headers.get('countinghouse-version')]).toEqual([201, date])
    expect(await created.json()).toMatchObject({ code, [name]: 'Tea' })
    const read = await site.get(`${company}/accounts/${code}`, at(date))
    expect(Object.keys((await read.json()) as object)).toContain(name)
    expect(await (await site.get(`${company}/accounts/${code}`)).json()).toMatchObject({ code, name: 'Tea' })
  }
  expect(await (await site.get(`${company}/accounts`, at('2021-01-01'))).json()).toHaveProperty('accounts')
  expect(await (await site.get(`${company}/accounts`)).json()).toHaveProperty('rows')
})

test('a request of another version is refused as itself, and a key is not mixed up between versions', async () => {
  const label = { code: '9004', class: 'expense', label: 'Tea' }
  const refused = await site.post(`${company}/accounts`, label)
  expect(await refused.json()).toMatchObject({ code: 'input_invalid' })
  const keyed = { 'idempotency-key': 'tea', ...at('2020-01-01') }
  const first = await site.post(`${company}/accounts`, label, keyed)
  const again = await site.post(`${company}/accounts`, label, keyed)
  expect([first.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
  expect(await again.json()).toEqual(await first.json())
  expect((await site.post(`${company}/accounts`, '{"code":', at('2020-01-01'))).status).toBe(400)
})

test('problems are the same in every version, and a version that nobody knows is one', async () => {
  const missing = await site.get(`${company}/accounts/none`, at('2020-01-01'))
  expect(await missing.json()).toMatchObject({ code: 'account_unknown' })
  const response = await site.get(`${company}/accounts`, at('2019-01-01'))
  expect(response.status).toBe(400)
  const problem = (await response.json()) as { code: string; detail: string }
  expect(problem.code).toBe('version_unknown')
  for (const { date } of versions) expect(problem.detail).toContain(date)
})

test('the versions of the product are days in order, and the first changed nothing', () => {
  const dates = apiVersions.map(({ date }) => date)
  expect(dates).toEqual([...new Set(dates)].sort())
  for (const date of dates) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  expect(apiVersions[0]?.changes).toEqual([])
})
