import { currencyExponent, isCurrencyCode } from './currencies.ts'
import { divideRounded, parseDecimal, toMinor } from './decimal.ts'

/** An amount in the smallest unit of its currency. */
export type Money = { minor: bigint; currency: string }

/** How money is written in JSON: a decimal string with the currency's own places. */
export type MoneyJson = { amount: string; currency: string }

/** Decimal places of a currency by ISO 4217: two for GBP, none for JPY, three for KWD. */
export function exponentOf(currency: string): number {
  if (!isCurrencyCode(currency)) throw new Error(`not a currency: ${currency}`)
  return currencyExponent(currency)
}

/** '12.34' for 1234 in GBP, '1234' in JPY. */
export function formatMinor(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency)
  if (exponent === 0) return minor.toString()
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** '12.34 GBP', for sentences. */
export const amountIn = (minor: bigint, currency: string): string => `${formatMinor(minor, currency)} ${currency}`

/** What a refusal tells of an amount: nothing where its currency is the company's and was left out. */
export const toldAmount = (minor: bigint, currency: string | undefined): { amount?: string } =>
  currency === undefined ? {} : { amount: amountIn(minor, currency) }

export const moneyJson = (minor: bigint, currency: string): MoneyJson => ({
  amount: formatMinor(minor, currency),
  currency,
})

/** Minor units of an amount written as a decimal; undefined if it is none, or has more places than the currency. */
export function parseMinor(text: string, currency: string): bigint | undefined {
  const value = parseDecimal(text)
  if (value === undefined || value.scale > exponentOf(currency)) return undefined
  return toMinor(value, exponentOf(currency))
}

/**
 * Splits an amount by weights so that the parts equal the whole: each part is the rounded difference of running totals. Weights must not
 * be negative; where all are zero the last part takes everything.
 */
export function allocate(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  let given = 0n
  let running = 0n
  return weights.map((weight, index) => {
    running += weight
    const upTo =
      index === weights.length - 1 ? amountMinor : total === 0n ? 0n : divideRounded(amountMinor * running, total)
    const part = upTo - given
    given = upTo
    return part
  })
}
