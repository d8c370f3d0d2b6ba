import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaxScheme } from '../../../src/kernel/tax-schemes.ts'
import { listTaxNumbers, saveTaxNumbers, type WrittenTaxNumber } from '../../../src/modules/company/index.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const written = (country: string, scheme: TaxScheme, number: string, more: Partial<WrittenTaxNumber> = {}) => ({
  country,
  scheme,
  number,
  validFrom: day('2022-01-01'),
  ...more,
})
const save = (...numbers: WrittenTaxNumber[]) => shop.work((tx) => saveTaxNumbers(tx, numbers))
const list = () => shop.work(listTaxNumbers)

describe('a number is kept without what people write in it, and with its prefix', () => {
  // Made up, with check digits that are right by the rule that the country publishes.
  test.each<[string, TaxScheme, string, string]>([
    ['GB', 'vat', '999 9999 73', 'GB999999973'],
    ['GB', 'vat', 'gb 999999918', 'GB999999918'],
    ['GB', 'vat_ni', 'GB999999973', 'XI999999973'],
    ['IM', 'vat', '999 9999 73', 'GB999999973'],
    ['DE', 'vat', 'DE 999 900 008', 'DE999900008'],
    ['FR', 'vat', 'FR 50 999 900 004', 'FR50999900004'],
    ['GR', 'vat', 'GR 999900008', 'EL999900008'],
    ['NL', 'vat', 'NL.0000.90.001.B01', 'NL000090001B01'],
    ['NL', 'vat', 'NL000099998B57', 'NL000099998B57'],
    ['CH', 'vat', 'CHE-999.900.006 MWST', 'CHE999900006MWST'],
    ['NO', 'vat', 'NO 999 900 003 MVA', '999900003MVA'],
    ['AE', 'vat', '100 1234 5678 9003', '100123456789003'],
    ['AU', 'abn', '61 999 900 000', '61999900000'],
    ['AU', 'gst', '61 999 900 000', '61999900000'],
    ['NZ', 'gst', '10-000-009', '10000009'],
    ['CA', 'gst', '100000009 RT0001', '100000009RT0001'],
    ['IN', 'gst', '27AAAPA0001A1Z6', '27AAAPA0001A1Z6'],
    ['US', 'ein', '12-0000001', '120000001'],
    ['US', 'sales_tax', ' 123-456789 / 01 ', '123-456789 / 01'],
    ['IE', 'oss', 'IE9990001G', 'IE9990001G'],
    ['IE', 'ioss', 'IM 372 0000 224', 'IM3720000224'],
    ['IE', 'oss_non_union', 'EU372022822', 'EU372022822'],
    ['GB', 'eori', 'GB 999999973 000', 'GB999999973000'],
    ['DE', 'tax_number', '12/345/67890', '12/345/67890'],
  ])('%s %s %s', async (country, scheme, number, kept) => {
    expect(await save(written(country, scheme, number))).toMatchObject([{ country, scheme, number: kept }])
  })
})

