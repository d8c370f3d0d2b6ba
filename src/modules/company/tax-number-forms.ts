import type { Validator } from 'stdnum'
import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { type CountryCode, countryName } from '../../kernel/countries.ts'
import { type TaxScheme, taxSchemes } from '../../kernel/tax-schemes.ts'
import { isEuMember } from '../tax/index.ts'

/** A number as somebody wrote it: read into the form in which it is kept, or what was expected of it in words. */
export type ReadNumber = { number: string } | { expected: string }

/** What stands in a VAT number, by country: Directive 2006/112/EC art. 215 and the structures that VIES publishes; elsewhere the country's own. */
const vatForms: Readonly<Partial<Record<CountryCode, { prefix: string; words: string }>>> = {
  AT: { prefix: 'AT', words: 'ATU and eight digits' },
  BE: { prefix: 'BE', words: 'BE and ten digits' },
  BG: { prefix: 'BG', words: 'BG and nine or ten digits' },
  CH: { prefix: '', words: 'CHE, nine digits, and MWST, TVA or IVA' },
  CY: { prefix: 'CY', words: 'CY, eight digits and a letter' },
  CZ: { prefix: 'CZ', words: 'CZ and eight to ten digits' },
  DE: { prefix: 'DE', words: 'DE and nine digits' },
  DK: { prefix: 'DK', words: 'DK and eight digits' },
  EE: { prefix: 'EE', words: 'EE and nine digits' },
  ES: { prefix: 'ES', words: 'ES and nine letters and digits' },
  FI: { prefix: 'FI', words: 'FI and eight digits' },
  FR: { prefix: 'FR', words: 'FR, two letters or digits, and nine digits' },
  GB: { prefix: 'GB', words: 'GB and nine or twelve digits' },
  GR: { prefix: 'EL', words: 'EL and nine digits' },
  HR: { prefix: 'HR', words: 'HR and eleven digits' },
  HU: { prefix: 'HU', words: 'HU and eight digits' },
  IE: { prefix: 'IE', words: 'IE, seven digits and one or two letters' },
  IT: { prefix: 'IT', words: 'IT and eleven digits' },
  LT: { prefix: 'LT', words: 'LT and nine or twelve digits' },
  LU: { prefix: 'LU', words: 'LU and eight digits' },
  LV: { prefix: 'LV', words: 'LV and eleven digits' },
  MT: { prefix: 'MT', words: 'MT and eight digits' },
  NL: { prefix: 'NL', words: 'NL, nine digits, B and two digits' },
  NO: { prefix: '', words: 'nine digits and MVA' },
  PL: { prefix: 'PL', words: 'PL and ten digits' },
  PT: { prefix: 'PT', words: 'PT and nine digits' },
  RO: { prefix: 'RO', words: 'RO and two to ten digits' },
  SE: { prefix: 'SE', words: 'SE and twelve digits' },
  SI: { prefix: 'SI', words: 'SI and eight digits' },
  SK: { prefix: 'SK', words: 'SK and ten digits' },
  ZA: { prefix: '', words: 'ten digits that begin with 4' },
}

/** The number under which ISO 3166-1 knows a member state, which stands in the numbers of the one-stop shops (Regulation (EU) 282/2011 art. 57e). */
const numericCodes: Readonly<Record<string, string>> = {
  AT: '040',
  BE: '056',
  BG: '100',
  CY: '196',
  CZ: '203',
  DE: '276',
  DK: '208',
  EE: '233',
  ES: '724',
  FI: '246',
  FR: '250',
  GR: '300',
  HR: '191',
  HU: '348',
  IE: '372',
  IT: '380',
  LT: '440',
  LU: '442',
  LV: '428',
  MT: '470',
  NL: '528',
  PL: '616',
  PT: '620',
  RO: '642',
  SE: '752',
  SI: '705',
  SK: '703',
}

/** The day from which the one-stop shops in their present form can be used (Directive (EU) 2017/2455). */
const oneStopShopsBegin = '2021-07-01' as AccountingDate

/** Monaco and the Isle of Man are in the VAT area of France and the United Kingdom, and their numbers are theirs. */
const vatCountryOf = (country: CountryCode): CountryCode =>
  country === 'MC' ? 'FR' : country === 'IM' ? 'GB' : country

const loose = (written: string): string => written.trim().replace(/\s+/g, ' ')
const compact = (written: string): string => written.replace(/[\s.\-/]/g, '').toUpperCase()

const matching = (text: string, form: RegExp, expected: string): ReadNumber =>
  form.test(text) ? { number: text } : { expected }

/** By a validator of the library, whose answer tells whether it is the form or the check digit that is wrong. */
function checked(validator: Validator | undefined, text: string, expected: string, prefix = ''): ReadNumber {
  const found = validator?.validate(text)
  if (found?.isValid) return { number: prefix + found.compact }
  return {
    expected: found?.error.name === 'InvalidChecksum' ? `${expected}, which agree with their check digits` : expected,
  }
}

