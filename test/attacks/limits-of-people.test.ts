import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { permissionSets } from '../../src/kernel/permissions.ts'
import { codeOf, join, keyOf, nobody, type Person, password, signIn, tokenOf } from '../support/people.ts'
import { cookieOf, newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site, 'Shop')
  const lines = [
    { role: 'bank', amount: '4711.00' },
    { role: 'share_capital', amount: '-4711.00' },
  ]
  expect((await site.post(`${company}/entries`, { reference: 'J1', date: '2024-01-15', lines })).status).toBe(201)
})
afterAll(() => site.close())

const figures = /4,711|4711/

describe('the first page', () => {
  test.each(Object.keys(permissionSets) as (keyof typeof permissionSets)[])(
    'holds no figure itself: %s gets those that the API gives them',
    async (set) => {
      const person = await join(site, company, set)
      const page = await person.get('/', { accept: 'text/html' })
      expect(page.status).toBe(200)
      expect(await page.text()).not.toMatch(figures)
    },
  )
})

describe('whoever has found a session', () => {
  const asks = (path: string, body: (wrong: string) => object) => [path, body] as const
  test.each([
    asks('/api/v1/me/password', (current) => ({ current, next: 'a third sentence nobody knows' })),
    asks('/api/v1/me/second-factor', (wrong) => ({ password: wrong })),
    asks('/api/v1/me/second-factor/end', (wrong) => ({ password: wrong })),
    asks('/api/v1/me/recovery-codes', (wrong) => ({ password: wrong })),
  ])('cannot try passwords out by %s', async (path, body) => {
    const person = await join(site, company, 'sales')
    const codes: string[] = []
    for (let n = 0; n < 12; n += 1) codes.push(await codeOf(await person.post(path, body(`wrong words ${n}`))))
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('password_wrong'))
    expect(codes.slice(10)).toEqual(['sign_in_locked', 'sign_in_locked'])
    expect(await codeOf(await person.post(path, body(password)))).toBe('sign_in_locked')
    await runSql(site.url, 'delete from auth.sign_in_guard')
  })
})

describe('the lock of an address', () => {
  test('is the same however the address is written, and from wherever it is said to come', async () => {
    const person = await join(site, company, 'sales')
    const attempt = (n: number, email: string) => {
      const headers = {
        'x-forwarded-for': `203.0.113.${n}`,
        'x-real-ip': `203.0.113.${n}`,
        forwarded: `for=10.0.0.${n}`,
      }
      return nobody(site).post('/api/v1/session', { email, password: `wrong words ${n}` }, headers)
    }
    for (const blank of [` ${person.email} `, `${person.email}\t`]) expect((await attempt(0, blank)).status).toBe(400)
    const ways = [person.email, person.email.toUpperCase(), person.email.replace('s', 'S')]
    const codes: string[] = []
    for (let n = 0; n < 12; n += 1) codes.push(await codeOf(await attempt(n, ways[n % ways.length] as string)))
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('sign_in_failed'))
    expect(codes.slice(10)).toEqual(['sign_in_locked', 'sign_in_locked'])
    const right = await nobody(site).post('/api/v1/session', { email: person.email, password })
    expect(await codeOf(right)).toBe('sign_in_locked')
    await runSql(site.url, 'delete from auth.sign_in_guard')
  })
})

describe('an answer that is kept for a key of idempotency', () => {
  test('is given to nobody who may not do what it answers', async () => {
    const owner = await join(site, company, 'owner')
    const reading = await keyOf(site, company, owner, ['journal.read'])
    const other = await join(site, company, 'read_only')
    const headers = { 'idempotency-key': 'of the owner' }
    const body = { code: '9901', name: 'Secret account', class: 'expense' }
    expect((await owner.post(`${company}/accounts`, body, headers)).status).toBe(201)
    for (const person of [reading, other]) {
      const replayed = await person.post(`${company}/accounts`, body, headers)
      expect([replayed.status, await codeOf(replayed)]).toEqual([403, 'not_permitted'])
    }
    const colleague = await join(site, company, 'owner')
    expect(await codeOf(await colleague.post(`${company}/accounts`, body, headers))).toBe('idempotency_key_reused')
  })

  test('of an item is none of the key of a request, nor the other way round', async () => {
    const item = { requests: [{ code: 'A1', name: 'A' }], idempotencyKeys: ['twin'] }
    expect((await site.post(`${company}/items?mode=each`, item)).status).toBe(207)
    const account = { code: '9902', name: 'Account', class: 'expense' }
    const direct = await site.post(`${company}/accounts`, account, { 'idempotency-key': 'twin' })
    expect(direct.status).toBe(201)
    const crossing = await site.post(
      `${company}/accounts`,
      { ...account, code: '9903' },
      { 'idempotency-key': 'item twin' },
    )
    // At worst it is refused: what the item was answered is never the answer.
    expect([201, 422]).toContain(crossing.status)
    expect(await crossing.text()).not.toContain('"A1"')
  })
})

