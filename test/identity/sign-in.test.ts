import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newOwnerLink, newResetLink } from '../../src/modules/identity/index.ts'
import {
  authenticatorCode,
  codeOf,
  join,
  nobody,
  type Person,
  password,
  personWith,
  signIn,
} from '../support/people.ts'
import { cookieOf, newCompany, openSite, owner, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
})
afterAll(() => site.close())

const tryIn = (email: string, secret: string) => nobody(site).post('/api/v1/session', { email, password: secret })
const unlock = () => runSql(site.url, 'delete from auth.sign_in_guard')

describe('nobody', () => {
  test.each([
    '/api/v1/companies',
    '/api/v1/me',
    '/api/v1/companies/1',
    '/api/v1/companies/999999',
    '/api/v1/companies/x',
  ])('is told to sign in: %s', async (path) => {
    const response = await nobody(site).get(path)
    expect([response.status, await codeOf(response)]).toEqual([401, 'not_signed_in'])
  })

  test('who looks at a page is led to where they sign in, and back', async () => {
    const page = await nobody(site).get('/companies/1/trial-balance?asOf=2024-01-31', { accept: 'text/html' })
    expect([page.status, page.headers.get('location')]).toEqual([
      302,
      '/sign-in?next=%2Fcompanies%2F1%2Ftrial-balance%3FasOf%3D2024-01-31',
    ])
    expect((await nobody(site).get('/sign-in', { accept: 'text/html' })).status).toBe(200)
  })

  test.each(['x', 'Bearer', 'Bearer x', 'Basic b3duZXI6cGFzc3dvcmQ='])(
    'gets nowhere with %s',
    async (authorization) => {
      expect((await nobody(site).get('/api/v1/me', { authorization })).status).toBe(401)
    },
  )

  test('gets nowhere with a cookie whose signature is not ours', async () => {
    const forged = site.cookie.replace(/\.[^.]+$/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D')
    expect((await nobody(site).get('/api/v1/me', { cookie: forged })).status).toBe(401)
  })
})

describe('the first owner', () => {
  test('is created once: afterwards there is no link any more', async () => {
    expect(await newOwnerLink(site.database)).toBeUndefined()
    const again = await nobody(site).post('/api/v1/setup', { token: 'x', ...owner })
    expect([again.status, await codeOf(again)]).toEqual([422, 'link_not_valid'])
  })

  test('signs in with a cookie that scripts cannot read', async () => {
    const response = await tryIn(owner.email, owner.password)
    expect(response.headers.getSetCookie()).toHaveLength(1)
    expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/)
  })
})

describe('a wrong password', () => {
  test('is answered as an address that nobody has', async () => {
    const wrong = await tryIn(owner.email, 'not the password at all')
    const unknown = await tryIn('nobody@shop.example', 'not the password at all')
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.json()).toEqual(await unknown.json())
  })

  test('locks the address after ten, for the right one too, also when tried at one moment; and nobody else', async () => {
    await unlock()
    const { email } = await join(site, company, 'sales')
    const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => tryIn(email, `wrong password ${n}`)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
    const right = await tryIn(email, password)
    expect([right.status, await codeOf(right)]).toEqual([429, 'sign_in_locked'])
    expect((await tryIn(owner.email, owner.password)).status).toBe(200)
    await runSql(
      site.url,
      `update auth.sign_in_guard set locked_until = now() - interval '1 second', since = now() - interval '1 hour'`,
    )
    expect((await tryIn(email, password)).status).toBe(200)
  })

  test('from one place locks that place, whoever it tries', async () => {
    await unlock()
    for (let n = 0; n < 60; n += 1) expect((await tryIn(`guess${n}@shop.example`, 'wrong password')).status).toBe(401)
    expect((await tryIn(owner.email, owner.password)).status).toBe(429)
    await unlock()
  })
})

describe('a session', () => {
  test('ends when its person signs out', async () => {
    const person = await signIn(site, owner.email, owner.password)
    expect((await person.get('/api/v1/me')).status).toBe(200)
    expect((await person.post('/api/v1/session/end')).status).toBe(200)
    expect((await person.get('/api/v1/me')).status).toBe(401)
  })

  test('ends from another browser, and only the own', async () => {
    const one = await join(site, company, 'sales')
    const sessions = async () => {
      const { rows } = (await (await one.get('/api/v1/me/sessions')).json()) as { rows: { id: string }[] }
      return rows.map(({ id }) => id)
    }
    const before = await sessions()
    const two = await signIn(site, one.email)
    const stranger = await join(site, company, 'sales')
    const [other, ...more] = (await sessions()).filter((id) => !before.includes(id))
    expect(more).toEqual([])
    expect((await stranger.post(`/api/v1/me/sessions/${other}/end`)).status).toBe(404)
    expect((await two.get('/api/v1/me')).status).toBe(200)
    expect((await one.post(`/api/v1/me/sessions/${other}/end`)).status).toBe(200)
    expect((await two.get('/api/v1/me')).status).toBe(401)
  })

  test('ended by another process is known within seconds', async () => {
    const person = await join(site, company, 'sales')
    expect((await person.get('/api/v1/me')).status).toBe(200)
    await runSql(site.url, `delete from auth.session where "userId" = (select id from auth."user" where email = $1)`, [
      person.email,
    ])
    await expect.poll(async () => (await person.get('/api/v1/me')).status, { timeout: 10_000 }).toBe(401)
  })

  test('that has expired is none', async () => {
    const person = await join(site, company, 'sales')
    await runSql(
      site.url,
      `update auth.session set "expiresAt" = now() - interval '1 second' where "userId" =
      (select id from auth."user" where email = $1)`,
      [person.email],
    )
    expect((await person.get('/api/v1/me')).status).toBe(401)
  })

  test('does not outlive a new password, but for the one that set it', async () => {
    const one = await join(site, company, 'sales')
    const two = await signIn(site, one.email)
    const change = { current: password, next: 'a third sentence nobody knows' }
    expect((await two.post('/api/v1/me/password', { ...change, current: 'not the password' })).status).toBe(401)
    expect(await codeOf(await two.post('/api/v1/me/password', { ...change, next: 'short' }))).toBe('password_weak')
    expect(await codeOf(await two.post('/api/v1/me/password', { ...change, next: 'password1234' }))).toBe(
      'password_weak',
    )
    expect((await two.post('/api/v1/me/password', change)).status).toBe(200)
    expect((await one.get('/api/v1/me')).status).toBe(401)
    expect((await tryIn(one.email, password)).status).toBe(401)
    expect((await tryIn(one.email, change.next)).status).toBe(200)
  })
})

