import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, join } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site, 'Garden Gifts')
})
afterAll(() => site.close())

const put = (part: string, body: object, headers: Record<string, string> = {}) =>
  site.send('PUT', `${company}/${part}`, body, headers)
const read = async (part: string) => (await (await site.get(`${company}/${part}`)).json()) as Record<string, unknown>
const tagOf = async (part: string) => (await site.get(`${company}/${part}`)).headers.get('etag') as string

const identity = {
  legalName: 'Garden Gifts Ltd',
  registeredAddress: { line1: '12 Kiln Lane', city: 'Stoke-on-Trent', country: 'GB' },
}
const number = { country: 'GB', scheme: 'vat', number: 'GB 999 9999 73', validFrom: '2020-01-01' }

test('nothing is recorded of a new company, and nobody asks for it', async () => {
  expect(await read('identity')).toEqual({ identity: null, until: null, versions: 0, withdrawn: 0 })
  expect(await read('identity/versions')).toEqual({ rows: [] })
  expect(await read('tax-numbers')).toEqual({ rows: [] })
})

test('who the company is, is recorded from the beginning, then from a day, and read for any day', async () => {
  const first = await put('identity', identity, { 'idempotency-key': 'identity' })
  expect([first.status, await first.json()]).toEqual([
    200,
    expect.objectContaining({
      versions: 1,
      identity: expect.objectContaining({ effectiveFrom: null, authorName: 'Olive' }),
    }),
  ])
  const again = await put('identity', identity, { 'idempotency-key': 'identity' })
  expect([again.headers.get('idempotency-replayed'), again.status]).toEqual(['true', 200])
  expect(await codeOf(await put('identity', { legalName: 'Other' }, { 'idempotency-key': 'identity' }))).toBe(
    'idempotency_key_reused',
  )
  const planned = await put('identity', { ...identity, legalName: 'Garden Gifts plc', effectiveFrom: '2999-01-01' })
  expect(await planned.json()).toMatchObject({ identity: { legalName: 'Garden Gifts Ltd' }, until: '2998-12-31' })
  expect(await read('identity?on=2999-01-01')).toMatchObject({
    identity: { legalName: 'Garden Gifts plc' },
    until: null,
  })
  expect(((await read('identity/versions')).rows as object[]).length).toBe(2)
  expect(JSON.stringify(await read('audit-log?table=company_identity'))).toContain('Garden Gifts plc')
})

test('what is planned can be taken away until its day, by who has read what holds', async () => {
  const withdraw = (version: number, headers: Record<string, string> = {}) =>
    site.send('DELETE', `${company}/identity/versions/${version}`, undefined, headers)
  expect(
    (await put('identity', { ...identity, legalName: 'Garden Gifts SE', effectiveFrom: '2998-01-01' })).status,
  ).toBe(200)
  const tag = await tagOf('identity')
  for (const version of [1, 99]) expect(await codeOf(await withdraw(version))).toBe('company_identity_invalid')
  const gone = await withdraw(2, { 'if-match': tag })
  expect([gone.status, await gone.json()]).toEqual([
    200,
    expect.objectContaining({ until: '2997-12-31', withdrawn: 1 }),
  ])
  expect(await codeOf(await withdraw(3, { 'if-match': tag }))).toBe('changed_meanwhile')
  expect((await withdraw(2)).status).toBe(200)
  expect(await read('identity?on=2999-01-01')).toMatchObject({
    identity: { legalName: 'Garden Gifts SE' },
    withdrawn: 1,
  })
  expect((await withdraw(3)).status).toBe(200)
  expect(await read('identity?on=2999-01-01')).toMatchObject({
    identity: { legalName: 'Garden Gifts Ltd' },
    until: null,
  })
  const versions = (await read('identity/versions')).rows as { version: number; withdrawnAt: string | null }[]
  expect(versions.filter(({ withdrawnAt }) => withdrawnAt !== null).map((one) => one.version)).toEqual([2, 3])
  expect(JSON.stringify(await read('audit-log?table=company_identity_withdrawal'))).toContain('Olive')
  const bookkeeper = await join(site, company, 'bookkeeper')
  expect(await codeOf(await bookkeeper.send('DELETE', `${company}/identity/versions/3`))).toBe('not_permitted')
})

test('tax numbers are replaced as one list', async () => {
  const saved = await put('tax-numbers', { rows: [number] })
  const kept = { ...number, number: 'GB999999973', authority: 'HMRC', validTo: null, onDocuments: true }
  expect([saved.status, await saved.json()]).toEqual([200, { rows: [kept] }])
  expect(await read('tax-numbers')).toEqual({ rows: [kept] })
  expect(JSON.stringify(await read('audit-log?table=company_tax_number'))).toContain('GB999999973')
})

