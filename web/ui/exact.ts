/**
 * Exact amounts. The API gives decimals as text with the places of their currency; they are never made floating point. Sums are made of
 * bigint minor units.
 */
export type Amount = { amount: string; currency: string }

/** An amount that the API always gives where it stands; the type of it cannot say so, since it may be null elsewhere. */
export const given = (amount: Amount | null): Amount => amount as Amount

/** '-12.30' with two places is -1230n. Throws a RangeError for what is no decimal, or has more places than that. */
export function minorUnits(amount: string, places: number): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount)
  if (parts === null) throw new RangeError(`'${amount}' is no decimal`)
  const [, sign, whole = '', fraction = ''] = parts
  if (fraction.replace(/0+$/, '').length > places) throw new RangeError(`'${amount}' has more than ${places} places`)
  const units = BigInt(whole + fraction.padEnd(places, '0').slice(0, places))
  return sign === '-' ? -units : units
}

/** -1230n with two places is '-12.30'. */
export function decimalOf(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
  const sign = units < 0n ? '-' : ''
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

export const placesOf = (amount: string): number => amount.split('.')[1]?.length ?? 0

/** The exact sum of amounts of one currency; undefined of none. Throws a RangeError for amounts of several currencies. */
export function sumOf(amounts: readonly Amount[]): Amount | undefined {
  const [first] = amounts
  if (first === undefined) return undefined
  if (amounts.some(({ currency }) => currency !== first.currency)) throw new RangeError('a sum of several currencies')
  const places = Math.max(...amounts.map(({ amount }) => placesOf(amount)))
  const units = amounts.reduce((sum, { amount }) => sum + minorUnits(amount, places), 0n)
  return { amount: decimalOf(units, places), currency: first.currency }
}

export const isZero = (amount: string): boolean => /^-?0*(?:\.0*)?$/.test(amount)
export const isNegative = (amount: string): boolean => amount.startsWith('-') && !isZero(amount)

/** The same amount with the other sign. */
export const negated = (amount: string): string =>
  isZero(amount) ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`

/**
 * What somebody typed, in the way that their locale or ours writes decimals ('1.234,50', '1,234.50', '1234.5'), as a decimal of so many
 * places; undefined where it is none. The last of '.' and ',' is the decimal mark, unless it stands before three digits and is the locale's
 * mark of thousands.
 */
export function typedDecimal(
  typed: string,
  { places, locale }: { places: number; locale: string },
): string | undefined {
  const text = typed.replace(/[\s’']/g, '').replace('−', '-')
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(text)) return undefined
  const thousands = new Intl.NumberFormat(locale).formatToParts(1234567).find(({ type }) => type === 'group')?.value
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  const mark = text[last]
  const alone = text.split(mark ?? '\0').length === 2
  const isThousands = last >= 0 && mark === thousands && text.length - last - 1 === 3 && (alone || mark !== undefined)
  const several = mark !== undefined && text.split(mark).length > 2
  const whole = last < 0 || isThousands || several ? text : text.slice(0, last)
  const fraction = last < 0 || isThousands || several ? '' : text.slice(last + 1)
  const plain = whole.replace(/[.,]/g, '')
  if (fraction.length > places) return undefined
  const digits = plain.replace('-', '').replace(/^0+(?=\d)/, '') || '0'
  return `${plain.startsWith('-') ? '-' : ''}${digits}${places > 0 ? `.${fraction.padEnd(places, '0')}` : ''}`
}
