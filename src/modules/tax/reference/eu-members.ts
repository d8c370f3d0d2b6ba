import type { CountryCode } from '../../../kernel/countries.ts'

/** First and last day of a membership, both included; `to` is null while it lasts. Dates are 'YYYY-MM-DD'. */
export type Membership = { readonly from: string; readonly to: string | null }

/** The member states of the European Union and of the Communities before it. */
export const euMembers = {
  AT: { from: '1995-01-01', to: null },
  BE: { from: '1958-01-01', to: null },
  BG: { from: '2007-01-01', to: null },
  CY: { from: '2004-05-01', to: null },
  CZ: { from: '2004-05-01', to: null },
  DE: { from: '1958-01-01', to: null },
  DK: { from: '1973-01-01', to: null },
  EE: { from: '2004-05-01', to: null },
  ES: { from: '1986-01-01', to: null },
  FI: { from: '1995-01-01', to: null },
  FR: { from: '1958-01-01', to: null },
  GB: { from: '1973-01-01', to: '2020-01-31' },
  GR: { from: '1981-01-01', to: null },
  HR: { from: '2013-07-01', to: null },
  HU: { from: '2004-05-01', to: null },
  IE: { from: '1973-01-01', to: null },
  IT: { from: '1958-01-01', to: null },
  LT: { from: '2004-05-01', to: null },
  LU: { from: '1958-01-01', to: null },
  LV: { from: '2004-05-01', to: null },
  MT: { from: '2004-05-01', to: null },
  NL: { from: '1958-01-01', to: null },
  PL: { from: '2004-05-01', to: null },
  PT: { from: '1986-01-01', to: null },
  RO: { from: '2007-01-01', to: null },
  SE: { from: '1995-01-01', to: null },
  SI: { from: '2004-05-01', to: null },
  SK: { from: '2004-05-01', to: null },
} as const satisfies Partial<Record<CountryCode, Membership>>

export type EuMember = keyof typeof euMembers

/**
 * Territories with a code of their own whose supplies count as another country's for VAT: Monaco as France, the Isle
 * of Man as the United Kingdom (Directive 2006/112/EC, article 7). A member's territory with its own code that is not
 * listed (Åland, Guadeloupe, Guernsey, Jersey and others) lies outside the VAT area (article 6 and article 355 of the
 * treaty). The Canary Islands, Ceuta and Melilla, Büsingen, Heligoland, Livigno, Campione and Mount Athos
 * lie outside it too and share their country's code: only an address tells them, so they are not decided here.
 */
export const vatAreaAs = { MC: 'FR', IM: 'GB' } as const satisfies Partial<Record<CountryCode, EuMember>>

/**
 * The last day on which the United Kingdom belonged to the EU's VAT area. It left the Union on 2020-01-31, and the
 * withdrawal agreement (articles 126 and 127) kept Union law in force to the end of 2020. Northern Ireland remains in
 * the area for goods; its address, not its country code, says so.
 */
const lastDayOfUkInVatArea = '2020-12-31'

export const isEuMemberCode = (code: string): code is EuMember => Object.hasOwn(euMembers, code)

/** Whether the country was a member state of the European Union on that day ('YYYY-MM-DD'). */
export function isEuMember(country: string, date: string): boolean {
  return isEuMemberCode(country) && includes(euMembers[country], date)
}

/** Whether a supply to the country on that day stayed within the EU's VAT area, as far as a country's code can tell. */
export function isInEuVatArea(country: string, date: string): boolean {
  const member = Object.hasOwn(vatAreaAs, country) ? vatAreaAs[country as keyof typeof vatAreaAs] : country
  if (member === 'GB') return includes({ from: euMembers.GB.from, to: lastDayOfUkInVatArea }, date)
  return isEuMember(member, date)
}

function includes({ from, to }: Membership, date: string): boolean {
  return from <= date && (to === null || date <= to)
}
