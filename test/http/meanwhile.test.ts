import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, join, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

/** Whoever changes what somebody else has changed since it was read is told, and nothing is lost. */
let site: Site
let company: string
let anna: Person
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  anna = await join(site, company, 'accountant')
})
afterAll(() => site.close())

const expectChanged = async (answer: Response): Promise<void> =>
  expect([answer.status, await codeOf(answer)]).toEqual([412, 'changed_meanwhile'])
const expectDone = async (answer: Response): Promise<void> =>
  expect([answer.status < 300, answer.status < 300 ? '' : await answer.text()]).toEqual([true, ''])

test('what a member may do', async () => {
  const { rows } = (await (await site.get(`${company}/people`)).json()) as { rows: { userId: number; email: string }[] }
  const id = rows.find(({ email }) => email === anna.email)?.userId
  const change = (permissionSet: string, from?: string) =>
    site.send('PATCH', `${company}/people/${id}`, { permissionSet, ...(from && { from }) })
  await expectDone(await change('warehouse', 'accountant'))
  await expectChanged(await change('bookkeeper', 'accountant'))
  await expectDone(await change('accountant'))
})

test('a bank account', async () => {
  const details = { holder: 'Shop', bank: 'Bank', currency: 'GBP', sortCode: '20-00-00', accountNumber: '55779911' }
  const put = (change: object, ifMatch: string | null) =>
    site.send('PUT', `${company}/bank-accounts/main`, { ...details, ...change }, ifMatch ? { 'if-match': ifMatch } : {})
  const read = async () => (await site.get(`${company}/bank-accounts`)).headers.get('etag')
  const empty = await read()
  await expectDone(await put({}, empty))
  await expectChanged(await put({ holder: 'Shop Ltd' }, empty))
  await expectDone(await put({ holder: 'Shop Ltd' }, await read()))
  await expectDone(await put({ holder: 'Shop & Co' }, null))
})

test('a recurring journal', async () => {
  const definition = {
    description: 'Rent {month}',
    parameters: [{ name: 'amount', kind: 'amount', label: 'Rent' }],
    lines: [
      { role: 'payroll', side: 'debit', amount: 'amount' },
      { role: 'bank', side: 'credit', rest: true },
    ],
  }
  await expectDone(
    await site.post(`${company}/journal-templates`, { requests: [{ name: 'rent', title: 'Rent', definition }] }),
  )
  const template = { template: 'rent', parameters: { amount: '10.00' } }
  const schedule = { every: 'month', startsOn: '2030-01-01' }
  const begun = await site.post(`${company}/recurring-journals`, {
    requests: [{ name: 'rent', ...template, ...schedule }],
  })
  const change = (what: string, from?: string) =>
    site.post(`${company}/recurring-journals/changes`, {
      requests: [{ name: 'rent', change: what, on: '2030-01-01', ...(from && { from }) }],
    })
  await expectDone(begun)
  await expectDone(await change('pause', 'active'))
  await expectChanged(await change('end', 'active'))
  await expectDone(await change('resume', 'paused'))
})

const rules = [
  ['destination-rules', { destination: 'NO', taxCode: 'standard' }, { destination: 'CH' }],
  [
    'line-code-rules',
    { source: 'orders', priority: 9, pattern: 'X1', standsFor: 'item', role: 'sales', taxed: true },
    { pattern: 'X2' },
  ],
  [
    'source-name-rules',
    { source: 'orders', about: 'payment', priority: 9, pattern: 'Till', standsFor: 'cash' },
    { pattern: 'Box' },
  ],
  ['posting-day-rules', { source: 'orders', basis: 'document' }, { channel: 'web' }],
] as const

test.each(rules)('the next version of one of the %s', async (path, rule, other) => {
  const add = (more: object) => site.post(`${company}/${path}`, { ...rule, ...more })
  const newest = async (): Promise<number> => {
    const answer = await add({})
    await expectDone(answer.clone())
    return Math.max(...((await answer.json()) as { rows: { version: number }[] }).rows.map(({ version }) => version))
  }
  const seen = await newest()
  await expectDone(await add({ follows: seen }))
  await expectChanged(await add({ follows: seen }))
  await expectChanged(await add({ follows: 0 }))
  // Another rule has versions of its own, and what was refused has left none.
  await expectDone(await add({ ...other, follows: 0 }))
  await expectDone(await add({ follows: seen + 1 }))
})
