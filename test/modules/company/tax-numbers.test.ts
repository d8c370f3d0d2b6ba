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
    ['GB', 'vat', '111 0002 17', 'GB111000217'],
    ['GB', 'vat', 'gb 111000272', 'GB111000272'],
    ['GB', 'vat_ni', 'GB111000217', 'XI111000217'],
    ['IM', 'vat', '111 0002 17', 'GB111000217'],
    ['DE', 'vat', 'DE 136 695 976', 'DE136695976'],
    ['FR', 'vat', 'FR 40 303 265 045', 'FR40303265045'],
    ['GR', 'vat', 'GR 094259216', 'EL094259216'],
    ['NL', 'vat', 'NL.0044.95.445.B01', 'NL004495445B01'],
    ['NL', 'vat', 'NL000099998B57', 'NL000099998B57'],
    ['CH', 'vat', 'CHE-107.787.577 MWST', 'CHE107787577MWST'],
    ['NO', 'vat', 'NO 995 525 828 MVA', '995525828MVA'],
    ['AE', 'vat', '100 1234 5678 9003', '100123456789003'],
    ['AU', 'abn', '83 914 571 673', '83914571673'],
    ['AU', 'gst', '83 914 571 673', '83914571673'],
    ['NZ', 'gst', '49-091-850', '49091850'],
    ['CA', 'gst', '123026635 RT0001', '123026635RT0001'],
    ['IN', 'gst', '27AAPFU0939F1ZV', '27AAPFU0939F1ZV'],
    ['US', 'ein', '91-1144442', '911144442'],
    ['US', 'sales_tax', ' 123-456789 / 01 ', '123-456789 / 01'],
    ['IE', 'oss', 'IE6433435F', 'IE6433435F'],
    ['IE', 'ioss', 'IM 372 0000 224', 'IM3720000224'],
    ['IE', 'oss_non_union', 'EU372022822', 'EU372022822'],
    ['GB', 'eori', 'GB 111000217 000', 'GB111000217000'],
    ['DE', 'tax_number', '12/345/67890', '12/345/67890'],
  ])('%s %s %s', async (country, scheme, number, kept) => {
    expect(await save(written(country, scheme, number))).toMatchObject([{ country, scheme, number: kept }])
  })
})

describe('a number that cannot be one is refused with what was expected', () => {
  test.each<[string, TaxScheme, string, string]>([
    ['GB', 'vat', 'GB111000218', 'GB and nine or twelve digits, which agree with their check digits'],
    ['GB', 'vat', 'GB1110002', 'GB and nine or twelve digits'],
    ['GB', 'vat_ni', 'XI111000218', 'XI and nine or twelve digits'],
    ['DE', 'vat_ni', 'XI111000217', 'with the United Kingdom as country'],
    ['FR', 'vat', 'FR40303265046', 'which agree with their check digits'],
    ['AE', 'vat', '12', '4 to 20 letters and digits'],
    ['GB', 'oss', 'GB111000217', 'United Kingdom is none'],
    ['IE', 'oss', 'IE6433435A', 'IE, seven digits'],
    ['IE', 'ioss', 'IM0560000224', 'IM372 and seven digits'],
    ['GB', 'ioss', 'IM3720000224', 'a member state of the EU'],
    ['IE', 'oss_non_union', 'EU37202282', 'EU372 and six digits'],
    ['GB', 'abn', '83 914 571 673', 'Australia as the country'],
    ['AU', 'abn', '83 914 571 674', 'which agree with their check digits'],
    ['AU', 'gst', '83 914 571 674', 'the eleven digits of the ABN'],
    ['CA', 'gst', '123026635', 'nine digits, RT and four digits'],
    ['IN', 'gst', '27AAPFU0939F1Z', 'GSTIN'],
    ['NZ', 'gst', '49-091-851', 'eight or nine digits'],
    ['SG', 'gst', 'M9?', '4 to 20 letters and digits'],
    ['US', 'ein', '07-1144442', 'such as 12-3456789'],
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
    const ended = written('GB', 'vat', 'GB111000217', { validTo: day('2021-12-31') })
    await expect(save(ended)).rejects.toMatchObject({ code: 'tax_number_invalid', detail: { field: 'validTo' } })
  })
})

test('of one authority and kind one number is valid on a day: by the command, and by the database', async () => {
  const [first, second] = [written('GB', 'vat', 'GB111000217'), written('GB', 'vat', 'GB111000272')]
  const later = { ...second, validFrom: day('2023-01-01') }
  await expect(save(first, later)).rejects.toMatchObject({ code: 'tax_numbers_overlap' })
  await expect(save(first, first)).rejects.toMatchObject({ code: 'tax_numbers_overlap' })
  const ended = { ...first, validTo: day('2022-12-31') }
  expect(await save(later, ended)).toMatchObject([{ number: 'GB111000217', authority: 'HMRC' }, later])
  expect(await save(first, written('GB', 'eori', 'GB111000217000'), { ...later, authority: 'Another' })).toHaveLength(3)
  const past = `insert into company_tax_number (company_id, country, authority, scheme, number, valid_from)
    values (${shop.companyId}, 'GB', 'HMRC', 'vat', 'GB111000272', '2025-01-01')`
  await expect(shop.look(past)).rejects.toMatchObject({ code: 'tax_numbers_overlap' })
})

test('what shrinks gives way to what grows in the same change, and what is left out is withdrawn and stays in the table', async () => {
  const [first, second] = [written('GB', 'vat', 'GB111000217'), written('GB', 'vat', 'GB111000272')]
  await save({ ...first, validTo: day('2023-12-31') }, { ...second, validFrom: day('2024-01-01') })
  const swapped = await save(
    { ...second, validFrom: day('2024-01-01'), validTo: day('2024-12-31') },
    { ...first, validFrom: day('2025-01-01') },
    { ...first, number: 'GB111000272', validTo: day('2023-06-30') },
  )
  expect(swapped.map(({ number, validTo }) => [number, validTo])).toEqual([
    ['GB111000272', '2023-06-30'],
    ['GB111000272', '2024-12-31'],
    ['GB111000217', null],
  ])
  expect(await save()).toEqual([])
  const kept = await shop.look<{ withdrawn: boolean }>('select withdrawn from company_tax_number')
  expect(kept.length).toBeGreaterThan(2)
  expect(kept.every(({ withdrawn }) => withdrawn)).toBe(true)
  expect(await save(first)).toHaveLength(1)
})

test('what is saved as it is, changes and logs nothing', async () => {
  const number = written('GB', 'vat', 'GB111000217')
  await save(number)
  const logged = () =>
    shop.look<{ n: bigint }>(`select count(*) as n from audit_log where table_name = 'company_tax_number'`)
  const before = await logged()
  await save(number)
  expect(await logged()).toEqual(before)
})
