import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, idOf, join, keyOf, nobody, password, personWith, signIn, tokenOf } from '../support/people.ts'
import { newCompany, openSite, owner, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
})
afterAll(() => site.close())

const me = async () => (await (await site.get('/api/v1/me')).json()) as { id: number }
const userIdOf = async (email: string): Promise<number> => {
  const { rows } = (await (await site.get(`${company}/people`)).json()) as { rows: { email: string; userId: number }[] }
  return rows.find((row) => row.email === email)?.userId as number
}
const linkOf = async (email: string, permissionSet = 'sales'): Promise<{ id: string; token: string }> => {
  const invited = (await (await site.post(`${company}/invitations`, { email, permissionSet })).json()) as {
    id: string
    link: string
  }
  return { id: invited.id, token: tokenOf(invited.link) }
}
const accept = (token: string, more: object = { name: 'Anna', password }) =>
  nobody(site).post('/api/v1/invitations/accept', { token, ...more })

describe('an invitation', () => {
  test('is good once', async () => {
    const { token } = await linkOf('once@shop.example')
    expect((await accept(token)).status).toBe(200)
    const again = await accept(token, { name: 'Eve', password })
    expect([again.status, await codeOf(again)]).toEqual([422, 'link_not_valid'])
  })

  test('is good once also for many at one moment', async () => {
    const { token } = await linkOf('race@shop.example')
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422, 422])
  })

  test('expires, and can be withdrawn', async () => {
    const late = await linkOf('late@shop.example')
    await runSql(site.url, `update auth.invitation set expires_at = now() where email = 'late@shop.example'`)
    expect(await codeOf(await accept(late.token))).toBe('link_not_valid')
    const withdrawn = await linkOf('withdrawn@shop.example')
    const withdraw = () => site.post(`${company}/invitations/${withdrawn.id}/withdraw`, {})
    expect((await withdraw()).status).toBe(200)
    expect(await codeOf(await accept(withdrawn.token))).toBe('link_not_valid')
    expect(await codeOf(await withdraw())).toBe('invitation_unknown')
  })

  test('of an address that is known is accepted by whoever signs in, not by whoever has the link', async () => {
    const known = await join(site, company, 'sales')
    const other = await newCompany(site, 'Other')
    const invited = (await (
      await site.post(`${other}/invitations`, { email: known.email, permissionSet: 'accountant' })
    ).json()) as { link: string }
    expect(await codeOf(await accept(tokenOf(invited.link)))).toBe('email_taken')
    expect((await known.post('/api/v1/invitations/accept', { token: tokenOf(invited.link) })).status).toBe(200)
    const { rows } = (await (await known.get('/api/v1/companies')).json()) as { rows: { name: string }[] }
    expect(rows.map(({ name }) => name)).toEqual(['Shop', 'Other'])
    expect((await known.get(`${other}/audit-log`)).status).toBe(200)
    expect((await known.get(`${company}/audit-log`)).status).toBe(403)
  })

  test('leaves who is a member already as they are, and stays open for whom it is meant', async () => {
    const other = await newCompany(site, 'Tried out')
    const invited = (await (
      await site.post(`${other}/invitations`, { email: 'meant@shop.example', permissionSet: 'read_only' })
    ).json()) as { link: string }
    const token = tokenOf(invited.link)
    expect(await codeOf(await site.post('/api/v1/invitations/accept', { token }))).toBe('member_already')
    // As in a company that was created on the command line: the owner of the installation has no membership of their own there.
    await runSql(site.url, 'delete from auth.membership where company_id = $1', [other.split('/').at(-1)])
    expect(await codeOf(await site.post('/api/v1/invitations/accept', { token }))).toBe('member_already')
    expect((await site.get(`${other}/people`)).status).toBe(200)
    const person = await join(site, other, 'bookkeeper')
    expect(await codeOf(await person.post('/api/v1/invitations/accept', { token }))).toBe('member_already')
    expect((await accept(token)).status).toBe(200)
  })

  test('needs somebody, and its token is kept nowhere', async () => {
    const { token } = await linkOf('nobody-yet@shop.example')
    expect(await codeOf(await accept(token, {}))).toBe('not_signed_in')
    const [found] = await runSql<{ text: string }>(
      site.url,
      `select (select string_agg(i::text, '') from auth.invitation i) || (select string_agg(l::text, '') from auth.audit_log l) as text`,
    )
    expect(found?.text).not.toContain(token)
  })
})

