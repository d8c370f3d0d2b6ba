import type { TaxCode } from '../../clients/typescript/src/api.ts'
import { type Decimal, decimal, formatDecimal } from '../../src/kernel/decimal.ts'

/** The rate of a code on a day; undefined where it has none then. */
export function rateOn({ rates }: Pick<TaxCode, 'rates'>, date: string | null): Decimal | undefined {
  const rate = rates.findLast(({ from }) => date !== null && from <= date)?.rate
  return rate === undefined ? undefined : decimal(rate)
}

/** '20%' of 0.2. */
export const percentOf = ({ unscaled, scale }: Decimal): string =>
  `${formatDecimal({ unscaled: unscaled * 100n, scale })}%`

/** A code by its name, with its rate on the day where it has one above zero. */
export function nameWithRate(code: Pick<TaxCode, 'name' | 'rates'>, date: string | null): string {
  const rate = rateOn(code, date)
  return rate !== undefined && rate.unscaled > 0n ? `${code.name} ${percentOf(rate)}` : code.name
}