describe('an accountant of two companies', () => {
  test('does in each what they may there, with a session as with a key', async () => {
    const other = await newCompany(site, 'Other')
    const accountant = await join(site, company, 'accountant')
    const invited = await site.post(`${other}/invitations`, { email: accountant.email, permissionSet: 'read_only' })
    const { link } = (await invited.json()) as { link: string }
    expect((await accountant.post('/api/v1/invitations/accept', { token: tokenOf(link) })).status).toBe(200)
    const account = { code: '9910', name: 'Account', class: 'expense' }
    expect((await accountant.post(`${company}/accounts`, account)).status).toBe(201)
    expect(await codeOf(await accountant.post(`${other}/accounts`, account))).toBe('not_permitted')
    const key = await keyOf(site, company, accountant, ['settings.write'])
    expect(await codeOf(await key.post(`${other}/accounts`, account))).toBe('company_unknown')
    const refused = await accountant.post(`${other}/api-keys`, { name: 'K', scopes: ['settings.write'], days: 1 })
    expect(await codeOf(refused)).toBe('scope_not_held')
  })

  test('raises neither themselves nor anybody else', async () => {
    const accountant = await join(site, company, 'accountant')
    const { id } = (await (await accountant.get('/api/v1/me')).json()) as { id: number }
    const attempts: [string, string, object][] = [
      ['PATCH', `people/${id}`, { permissionSet: 'owner' }],
      ['POST', 'invitations', { email: 'second-self@shop.example', permissionSet: 'owner' }],
      ['PUT', 'approval-rules/journal', { active: false }],
      ['POST', `people/${id}/end`, {}],
    ]
    for (const [method, path, body] of attempts)
      expect([path, await codeOf(await accountant.send(method, `${company}/${path}`, body))]).toEqual([
        path,
        'not_permitted',
      ])
  })
})

describe('a request of another site', () => {
  let person: Person
  beforeAll(async () => {
    person = await join(site, company, 'owner')
  })

  test.each([
    ['text/plain', '{"code":"9920","name":"x","class":"expense"}'],
    ['text/plain;application/json', '{"code":"9920","name":"x","class":"expense"}'],
    ['application/x-www-form-urlencoded', 'code=9920&name=x&class=expense'],
    ['multipart/form-data; boundary=application/json', '--application/json--'],
    ['', '{"code":"9920","name":"x","class":"expense"}'],
  ])('as %s changes nothing', async (type, body) => {
    const response = await site.ask(`${company}/accounts`, {
      method: 'POST',
      headers: { cookie: person.cookie, 'content-type': type },
      body,
    })
    expect(await codeOf(response)).toBe('body_type')
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'by %s with an origin of its own is declined wherever it goes',
    async (method) => {
      const places = [
        'accounts',
        'attachments?subject=journal&of=J1&name=x.txt',
        'imports/files?name=x.csv',
        'attachments/1',
      ]
      for (const place of places) {
        const headers = { cookie: person.cookie, origin: 'https://evil.example', 'content-type': 'text/plain' }
        const response = await site.ask(`${company}/${place}`, { method, headers, body: 'x' })
        expect([place, await codeOf(response)]).toEqual([place, 'cross_site'])
      }
    },
  )

  test.each([
    'evil.example',
    'localhost@evil.example',
    'localhost.evil.example:8080',
    '127.0.0.1.nip.io',
    'localhost#.evil.example',
  ])('to the name %s is not answered', async (host) => {
    const response = await person.get('/api/v1/me', { host })
    expect(response.status).toBe(421)
    expect(await response.text()).not.toContain(person.email)
  })

  test('reads nothing by a method that changes nothing but is no reading', async () => {
    for (const method of ['HEAD', 'OPTIONS']) {
      const response = await site.ask(`${company}/accounts`, { method, headers: { cookie: '' } })
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      expect(response.status).toBe(401)
    }
  })
})

describe('the address of a caller', () => {
  test('is told by a proxy only where one is trusted, and then by the last that spoke', async () => {
    const { database, uploads, identity } = site
    const parts = {
      database,
      version: '0',
      uploads,
      identity,
      imports: { start: () => {}, resume: async () => {}, stop: () => {} },
    }
    const prove = () => Promise.reject(new Error('not asked for'))
    const behind = createApp({ ...parts, prove, log: () => {}, behindProxy: true })
    const attempt = async (app: Pick<typeof behind, 'request'>, forwarded: string) => {
      const request = new Request('http://localhost:8080/api/v1/session/second-factor', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
        body: JSON.stringify({ kind: 'totp', code: '000000' }),
      })
      return await codeOf(await app.request(request))
    }
    let last = ''
    for (let n = 0; n < 61 && last !== 'sign_in_locked'; n += 1)
      last = await attempt(behind, `198.51.100.${n}, 203.0.113.7`)
    expect(last).toBe('sign_in_locked')
    expect(await attempt(behind, '203.0.113.7, 203.0.113.8')).toBe('second_factor_wrong')
    last = ''
    for (let n = 0; n < 61 && last !== 'sign_in_locked'; n += 1) last = await attempt(site.bare, `198.51.100.${n}`)
    expect(last).toBe('sign_in_locked')
    await runSql(site.url, 'delete from auth.sign_in_guard')
  })
})

