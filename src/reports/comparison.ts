import { divideRounded } from '../kernel/decimal.ts'
import type { MoneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Parameter, RawParameters } from './parameters.ts'
import { type Cell, type Column, moneyColumn, numberColumn } from './report.ts'

/** What a report is compared with: the period before, the same a year before, or so many periods before it. */
export type Comparison = 'previous-period' | 'previous-year' | number

/** A report is compared with this many periods at most. */
const mostCompared = 24

export const compareParameter: Parameter = {
  kind: 'text',
  description: `Columns beside it: previous-period, previous-year, or a number of periods before it, at most ${mostCompared}.`,
}

/** What `compare` asks for, or undefined where it is not given: '3', '3 periods' and '3-periods' are the same. Refuses `input_invalid`. */
export function readComparison(raw: RawParameters): Comparison | undefined {
  const text = raw.compare
  if (text === undefined || text === 'previous-period' || text === 'previous-year') return text
  const count = Number(/^([0-9]{1,2})(?:[ -]periods?)?$/.exec(text)?.[1] ?? '0')
  if (count < 1 || count > mostCompared) {
    const expected = `previous-period, previous-year, or a number of periods from 1 to ${mostCompared}`
    throw new Refusal('input_invalid', { parameter: 'compare', found: text, expected })
  }
  return count
}

/** An amount of another period beside one of this: what it was, by how much this is more, and the difference in percent of it. */
export type ComparedAmount = {
  amount: MoneyJson
  difference: MoneyJson
  /** A decimal with one place, such as '12.5'; null where there was nothing before. */
  percent: string | null
}

export const comparedAmount = (
  minor: bigint,
  beforeMinor: bigint,
  money: (minor: bigint) => MoneyJson,
): ComparedAmount => ({
  amount: money(beforeMinor),
  difference: money(minor - beforeMinor),
  percent: percentOf(minor - beforeMinor, beforeMinor),
})

/** So many percent is a part of a whole, by the whole's size whatever its sign, to one place; null of nothing. */
export function percentOf(partMinor: bigint, wholeMinor: bigint): string | null {
  if (wholeMinor === 0n) return null
  const tenths = divideRounded(partMinor * 1000n, wholeMinor < 0n ? -wholeMinor : wholeMinor)
  const size = tenths < 0n ? -tenths : tenths
  return `${tenths < 0n ? '-' : ''}${size / 10n}.${size % 10n}`
}

const nth = (name: string, index: number): string => (index === 0 ? name : `${name}${index + 1}`)

/** Three columns for each period that a report is compared with: its amount by the title, the difference, and that in percent. */
export const comparedColumns = (titles: readonly string[]): Column[] =>
  titles.flatMap((title, index) => [
    moneyColumn(nth('comparison', index), title),
    moneyColumn(nth('difference', index), 'Difference'),
    numberColumn(nth('percent', index), '%'),
  ])

/** The cells of those columns: `comparison`, `difference`, `percent`, and the same with 2 after them, and so on. */
export const comparedCells = (comparisons: readonly ComparedAmount[]): Record<string, Cell> =>
  Object.assign(
    {},
    ...comparisons.map(({ amount, difference, percent }, index) => ({
      [nth('comparison', index)]: amount,
      [nth('difference', index)]: difference,
      [nth('percent', index)]: percent,
    })),
  )