test.each([
  ['identity', { legalName: ' ' }, 'input_invalid'],
  ['identity', { ...identity, email: 'nobody' }, 'company_identity_invalid'],
  ['identity', { ...identity, vat: 'GB1' }, 'input_invalid'],
  ['identity', { ...identity, effectiveFrom: '2023-02-30' }, 'input_invalid'],
  ['tax-numbers', { rows: [{ ...number, number: 'GB999999974' }] }, 'tax_number_invalid'],
  ['tax-numbers', { rows: [{ ...number, country: 'QQ' }] }, 'country_unknown'],
  ['tax-numbers', { rows: [{ ...number, scheme: 'salt' }] }, 'input_invalid'],
  ['tax-numbers', { rows: [number, number] }, 'tax_numbers_overlap'],
])('%s %j is refused as %s', async (part, body, code) => {
  const before = [await read('identity'), await read('tax-numbers')]
  expect(await codeOf(await put(part, body))).toBe(code)
  expect([await read('identity'), await read('tax-numbers')]).toEqual(before)
})

test('only who has read what it says now changes it, and only who may', async () => {
  for (const [part, mine, theirs] of [
    ['identity', { ...identity, legalName: 'Mine' }, { ...identity, legalName: 'Theirs', effectiveFrom: '2998-01-01' }],
    ['tax-numbers', { rows: [] }, { rows: [{ ...number, validFrom: '2021-01-01' }] }],
  ] as const) {
    const tag = await tagOf(part)
    expect((await put(part, theirs, { 'if-match': tag })).status).toBe(200)
    const late = await put(part, mine, { 'if-match': tag })
    expect([late.status, await codeOf(late)]).toEqual([412, 'changed_meanwhile'])
  }
  const accountant = await join(site, company, 'accountant')
  expect(await codeOf(await accountant.send('PUT', `${company}/identity`, identity))).toBe('not_permitted')
  expect((await accountant.send('PUT', `${company}/tax-numbers`, { rows: [number] })).status).toBe(200)
  const bookkeeper = await join(site, company, 'bookkeeper')
  expect(await codeOf(await bookkeeper.send('PUT', `${company}/tax-numbers`, { rows: [] }))).toBe('not_permitted')
  expect((await bookkeeper.get(`${company}/identity`)).status).toBe(200)
})

test('another company neither shows nor shares it', async () => {
  const other = await newCompany(site, 'Other')
  expect(await (await site.get(`${other}/identity`)).json()).toEqual({
    identity: null,
    until: null,
    versions: 0,
    withdrawn: 0,
  })
  expect((await site.send('PUT', `${other}/tax-numbers`, { rows: [number] })).status).toBe(200)
  expect((await site.send('PUT', `${other}/identity`, identity)).status).toBe(200)
})

test('a document says who sold as it was on its day', async () => {
  const shop = await newCompany(site, 'Mugs')
  const tell = (part: string, body: object) => site.send('PUT', `${shop}/${part}`, body)
  const lines = [{ item: 'MUG', quantity: '1', unitPrice: '10.00' }]
  const invoice = (name: string, on: string) => ({ number: name, on, customer: { number: 'C1' }, lines })
  const done = async (part: string, requests: object[]) =>
    expect((await site.post(`${shop}/${part}`, { requests })).status).toBe(201)
  await done('items', [{ code: 'MUG', name: 'Mug' }])
  await done('customers', [{ number: 'C1', name: 'Anna' }])
  await done('invoices', [invoice('I1', '2024-05-31'), invoice('I2', '2024-06-01')])
  const sold = async (name: string) => {
    const found = await site.get(`${shop}/documents?number=${name}&expand[]=seller`)
    const { rows } = (await found.json()) as { rows: { id: string; seller: object }[] }
    const alone = (await (await site.get(`${shop}/documents/${rows[0]?.id}`)).json()) as { seller: object }
    expect(alone.seller).toEqual(rows[0]?.seller)
    return alone.seller
  }
  expect(await sold('I1')).toMatchObject({ legalName: 'Mugs', address: null, taxNumbers: [] })
  expect((await tell('identity', { ...identity, registrationNumber: '00000000' })).status).toBe(200)
  expect((await tell('identity', { legalName: 'Mugs plc', effectiveFrom: '2024-06-01' })).status).toBe(200)
  const ended = { ...number, validTo: '2024-05-31' }
  expect((await tell('tax-numbers', { rows: [ended] })).status).toBe(200)
  expect(await sold('I1')).toMatchObject({
    legalName: 'Garden Gifts Ltd',
    registrationNumber: '00000000',
    address: { line1: '12 Kiln Lane', line2: null, city: 'Stoke-on-Trent', country: 'GB' },
    taxNumbers: [{ country: 'GB', authority: 'HMRC', scheme: 'vat', number: 'GB999999973' }],
  })
  const head = await (await site.get(`${shop}/letterhead?on=2024-05-31`)).json()
  expect(head).toEqual({
    company: 'Garden Gifts Ltd',
    lines: ['12 Kiln Lane, Stoke-on-Trent, United Kingdom', 'Registration number 00000000 · VAT number GB999999973'],
    contact: '',
  })
  expect(await sold('I2')).toMatchObject({
    legalName: 'Mugs plc',
    registrationNumber: null,
    address: null,
    taxNumbers: [],
  })
})