describe('a link for a new password', () => {
  test('is good once, and ends every session', async () => {
    const person = await join(site, company, 'sales')
    const token = await newResetLink(site.database, person.email)
    const next = { token, password: 'words after a lost password' }
    expect((await nobody(site).post('/api/v1/password-reset', next)).status).toBe(200)
    expect((await person.get('/api/v1/me')).status).toBe(401)
    expect((await tryIn(person.email, next.password)).status).toBe(200)
    expect(await codeOf(await nobody(site).post('/api/v1/password-reset', next))).toBe('link_not_valid')
  })

  test('is good for a day', async () => {
    const person = await join(site, company, 'sales')
    const token = await newResetLink(site.database, person.email)
    await runSql(site.url, `update auth.one_time_link set expires_at = now() where used_at is null`)
    const late = await nobody(site).post('/api/v1/password-reset', { token, password: 'words after a lost password' })
    expect(await codeOf(late)).toBe('link_not_valid')
    expect((await person.get('/api/v1/me')).status).toBe(200)
  })
})

describe('a second factor', () => {
  let person: Person
  let uri: string
  let recoveryCodes: string[]
  const begin = async () => {
    const response = await tryIn(person.email, password)
    expect(await response.json()).toEqual({ secondFactor: true })
    return personWith(site, person.email, { cookie: cookieOf(response) })
  }
  const complete = (half: Person, code: string, kind = 'totp') =>
    half.post('/api/v1/session/second-factor', { kind, code })

  beforeAll(async () => {
    person = await join(site, company, 'bookkeeper')
    expect((await person.post('/api/v1/me/second-factor', { password: 'not the password' })).status).toBe(401)
    const begun = await person.post('/api/v1/me/second-factor', { password })
    ;({ uri, recoveryCodes } = (await begun.json()) as { uri: string; recoveryCodes: string[] })
    expect(await codeOf(await person.post('/api/v1/me/second-factor/confirm', { code: '000000' }))).toBe(
      'second_factor_wrong',
    )
    const confirmed = await person.post('/api/v1/me/second-factor/confirm', { code: authenticatorCode(uri) })
    expect(confirmed.status).toBe(200)
  })

  test('is asked for, and before it nothing is open', async () => {
    const half = await begin()
    expect((await half.get('/api/v1/me')).status).toBe(401)
    expect(await codeOf(await complete(half, '123'))).toBe('second_factor_wrong')
    expect((await half.get('/api/v1/me')).status).toBe(401)
  })

  test('takes a code once: whoever saw it being typed cannot use it', async () => {
    const code = authenticatorCode(uri, Date.now() + 30_000)
    const done = await complete(await begin(), code)
    expect(done.status).toBe(200)
    expect((await nobody(site).get('/api/v1/me', { cookie: cookieOf(done) })).status).toBe(200)
    const replayed = await complete(await begin(), code)
    expect([replayed.status, await codeOf(replayed)]).toEqual([401, 'second_factor_wrong'])
    expect(replayed.headers.getSetCookie()).toEqual([])
  })

  test('takes each recovery code once', async () => {
    const [code] = recoveryCodes as [string]
    const done = await complete(await begin(), code, 'recovery')
    expect(done.status).toBe(200)
    expect((await complete(await begin(), code, 'recovery')).status).toBe(401)
  })

  test('is locked after a few wrong codes', async () => {
    const half = await begin()
    for (let n = 0; n < 5; n += 1) await complete(half, String(100_000 + n))
    expect((await complete(half, authenticatorCode(uri, Date.now() + 60_000))).status).toBe(401)
    expect((await complete(half, recoveryCodes[1] as string, 'recovery')).status).toBe(401)
  })

  test('keeps no secret in the audit log, nor in the clear', async () => {
    const secret = new URL(uri).searchParams.get('secret') as string
    const [log] = await runSql<{ text: string }>(
      site.url,
      'select string_agg(l::text, $1) as text from auth.audit_log l',
      ['\n'],
    )
    const [stored] = await runSql<{ secret: string; password: string }>(
      site.url,
      `select string_agg(secret || "backupCodes", '') as secret, (select string_agg(password, '') from auth.account) as password from auth."twoFactor"`,
    )
    for (const hidden of [secret, recoveryCodes[2] as string, password]) {
      expect(log?.text).not.toContain(hidden)
      expect(stored?.secret).not.toContain(hidden)
      expect(stored?.password).not.toContain(hidden)
    }
    for (const hash of (await runSql<{ password: string }>(site.url, 'select password from auth.account')).slice(0, 3))
      expect(log?.text).not.toContain(hash.password)
  })
})
