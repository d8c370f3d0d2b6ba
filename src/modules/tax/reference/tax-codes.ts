import { isEuMemberCode, vatAreaAs } from './eu-members.ts'
import { reducedRates } from './reduced-rates.ts'
import { type DatedRate, standardRates } from './vat-rates.ts'

/**
 * What a tax code means for the return, whatever a company calls it.
 * `zero`, `export` and `intra_eu_supply` are taxed at nothing and leave the tax on purchases recoverable; `exempt` does
 * not; `outside_scope` is no supply at all and stands in no return.
 */
export const taxKinds = [
  'standard',
  'reduced',
  'zero',
  'exempt',
  'export',
  'intra_eu_supply',
  'reverse_charge',
  'outside_scope',
] as const

export type TaxKind = (typeof taxKinds)[number]

/**
 * A tax code that a company starts with. `authority` is to whom its tax is declared, null where it stands in no return.
 * `rates` ascends by date; an empty list says that we know no rate: each document states its own, or the company
 * enters one. A reverse charge on a purchase has a rate and costs nothing: input and output tax are equal.
 */
export type TaxCodeReference = {
  readonly code: string
  readonly name: string
  readonly kind: TaxKind
  readonly use: 'sales' | 'purchases' | 'both'
  readonly authority: string | null
  readonly rates: readonly DatedRate[]
  readonly description: string
}

/** To whom a company of the country declares its tax on sales, in the name that its accountants use. */
export const taxAuthorities: Readonly<Record<string, string>> = {
  AT: 'Finanzamt Österreich',
  BE: 'SPF Finances',
  BG: 'NRA',
  CY: 'Tax Department',
  CZ: 'Finanční správa',
  DE: 'Finanzamt',
  DK: 'Skattestyrelsen',
  EE: 'EMTA',
  ES: 'AEAT',
  FI: 'Verohallinto',
  FR: 'DGFiP',
  GB: 'HMRC',
  GR: 'AADE',
  HR: 'Porezna uprava',
  HU: 'NAV',
  IE: 'Revenue',
  IM: 'Isle of Man Customs and Excise',
  IT: 'Agenzia delle Entrate',
  LT: 'VMI',
  LU: 'AED',
  LV: 'VID',
  MC: 'Direction des Services Fiscaux',
  MT: 'MTCA',
  NL: 'Belastingdienst',
  PL: 'KAS',
  PT: 'Autoridade Tributária',
  RO: 'ANAF',
  SE: 'Skatteverket',
  SI: 'FURS',
  SK: 'Finančná správa',
}

/** Zero on every day that books can hold. */
const alwaysZero = [{ from: '1900-01-01', rate: '0' }] as const satisfies readonly DatedRate[]

/**
 * The tax codes that a company of `country` (two letters, upper case) starts with. Members of the EU, the United
 * Kingdom, Monaco and the Isle of Man get their VAT with its rates. A company of any other country gets the same kinds
 * with no rate but zero: United States sales tax, for one, depends on the place and the goods.
 */
export function defaultTaxCodes(country: string): TaxCodeReference[] {
  const vatCountry = Object.hasOwn(vatAreaAs, country) ? vatAreaAs[country as keyof typeof vatAreaAs] : country
  const standard: readonly DatedRate[] = isEuMemberCode(vatCountry) ? standardRates[vatCountry] : []
  const authority = usualTaxAuthority(country)
  const declared = [
    ...mainCodes(standard),
    ...reducedCodes(vatCountry),
    ...(isEuMemberCode(vatCountry) && vatCountry !== 'GB' ? intraEuCodes(standard) : []),
    ...reverseChargeCodes(standard),
  ]
  return [...declared.map((code) => ({ ...code, authority })), outsideScope]
}

/** To whom tax is declared in a country, as its accountants call it; where we know no name, by its code. */
export const usualTaxAuthority = (country: string): string => taxAuthorities[country] ?? `Tax authority of ${country}`

/**
 * To whom a company of the country declares VAT, and the standard rate of a day; null for a country whose rates we do not know: its companies get tax
 * codes without rates.
 */
export function taxesKnownOf(country: string, day: string): { authority: string; standardRate: string } | null {
  const standard = defaultTaxCodes(country).find(({ code }) => code === 'standard')
  const rate = standard?.rates.findLast(({ from }) => from <= day)?.rate
  return rate === undefined ? null : { authority: standard?.authority ?? '', standardRate: rate }
}

type Undeclared = Omit<TaxCodeReference, 'authority'>

const mainCodes = (standard: readonly DatedRate[]): Undeclared[] => [
  {
    code: 'standard',
    name: 'Standard rate',
    kind: 'standard',
    use: 'both',
    rates: standard,
    description: 'Goods and services that no other code covers.',
  },
  {
    code: 'zero',
    name: 'Zero rate',
    kind: 'zero',
    use: 'both',
    rates: alwaysZero,
    description: 'Taxable at nothing: declared as a taxable supply, and tax on purchases stays recoverable.',
  },
  {
    code: 'exempt',
    name: 'Exempt',
    kind: 'exempt',
    use: 'both',
    rates: alwaysZero,
    description: 'No tax, and tax on the purchases behind it is not recoverable.',
  },
  {
    code: 'export',
    name: 'Export, zero-rated',
    kind: 'export',
    use: 'sales',
    rates: alwaysZero,
    description: 'Goods sent out of the tax area, with proof that they left it.',
  },
]

const reducedCodes = (country: string): Undeclared[] =>
  (reducedRates[country] ?? []).map(({ code, name, rates, description }) => ({
    code,
    name,
    kind: 'reduced',
    use: 'both',
    rates,
    description,
  }))

const intraEuCodes = (standard: readonly DatedRate[]): Undeclared[] => [
  {
    code: 'intra-eu-supply',
    name: 'Supply within the EU, exempt',
    kind: 'intra_eu_supply',
    use: 'sales',
    rates: alwaysZero,
    description:
      'Goods to a business in another member state that gave its VAT number (Directive 2006/112/EC, art. 138).',
  },
  {
    code: 'intra-eu-acquisition',
    name: 'Acquisition within the EU',
    kind: 'reverse_charge',
    use: 'purchases',
    rates: standard,
    description: 'Goods from a business in another member state: we declare the tax and recover it.',
  },
]

const reverseChargeCodes = (standard: readonly DatedRate[]): Undeclared[] => [
  {
    code: 'reverse-charge',
    name: 'Reverse charge on a purchase',
    kind: 'reverse_charge',
    use: 'purchases',
    rates: standard,
    description: 'Services from abroad and other supplies on which the buyer declares the tax and recovers it.',
  },
  {
    code: 'reverse-charge-sale',
    name: 'Reverse charge on a sale',
    kind: 'reverse_charge',
    use: 'sales',
    rates: alwaysZero,
    description: 'We charge nothing because the customer declares the tax; the invoice says so.',
  },
]

const outsideScope: TaxCodeReference = {
  code: 'outside-scope',
  name: 'Outside the scope',
  kind: 'outside_scope',
  use: 'both',
  authority: null,
  rates: alwaysZero,
  description: 'No supply for tax: wages, dividends, multi-purpose gift cards when sold.',
}
