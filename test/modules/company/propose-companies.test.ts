import { expect, test } from 'vitest'
import { today } from '../../../src/kernel/accounting-date.ts'
import { isCountryCode } from '../../../src/kernel/countries.ts'
import { isCurrencyActive } from '../../../src/kernel/currencies.ts'
import { proposeCompanies } from '../../../src/modules/company/index.ts'

const day = '2026-03-31'
const proposals = proposeCompanies(day)
const of = (country: string) => proposals.find((proposal) => proposal.country === country)

test('every country that a company can be in is proposed once, with a currency that is in use', () => {
  expect(proposals.length).toBeGreaterThan(245)
  expect(new Set(proposals.map(({ country }) => country)).size).toBe(proposals.length)
  const wrong = proposals.filter(
    ({ country, currency }) => !isCountryCode(country) || (currency !== null && !isCurrencyActive(currency, day)),
  )
  expect(wrong).toEqual([])
  expect(proposals.filter(({ currency }) => currency === null).map(({ country }) => country)).toEqual(['AQ'])
})

test('where we know the rates the tax rules come with them, and elsewhere the proposal says that there are none', () => {
  expect(of('GB')).toEqual({
    country: 'GB',
    name: 'United Kingdom',
    currency: 'GBP',
    chart: 'uk',
    chartTitle: 'United Kingdom',
    timeZone: 'Europe/London',
    fiscalYearStartMonth: 4,
    taxRules: 'vat',
    taxAuthority: 'HMRC',
    standardTaxRate: '0.2',
  })
  expect(of('DE')).toMatchObject({ currency: 'EUR', chart: 'de', taxRules: 'vat', standardTaxRate: '0.19' })
  expect(of('MC')).toMatchObject({ chart: 'fr', taxRules: 'vat', standardTaxRate: '0.2' })
  expect(of('US')).toMatchObject({ currency: 'USD', chart: 'us', taxRules: 'none', taxAuthority: null })
  expect(of('JP')).toMatchObject({ currency: 'JPY', chart: 'generic', taxRules: 'none', standardTaxRate: null })
})

test('the rate is that of the day', () => {
  expect(proposeCompanies('2010-06-30').find(({ country }) => country === 'GB')?.standardTaxRate).toBe('0.175')
})

test('time zones of all proposals are known', () => {
  const zones = new Set(proposals.map(({ timeZone }) => timeZone))
  for (const zone of zones) expect(today(zone)).toMatch(/^\d{4}-/)
})
