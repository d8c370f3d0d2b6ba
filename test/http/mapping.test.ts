import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await tell('accounts', { code: '7501', name: 'Card fees', class: 'expense' })
  const fees = [{ method: 'card', reference: 'F1', on: '2011-01-13', net: '4.50' }]
  await tell('fees', { requests: fees })
})
afterAll(() => site.close())

async function tell(path: string, body: unknown, status = 201): Promise<Record<string, unknown>> {
  const response = await site.post(`${company}/${path}`, body)
  expect(response.status).toBe(status)
  return (await response.json()) as Record<string, unknown>
}

const rules = [{ role: 'payment_fees', account: '7501', paymentMethod: 'card' }]
const pounds = (amount: string) => ({ amount, currency: 'GBP' })

test('a change is previewed, applied, listed, and moves nothing twice', async () => {
  const preview = await tell('mapping-rules/preview', { rules }, 200)
  expect(preview).toMatchObject({
    lines: 1,
    moves: [
      { to: { code: '7501', name: 'Card fees' }, period: '2011-01', closed: false, lines: 1, amount: pounds('4.50') },
    ],
    samples: [{ lineNo: 1, date: '2011-01-13', document: null, amount: pounds('4.50'), to: '7501' }],
  })
  expect((preview.accounts as object[]).length).toBe(2)
  const applied = await tell('mapping-rules/apply', { rules, reason: 'apart' })
  expect(applied).toMatchObject({ lines: 1, entries: 1, amount: pounds('4.50') })
  expect(await tell('mapping-rules/apply', { rules: [], reason: 'again' })).toMatchObject({
    applicationId: null,
    lines: 0,
  })
  expect(await tell('mapping-rules/preview', { rules: [] }, 200)).toEqual({
    lines: 0,
    moves: [],
    accounts: [],
    samples: [],
  })
  const listed = (await (await site.get(`${company}/mapping-applications`)).json()) as { rows: object[] }
  expect(listed.rows).toMatchObject([{ id: applied.applicationId, reason: 'apart', lines: 1, entries: 1 }])
})

test('a version is only added to the one that its author has seen', async () => {
  const rule = { role: 'payment_fees', account: '7501' }
  type Listed = { rows: { paymentMethod: string | null }[] }
  // Of the rule for every way of paying: that for cards is another, with versions of its own.
  const versions = async () =>
    ((await (await site.get(`${company}/mapping-rules?role=payment_fees`)).json()) as Listed).rows.filter(
      ({ paymentMethod }) => paymentMethod === null,
    ).length
  const known = await versions()
  expect((await tell('mapping-rules', { ...rule, follows: known - 1 }, 412)).code).toBe('changed_meanwhile')
  const both = { rules: [rule, { ...rule, follows: known }], reason: 'both' }
  expect((await tell('mapping-rules/apply', both, 412)).code).toBe('changed_meanwhile')
  expect(await versions()).toBe(known)
  expect(await tell('mapping-rules', { ...rule, follows: known })).toMatchObject({ version: known + 1 })
  expect((await tell('mapping-rules', { ...rule, item: 'none', follows: 0 }, 404)).code).toBe('item_unknown')
})

test('what cannot be mapped is declined, and nothing of it stays', async () => {
  const before = (await (await site.get(`${company}/mapping-rules?role=sales`)).json()) as { rows: object[] }
  const wrong = { rules: [{ role: 'sales', account: '1100' }], reason: 'x' }
  expect((await tell('mapping-rules/apply', wrong, 422)).code).toBe('mapping_leaves_sub_ledger')
  expect((await tell('mapping-rules/preview', { rules: [{ role: 'sales', account: 'none' }] }, 404)).code).toBe(
    'account_unknown',
  )
  expect(await (await site.get(`${company}/mapping-rules?role=sales`)).json()).toEqual(before)
})

test('where a destination is, is said by who has read what was said of it', async () => {
  const name = (country: string, more: object = {}, status = 201) =>
    tell('destination-names', { requests: [{ name: 'Channel Islands', country, ...more }] }, status)
  const said = async () => ((await (await site.get(`${company}/destination-names`)).json()) as { rows: object[] }).rows
  expect(await name('JE', { from: null })).toEqual({ results: [{ name: 'Channel Islands', country: 'JE' }] })
  expect((await name('GG', { from: null }, 412)).code).toBe('changed_meanwhile')
  expect(await said()).toEqual([{ name: 'Channel Islands', country: 'JE' }])
  await name('JE', { from: null })
  await name('GG', { from: 'JE' })
  expect((await name('FR', { from: 'JE' }, 412)).code).toBe('changed_meanwhile')
  await name('FR')
  expect(await said()).toEqual([{ name: 'Channel Islands', country: 'FR' }])
})

test('the channels of a company are listed by code, and nobody else’s', async () => {
  const other = await newCompany(site)
  const idOf = (path: string) => path.split('/').at(-1)
  const add = 'insert into channel (company_id, code, name) values ($1, $2, $3)'
  for (const [of, code, name] of [
    [company, 'web', 'Shop'],
    [company, 'market', 'Market'],
    [other, 'theirs', 'Theirs'],
  ] as const)
    await runSql(site.url, add, [idOf(of), code, name])
  const { rows, next } = (await (await site.get(`${company}/channels`)).json()) as { rows: object[]; next: null }
  expect([rows, next]).toEqual([
    [
      { id: expect.any(String), code: 'market', name: 'Market' },
      { id: expect.any(String), code: 'web', name: 'Shop' },
    ],
    null,
  ])
  expect(await (await site.get(`${company}/channels?limit=1`)).json()).toMatchObject({ next: expect.any(String) })
})
