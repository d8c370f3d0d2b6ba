import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  currentIdentity,
  listIdentityVersions,
  listTaxNumbers,
  recordIdentity,
  saveTaxNumbers,
  type WrittenIdentity,
} from '../../../src/modules/company/index.ts'
import { day, openShop, type Shop, whileHeld } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const record = (identity: WrittenIdentity, from?: string | null, at = shop) =>
  at.work((tx) => recordIdentity(tx, identity, typeof from === 'string' ? day(from) : from))
const nameOn = async (on: string, at = shop) =>
  (await at.work((tx) => currentIdentity(tx, day(on)))).identity?.legalName

const whole: WrittenIdentity = {
  legalName: '  Garden  Gifts Ltd ',
  tradingName: 'Garden Gifts',
  registrationNumber: '00000000',
  registrationScheme: '0060',
  identifier: '5790000000005',
  identifierScheme: '0088',
  electronicAddress: '999999973',
  electronicAddressScheme: '9932',
  legalInformation: 'Registered in England and Wales',
  contact: 'Accounts',
  phone: '+44 (0)20 7946-0000',
  email: 'accounts@gardengifts.example',
  website: 'gardengifts.example',
  registeredAddress: { line1: '12 Kiln Lane', city: 'Stoke-on-Trent', postcode: 'st1 4qx', country: 'gb' },
  tradingAddress: { line1: '', city: ' ', country: 'GB' },
  returnsAddress: { line1: 'Dock 4', line2: 'Unit 2', line3: 'Gate B', region: 'Staffordshire', country: 'GB' },
}

test('who a company is holds from the beginning, then from the day of each version; what is said again is not recorded again', async () => {
  const first = await record(whole)
  expect(first).toMatchObject({
    version: 1,
    effectiveFrom: null,
    legalName: 'Garden Gifts Ltd',
    website: 'https://gardengifts.example',
    registeredAddress: { line1: '12 Kiln Lane', line2: null, postcode: 'ST1 4QX', country: 'GB' },
    tradingAddress: null,
    returnsAddress: { line3: 'Gate B', city: null },
  })
  const renamed = await record({ ...whole, legalName: 'Garden Gifts plc' }, '2024-06-01')
  expect([renamed.version, renamed.effectiveFrom]).toEqual([2, '2024-06-01'])
  expect([await nameOn('1990-01-01'), await nameOn('2024-05-31'), await nameOn('2024-06-01')]).toEqual([
    'Garden Gifts Ltd',
    'Garden Gifts Ltd',
    'Garden Gifts plc',
  ])
  expect(await shop.work((tx) => currentIdentity(tx, day('2024-05-31')))).toMatchObject({
    until: '2024-05-31',
    versions: 2,
  })
  expect((await record({ ...whole, legalName: 'Garden Gifts plc' }, '2024-06-01')).version).toBe(2)
  expect((await record({ ...whole, legalName: 'Garden Gifts plc' })).version).toBe(2)
  // A correction of the past leaves what came after it.
  await record({ ...whole, legalName: 'Garden & Gifts Ltd' }, null)
  expect([await nameOn('2024-05-31'), await nameOn('2024-06-01')]).toEqual(['Garden & Gifts Ltd', 'Garden Gifts plc'])
  expect((await shop.work(listIdentityVersions)).map(({ version }) => version)).toEqual([2, 3, 1])
})

test.each<[string, Partial<WrittenIdentity>]>([
  ['legalName', { legalName: ' ' }],
  ['registrationScheme', { registrationScheme: '60' }],
  ['registrationNumber', { registrationNumber: '' }],
  ['identifierScheme', { identifierScheme: 'GLN' }],
  ['identifier', { identifier: null }],
  ['electronicAddressScheme', { electronicAddressScheme: null }],
  ['electronicAddressScheme', { electronicAddress: undefined }],
  ['electronicAddressScheme', { electronicAddressScheme: 'X' }],
  ['phone', { phone: 'call us' }],
  ['email', { email: 'accounts@shop' }],
  ['email', { email: 'a@b.example, c@d.example' }],
  ['website', { website: 'javascript:alert(1)' }],
  ['website', { website: 'https://user@shop.example' }],
  ['registeredAddress.line1', { registeredAddress: { city: 'Leeds', country: 'GB' } }],
  ['tradingAddress.country', { tradingAddress: { line1: '1 High Street' } }],
  ['returnsAddress.country', { returnsAddress: { line1: '1 High Street', country: 'UK' } }],
])('%s is refused in words: %j', async (field, wrong) => {
  const before = await shop.work(listIdentityVersions)
  await expect(record({ ...whole, ...wrong }, '2020-01-01')).rejects.toMatchObject({
    code: 'company_identity_invalid',
    detail: { field, expected: expect.stringMatching(/\w{4}/) },
  })
  expect(await shop.work(listIdentityVersions)).toEqual(before)
})

