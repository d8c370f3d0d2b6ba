/** An exact decimal: `unscaled` divided by ten to the power of `scale`. */
export type Decimal = { readonly unscaled: bigint; readonly scale: number }

const form = /^([+-]?)(\d*)(?:\.(\d*))?$/

/** The decimal that `text` writes with digits, an optional sign and an optional point; undefined for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = form.exec(text)
  if (match === null) return undefined
  const whole = match[2] ?? ''
  const fraction = match[3] ?? ''
  if (whole === '' && fraction === '') return undefined
  const unscaled = BigInt(whole + fraction)
  return { unscaled: match[1] === '-' ? -unscaled : unscaled, scale: fraction.length }
}

/** As `parseDecimal`, for text that is known to be a decimal. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === undefined) throw new Error(`not a decimal: ${text}`)
  return value
}

const powers = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent))
const powerOfTen = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent)

/** Plain notation without trailing zeros: one text per value, so that equal values are equal texts. */
export function formatDecimal({ unscaled, scale }: Decimal): string {
  const sign = unscaled < 0n ? '-' : ''
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return fraction === '' ? (whole === '0' ? '0' : sign + whole) : `${sign}${whole}.${fraction}`
}

export const multiply = (a: Decimal, b: Decimal): Decimal => ({
  unscaled: a.unscaled * b.unscaled,
  scale: a.scale + b.scale,
})

/** Divides rounding half away from zero, the rounding of commerce. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator]
  return n < 0n ? -((-n * 2n + d) / (d * 2n)) : (n * 2n + d) / (d * 2n)
}

/** The value in minor units of a currency with `exponent` decimal places, rounded half away from zero. */
export function toMinor({ unscaled, scale }: Decimal, exponent: number): bigint {
  if (scale <= exponent) return unscaled * powerOfTen(exponent - scale)
  return divideRounded(unscaled, powerOfTen(scale - exponent))
}

/** `amountMinor` times a decimal, rounded half away from zero to a whole minor unit. */
export const multiplyMinor = (amountMinor: bigint, by: Decimal): bigint =>
  divideRounded(amountMinor * by.unscaled, powerOfTen(by.scale))
