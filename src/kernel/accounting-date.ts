import { Refusal } from './refusal.ts'

/** A day of the books, '2026-01-31', in the company's own time zone. Never a moment, never a `Date`. */
export type AccountingDate = string & { readonly accountingDate: unique symbol }

const form = /^(\d{4})-(\d{2})-(\d{2})$/

/** The day that `text` names, or undefined if there is no such day. */
export function parseAccountingDate(text: string): AccountingDate | undefined {
  const match = form.exec(text)
  if (match === null) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return text as AccountingDate
}

/** The day that `text` names; throws where the caller already knows that it is one. */
export function accountingDate(text: string): AccountingDate {
  const day = parseAccountingDate(text)
  if (day === undefined) throw new Error(`not a day: ${text}`)
  return day
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0')

/** The day of a year, month and day. Refuses `input_invalid` beyond the years 1 to 9999, which is where whoever counts on from their ends gets. */
export function dateOf(year: number, month: number, day: number): AccountingDate {
  if (year < 1 || year > 9999) throw new Refusal('input_invalid', { year, expected: 'a day of the years 1 to 9999' })
  return accountingDate(`${pad(year, 4)}-${pad(month)}-${pad(day)}`)
}

/** The day after. */
export function nextDay(day: AccountingDate): AccountingDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  if (date < daysInMonth(year, month)) return dateOf(year, month, date + 1)
  return month < 12 ? dateOf(year, month + 1, 1) : dateOf(year + 1, 1, 1)
}

/** The day before. */
export function previousDay(day: AccountingDate): AccountingDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  if (date > 1) return dateOf(year, month, date - 1)
  return month > 1 ? dateOf(year, month - 1, daysInMonth(year, month - 1)) : dateOf(year - 1, 12, 31)
}

/** The day so many days before. */
export function daysBefore(day: AccountingDate, days: number): AccountingDate {
  let before = day
  for (let left = days; left > 0; left -= 1) before = previousDay(before)
  return before
}

/** The Monday of the day's week (ISO 8601). */
export function startOfWeek(day: AccountingDate): AccountingDate {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return daysBefore(day, (weekday + 6) % 7)
}

/** The first day of the day's month. */
export const startOfMonth = (day: AccountingDate): AccountingDate => `${day.slice(0, 8)}01` as AccountingDate

/** The last day of the day's month. */
export function endOfMonth(day: AccountingDate): AccountingDate {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return dateOf(year, month, daysInMonth(year, month))
}

/** First and last day of a fiscal year, which is named by the calendar year in which it ends. */
export function fiscalYear(year: number, startMonth: number): { from: AccountingDate; to: AccountingDate } {
  if (startMonth === 1) return { from: dateOf(year, 1, 1), to: dateOf(year, 12, 31) }
  return { from: dateOf(year - 1, startMonth, 1), to: dateOf(year, startMonth - 1, daysInMonth(year, startMonth - 1)) }
}

/** Today in a time zone: the one place that asks the clock for a day of the books. */
export const today = (timeZone: string): AccountingDate =>
  accountingDate(
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
      new Date(),
    ),
  )
