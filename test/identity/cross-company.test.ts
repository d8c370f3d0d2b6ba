import { afterAll, beforeAll, expect, test } from 'vitest'
import { routesAsked } from '../../tools/docs/permission-page.ts'
import { idOf, join, keyOf, type Person } from '../support/people.ts'
import { newCompany, openSite, orderExport, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

/**
 * Two companies that have nobody in common. Whoever belongs to one asks for things of the other, by every route of the API document and with
 * every kind of id: in the other's address, and in their own address with the other's ids. Each answer is word for word the one for what does
 * not exist at all.
 */
let site: Site
let own: string
let other: string
let person: Person
let key: Person
let foreign: Record<string, string[]>

const nowhere = '987654321012345'
const routes = routesAsked().filter(({ path }) => path.startsWith('/api/v1/companies/{companyId}'))

beforeAll(async () => {
  site = await openSite()
  own = await newCompany(site, 'Own')
  // The ids of the other company are larger than any of the own, so that none of them means something in both.
  await runSql(
    site.url,
    `do $$ declare s record; begin
       for s in select sequencename, schemaname from pg_sequences where schemaname in ('public', 'auth') loop
         perform setval(format('%I.%I', s.schemaname, s.sequencename), 700000); end loop; end $$`,
  )
  person = await join(site, own, 'owner')
  key = await keyOf(site, own, person, [
    'company.read',
    'reports.read',
    'journal.read',
    'settings.write',
    'imports.read',
  ])
  other = await newCompany(site, 'Other')
  await fill(other)
  foreign = await idsOf(other)
})
afterAll(() => site.close())

/** One of everything that has an id of its own. */
async function fill(company: string): Promise<void> {
  const must = async (response: Promise<Response>): Promise<Response> => {
    const answer = await response
    if (!answer.ok) throw new Error(await answer.text())
    return answer
  }
  const journal = {
    reference: 'J1',
    date: '2024-01-15',
    lines: [
      { role: 'bank', amount: '10.00' },
      { role: 'sales', amount: '-10.00' },
    ],
  }
  await must(site.post(`${company}/entries`, journal))
  await must(site.send('PUT', `${company}/approval-rules/journal`, { active: true, above: '5.00' }))
  await must(site.post(`${company}/entries`, { ...journal, reference: 'J2' }))
  await must(site.post(`${company}/invitations`, { email: 'guest@shop.example', permissionSet: 'sales' }))
  await must(site.post(`${company}/api-keys`, { name: 'Key', scopes: ['reports.read'], days: 1 }))
  const uploaded = await must(
    site.send('POST', `${company}/imports/files?name=orders.csv`, orderExport, { 'content-type': 'text/csv' }),
  )
  const { sha256 } = (await uploaded.json()) as { sha256: string }
  const started = await must(
    site.post(`${company}/imports`, {
      format: 'online-retail',
      files: [{ name: 'orders.csv', sha256 }],
      dryRun: false,
    }),
  )
  const at = `${company}/imports/${await idOf(started)}`
  for (let state = 'running'; state === 'running'; ) {
    await new Promise((later) => setTimeout(later, 50))
    ;({ state } = (await (await site.get(at)).json()) as { state: string })
    if (state === 'failed') throw new Error('the import failed')
  }
}

/** Every id, code and number of a company, from every column that could be asked for: by the tables themselves. */
async function idsOf(company: string): Promise<Record<string, string[]>> {
  const companyId = company.split('/').at(-1) as string
  const columns = await runSql<{ schema: string; name: string; column: string }>(
    site.url,
    `select table_schema as schema, table_name as name, column_name as column from information_schema.columns c
       where table_schema in ('public', 'auth') and column_name in ('id', 'code', 'number', 'reference', 'user_id')
         and exists (select from information_schema.columns k
           where k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = 'company_id')
         and exists (select from information_schema.tables t where t.table_schema = c.table_schema and t.table_name = c.table_name
           and t.table_type = 'BASE TABLE')`,
  )
  const ids: Record<string, string[]> = {}
  for (const { schema, name, column } of columns) {
    const rows = await runSql<{ value: string }>(
      site.url,
      `select distinct "${column}"::text as value from ${schema}."${name}" where company_id = $1 and "${column}" is not null limit 3`,
      [companyId],
    )
    if (rows.length > 0) ids[`${name}.${column}`] = rows.map(({ value }) => value)
  }
  return ids
}

type Asked = { status: number; text: string; type: string | null }

async function ask(who: Person, method: string, address: string): Promise<Asked> {
  const bodies: Record<string, object> = {
    reopen: { reason: 'because' },
    decline: { reason: 'no' },
    reverse: { date: '2024-01-20' },
  }
  const body = bodies[address.split('/').at(-1) ?? ''] ?? {}
  const response = method === 'get' ? await who.get(address) : await who.send(method.toUpperCase(), address, body)
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') }
}

/** An answer without the id that was asked for, which it may name. */
const without = ({ text, ...answer }: Asked, id: string): Asked => ({ ...answer, text: text.replaceAll(id, 'ID') })

test('there is something of every kind to ask for', () => {
  expect(Object.keys(foreign)).toEqual(
    expect.arrayContaining([
      'account.id',
      'account.code',
      'account_group.id',
      'api_key.id',
      'approval_request.id',
      'exception.id',
      'import_request.id',
      'import_run.id',
      'invitation.id',
      'item.id',
      'item.code',
      'journal_entry.id',
      'mapping_rule.id',
      'membership.user_id',
      'open_item.id',
      'party.id',
      'sales_document.id',
      'tax_code.id',
    ]),
  )
  expect(routes.length).toBeGreaterThan(50)
})

test('the other company answers, by every route, as one that does not exist', async () => {
  const otherId = other.split('/').at(-1) as string
  const wrong: string[] = []
  for (const who of [person, key]) {
    for (const { method, path } of routes) {
      const at = (id: string) => path.replace('{companyId}', id).replace(/\{\w+\}/g, '1')
      const there = without(await ask(who, method, at(otherId)), otherId)
      const never = without(await ask(who, method, at(nowhere)), nowhere)
      if (there.status !== 404 || there.text !== never.text || there.type !== never.type)
        wrong.push(`${method} ${path}: ${there.status} ${there.text} instead of ${never.text}`)
    }
  }
  expect(wrong).toEqual([])
})

// Thousands of requests: a busy machine takes its time.
test('ids of the other company answer, in the own one, as ids that do not exist', { timeout: 300_000 }, async () => {
  const ownIds = await idsOf(own)
  const mine = new Set(Object.values(ownIds).flat())
  const wrong: string[] = []
  let asked = 0
  for (const { method, path } of routes.filter(({ path }) => /\{(?!companyId)/.test(path))) {
    for (const [kind, values] of Object.entries(foreign)) {
      for (const id of values.filter((value) => !mine.has(value)).slice(0, 1)) {
        const at = (value: string) =>
          path.replace('/api/v1/companies/{companyId}', own).replace(/\{\w+\}/g, encodeURIComponent(value))
        const never = /^[0-9]+$/.test(id) ? nowhere.slice(0, id.length) : `zz${id}`
        const there = without(await ask(person, method, at(id)), id)
        const nothing = without(await ask(person, method, at(never)), never)
        asked += 1
        if (there.status < 400 || there.status >= 500 || JSON.stringify(there) !== JSON.stringify(nothing))
          wrong.push(
            `${method} ${path} with ${kind} ${id}: ${JSON.stringify(there)} instead of ${JSON.stringify(nothing)}`,
          )
      }
    }
  }
  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(200)
})

test('nothing of the other company was touched', async () => {
  const state = await runSql<{ state: string }>(
    site.url,
    `select (select string_agg(state, ',') from approval_request) || ' ' || (select count(*) from auth.invitation where withdrawn_at is not null)
       || ' ' || (select count(*) from auth.api_key where revoked_at is not null) as state`,
  )
  expect(state[0]?.state).toBe('pending 0 0')
})
