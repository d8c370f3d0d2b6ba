import { currencyExponent, isCurrencyCode } from '../../../src/kernel/currencies.ts'
import { isZero, typedDecimal } from '../exact.ts'
import { figure } from '../figures.ts'
import { locale } from '../locale.ts'
import { t } from './texts.ts'

/** The places of a currency; two while it is no currency yet. */
const placesIn = (currency: string): number => (isCurrencyCode(currency) ? currencyExponent(currency) : 2)

/** What was typed as an amount of a currency, as the API takes it; undefined where it is none. */
export const typedAmount = (typed: string, currency: string): string | undefined =>
  typed.trim() === '' ? undefined : typedDecimal(typed.trim(), { places: placesIn(currency), locale })

/** An amount of the API, as the reader would type it. */
export const shownAmount = (amount: string): string => (isZero(amount) ? '' : figure(amount, locale))

/** What is wrong with what was typed as an amount, at its field; nothing where it is one, or where it may be left out and is. */
export function amountErrors(
  field: string,
  typed: string,
  { currency, optional = false }: { currency: string; optional?: boolean },
): Record<string, string> {
  if (typed.trim() === '' && optional) return {}
  if (typedAmount(typed, currency) !== undefined) return {}
  const example = figure(placesIn(currency) === 0 ? '1234' : `1234.${'56'.padEnd(placesIn(currency), '0')}`, locale)
  return { [field]: t('amountWrong', { example }) }
}
