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

/** Digits with marks of thousands, in groups of three, or of two before the last three as in India. */
const isGrouped = (digits: string, mark: string): boolean => {
  const [first = '', ...groups] = digits.split(mark)
  const last = groups.pop() ?? ''
  const between = groups.every(({ length }) => length === 3) || groups.every(({ length }) => length === 2)
  return /^[1-9]\d{0,2}$/.test(first) && last.length === 3 && between && !/[.,]/.test(groups.join('') + last)
}

/** Whole digits and those of the fraction, without marks; undefined where the marks stand as nobody writes them. */
function partsTyped(digits: string, thousands: string | undefined): [whole: string, fraction: string] | undefined {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (last < 0) return [digits, '']
  const mark = digits.charAt(last)
  const others = digits.slice(0, last)
  const other = mark === '.' ? ',' : '.'
  const isThousands = others.includes(mark) || (mark === thousands && !others.includes(other))
  if (isThousands && isGrouped(digits, mark)) return [digits.replaceAll(mark, ''), '']
  if (others.includes(mark) || (others.includes(other) && !isGrouped(others, other))) return undefined
  return [others.replaceAll(other, ''), digits.slice(last + 1)]
}

/**
 * What somebody typed, in the way that their locale or ours writes decimals ('1.234,50', '1,234.50', '1234.5'), as a decimal of so many
 * places; undefined where it is none. The last of '.' and ',' is the decimal mark, unless it stands where the locale has its mark of thousands.
 * Marks that stand as nobody writes them ('1.234.56', '1,2,3') are a slip, and no amount.
 */
export function typedDecimal(
  typed: string,
  { places, locale }: { places: number; locale: string },
): string | undefined {
  const text = typed.replace(/[\s’']/g, '').replace('−', '-')
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(text)) return undefined
  const thousands = new Intl.NumberFormat(locale).formatToParts(1234567).find(({ type }) => type === 'group')?.value
  const [whole, fraction] = partsTyped(text.replace('-', ''), thousands) ?? []
  if (whole === undefined || fraction === undefined || fraction.length > places) return undefined
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  return `${text.startsWith('-') ? '-' : ''}${digits}${places > 0 ? `.${fraction.padEnd(places, '0')}` : ''}`
}