describe('a member', () => {
  test('may do what is set now, and no more once the membership has ended', async () => {
    const person = await join(site, company, 'read_only')
    const account = { code: '9100', name: 'More', class: 'expense' }
    expect((await person.post(`${company}/accounts`, account)).status).toBe(403)
    const at = `${company}/people/${await userIdOf(person.email)}`
    expect((await site.send('PATCH', at, { permissionSet: 'accountant' })).status).toBe(200)
    expect((await person.post(`${company}/accounts`, account)).status).toBe(201)
    const key = await keyOf(site, company, person, ['reports.read'])
    expect((await key.get(`${company}/reports/trial-balance`)).status).toBe(200)
    expect((await site.post(`${at}/end`, {})).status).toBe(200)
    expect((await person.get(`${company}/accounts`)).status).toBe(404)
    expect((await key.get(`${company}/reports/trial-balance`)).status).toBe(401)
    expect((await site.post(`${at}/end`, {})).status).toBe(404)
  })

  test('is never made more than they are by themselves', async () => {
    const person = await join(site, company, 'accountant')
    const at = `${company}/people/${await userIdOf(person.email)}`
    expect((await person.send('PATCH', at, { permissionSet: 'owner' })).status).toBe(403)
    expect(
      (await person.post(`${company}/invitations`, { email: 'x@shop.example', permissionSet: 'owner' })).status,
    ).toBe(403)
  })

  test('stands in the audit log: who invited, changed and ended', async () => {
    const { rows } = (await (await site.get(`${company}/audit-log?area=people&table=membership`)).json()) as {
      rows: { operation: string; actor: string }[]
    }
    expect(new Set(rows.map(({ operation }) => operation))).toEqual(new Set(['insert', 'update', 'delete']))
    expect(rows.find(({ operation }) => operation === 'update')?.actor).toBe(`user:${(await me()).id}`)
  })
})

