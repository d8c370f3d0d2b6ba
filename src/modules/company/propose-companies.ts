import { type CountryCode, countries, countryName, privateTerritories } from '../../kernel/countries.ts'
import { usualCurrency } from '../../kernel/country-currencies.ts'
import { chartForCountry } from '../../ledger/charts/index.ts'
import { taxesKnownOf } from '../tax/index.ts'
import { usualTimeZone } from './usual-time-zone.ts'

/** What a company of a country starts with unless somebody says otherwise. */
export type CompanyProposal = {
  country: CountryCode
  name: string
  /** Null where the country has no currency of its own. */
  currency: string | null
  chart: string
  chartTitle: string
  timeZone: string
  /** The month, 1 to 12, in which most companies' fiscal years begin. */
  fiscalYearStartMonth: number
  /** `vat` where tax codes come with their rates; `none` where books begin without: each document says its tax, or somebody enters rates. */
  taxRules: 'vat' | 'none'
  taxAuthority: string | null
  /** The standard rate of a day as a share of one, an exact decimal; null without tax rules. */
  standardTaxRate: string | null
}

/**
 * Where fiscal years do not usually follow the calendar: the government's own year, or the year that tax law asks companies to keep. Companies are free
 * to choose another in nearly all of these.
 */
const usualFirstMonth: Readonly<Partial<Record<CountryCode, number>>> = {
  AU: 7,
  BD: 7,
  EG: 7,
  GB: 4,
  HK: 4,
  IN: 4,
  JP: 4,
  NZ: 4,
  PK: 7,
  ZA: 3,
}

/** What is proposed for a company of each country on a day, in order of the countries' names. Pure. */
export function proposeCompanies(day: string): CompanyProposal[] {
  const codes = Object.keys({ ...countries, ...privateTerritories }) as CountryCode[]
  return codes.map((country) => proposalOf(country, day)).sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

function proposalOf(country: CountryCode, day: string): CompanyProposal {
  const { name: chart, title: chartTitle } = chartForCountry(country)
  const taxes = taxesKnownOf(country, day)
  return {
    country,
    name: countryName(country),
    currency: usualCurrency(country),
    chart,
    chartTitle,
    timeZone: usualTimeZone(country),
    fiscalYearStartMonth: usualFirstMonth[country] ?? 1,
    taxRules: taxes === null ? 'none' : 'vat',
    taxAuthority: taxes?.authority ?? null,
    standardTaxRate: taxes?.standardRate ?? null,
  }
}
