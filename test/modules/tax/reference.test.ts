import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { isCountryCode } from '../../../src/kernel/countries.ts'
import { euMembers, isEuMember, isEuMemberCode, isInEuVatArea } from '../../../src/modules/tax/reference/eu-members.ts'
import { reducedRates } from '../../../src/modules/tax/reference/reduced-rates.ts'
import { defaultTaxCodes, taxAuthorities, taxKinds } from '../../../src/modules/tax/reference/tax-codes.ts'
import { type DatedRate, rateOn, standardRate, standardRates } from '../../../src/modules/tax/reference/vat-rates.ts'

const reference = join(process.env.COUNTINGHOUSE_SHARED ?? '../shared', 'data/reference')
const history = join(reference, 'vat-rates-kdeldycke/vat_rates.csv')
const current = join(reference, 'vat-rates-ibericode/vat-rates.json')

const isDate = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)

function expectOrdered(rates: readonly DatedRate[], label: string): void {
  const days = rates.map((rate) => rate.from)
  expect(days, label).toEqual([...new Set(days)].toSorted())
  for (const { from, rate } of rates) {
    expect(isDate(from), `${label} ${from}`).toBe(true)
    expect(rate, label).toMatch(/^0(\.\d{0,3}[1-9])?$/)
  }
}

describe('membership of the European Union', () => {
  it.each([
    ['GB', '2011-08-31', true],
    ['GB', '2020-01-31', true],
    ['GB', '2020-02-01', false],
    ['HR', '2013-06-30', false],
    ['HR', '2013-07-01', true],
    ['BG', '2006-12-31', false],
    ['BG', '2007-01-01', true],
    ['PL', '2004-04-30', false],
    ['PL', '2004-05-01', true],
    ['CH', '2011-08-31', false],
    ['XJ', '2011-08-31', false],
    ['JE', '2011-08-31', false],
    ['toString', '2011-08-31', false],
  ])('%s on %s: %s', (country, date, expected) => {
    expect(isEuMember(country, date)).toBe(expected)
  })

  it('had 27 members in 2011, 28 after Croatia and 27 after the United Kingdom left', () => {
    const members = (date: string) => Object.keys(euMembers).filter((country) => isEuMember(country, date)).length
    expect([members('2011-01-01'), members('2014-01-01'), members('2021-01-01')]).toEqual([27, 28, 27])
    for (const country of Object.keys(euMembers)) expect(isCountryCode(country)).toBe(true)
  })

  it('differs from the VAT area: the British transition, Monaco and the Isle of Man', () => {
    expect(isInEuVatArea('GB', '2020-12-31')).toBe(true)
    expect(isInEuVatArea('GB', '2021-01-01')).toBe(false)
    expect(isInEuVatArea('IM', '2020-12-31')).toBe(true)
    expect(isInEuVatArea('IM', '2021-01-01')).toBe(false)
    expect(isInEuVatArea('MC', '2021-01-01')).toBe(true)
    for (const outside of ['JE', 'GG', 'XJ', 'AX', 'GP', 'GI', 'SM', 'NO']) {
      expect(isInEuVatArea(outside, '2011-01-01'), outside).toBe(false)
    }
  })
})

describe('standard rates', () => {
  it.each([
    ['GB', '1991-03-31', null],
    ['GB', '1991-04-01', '0.175'],
    ['GB', '2008-11-30', '0.175'],
    ['GB', '2008-12-01', '0.15'],
    ['GB', '2009-12-31', '0.15'],
    ['GB', '2010-01-01', '0.175'],
    ['GB', '2011-01-03', '0.175'],
    ['GB', '2011-01-04', '0.2'],
    ['GB', '2026-01-01', '0.2'],
    ['DE', '2020-06-30', '0.19'],
    ['DE', '2020-07-01', '0.16'],
    ['DE', '2020-12-31', '0.16'],
    ['DE', '2021-01-01', '0.19'],
    ['IE', '2020-08-31', '0.23'],
    ['IE', '2020-09-01', '0.21'],
    ['IE', '2021-02-28', '0.21'],
    ['IE', '2021-03-01', '0.23'],
    ['IT', '2011-09-16', '0.2'],
    ['IT', '2011-09-17', '0.21'],
    ['LU', '2023-12-31', '0.16'],
    ['LU', '2024-01-01', '0.17'],
    ['FI', '2024-09-01', '0.255'],
    ['US', '2024-09-01', null],
    ['toString', '2024-09-01', null],
  ])('%s on %s: %s', (country, date, expected) => {
    expect(standardRate(country, date)).toBe(expected)
  })

  it.each(Object.entries(standardRates))('of %s ascend by day and reach back to 2010', (country, rates) => {
    expectOrdered(rates, country)
    expect(rateOn(rates, '2010-01-01')).not.toBeNull()
    // A rate that repeats the one before it would be a change that was none.
    const values = rates.map((rate) => rate.rate)
    expect(values.filter((rate, at) => rate === values[at - 1])).toEqual([])
  })

  it.skipIf(!existsSync(history))('agree with a published history on the days of change and around them', () => {
    const rows: Record<string, string>[] = parse(readFileSync(history, 'utf8'), { columns: true })
    const changes = rows
      .filter((row) => row.rate_type === 'standard' && (row.start_date ?? '') >= '2010-01-01')
      .map((row) => ({ country: (row.territory_codes ?? '').split('\n')[0] ?? '', row }))
      .filter(({ country }) => isEuMemberCode(country))
    expect(changes.length).toBeGreaterThan(40)
    for (const { country, row } of changes) {
      const rate = standardRate(country, row.start_date ?? '')
      expect(Number(rate), `${country} ${row.start_date}`).toBe(Number(row.rate))
    }
    // And the other way round: every change that we know stands there, but for Ireland's six months, which it lacks.
    const published = new Set(changes.map(({ country, row }) => `${country} ${row.start_date}`))
    const extra = Object.entries(standardRates)
      .flatMap(([country, rates]) => rates.map((rate) => `${country} ${rate.from}`))
      .filter((change) => change.slice(3) >= '2010-01-01' && !published.has(change))
    expect(extra).toEqual(['IE 2020-09-01', 'IE 2021-03-01'])
  })

  it.skipIf(!existsSync(current))('agree with a second publication on what holds today', () => {
    type Period = { effective_from: string; rates: Record<string, number> }
    const items: Record<string, Period[]> = JSON.parse(readFileSync(current, 'utf8')).items
    for (const [country, periods] of Object.entries(items)) {
      for (const { effective_from: from, rates } of periods.filter((period) => period.effective_from >= '2010')) {
        expect(Number(standardRate(country, from)) * 1000, `${country} ${from}`).toBeCloseTo((rates.standard ?? 0) * 10)
      }
      const latest = periods.toSorted((a, b) => a.effective_from.localeCompare(b.effective_from)).at(-1)
      expect(Number(standardRate(country, '2026-01-01')) * 1000, country).toBeCloseTo(
        (latest?.rates.standard ?? 0) * 10,
      )
    }
  })
})