test('what was recorded is never changed', async () => {
  for (const statement of [
    `update company_identity set legal_name = 'x'`,
    'delete from company_identity',
    `update company_address set line_1 = 'x'`,
    'delete from company_identity_withdrawal',
  ])
    await expect(shop.database.owner.query(statement)).rejects.toMatchObject({ constraint: 'append_only' })
})

test('of two who record at once, the second waits for the first', async () => {
  const of = (legalName: string) => (tx: Parameters<typeof recordIdentity>[0]) =>
    recordIdentity(tx, { legalName }, day('2030-01-01'))
  const second = await whileHeld(shop, of('First'), of('Second'))
  expect([second.legalName, await nameOn('2030-01-01')]).toEqual(['Second', 'Second'])
})

const days = ['2020-01-01', '2021-01-01', '2022-01-01', '2023-01-01', '2024-01-01']

test('on every day holds what was entered last for the latest day before it, in whatever order it is entered', async () => {
  const entered = fc.array(fc.record({ from: fc.constantFrom(...days), name: fc.constantFrom('A', 'B', 'C') }), {
    minLength: 1,
    maxLength: 6,
  })
  let no = 0
  await fc.assert(
    fc.asyncProperty(entered, async (list) => {
      no += 1
      const meant = new Map<string, string>()
      // Each round is in years of its own, behind which those of the rounds before it end.
      const at = (text: string) => `${String(Number(text.slice(0, 4)) + no * 10)}${text.slice(4)}`
      for (const { from, name } of list) {
        await record({ legalName: `${name}${no}` }, at(from))
        meant.set(from, `${name}${no}`)
      }
      const first = [...meant.keys()].toSorted()[0] as string
      for (const on of days.filter((one) => one >= first)) {
        const latest = [...meant.keys()].toSorted().findLast((from) => from <= on) as string
        expect(await nameOn(at(on))).toBe(meant.get(latest))
      }
    }),
    { numRuns: 25 },
  )
})

test('whatever is changed in whatever order, no two numbers of a kind are valid on one day, and the table holds what was accepted', async () => {
  const number = fc.record({
    number: fc.constantFrom('GB999999973', 'GB999999918'),
    scheme: fc.constantFrom('vat' as const, 'oss' as const, 'eori' as const, 'tax_number' as const),
    from: fc.constantFrom(...days),
    until: fc.option(fc.constantFrom(...days), { nil: null }),
  })
  let [accepted, declined] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(number, { maxLength: 4 }), async (wanted) => {
      const before = await shop.work(listTaxNumbers)
      const rows = wanted.map(({ number, scheme, from, until }) => ({
        country: scheme === 'oss' ? 'IE' : 'GB',
        scheme,
        number: scheme === 'oss' ? 'IE9990001G' : scheme === 'eori' ? `${number}000` : number,
        validFrom: day(from),
        validTo: until === null ? null : day(until),
      }))
      const overlaps = rows.some((one, index) =>
        rows
          .slice(index + 1)
          .some(
            (other) =>
              one.scheme === other.scheme &&
              one.validFrom <= (other.validTo ?? '9999-12-31') &&
              other.validFrom <= (one.validTo ?? '9999-12-31'),
          ),
      )
      const backwards = rows.some(({ validFrom, validTo }) => validTo !== null && validTo < validFrom)
      const saving = shop.work((tx) => saveTaxNumbers(tx, rows))
      if (overlaps || backwards) {
        declined += 1
        await expect(saving).rejects.toMatchObject({ code: expect.stringMatching(/^tax_number/) })
        expect(await shop.work(listTaxNumbers)).toEqual(before)
      } else {
        accepted += 1
        await saving
        const kept = await shop.work(listTaxNumbers)
        const plain = (
          list: readonly { scheme: string; number: string; validFrom: string; validTo: string | null }[],
        ) => list.map((one) => [one.scheme, one.number, one.validFrom, one.validTo].join(' ')).toSorted()
        expect(plain(kept)).toEqual(plain(rows))
      }
    }),
    { numRuns: 40 },
  )
  expect(Math.min(accepted, declined)).toBeGreaterThan(0)
})
