import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, join, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

/** What moves more lines than are tried again to be looked at, above a limit of 100. */
let site: Site
let company: string
let anna: Person
let bob: Person
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  anna = await join(site, company, 'accountant')
  bob = await join(site, company, 'accountant')
})
afterAll(() => site.close())

type Detail = { state: string; kept: boolean; lines: unknown[]; refusal: { code: string } | null }
const limit = async (above: string): Promise<void> => {
  const answer = await site.send('PUT', `${company}/approval-rules/journal`, { active: true, above })
  expect(answer.status).toBe(200)
}
const waiting = async (answer: Promise<Response>): Promise<{ id: string }> => {
  const response = await answer
  expect([response.status, response.status === 202 ? '' : await response.text()]).toEqual([202, ''])
  return (await response.json()) as { id: string }
}
const approve = (person: Person, { id }: { id: string }) => person.post(`${company}/approvals/${id}/approve`)
const decline = ({ id }: { id: string }) => bob.post(`${company}/approvals/${id}/decline`, { reason: 'no' })
const detail = async ({ id }: { id: string }): Promise<Detail> =>
  (await (await bob.get(`${company}/approvals/${id}`)).json()) as Detail
const merge = (from: string[], into: string) =>
  anna.post(`${company}/accounts/merges`, { from, into, reason: 'too fine' })
test('of more lines than are tried again, whoever decides sees what was tried when it was asked for, and approves just that', async () => {
  for (const code of ['8804', '8811', '8812']) {
    const account = { code, name: `Income ${code}`, class: 'income' }
    expect((await anna.post(`${company}/accounts`, account)).status).toBe(201)
  }
  const lines = Array.from({ length: 700 }, () => ({ account: '8811', amount: '-1.00' }))
  const ids: string[] = []
  for (const reference of ['MANY-1', 'MANY-2', 'MANY-3']) {
    const journal = { reference, date: '2024-01-15', lines: [{ role: 'bank', amount: '700.00' }, ...lines] }
    const posted = await anna.post(`${company}/entries`, journal)
    expect(posted.status).toBe(201)
    ids.push(((await posted.json()) as { entryId: string }).entryId)
  }
  await limit('100.00')
  const request = await waiting(merge(['8811'], '8812'))
  const asked = {
    kept: true,
    lineCount: 4_200,
    moves: [{ from: { code: '8811' }, to: { code: '8812' }, lines: 2_100, amount: { amount: '-2100.00' } }],
    refusal: null,
  }
  const seen = await detail(request)
  expect(seen).toMatchObject(asked)
  expect(seen.lines).toHaveLength(100)
  expect(await detail(request)).toEqual(seen)
  // One of them is moved meanwhile: it is not tried again to be looked at, so that is found when it is to be done.
  const date = '2024-01-16'
  const one = { requests: [{ entryId: ids[0], lineNo: 2, toAccount: '8804', date, reason: 'by hand' }] }
  expect((await anna.post(`${company}/reclassifications`, one)).status).toBe(201)
  expect(await detail(request)).toMatchObject(asked)
  const answer = await approve(bob, request)
  expect([answer.status, await codeOf(answer)]).toEqual([409, 'approval_outdated'])
  await decline(request)
  expect(await detail(request)).toMatchObject({ ...asked, state: 'declined' })
  const again = await waiting(merge(['8811'], '8812'))
  expect((await approve(bob, again)).status).toBe(200)
  expect(await detail(again)).toMatchObject({ kept: false, moves: [{ lines: 2_099 }] })
})

test('what is kept of a request says that it is outdated where rules have been added', async () => {
  const request = await waiting(merge(['8812'], '8811'))
  expect(await detail(request)).toMatchObject({ kept: true, refusal: null })
  await runSql(site.url, 'update approval_rule set active = false')
  const rules = [{ role: 'other_income', account: '8812' }]
  const applied = await anna.post(`${company}/mapping-rules/apply`, { rules, reason: 'its own account' })
  expect(applied.status).toBe(201)
  expect(await detail(request)).toMatchObject({ kept: true, refusal: { code: 'approval_outdated' } })
})