describe('an API key', () => {
  test('is for one company, and is known by its hash alone', async () => {
    const other = await newCompany(site, 'Another')
    const mine = personWith(site, owner.email, { cookie: site.cookie })
    const key = await keyOf(site, company, mine, ['reports.read', 'company.read'])
    expect((await key.get(`${company}/accounts`)).status).toBe(200)
    expect((await key.get(`${other}/accounts`)).status).toBe(404)
    expect((await key.get('/api/v1/me/sessions')).status).toBe(403)
    expect((await key.post('/api/v1/companies', { name: 'X', country: 'GB', currency: 'GBP' })).status).toBe(403)
    const [found] = await runSql<{ text: string }>(
      site.url,
      `select (select string_agg(k::text, '') from auth.api_key k) || (select string_agg(l::text, '') from auth.audit_log l) as text`,
    )
    expect(found?.text).not.toContain(key.key)
  })

  test('expires, and is revoked at once', async () => {
    const person = await join(site, company, 'bookkeeper')
    const late = await keyOf(site, company, person, ['reports.read'])
    await runSql(site.url, 'update auth.api_key set expires_at = now() where id = $1', [late.id])
    expect((await late.get(`${company}/reports/trial-balance`)).status).toBe(401)
    const revoked = await keyOf(site, company, person, ['reports.read'])
    expect((await revoked.get(`${company}/reports/trial-balance`)).status).toBe(200)
    expect((await person.post(`${company}/api-keys/${revoked.id}/revoke`)).status).toBe(200)
    expect((await revoked.get(`${company}/reports/trial-balance`)).status).toBe(401)
  })

  test('expired at the very moment is refused within seconds though it was just used', async () => {
    const person = await join(site, company, 'bookkeeper')
    const key = await keyOf(site, company, person, ['reports.read'])
    expect((await key.get(`${company}/reports/trial-balance`)).status).toBe(200)
    await runSql(site.url, 'update auth.api_key set expires_at = now() where id = $1', [key.id])
    await expect
      .poll(async () => (await key.get(`${company}/reports/trial-balance`)).status, { timeout: 10_000 })
      .toBe(401)
  })

  test('does no more than its holder may do today', async () => {
    const person = await join(site, company, 'accountant')
    const key = await keyOf(site, company, person, ['settings.write', 'company.read'])
    await site.send('PATCH', `${company}/people/${await userIdOf(person.email)}`, { permissionSet: 'read_only' })
    expect((await key.get(`${company}/accounts`)).status).toBe(200)
    expect((await key.post(`${company}/accounts`, { code: '9200', name: 'No', class: 'expense' })).status).toBe(403)
    const beyond = await person.post(`${company}/api-keys`, { name: 'Beyond', scopes: ['settings.write'], days: 1 })
    expect(await codeOf(beyond)).toBe('scope_not_held')
  })

  test('is seen and revoked by its holder, and by whoever manages people', async () => {
    const one = await join(site, company, 'bookkeeper')
    const two = await join(site, company, 'bookkeeper')
    const key = await keyOf(site, company, one, ['reports.read'])
    const seenBy = async (who: { get(path: string): Promise<Response> }) =>
      ((await (await who.get(`${company}/api-keys`)).json()) as { rows: { id: string }[] }).rows.some(
        ({ id }) => id === key.id,
      )
    expect([await seenBy(one), await seenBy(two), await seenBy(site)]).toEqual([true, false, true])
    expect((await two.post(`${company}/api-keys/${key.id}/revoke`)).status).toBe(404)
    expect((await site.post(`${company}/api-keys/${key.id}/revoke`, {})).status).toBe(200)
  })

  test('acts in the name of its holder and says which key it was', async () => {
    const person = await join(site, company, 'accountant')
    const key = await keyOf(site, company, person, ['settings.write', 'company.read'])
    expect((await key.post(`${company}/accounts`, { code: '9300', name: 'By key', class: 'expense' })).status).toBe(201)
    const actor = `user:${await userIdOf(person.email)}`
    const { rows } = (await (await site.get(`${company}/audit-log?actor=${actor}`)).json()) as {
      rows: { actor: string }[]
    }
    expect(rows.map((row) => row.actor)).toEqual([`${actor}:key:${key.id}`])
  })
})

describe('the audit log of people', () => {
  test.each([
    `update auth.audit_log set actor = 'x'`,
    'delete from auth.audit_log',
    'truncate auth.audit_log',
    `insert into auth.audit_log (table_name, operation, actor) values ('x', 'insert', 'x')`,
    'alter table auth.membership disable trigger audit',
    'drop trigger audit on auth.api_key',
  ])('is not touched by the application: %s', async (statement) => {
    await expect(site.database.app.query(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test.each([`update auth.audit_log set actor = 'x'`, 'delete from auth.audit_log', 'truncate auth.membership'])(
    'is not changed by the owner: %s',
    async (statement) => {
      await expect(site.database.owner.query(statement)).rejects.toMatchObject({ constraint: 'append_only' })
    },
  )

  test('has no route that writes it', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await site.send(method, `${company}/audit-log`, {})).status, method).toBe(404)
    expect(await idOf(await site.get(company))).toBe(company.split('/').at(-1))
  })
})

test('a company keeps an owner', async () => {
  // Beside the owner of the installation there is always somebody; without one, the last of a company stays.
  await runSql(site.url, `update auth."user" set "installationOwner" = false`)
  try {
    const person = await signIn(site, owner.email, owner.password)
    const at = `${company}/people/${(await me()).id}`
    expect(await codeOf(await person.send('PATCH', at, { permissionSet: 'sales' }))).toBe('owner_needed')
    expect(await codeOf(await person.post(`${at}/end`))).toBe('owner_needed')
  } finally {
    await runSql(site.url, `update auth."user" set "installationOwner" = true where email = $1`, [owner.email])
  }
})

test('the owner of the installation does not make less of themselves where nobody else owns the company', async () => {
  const made = await newCompany(site)
  const at = `${made}/people/${(await me()).id}`
  expect(await codeOf(await site.send('PATCH', at, { permissionSet: 'read_only' }))).toBe('owner_needed')
  expect((await site.get(`${made}/reports/trial-balance`)).status).toBe(200)
})
