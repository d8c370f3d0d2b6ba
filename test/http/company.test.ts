import { setImmediate as moment } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { postJournals } from '../../src/modules/journal/index.ts'
import { codeOf, join } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site, 'Garden Gifts')
})
afterAll(() => site.close())

const change = (body: object, headers: Record<string, string> = {}) => site.send('PATCH', company, body, headers)

async function post(): Promise<void> {
  const lines = [
    { role: 'bank', amount: '1.00' },
    { role: 'share_capital', amount: '-1.00' },
  ]
  const entry = { reference: 'first', date: '2024-01-15', description: 'First', lines }
  expect((await site.post(`${company}/entries`, entry)).status).toBe(201)
}

test('a company is called otherwise, gets another time zone and, before its first entry, another fiscal year', async () => {
  const changed = await change({ name: '  Garden & Gifts ', timeZone: 'Europe/Dublin', fiscalYearStartMonth: 4 })
  const expected = { name: 'Garden & Gifts', timeZone: 'Europe/Dublin', fiscalYearStartMonth: 4, country: 'GB' }
  expect([changed.status, await changed.json()]).toEqual([200, expect.objectContaining(expected)])
  expect(await (await site.get(company)).json()).toMatchObject(expected)
  const log = (await (await site.get(`${company}/audit-log?table=company`)).json()) as { rows: object[] }
  expect(JSON.stringify(log.rows)).toContain('Europe/Dublin')
})

test('the audit log says which accounts its rows name by their ids', async () => {
  const of = async (table: string) =>
    (await (await site.get(`${company}/audit-log?limit=5&table=${table}`)).json()) as {
      rows: { after: { account_id?: number }; accounts: Record<string, { code: string; name: string }> }[]
    }
  const [rule] = (await of('mapping_rule')).rows
  const named = rule?.accounts[String(rule.after.account_id)]
  expect(named).toEqual({ code: expect.stringMatching(/^\d+$/), name: expect.stringMatching(/\w/) })
  expect((await of('company')).rows[0]?.accounts).toEqual({})
})

test('and what else they name: a rule its item and tax code, a membership its person', async () => {
  expect((await site.post(`${company}/items`, { requests: [{ code: 'MUG', name: 'Mug' }] })).status).toBe(201)
  const rule = { role: 'sales', item: 'MUG', taxCode: 'standard', account: '4010' }
  expect((await site.post(`${company}/mapping-rules`, rule)).status).toBe(201)
  const clerk = await join(site, company, 'bookkeeper')
  const newest = async (query: string) => {
    const answer = await site.get(`${company}/audit-log?limit=1&${query}`)
    const { rows } = (await answer.json()) as { rows: { after: Record<string, unknown>; names: object }[] }
    return rows[0] as (typeof rows)[0]
  }
  const { after, names } = await newest('table=mapping_rule')
  expect(names).toEqual({
    [`item_id ${after.item_id}`]: 'MUG Mug',
    [`tax_code_id ${after.tax_code_id}`]: expect.stringMatching(/^standard /),
  })
  const member = await newest('area=people&table=membership')
  expect(member.names).toEqual({ [`user_id ${member.after.user_id}`]: expect.stringMatching(/^bookkeeper/) })
  expect(clerk.email).toMatch(/^bookkeeper/)
})

test.each([
  [{ name: ' ' }, 'input_invalid'],
  [{ timeZone: 'Mars/Olympus' }, 'time_zone_unknown'],
  [{ fiscalYearStartMonth: 13 }, 'input_invalid'],
  [{ country: 'DE' }, 'company_fixed'],
  [{ baseCurrency: 'EUR' }, 'company_fixed'],
  [{ chart: 'de' }, 'company_fixed'],
  [{ sealedAs: '1' }, 'input_invalid'],
])('%j is refused as %s', async (body, code) => {
  const before = await (await site.get(company)).json()
  expect(await codeOf(await change(body))).toBe(code)
  expect(await (await site.get(company)).json()).toEqual(before)
})

test('what is given as it is, is no change', async () => {
  expect((await change({ country: 'GB', baseCurrency: 'GBP', chart: 'uk' })).status).toBe(200)
})

test('only who has read what it says now changes it', async () => {
  const tag = (await site.get(company)).headers.get('etag') as string
  expect((await change({ name: 'Theirs' }, { 'if-match': tag })).status).toBe(200)
  const late = await change({ name: 'Mine' }, { 'if-match': tag })
  expect([late.status, await codeOf(late)]).toEqual([412, 'changed_meanwhile'])
  expect(await (await site.get(company)).json()).toMatchObject({ name: 'Theirs' })
})

test('only an owner changes it', async () => {
  const accountant = await join(site, company, 'accountant')
  expect(await codeOf(await accountant.send('PATCH', company, { name: 'Mine now' }))).toBe('not_permitted')
})

test('once something is posted its fiscal year stays, by the command and by the database; its name does not', async () => {
  await post()
  expect(await codeOf(await change({ fiscalYearStartMonth: 1 }))).toBe('company_fixed')
  expect((await change({ name: 'Garden Gifts', fiscalYearStartMonth: 4 })).status).toBe(200)
  for (const other of [`country = 'DE'`, `base_currency = 'EUR'`, `chart = 'de'`, 'fiscal_year_start_month = 1'])
    await expect(
      runSql(site.url, `update company set ${other} where id = $1`, [company.split('/').at(-1)]),
    ).rejects.toMatchObject({ constraint: 'company_fixed' })
})

test('whoever posts the first entry at that moment is waited for, also by what goes past the command', async () => {
  const id = BigInt((await newCompany(site, 'Racing')).split('/').at(-1) as string)
  const posted = Promise.withResolvers<void>()
  const seen = Promise.withResolvers<void>()
  const posting = inCompany(site.database, id, async (tx) => {
    const lines = [
      { role: 'bank' as const, amountMinor: 100n },
      { role: 'share_capital' as const, amountMinor: -100n },
    ]
    await postJournals(tx, [{ reference: 'first', date: accountingDate('2024-01-15'), description: 'First', lines }])
    posted.resolve()
    await seen.promise
  })
  await posted.promise
  const update = 'update company set fiscal_year_start_month = 4 where id = $1'
  const changed = runSql(site.url, update, [id]).then(
    () => 'changed',
    ({ constraint }) => constraint,
  )
  let ended = false
  void changed.finally(() => {
    ended = true
  })
  const waits = `select from pg_stat_activity where wait_event = 'advisory' and query = $1`
  while (!ended && (await runSql(site.url, waits, [update])).length === 0) await moment()
  seen.resolve()
  await posting
  expect(await changed).toBe('company_fixed')
})
