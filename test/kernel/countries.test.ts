import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { countries, countryName, isCountryCode, privateTerritories } from '../../src/kernel/countries.ts'
import { countryAliases, readCountry, unclearCountries } from '../../src/kernel/country-names.ts'

const data = join(process.env.COUNTINGHOUSE_SHARED ?? '../shared', 'data')
const list = join(data, 'reference/iso-codes/iso_3166-1.json')
const orders = join(data, 'orders/online-retail-2010-12_2011-08')

const codeOf = (text: string) => {
  const reading = readCountry(text)
  return reading.kind === 'country' ? reading.code : reading.kind
}

describe('countries', () => {
  it('know codes in upper case only, private territories included', () => {
    for (const code of ['GB', 'NA', 'XJ']) expect(isCountryCode(code), code).toBe(true)
    for (const code of ['gb', 'UK', 'EU', 'constructor']) expect(isCountryCode(code), code).toBe(false)
    expect(countryName('XJ')).toBe('Channel Islands')
    expect(countryName('IE')).toBe('Ireland')
  })

  it('take no private code that the standard has given away', () => {
    for (const code of Object.keys(privateTerritories)) expect(Object.hasOwn(countries, code)).toBe(false)
  })

  it.skipIf(!existsSync(list))('are the codes of ISO 3166-1', () => {
    const published: { alpha_2: string; name: string; common_name?: string }[] = JSON.parse(readFileSync(list, 'utf8'))[
      '3166-1'
    ]
    expect(Object.keys(countries).toSorted()).toEqual(published.map((row) => row.alpha_2).toSorted())
    // The standard's own names are understood too, whatever short name we show.
    for (const row of published) expect(codeOf(row.name), row.name).toBe(row.alpha_2)
  })
})

describe('readCountry', () => {
  it.each([
    ['United Kingdom', 'GB'],
    ['EIRE', 'IE'],
    ['RSA', 'ZA'],
    ['USA', 'US'],
    ['Czech Republic', 'CZ'],
    ['Channel Islands', 'XJ'],
    [' united   kingdom ', 'GB'],
    ['de', 'DE'],
    ['Jersey', 'JE'],
    ['Northern Ireland', 'GB'],
    ['European Community', 'unclear'],
    ['Unspecified', 'unclear'],
    ['', 'unclear'],
    ['Untied Kingdom', 'unknown'],
  ])('reads %j as %s', (text, expected) => {
    expect(codeOf(text)).toBe(expected)
  })

  it('has aliases in the form in which they are looked up, none of them a code, a name or an unclear word', () => {
    const names = Object.values({ ...countries, ...privateTerritories }).map((name) => name.toLowerCase())
    for (const alias of Object.keys(countryAliases)) {
      expect(alias).toBe(alias.trim().replace(/\s+/g, ' ').toLowerCase())
      expect(isCountryCode(alias.toUpperCase()), alias).toBe(false)
      expect(names, alias).not.toContain(alias)
      expect(unclearCountries as readonly string[], alias).not.toContain(alias)
    }
  })

  it.skipIf(!existsSync(orders))('understands every country of a real shop’s history', () => {
    const found = new Set<string>()
    for (const file of readdirSync(orders)
      .filter((name) => name.endsWith('.csv'))
      .filter((_, at) => at % 10 === 0)) {
      const rows: Record<string, string>[] = parse(readFileSync(join(orders, file), 'utf8'), { columns: true })
      for (const row of rows) found.add(row.Country ?? '')
    }
    expect(found.size).toBeGreaterThan(20)
    expect([...found].filter((text) => readCountry(text).kind === 'unknown')).toEqual([])
  })
})
