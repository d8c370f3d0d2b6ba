import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inboxRound } from '../../src/jobs/work-inbox.ts'
import { keepOrigin } from '../../src/modules/identity/index.ts'
import { countinghouse } from '../support/command-line.ts'
import { codeOf, join, keyOf, nobody, type Person, password, personWith, signIn, tokenOf } from '../support/people.ts'
import { cookieOf, newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
let companyId: string
let accountant: Person
let letters: { recipient: string; subject: string; body: string }[] = []
const mailer = {
  send: async (letter: (typeof letters)[number]) => {
    letters.push(letter)
  },
}
const failing = { send: () => Promise.reject(new Error('no such host')) }
beforeAll(async () => {
  site = await openSite({ sendsMail: true })
  company = await newCompany(site)
  companyId = company.split('/').at(-1) as string
  accountant = await join(site, company, 'accountant')
  await inboxRound(site.database, mailer)
  letters = []
})
afterAll(() => site.close())

const outbox = (recipient: string) =>
  runSql<{ state: string; body: string }>(site.url, 'select state, body from mail_outbox where recipient = $1', [
    recipient,
  ])
const accept = (link: string, name = 'Ann') =>
  nobody(site).post('/api/v1/invitations/accept', { token: tokenOf(link), name, password })
const run = (words: string[], env: NodeJS.ProcessEnv = {}) =>
  countinghouse(site.url, words, { COUNTINGHOUSE_SMTP_URL: '', ...env })
const ofCompany = (...words: string[]) => run([...words, '--company', companyId])

describe('an invitation', () => {
  test('is sent to the invited person, whose link is good once; no copy of it is kept', async () => {
    const invited = await site.post(`${company}/invitations`, { email: 'Ann@Shop.example', permissionSet: 'read_only' })
    const { link, mailed } = (await invited.json()) as { link: string; mailed: boolean }
    expect(mailed).toBe(true)
    await inboxRound(site.database, mailer)
    expect(letters).toMatchObject([{ recipient: 'ann@shop.example', subject: expect.stringContaining('Invitation') }])
    const [body = ''] = letters.map((letter) => letter.body)
    expect(body).toContain(link)
    // Nothing else in it is a secret, or a person's.
    expect(body.replace(link, '')).not.toMatch(/password|http|key|user:/i)
    expect(await outbox('ann@shop.example')).toEqual([{ state: 'sent', body: '' }])
    const accepted = await accept(link)
    expect(accepted.status).toBe(200)
    // Whoever joins is signed in.
    const ann = personWith(site, 'ann@shop.example', { cookie: cookieOf(accepted) })
    expect((await ann.get(company)).status).toBe(200)
    expect(await codeOf(await accept(link))).toBe('link_not_valid')
  })

  test('is accepted also where the address is locked: then one signs in later', async () => {
    const invited = await site.post(`${company}/invitations`, {
      email: 'locked@shop.example',
      permissionSet: 'read_only',
    })
    const { link } = (await invited.json()) as { link: string }
    const wrong = { email: 'locked@shop.example', password: 'not the password of anybody' }
    for (let attempt = 0; attempt < 10; attempt += 1) await nobody(site).post('/api/v1/session', wrong)
    const accepted = await accept(link, 'Lock')
    expect([accepted.status, cookieOf(accepted)]).toEqual([200, ''])
  })

  test('whose letter is given up forgets its link, too', async () => {
    await site.post(`${company}/invitations`, { email: 'gone@shop.example', permissionSet: 'read_only' })
    await inboxRound(site.database, failing)
    expect((await outbox('gone@shop.example'))[0]).toMatchObject({
      state: 'waiting',
      body: expect.stringContaining('#'),
    })
    await runSql(
      site.url,
      `update mail_outbox set next_attempt_at = now(), written_at = now() - interval '4 days' where state = 'waiting'`,
    )
    await inboxRound(site.database, failing)
    expect(await outbox('gone@shop.example')).toEqual([{ state: 'given_up', body: '' }])
  })

  test('is written to nobody where no mail is set up', async () => {
    const quiet = await openSite()
    try {
      const at = await newCompany(quiet)
      const invited = await quiet.post(`${at}/invitations`, { email: 'q@shop.example', permissionSet: 'read_only' })
      expect(await invited.json()).toMatchObject({ mailed: false, link: expect.stringContaining('/join#') })
      expect(await runSql(quiet.url, 'select from mail_outbox')).toEqual([])
    } finally {
      await quiet.close()
    }
  })
})

describe('the command line', () => {
  test('writes links to where the server was last started, or to where a setting says', async () => {
    await keepOrigin(site.database, 'https://books.shop.example')
    const reset = (env: NodeJS.ProcessEnv = {}) => run(['user', 'reset', accountant.email], env)
    const kept = await reset()
    expect([kept.code, kept.stdout]).toEqual([
      0,
      expect.stringMatching(/^https:\/\/books\.shop\.example\/reset#\S+\n$/),
    ])
    const said = await reset({ COUNTINGHOUSE_URL: 'https://other.example' })
    expect(said.stdout).toMatch(/^https:\/\/other\.example\/reset#/)
    await runSql(site.url, 'update auth.installation set origin = null')
    expect((await reset({ PORT: '9123' })).stdout).toMatch(/^http:\/\/localhost:9123\/reset#/)
  })

  test('invites, lists, changes and ends people', async () => {
    const said = await ofCompany('people', 'invite', 'carl@shop.example', '--as', 'customer-service')
    expect([said.code, said.stderr]).toEqual([0, ''])
    expect((await accept(said.stdout.trim(), 'Carl')).status).toBe(200)
    expect((await ofCompany('people', 'list')).stdout).toMatch(/Carl +carl@shop\.example +customer_service/)
    const changed = await ofCompany('people', 'set', 'carl@shop.example', '--as', 'bookkeeper', '--json')
    expect(JSON.parse(changed.stdout).rows).toContainEqual(
      expect.objectContaining({ email: 'carl@shop.example', permissionSet: 'bookkeeper' }),
    )
    const carl = await signIn(site, 'carl@shop.example')
    expect((await ofCompany('people', 'end', 'carl@shop.example')).code).toBe(0)
    await expect.poll(async () => (await carl.get(company)).status).toBe(404)
    expect((await ofCompany('people', 'end', 'carl@shop.example')).lastLine).toContain('member_unknown')
    expect((await ofCompany('people', 'set', 'x@shop.example', '--as', 'king')).lastLine).toContain('--as is one of')
    expect((await ofCompany('people', 'invite', 'nobody', '--as', 'sales')).code).toBe(2)
  })

  test('writes to whoever it invites where mail is set up, and withdraws an invitation', async () => {
    letters = []
    const env = { COUNTINGHOUSE_SMTP_URL: 'smtp://localhost:1', COUNTINGHOUSE_MAIL_FROM: 'books@example.com' }
    const words = ['people', 'invite', 'dora@shop.example', '--as', 'sales', '--company', companyId, '--json']
    const { link, id } = JSON.parse((await run(words, env)).stdout) as { link: string; id: string }
    await inboxRound(site.database, mailer)
    expect(letters[0]?.body).toContain(link)
    expect((await ofCompany('people', 'invitations')).stdout).toMatch(/dora@shop\.example +sales +open +operator:/)
    expect((await ofCompany('people', 'withdraw', String(id))).code).toBe(0)
    expect(await codeOf(await accept(link))).toBe('link_not_valid')
    expect((await ofCompany('people', 'withdraw', String(id))).lastLine).toContain('invitation_unknown')
  })

  test('sets what needs a second person, and what loosens it waits', async () => {
    expect((await ofCompany('approval', 'rules')).stdout).toContain('Nothing needs a second person')
    const set = await ofCompany('approval', 'rule', 'journal', '--above', '1000.00')
    expect(set.stdout).toMatch(/journal +1000\.00 GBP +yes/)
    expect((await ofCompany('approval', 'rule', 'period-reopening', '--always')).stdout).toMatch(/every one/)
    expect((await ofCompany('approval', 'rule', 'journal', '--off')).stdout).toContain('waits for approval as request')
    expect((await ofCompany('approval', 'rules')).stdout).toMatch(/journal +1000\.00 GBP +yes/)
    expect((await ofCompany('approval', 'rule', 'journal')).code).toBe(2)
    expect((await ofCompany('approval', 'rule', 'journal', '--above', '1.001')).lastLine).toContain('input_invalid')
  })

  test('puts a journal up for approval, and a reversal', async () => {
    const fill = ['journal', 'fill', 'interest', '--on', '2024-01-31', '--set', 'amount=5000.00', '--reference', 'big']
    const said = await ofCompany(...fill)
    expect([said.code, said.stdout]).toEqual([0, expect.stringContaining('Another person must approve it, as request')])
    const { waiting } = JSON.parse((await ofCompany(...fill, '--json')).stdout) as { waiting: { id: string }[] }
    // An operator asked: somebody who signs in decides.
    expect((await accountant.post(`${company}/approvals/${waiting[0]?.id}/approve`)).status).toBe(200)
    expect((await ofCompany('journal', 'list')).stdout).toMatch(/big +posted/)
    expect((await ofCompany('journal', 'reverse', 'big')).stdout).toContain('Reversal of big')
    const draft = ['journal', 'fill', 'interest', '--on', '2024-02-29', '--set', 'amount=5000.00', '--reference', 'feb']
    await ofCompany(...draft, '--draft')
    expect((await ofCompany('journal', 'post', 'feb')).stdout).toContain('Draft feb of 2024-02-29')
  })
})

describe('the audit log of the installation', () => {
  type Page = {
    rows: { id: string; table: string; operation: string; before: object; after: object }[]
    next: string | null
  }
  const page = async (query = '') => (await (await site.get(`/api/v1/audit${query}`)).json()) as Page

  test('tells of people and links in pages, the latest first, and holds no secret', async () => {
    const all = await page('?limit=1000')
    expect(new Set(all.rows.map(({ table }) => table))).toEqual(new Set(['user', 'account', 'one_time_link']))
    expect(all.next).toBeNull()
    const ids = all.rows.map(({ id }) => Number(id))
    expect(ids).toEqual(ids.toSorted((a, b) => b - a))
    const first = await page('?limit=2')
    const second = await page(`?limit=2&after=${first.next}`)
    expect([...first.rows, ...second.rows].map(({ id }) => Number(id))).toEqual(ids.slice(0, 4))
    expect((await page('?table=user&limit=1000')).rows).toEqual(all.rows.filter(({ table }) => table === 'user'))
    for (const { table, after } of all.rows)
      if (table === 'account')
        expect(after).toMatchObject({ password: expect.stringMatching(/^\((hidden|changed)\)$/) })
  })

  test('is for the owner of the installation alone', async () => {
    const owner = await join(site, company, 'owner')
    for (const person of [owner, accountant, await keyOf(site, company, owner, ['audit.read'])])
      expect([(await person.get('/api/v1/audit')).status, person.email]).toEqual([403, person.email])
    expect((await nobody(site).get('/api/v1/audit')).status).toBe(401)
  })

  test('is told by the command line, of one or the other', async () => {
    const { rows } = JSON.parse((await run(['audit', '--installation', '--limit', '1000', '--json'])).stdout) as Page
    expect(rows.map(({ id }) => String(id))).toEqual((await page('?limit=1000')).rows.map(({ id }) => id))
    expect((await run(['audit', '--installation', '--company', companyId])).code).toBe(2)
    expect((await run(['audit'])).code).toBe(2)
  })
})