/**
 * Reads a number of a scheme and country: without the spaces, hyphens and dots that people write in it, and with the prefix of its country, as EN 16931
 * BT-31 wants it. Check digits are looked at wherever the country publishes how. Offline: whether the number was ever given out, only the authority knows.
 */
export async function readTaxNumberForm(scheme: TaxScheme, country: CountryCode, written: string): Promise<ReadNumber> {
  const text = compact(written)
  const digits = country in numericCodes ? numericCodes[country] : undefined
  if (scheme === 'vat' || scheme === 'oss') return await readVat(scheme, country, text)
  if (scheme === 'vat_ni') return await readNorthernIreland(country, text)
  if (scheme === 'gst') return await readGst(country, text)
  if (scheme === 'abn') return await readByCountry('AU', 'abn', country, text, 'the eleven digits of an ABN')
  if (scheme === 'ein') return await readByCountry('US', 'ein', country, text, 'nine digits, such as 12-3456789')
  if (scheme === 'eori') return readEori(country, text)
  if (scheme === 'sales_tax' || scheme === 'tax_number') {
    const expected = 'letters, digits and the marks between them, 2 to 40 of them'
    return matching(loose(written), /^(?=.*[0-9A-Za-z])[0-9A-Za-z][0-9A-Za-z ./-]{0,38}[0-9A-Za-z]$/, expected)
  }
  if (digits === undefined) return { expected: memberExpected(scheme, country) }
  return scheme === 'ioss'
    ? matching(text, new RegExp(`^IM${digits}[0-9]{7}$`), `IM${digits} and seven digits`)
    : matching(text, new RegExp(`^EU${digits}[0-9]{6}$`), `EU${digits} and six digits`)
}

const memberExpected = (scheme: TaxScheme, country: CountryCode): string =>
  `a member state of the EU as the country of ${taxSchemes[scheme]}, and ${countryName(country)} is none`

async function readVat(scheme: TaxScheme, country: CountryCode, text: string): Promise<ReadNumber> {
  if (scheme === 'oss' && !isEuMember(country, oneStopShopsBegin)) return { expected: memberExpected(scheme, country) }
  const of = vatCountryOf(country)
  const form = vatForms[of]
  if (form === undefined) return matching(text, /^[A-Z0-9]{4,20}$/, '4 to 20 letters and digits')
  const { euVat, stdnum } = await import('stdnum')
  const validator = of === 'GB' || of === 'ZA' ? stdnum[of]?.vat : of === 'NO' ? stdnum.NO?.mva : euVat[of]?.[0]
  const own = of === 'GR' && text.startsWith('GR') ? text.slice(2) : text
  return checked(validator, own, form.words, form.prefix)
}

/** Traders of Northern Ireland say XI in place of GB where goods go to the EU: the digits are those of their VAT number. */
async function readNorthernIreland(country: CountryCode, text: string): Promise<ReadNumber> {
  const expected = 'XI and nine or twelve digits, with the United Kingdom as country'
  if (country !== 'GB') return { expected }
  const { stdnum } = await import('stdnum')
  return checked(stdnum.GB?.vat, text.replace(/^XI/, ''), expected, 'XI')
}

async function readGst(country: CountryCode, text: string): Promise<ReadNumber> {
  const { stdnum } = await import('stdnum')
  switch (country) {
    case 'AU':
      return checked(stdnum.AU?.abn, text, 'the eleven digits of the ABN')
    case 'CA':
      return checked(stdnum.CA?.gst, text, 'nine digits, RT and four digits')
    case 'IN':
      return checked(stdnum.IN?.gstin, text, 'the fifteen letters and digits of a GSTIN')
    case 'NZ':
      return checked(stdnum.NZ?.ird, text, 'eight or nine digits')
    default:
      return matching(text, /^[A-Z0-9]{4,20}$/, '4 to 20 letters and digits')
  }
}

async function readByCountry(
  wanted: 'AU' | 'US',
  name: string,
  country: CountryCode,
  text: string,
  words: string,
): Promise<ReadNumber> {
  if (country !== wanted) return { expected: `${countryName(wanted)} as the country` }
  const { stdnum } = await import('stdnum')
  return checked(stdnum[wanted]?.[name], text, words)
}

/** Regulation (EU) 2015/2447, annex 12-01: the country and up to fifteen letters and digits; in the United Kingdom twelve or fifteen digits. */
function readEori(country: CountryCode, text: string): ReadNumber {
  const of = vatCountryOf(country)
  return of === 'GB'
    ? matching(text, /^(GB|XI)[0-9]{12}([0-9]{3})?$/, 'GB or XI, and twelve or fifteen digits')
    : matching(text, new RegExp(`^${of}[A-Z0-9]{1,15}$`), `${of} and up to fifteen letters and digits`)
}
