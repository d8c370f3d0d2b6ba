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

export type Range = { from: AccountingDate; to: AccountingDate }

/** A report has this many columns of periods at most. */
const mostPeriods = 60

/** What a report can be compared with. */
export const comparisons = ['previous-period', 'previous-year'] as const
export type Comparison = (typeof comparisons)[number]

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
export function yearBefore(day: AccountingDate): AccountingDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = daysInMonth(year - 1, month)
  return dateOf(year - 1, month, day === endOfMonth(day) || date > last ? last : date)
}

const isWholeMonths = ({ from, to }: Range): boolean => from === startOfMonth(from) && to === endOfMonth(to)
const monthNumber = (day: AccountingDate): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/** The range that a range is compared with: as many whole months before it, or as many days; or the same days a year before. */
export function comparedRange(range: Range, comparison: Comparison): Range {
  if (comparison === 'previous-year') return { from: sameDayYearBefore(range.from), to: yearBefore(range.to) }
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
function sameDayYearBefore(day: AccountingDate): AccountingDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return dateOf(year - 1, month, Math.min(date, daysInMonth(year - 1, month)))
}

/** The day that a day is compared with: the end of the month before, or the same day a year before. */
export const comparedDay = (day: AccountingDate, comparison: Comparison): AccountingDate =>
  comparison === 'previous-year' ? yearBefore(day) : previousDay(startOfMonth(day))
