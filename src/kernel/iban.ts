/**
 * How many letters and digits an IBAN has, by its country: the IBAN registry that SWIFT keeps under ISO 13616. A country that is not there
 * gives no IBANs.
 */
const lengths: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BI: 27,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DJ: 27,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FK: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HN: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MN: 20,
  MR: 27,
  MT: 31,
  MU: 30,
  NI: 28,
  NL: 18,
  NO: 15,
  OM: 23,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  RU: 33,
  SA: 24,
  SC: 31,
  SD: 18,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  SO: 23,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
  YE: 30,
}

/** What is wrong with an IBAN in its electronic form (no spaces, capitals); undefined where nothing is. */
export function wrongWithIban(iban: string): string | undefined {
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]+$/.test(iban))
    return 'an IBAN: two letters of a country, two check digits, letters and digits'
  const length = lengths[iban.slice(0, 2)]
  if (length === undefined) return `an IBAN of a country that gives them, and ${iban.slice(0, 2)} does not`
  if (iban.length !== length)
    return `${length} letters and digits, as every IBAN of ${iban.slice(0, 2)} has; not ${iban.length}`
  if (remainderOf97(iban) !== 1) return 'an IBAN whose check digits agree: look for a letter or digit that was mistyped'
  return undefined
}

/**
 * ISO 7064, MOD 97-10: the country and check digits go to the end, letters become 10 to 35, and the number that this gives leaves 1 when it
 * is divided by 97.
 */
function remainderOf97(iban: string): number {
  const moved = iban.slice(4) + iban.slice(0, 4)
  const digits = [...moved].map((letter) => Number.parseInt(letter, 36)).join('')
  return Number(BigInt(digits) % 97n)
}

/** The IBAN as it is printed: in groups of four. */
export const printedIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ')
