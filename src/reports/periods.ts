import {
  type AccountingDate,
  dateOf,
  daysInMonth,
  endOfMonth,
  nextDay,
  previousDay,
  startOfMonth,
} from '../kernel/accounting-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Comparison } from './comparison.ts'

export type Range = { from: AccountingDate; to: AccountingDate }

/** A report has this many columns of periods at most. */
const mostPeriods = 60

/** The months of a range, the first and the last one cut to it. Refuses `input_invalid` for more than sixty. */
export function monthsOf({ from, to }: Range): Range[] {
  const months: Range[] = []
  for (let start = from; start <= to; start = nextDay(endOfMonth(start))) {
    if (months.length === mostPeriods) {
      throw new Refusal('input_invalid', { parameter: 'from', found: from, expected: `at most ${mostPeriods} months` })
    }
    months.push({ from: start, to: endOfMonth(start) < to ? endOfMonth(start) : to })
  }
  return months
}

/** The same day a year before; 28 February for the 29th, and a month's last day for a month's last day. */
function yearBefore(day: AccountingDate): AccountingDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = daysInMonth(year - 1, month)
  return dateOf(year - 1, month, day === endOfMonth(day) || date > last ? last : date)
}

/**
 * The quarters of a range, the first and the last one cut to it. Quarters are those of the fiscal year, so that a year that starts in April
 * has its first from April to June. Refuses `input_invalid` for more than twenty.
 */
export function quartersOf(range: Range, fiscalYearStartMonth: number): Range[] {
  const quarters: Range[] = []
  for (const month of monthsOf(range)) {
    const last = quarters.at(-1)
    if (last === undefined || startOfQuarter(month.from, fiscalYearStartMonth) === startOfMonth(month.from))
      quarters.push({ ...month })
    else last.to = month.to
  }
  return quarters
}

/** The first day of the fiscal year in which a day lies. */
export function startOfFiscalYear(day: AccountingDate, fiscalYearStartMonth: number): AccountingDate {
  const year = Number(day.slice(0, 4))
  return dateOf(Number(day.slice(5, 7)) >= fiscalYearStartMonth ? year : year - 1, fiscalYearStartMonth, 1)
}

/** The first day of the quarter of the fiscal year in which a day lies. */
export function startOfQuarter(day: AccountingDate, fiscalYearStartMonth: number): AccountingDate {
  const first = monthNumber(day) - ((monthNumber(day) - (fiscalYearStartMonth - 1) + 12) % 3)
  return dateOf(Math.floor(first / 12), (first % 12) + 1, 1)
}

/** '2011-01' for a month, '2011-01 to 2011-03' for a quarter, and its days for anything else. */
export function titleOfRange({ from, to }: Range): string {
  if (from.slice(0, 7) === to.slice(0, 7)) return from.slice(0, 7)
  return isWholeMonths({ from, to }) ? `${from.slice(0, 7)} to ${to.slice(0, 7)}` : `${from} to ${to}`
}

const isWholeMonths = ({ from, to }: Range): boolean => from === startOfMonth(from) && to === endOfMonth(to)
const monthNumber = (day: AccountingDate): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/**
 * The ranges that a range is compared with, the nearest first: as many whole months before it, or as many days, so many times; or the same days
 * a year before.
 */
export function comparedRanges(range: Range, comparison: Comparison): Range[] {
  if (comparison === 'previous-year') return [{ from: sameDayYearBefore(range.from), to: yearBefore(range.to) }]
  const ranges: Range[] = []
  const count = comparison === 'previous-period' ? 1 : comparison
  for (let next = range; ranges.length < count; ) {
    next = rangeBefore(next)
    ranges.push(next)
  }
  return ranges
}

function rangeBefore(range: Range): Range {
  const to = previousDay(range.from)
  if (isWholeMonths(range)) {
    const first = monthNumber(range.from) - (monthNumber(range.to) - monthNumber(range.from) + 1)
    return { from: dateOf(Math.floor(first / 12), (first % 12) + 1, 1), to }
  }
  let from = to
  for (let day = nextDay(range.from); day <= range.to; day = nextDay(day)) from = previousDay(from)
  return { from, to }
}

// The first day of a range that begins on a month's last day begins there a year before as well, without moving to the end of February.
export function sameDayYearBefore(day: AccountingDate): AccountingDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return dateOf(year - 1, month, Math.min(date, daysInMonth(year - 1, month)))
}

/** The days that a day is compared with, the nearest first: the ends of the months before, or the same day a year before. */
export function comparedDays(day: AccountingDate, comparison: Comparison): AccountingDate[] {
  if (comparison === 'previous-year') return [yearBefore(day)]
  const days: AccountingDate[] = []
  const count = comparison === 'previous-period' ? 1 : comparison
  for (let next = day; days.length < count; ) {
    next = previousDay(startOfMonth(next))
    days.push(next)
  }
  return days
}
