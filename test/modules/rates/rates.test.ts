import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inInstallation } from '../../../src/kernel/database.ts'
import {
  addCompanyRates,
  findRates,
  listRates,
  rateInWords,
  saveReferenceRates,
} from '../../../src/modules/rates/index.ts'
import { toBase, type UsedRate } from '../../../src/posting/exchange.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await inInstallation(shop.database, (tx) =>
    saveReferenceRates(tx, [
      { currency: 'GBP', day: day('2024-01-05'), rate: '0.8612' },
      { currency: 'USD', day: day('2024-01-05'), rate: '1.0921' },
      { currency: 'GBP', day: day('2024-01-08'), rate: '0.8610' },
      { currency: 'USD', day: day('2024-01-08'), rate: '1.0946' },
      { currency: 'JPY', day: day('2024-01-08'), rate: '157.72' },
      { currency: 'USD', day: day('2024-01-09'), rate: '1.0940' },
    ]),
  )
})
afterAll(async () => {
  await shop.close()
})

const rate = (currency: string, on: string): Promise<UsedRate | null> =>
  shop.work(async (tx) => (await findRates(tx, [{ currency, on: day(on) }])).rateOn(currency, day(on)))
const add = (source: 'manual' | 'company', currency: string, on: string, value: string | null) =>
  shop.work((tx) => addCompanyRates(tx, [{ source, currency, day: day(on), rate: value }], 'test'))

describe('a reference rate', () => {
  test('is turned round for the euro itself, and crosses it for others, exactly', async () => {
    const euro = (await rate('EUR', '2024-01-08')) as UsedRate
    expect(euro).toMatchObject({ source: 'ecb', day: '2024-01-08', base: 'GBP' })
    expect(rateInWords(euro)).toBe('0.861')
    const dollar = (await rate('USD', '2024-01-08')) as UsedRate
    // 0.8610 / 1.0946 = 0.786589…: a million dollars, rounded once
    expect(toBase(100_000_000n, dollar)).toBe(78_658_871n)
    const yen = (await rate('JPY', '2024-01-08')) as UsedRate
    expect(toBase(1_000_000n, yen)).toBe(545_904n) // 1,000,000 yen × 0.8610 / 157.72
  })

  test('holds over a weekend, and not for longer than a week', async () => {
    expect(await rate('EUR', '2024-01-07')).toMatchObject({ day: '2024-01-05' })
    expect(await rate('EUR', '2024-01-15')).toMatchObject({ day: '2024-01-08' })
    await expect(rate('EUR', '2024-01-16')).rejects.toMatchObject({ code: 'rate_missing' })
    await expect(rate('EUR', '2024-01-04')).rejects.toMatchObject({
      code: 'rate_missing',
      detail: { currency: 'EUR', day: '2024-01-04' },
    })
  })

  test('crosses two rates of one day, and never of two', async () => {
    expect(await rate('USD', '2024-01-09')).toMatchObject({ day: '2024-01-08' }) // no pound on the 9th
  })

  test('is corrected by a next version, and the same again is nothing', async () => {
    const save = (value: string) =>
      inInstallation(shop.database, (tx) =>
        saveReferenceRates(tx, [{ currency: 'JPY', day: day('2024-01-08'), rate: value }]),
      )
    expect(await save('157.72')).toEqual({ created: 0, existing: 1, corrected: 0 })
    expect(await save('158.00')).toEqual({ created: 0, existing: 0, corrected: 1 })
    expect(toBase(158n, (await rate('JPY', '2024-01-08')) as UsedRate)).toBe(86n)
  })

  test('cannot be written for a company', async () => {
    await expect(
      shop.work((tx) => saveReferenceRates(tx, [{ currency: 'GBP', day: day('2024-01-10'), rate: '1' }])),
    ).rejects.toThrow('permission denied')
  })
})

describe('a rate of the company', () => {
  test('by hand holds until a later reference rate, and before one of the same day', async () => {
    await add('manual', 'EUR', '2024-01-06', '0.9000')
    expect(await rate('EUR', '2024-01-07')).toMatchObject({ source: 'manual', day: '2024-01-06' })
    expect(await rate('EUR', '2024-01-08')).toMatchObject({ source: 'ecb' })
    await add('manual', 'EUR', '2024-01-08', '0.8888')
    expect(await rate('EUR', '2024-01-08')).toMatchObject({ source: 'manual' })
    expect(await rate('EUR', '2030-01-08')).toMatchObject({ source: 'manual', day: '2024-01-08' })
  })

  test('of its own stands before all, until it ends', async () => {
    await add('company', 'EUR', '2024-01-01', '0.8')
    expect(await rate('EUR', '2024-01-08')).toMatchObject({ source: 'company', day: '2024-01-01' })
    await add('company', 'EUR', '2024-01-07', null)
    expect(await rate('EUR', '2024-01-06')).toMatchObject({ source: 'company' })
    expect(await rate('EUR', '2024-01-08')).toMatchObject({ source: 'manual' })
  })

  test('is corrected by a next version', async () => {
    expect(await add('manual', 'CHF', '2024-01-08', '0.92')).toEqual([{ result: 'created', version: 1 }])
    expect(await add('manual', 'CHF', '2024-01-08', '0.920')).toEqual([{ result: 'existing', version: 1 }])
    expect(await add('manual', 'CHF', '2024-01-08', '0.93')).toEqual([{ result: 'corrected', version: 2 }])
    expect(rateInWords((await rate('CHF', '2024-01-08')) as UsedRate)).toBe('0.93')
    const versions = await shop.work((tx) => listRates(tx, { currency: 'CHF', limit: 10 }))
    expect(versions.map((row) => [row.version, row.rate])).toEqual([
      [2, '0.93'],
      [1, '0.92'],
    ])
  })

  test.each([
    ['GBP', '1'],
    ['XXQ', '1'],
    ['EUR', '0'],
    ['EUR', '-1'],
    ['EUR', 'much'],
  ])('of %s at %s is refused', async (currency, value) => {
    await expect(add('manual', currency, '2024-01-08', value)).rejects.toMatchObject({ code: 'input_invalid' })
  })
})

test('the base currency needs no rate', async () => {
  expect(await rate('GBP', '2024-01-08')).toBeNull()
})
