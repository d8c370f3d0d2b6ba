import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompany, type Tx } from '../../src/kernel/database.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

type Remedy = {
  code: string
  call: { method: string; path: string; body: { accounts: Record<string, string>[] } }
  inputs: { name: string }[]
}
type Decision = { kind: string; subject: string; count: number; amount: { amount: string }; remedies: Remedy[] }
type Import = {
  id: string
  state: string
  message: string
  problem: { code: string; decisions: Decision[] } | null
  check: {
    preview: { customer: unknown; lines: { account: string; name: string; amount: { amount: string } }[] }[]
  } | null
}

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

async function held(company: string, content: string, format: string): Promise<string> {
  const uploaded = await site.ask(`${company}/imports/files?name=books.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: content,
  })
  const { sha256 } = (await uploaded.json()) as { sha256: string }
  const files = [{ name: 'books.csv', sha256 }]
  return ((await (await site.post(`${company}/imports`, { files, start: false, format })).json()) as Import).id
}

async function move(company: string, id: string, action: string): Promise<Import> {
  expect((await site.post(`${company}/imports/${id}/${action}`, {})).status).toBe(202)
  for (;;) {
    const found = (await (await site.get(`${company}/imports/${id}`)).json()) as Import
    if (found.state !== 'running' && found.state !== 'checking') return found
    await new Promise((done) => setTimeout(done, 20))
  }
}

/** Sends a remedy's request with what a person says of its one account. */
async function choose({ call, inputs }: Remedy, said: Record<string, string>): Promise<number> {
  expect(Object.keys(said).map((name) => `accounts.0.${name}`)).toEqual(inputs.map(({ name }) => name))
  const body = { accounts: [{ ...call.body.accounts[0], ...said }] }
  return (await site.send(call.method.toUpperCase(), call.path, body)).status
}

const remedyOf = (request: Import, subject: string, code: string): Remedy =>
  request.problem?.decisions.find((one) => one.subject === subject)?.remedies.find((one) => one.code === code) as Remedy

const journal = `date,reference,account,amount
2011-01-31,a,Office rent,300.00
2011-01-31,a,Old bank,-300.00
2011-02-28,b,Office rent,310.00
2011-02-28,b,Old bank,-310.00
`
const opening = 'date,account,amount\n2010-12-31,Old bank,50.00\n2010-12-31,Old capital,-50.00\n'

test.each([
  ['journal', journal, ['Old bank', 'Office rent'], 2, '-610.00'],
  ['opening-balances', opening, ['Old bank', 'Old capital'], 1, '50.00'],
] as const)(
  'all accounts that a %s names and the chart lacks are told at once, chosen or added there, and posted to',
  async (format, content, names, count, amount) => {
    const company = await newCompany(site)
    const id = await held(company, content, format)
    const stopped = await move(company, id, 'check')
    expect(stopped).toMatchObject({ state: 'uploaded', check: null, problem: { code: 'accounts_unknown' } })
    for (const name of names) expect(stopped.message).toContain(name)
    const found = stopped.problem?.decisions ?? []
    expect(new Set(found.map(({ subject }) => subject))).toEqual(new Set(names))
    expect(found.find(({ subject }) => subject === 'Old bank')).toMatchObject({ count, amount: { amount } })
    expect(found[0]?.remedies.map(({ code }) => code)).toEqual(['is_account', 'add_account'])

    const other = names.find((name) => name !== 'Old bank') as string
    const accountClass = format === 'journal' ? 'expense' : 'equity'
    expect(await choose(remedyOf(stopped, 'Old bank', 'is_account'), { account: '1200' })).toBe(200)
    const added = { account: 'OLD-1', name: `${other}, earlier books`, class: accountClass }
    expect(await choose(remedyOf(stopped, other, 'add_account'), added)).toBe(200)
    const ready = await move(company, id, 'check')
    expect(ready).toMatchObject({ state: 'ready', problem: null })
    expect(ready.check?.preview[0]?.lines.map(({ account }) => account)).toContain('OLD-1')
    // What a check adds is taken back with the rest of it.
    expect((await site.get(`${company}/accounts/OLD-1`)).status).toBe(404)
    const would = (await (await site.get(`${company}/imports/${id}/trial-balance`)).json()) as {
      rows: { account: string }[]
    }
    expect(would.rows.map(({ account }) => account)).toEqual(['1200', 'OLD-1'])
    expect(await move(company, id, 'run')).toMatchObject({ state: 'done' })
    expect(await (await site.get(`${company}/accounts/OLD-1`)).json()).toMatchObject({
      class: accountClass,
      name: added.name,
    })
  },
)

test('an account that is chosen and is not there stops the check, and can be chosen anew', async () => {
  const company = await newCompany(site)
  const id = await held(company, opening, 'opening-balances')
  const choices = (account: string) => ({
    accounts: [
      { legacyAccount: 'Old bank', account },
      { legacyAccount: 'Old capital', account: '3000' },
    ],
  })
  await site.send('PUT', `${company}/imports/${id}/accounts`, choices('9999'))
  expect(await move(company, id, 'check')).toMatchObject({ state: 'uploaded', problem: { code: 'account_unknown' } })
  await site.send('PUT', `${company}/imports/${id}/accounts`, choices('1200'))
  expect(await move(company, id, 'check')).toMatchObject({ state: 'ready' })
  // What is said now was not checked.
  const changed = await site.send('PUT', `${company}/imports/${id}/accounts`, choices('1210'))
  expect(await changed.json()).toMatchObject({ state: 'uploaded', accounts: choices('1210').accounts })
})

test('of two who choose accounts at the same moment each is heard', async () => {
  const company = await newCompany(site)
  const id = await held(company, opening, 'opening-balances')
  const choose = (legacyAccount: string, account: string) =>
    site.send('PUT', `${company}/imports/${id}/accounts`, { accounts: [{ legacyAccount, account }] })
  const companyId = BigInt(company.split('/').at(-1) as string)
  const chosen = await inCompany(site.database, companyId, async (tx) => {
    await tx.query('select from import_request where company_id = $1 and id = $2 for update', [companyId, id])
    const both = [choose('Old bank', '1200'), choose('Old capital', '3000')]
    await waiting(tx, both.length)
    return both
  })
  for (const response of await Promise.all(chosen)) expect(response.status).toBe(200)
  const { accounts } = (await (await site.get(`${company}/imports/${id}`)).json()) as {
    accounts: { account: string }[]
  }
  expect(accounts.map(({ account }) => account).sort()).toEqual(['1200', '3000'])
})

/** Until so many wait, one behind the other, for what the transaction has locked. */
async function waiting(tx: Tx, wanted: number): Promise<void> {
  for (;;) {
    const found = await tx.query(
      `select distinct pid from pg_locks where not granted and (pg_backend_pid() = any (pg_blocking_pids(pid))
         or locktype = 'tuple' and database = (select oid from pg_database where datname = current_database()))`,
    )
    if (found.length >= wanted) return
  }
}