describe('a number that cannot be one is refused with what was expected', () => {
  test.each<[string, TaxScheme, string, string]>([
    ['GB', 'vat', 'GB999999974', 'GB and nine or twelve digits, which agree with their check digits'],
    ['GB', 'vat', 'GB9999999', 'GB and nine or twelve digits'],
    ['GB', 'vat_ni', 'XI999999974', 'XI and nine or twelve digits'],
    ['DE', 'vat_ni', 'XI999999973', 'with the United Kingdom as country'],
    ['FR', 'vat', 'FR50999900005', 'which agree with their check digits'],
    ['AE', 'vat', '12', '4 to 20 letters and digits'],
    ['GB', 'oss', 'GB999999973', 'United Kingdom is none'],
    ['IE', 'oss', 'IE9990001A', 'IE, seven digits'],
    ['IE', 'ioss', 'IM0560000224', 'IM372 and seven digits'],
    ['GB', 'ioss', 'IM3720000224', 'a member state of the EU'],
    ['IE', 'oss_non_union', 'EU37202282', 'EU372 and six digits'],
    ['GB', 'abn', '61 999 900 000', 'Australia as the country'],
    ['AU', 'abn', '61 999 900 001', 'which agree with their check digits'],
    ['AU', 'gst', '61 999 900 001', 'the eleven digits of the ABN'],
    ['CA', 'gst', '100000009', 'nine digits, RT and four digits'],
    ['IN', 'gst', '27AAAPA0001A1Z', 'GSTIN'],
    ['NZ', 'gst', '10-000-008', 'eight or nine digits'],
    ['SG', 'gst', 'M9?', '4 to 20 letters and digits'],
    ['US', 'ein', '07-0000001', 'such as 12-3456789'],
    ['US', 'sales_tax', '#', 'letters, digits'],
    ['GB', 'eori', 'GB111', 'GB or XI'],
    ['DE', 'eori', 'FR1', 'DE and up to fifteen'],
  ])('%s %s %s', async (country, scheme, number, expected) => {
    const before = await list()
    await expect(save(written(country, scheme, number))).rejects.toMatchObject({
      code: 'tax_number_invalid',
      detail: { expected: expect.stringContaining(expected) },
    })
    expect(await list()).toEqual(before)
  })

  test('neither is one of a country that is none, nor one that ends before it begins', async () => {
    await expect(save(written('QQ', 'vat', '12345'))).rejects.toMatchObject({ code: 'country_unknown' })
    const ended = written('GB', 'vat', 'GB999999973', { validTo: day('2021-12-31') })
    await expect(save(ended)).rejects.toMatchObject({ code: 'tax_number_invalid', detail: { field: 'validTo' } })
  })
})

test('of one authority and kind one number is valid on a day: by the command, and by the database', async () => {
  const [first, second] = [written('GB', 'vat', 'GB999999973'), written('GB', 'vat', 'GB999999918')]
  const later = { ...second, validFrom: day('2023-01-01') }
  await expect(save(first, later)).rejects.toMatchObject({ code: 'tax_numbers_overlap' })
  await expect(save(first, first)).rejects.toMatchObject({ code: 'tax_numbers_overlap' })
  const ended = { ...first, validTo: day('2022-12-31') }
  expect(await save(later, ended)).toMatchObject([{ number: 'GB999999973', authority: 'HMRC' }, later])
  expect(await save(first, written('GB', 'eori', 'GB999999973000'), { ...later, authority: 'Another' })).toHaveLength(3)
  const past = `insert into company_tax_number (company_id, country, authority, scheme, number, valid_from)
    values (${shop.companyId}, 'GB', 'HMRC', 'vat', 'GB999999918', '2025-01-01')`
  await expect(shop.look(past)).rejects.toMatchObject({ code: 'tax_numbers_overlap' })
})

test('what shrinks gives way to what grows in the same change, and what is left out is withdrawn and stays in the table', async () => {
  const [first, second] = [written('GB', 'vat', 'GB999999973'), written('GB', 'vat', 'GB999999918')]
  await save({ ...first, validTo: day('2023-12-31') }, { ...second, validFrom: day('2024-01-01') })
  const swapped = await save(
    { ...second, validFrom: day('2024-01-01'), validTo: day('2024-12-31') },
    { ...first, validFrom: day('2025-01-01') },
    { ...first, number: 'GB999999918', validTo: day('2023-06-30') },
  )
  expect(swapped.map(({ number, validTo }) => [number, validTo])).toEqual([
    ['GB999999918', '2023-06-30'],
    ['GB999999918', '2024-12-31'],
    ['GB999999973', null],
  ])
  expect(await save()).toEqual([])
  const kept = await shop.look<{ withdrawn: boolean }>('select withdrawn from company_tax_number')
  expect(kept.length).toBeGreaterThan(2)
  expect(kept.every(({ withdrawn }) => withdrawn)).toBe(true)
  expect(await save(first)).toHaveLength(1)
})

test('what is saved as it is, changes and logs nothing', async () => {
  const number = written('GB', 'vat', 'GB999999973')
  await save(number)
  const logged = () =>
    shop.look<{ n: bigint }>(`select count(*) as n from audit_log where table_name = 'company_tax_number'`)
  const before = await logged()
  await save(number)
  expect(await logged()).toEqual(before)
})