describe('a session', () => {
  test('that is ended while it is used ends for every page and route', async () => {
    const one = await join(site, company, 'accountant')
    const two = await signIn(site, one.email)
    const { rows } = (await (await one.get('/api/v1/me/sessions')).json()) as {
      rows: { id: string; current: boolean }[]
    }
    const busy = Promise.all(Array.from({ length: 8 }, () => two.get(`${company}/accounts`)))
    const other = rows.find(({ current }) => !current)?.id
    expect((await one.post(`/api/v1/me/sessions/${other}/end`)).status).toBe(200)
    await busy
    expect((await two.get(`${company}/accounts`)).status).toBe(401)
    expect((await two.get('/', { accept: 'text/html' })).status).toBe(302)
    expect((await one.get(`${company}/accounts`)).status).toBe(200)
  })

  test('is no other by a cookie that is cut, joined or set twice', async () => {
    const one = await join(site, company, 'read_only')
    const owner = await signIn(site, 'olive@shop.example', 'a long sentence nobody guesses')
    const [name = '', value = ''] = one.cookie.split(/=(.*)/s)
    const [, owners = ''] = owner.cookie.split(/=(.*)/s)
    const token = (cookie: string) => decodeURIComponent(cookie).split('.')[0]
    const signature = (cookie: string) => decodeURIComponent(cookie).split('.').slice(1).join('.')
    const mixed = `${name}=${encodeURIComponent(`${token(owners)}.${signature(value)}`)}`
    for (const cookie of [mixed, `${name}=${token(owners)}`, `${name}=`, `${name}=${value.slice(0, -3)}`])
      expect((await nobody(site).get('/api/v1/me', { cookie })).status).toBe(401)
    const twice = await nobody(site).get('/api/v1/me', { cookie: `${name}=${value}; x=${owners}` })
    expect(await twice.json()).toMatchObject({ email: one.email })
    expect(cookieOf(twice)).toBe('')
  })
})

describe('a second person for journals above an amount', () => {
  test('is not gone around by opening balances, of whichever side and whatever currency', async () => {
    const at = await newCompany(site, 'Guarded')
    const clerk = await join(site, at, 'bookkeeper')
    const opening = (reference: string, lines: object[]) =>
      clerk.post(`${at}/opening-balances`, { requests: [{ reference, date: '2023-12-31', lines }] })
    expect((await opening('before', [{ role: 'bank', amount: '5000.00' }])).status).toBe(201)
    expect((await site.send('PUT', `${at}/approval-rules/journal`, { active: true, above: '1000.00' })).status).toBe(
      200,
    )
    const around = [
      [{ role: 'bank', amount: '1000.01' }],
      [{ role: 'bank', amount: '-1000.01' }],
      [
        { role: 'bank', amount: '900.00' },
        { role: 'cash', amount: '100.01' },
      ],
      [
        { role: 'bank', amount: '500.00' },
        { role: 'share_capital', amount: '-1500.00' },
      ],
    ]
    const before = await (await site.get(`${at}/reports/trial-balance`)).json()
    for (const [n, lines] of around.entries()) expect((await opening(`o${n}`, lines)).status).toBe(202)
    expect(await (await site.get(`${at}/reports/trial-balance`)).json()).toEqual(before)
    expect((await opening('small', [{ role: 'bank', amount: '-1000.00' }])).status).toBe(201)
  })
})
