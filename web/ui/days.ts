/** Days of the books as text, 'YYYY-MM-DD', and the ranges that people ask for. Nothing here depends on a time zone but `today`. */
export type Range = { from: string; to: string }

const pad = (value: number): string => String(value).padStart(2, '0')
const written = (moment: Date): string => moment.toISOString().slice(0, 10)
const utc = (year: number, month: number, day: number): string => written(new Date(Date.UTC(year, month, day)))

/** Whether a text is a day that there is. What stands in an address may have been written by hand. */
export function isDay(text: string): boolean {
  const moment = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(moment) && written(new Date(moment)) === text
}

/** A day as an address says it, or another one where that is none. */
export const dayOr = (text: string | undefined, other: string): string =>
  text !== undefined && isDay(text) ? text : other

/** Today where the company is. */
export function today(timeZone: string, now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(now)
}

const partsOf = (day: string): [year: number, month: number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1]

export const monthOf = (day: string, by = 0): Range => {
  const [year, month] = partsOf(day)
  return { from: utc(year, month + by, 1), to: utc(year, month + by + 1, 0) }
}

export const quarterOf = (day: string, by = 0): Range => {
  const [year, month] = partsOf(day)
  const first = month - (month % 3) + 3 * by
  return { from: utc(year, first, 1), to: utc(year, first + 3, 0) }
}

/** The fiscal year of a day; `startMonth` is from 1 to 12. */
export const yearOf = (day: string, startMonth: number, by = 0): Range => {
  const [year, month] = partsOf(day)
  const first = (month + 1 >= startMonth ? year : year - 1) + by
  return { from: utc(first, startMonth - 1, 1), to: utc(first + 1, startMonth - 1, 0) }
}

/** The same day a number of years away; 29 February becomes 28. */
export function yearsAway(day: string, by: number): string {
  const wanted = `${Number(day.slice(0, 4)) + by}-${day.slice(5)}`
  const [year, month] = partsOf(wanted)
  const last = Number(utc(year, month + 1, 0).slice(8))
  return `${year}-${pad(month + 1)}-${pad(Math.min(Number(day.slice(8)), last))}`
}

const DAY_MS = 86_400_000

/** How many days after a day another one is; less than nothing where it is before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
