import { type AccountingDate, dateOf, daysInMonth, nextDay } from '../kernel/accounting-date.ts'

/** How often a recurring journal falls due. */
export const frequencies = ['month', 'quarter', 'year'] as const
export type Frequency = (typeof frequencies)[number]

/**
 * When a recurring journal falls due: on a day of every month, of every third or of every twelfth, counted from the month of its first day.
 * A null day is the last of the month, and a day that a month does not have is its last. Both ends count.
 */
export type Schedule = {
  every: Frequency
  dayOfMonth: number | null
  startsOn: AccountingDate
  endsOn: AccountingDate | null
}

const monthsBetween = { month: 1, quarter: 3, year: 12 } as const satisfies Record<Frequency, number>

/** The first day that is due on or after `from`; undefined after the last. */
export function firstDueDay(schedule: Schedule, from: AccountingDate): AccountingDate | undefined {
  const { every, dayOfMonth, startsOn, endsOn } = schedule
  const earliest = from > startsOn ? from : startsOn
  const step = monthsBetween[every]
  const begin = monthNumber(startsOn)
  const passed = Math.max(0, Math.floor((monthNumber(earliest) - begin) / step))
  for (let month = begin + passed * step; ; month += step) {
    const year = Math.floor(month / 12)
    if (year > 9999) return undefined
    const days = daysInMonth(year, (month % 12) + 1)
    const due = dateOf(year, (month % 12) + 1, Math.min(dayOfMonth ?? days, days))
    if (endsOn !== null && due > endsOn) return undefined
    if (due >= earliest) return due
  }
}

/** The first day that is due after `day`; undefined after the last. */
export const dueDayAfter = (schedule: Schedule, day: AccountingDate): AccountingDate | undefined =>
  day === lastDay ? undefined : firstDueDay(schedule, nextDay(day))

const lastDay = dateOf(9999, 12, 31)

const monthNumber = (day: AccountingDate): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/** The days that are due from `from` to `to`, at most `most` of them. */
export function dueDays(schedule: Schedule, from: AccountingDate, to: AccountingDate, most = 1_000): AccountingDate[] {
  const days: AccountingDate[] = []
  let due = firstDueDay(schedule, from)
  while (due !== undefined && due <= to && days.length < most) {
    days.push(due)
    due = dueDayAfter(schedule, due)
  }
  return days
}
