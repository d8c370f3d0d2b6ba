import { type AccountingDate, dateOf, daysInMonth, nextDay, startOfMonth } from '../kernel/accounting-date.ts'

/** The days of the sample's books: whole months, from the first of the month two years before `today` to `today` itself. */
export type Calendar = {
  start: AccountingDate
  today: AccountingDate
  days: readonly AccountingDate[]
  /** First day of each month, the current one included. */
  months: readonly AccountingDate[]
  /** So many days after, or undefined where that is after today. */
  after(day: AccountingDate, days: number): AccountingDate | undefined
}

export function calendarOf(today: AccountingDate): Calendar {
  const start = monthsBefore(today, 24)
  const days: AccountingDate[] = []
  for (let day = start; day <= today; day = nextDay(day)) days.push(day)
  const placeOf = new Map(days.map((day, place) => [day, place]))
  return {
    start,
    today,
    days,
    months: days.filter((day) => day === startOfMonth(day)),
    after: (day, count) => days[(placeOf.get(day) as number) + count],
  }
}

/** The first day of the month so many months before. */
export function monthsBefore(day: AccountingDate, months: number): AccountingDate {
  const place = yearOf(day) * 12 + monthOf(day) - 1 - months
  return dateOf(Math.floor(place / 12), (place % 12) + 1, 1)
}

export const yearOf = (day: AccountingDate): number => Number(day.slice(0, 4))
/** 1 to 12. */
export const monthOf = (day: AccountingDate): number => Number(day.slice(5, 7))
export const dayOfMonth = (day: AccountingDate): number => Number(day.slice(8))

/** The day of a month, or its last day where it has fewer. */
export function dayIn(month: AccountingDate, day: number): AccountingDate {
  const [year, ofYear] = [yearOf(month), monthOf(month)]
  return dateOf(year, ofYear, Math.min(day, daysInMonth(year, ofYear)))
}

/** 0 for Sunday to 6. By Zeller's congruence, since days of the books are no moments. */
export function weekdayOf(day: AccountingDate): number {
  const month = monthOf(day)
  const [year, shifted] = month < 3 ? [yearOf(day) - 1, month + 12] : [yearOf(day), month]
  const [century, ofCentury] = [Math.floor(year / 100), year % 100]
  const zeller =
    dayOfMonth(day) +
    Math.floor((13 * (shifted + 1)) / 5) +
    ofCentury +
    Math.floor(ofCentury / 4) +
    Math.floor(century / 4) +
    5 * century
  return (zeller + 6) % 7
}

/** So many days later, whether or not the books have got there. */
export function daysAfter(day: AccountingDate, days: number): AccountingDate {
  let after = day
  for (let passed = 0; passed < days; passed += 1) after = nextDay(after)
  return after
}

const ofMonth = [0.66, 0.74, 0.84, 0.86, 0.9, 0.88, 0.82, 0.8, 0.96, 1.1, 1.55, 1.9]
const ofWeekday = [1.2, 1.1, 0.95, 0.9, 0.95, 0.9, 1]

/** How busy a day is beside an average one: busier before Christmas, quiet after it, growing by a tenth each year. */
export function seasonOf(day: AccountingDate, calendar: Calendar): number {
  const month = monthOf(day)
  const closing = month === 12 && dayOfMonth(day) > 20 ? 0.35 : 1
  const rush = month === 12 && dayOfMonth(day) <= 16 ? 1.25 : 1
  const second = day >= monthsBefore(calendar.today, 12) ? 1.1 : 1
  return (ofMonth[month - 1] as number) * (ofWeekday[weekdayOf(day)] as number) * closing * rush * second
}