describe('tax codes', () => {
  const everywhere = [...Object.keys(taxAuthorities), 'US', 'CH', 'XJ']

  it.each(everywhere)('of %s are distinct and well formed, and cover what every company needs', (country) => {
    const codes = defaultTaxCodes(country)
    const names = codes.map((code) => code.code)
    expect(new Set(names).size).toBe(names.length)
    for (const wanted of ['standard', 'zero', 'exempt', 'export', 'reverse-charge', 'outside-scope']) {
      expect(names).toContain(wanted)
    }
    for (const code of codes) {
      expect(code.code).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(taxKinds).toContain(code.kind)
      expectOrdered(code.rates, `${country} ${code.code}`)
      expect(code.authority === null).toBe(code.kind === 'outside_scope')
      if (['zero', 'exempt', 'export', 'intra_eu_supply', 'outside_scope'].includes(code.kind)) {
        expect(rateOn(code.rates, '2010-12-01')).toBe('0')
      }
    }
  })

  it('of the United Kingdom are declared to HMRC at its rates', () => {
    const codes = new Map(defaultTaxCodes('GB').map((code) => [code.code, code]))
    const rate = (code: string, date: string) => rateOn(codes.get(code)?.rates ?? [], date)
    expect(codes.get('standard')?.authority).toBe('HMRC')
    expect([rate('standard', '2011-01-03'), rate('standard', '2011-01-04')]).toEqual(['0.175', '0.2'])
    expect(rate('reduced', '2011-01-04')).toBe('0.05')
    expect(rate('reverse-charge', '2011-01-04')).toBe('0.2')
    expect(rate('reverse-charge-sale', '2011-01-04')).toBe('0')
    expect(codes.has('intra-eu-supply')).toBe(false)
  })

  it('of every member have an authority of that country, and rates', () => {
    for (const country of Object.keys(euMembers)) {
      expect(taxAuthorities, country).toHaveProperty(country)
      const standard = defaultTaxCodes(country).find((code) => code.code === 'standard')
      expect(standard?.rates.length, country).toBeGreaterThan(0)
    }
  })

  it('follow France in Monaco and the United Kingdom on the Isle of Man, each under its own authority', () => {
    const standard = (country: string) => defaultTaxCodes(country).find((code) => code.code === 'standard')
    expect(standard('MC')?.rates).toEqual(standard('FR')?.rates)
    expect(standard('IM')?.rates).toEqual(standard('GB')?.rates)
    expect(standard('IM')?.authority).not.toBe(standard('GB')?.authority)
  })

  it('name no standard rate where we know none', () => {
    for (const country of ['US', 'CH']) {
      expect(defaultTaxCodes(country).find((code) => code.code === 'standard')?.rates).toEqual([])
    }
  })

  it('have reduced rates below the standard rate on every day of change', () => {
    for (const [country, list] of Object.entries(reducedRates)) {
      for (const { rates, code } of list) {
        for (const { from, rate } of rates) {
          expect(Number(rate), `${country} ${code} ${from}`).toBeLessThan(Number(standardRate(country, from)))
        }
      }
    }
  })

  it.skipIf(!existsSync(current))('have reduced rates that a publication knows', () => {
    type Period = { effective_from: string; rates: Record<string, number> }
    const items: Record<string, Period[]> = JSON.parse(readFileSync(current, 'utf8')).items
    for (const [country, list] of Object.entries(reducedRates)) {
      const periods = (items[country] ?? []).toSorted((a, b) => a.effective_from.localeCompare(b.effective_from))
      const published = Object.values(periods.at(-1)?.rates ?? {})
      for (const { rates, code } of list) {
        expect(published, `${country} ${code}`).toContain(Math.round(Number(rateOn(rates, '2025-12-01')) * 1000) / 10)
      }
    }
  })
})
