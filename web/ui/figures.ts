import { isZero, placesOf } from './exact.ts'

type Decimal = Intl.StringNumericLiteral

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string, places: number): Intl.NumberFormat {
  const key = `${locale} ${places}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places })
  formats.set(key, format)
  return format
}

/** '-6107425.52' as the reader's locale writes it, exactly; zero is a dash. */
export const figure = (amount: string, locale: string): string =>
  isZero(amount) ? '–' : formatOf(locale, placesOf(amount)).format(amount as Decimal)

/** '3.5' with at least two places as '3.50', a quantity without; what is more exact stays so. */
export const decimal = (value: string, locale: string, places = 0): string =>
  formatOf(locale, Math.max(places, placesOf(value))).format(value as Decimal)

/** 12500 as '12.5K', for the scale of a chart: the figures themselves are written in full. */
export const compact = (value: bigint, locale: string): string =>
  new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)

/** 1640 as the reader's locale writes it. */
export const count = (value: number, locale: string): string => formatOf(locale, 0).format(value)

const days = new Map<string, Intl.DateTimeFormat>()

/**
 * '2011-06-30' as '30 Jun 2011', in the way of the reader's locale. A day of the books has no time zone; of a moment of the clock it is the day
 * where the reader is. What is no day, as an address written by hand may hold, is said as it stands.
 */
export function writtenDay(day: string, locale: string, style: 'medium' | 'long' = 'medium'): string {
  const isMoment = day.includes('T')
  const moment = new Date(isMoment ? day : `${day.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(moment.getTime())) return day
  if (isMoment) return new Intl.DateTimeFormat(locale, { dateStyle: style }).format(moment)
  const key = `${locale} ${style}`
  const format = days.get(key) ?? new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' })
  days.set(key, format)
  return format.format(moment)
}

/** Words of the server with the days in them as the reader's locale writes days. What is part of a name stays as it is. */
export const withWrittenDays = (text: string, locale: string): string =>
  text.replace(/(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w/-])/g, (day) => writtenDay(day, locale))

/**
 * What an entry says of itself. The days in what the product wrote stand as the reader's locale writes days; what people wrote stays as they wrote it, and
 * a reversal has the words of whoever took the entry back.
 */
export const entryText = ({ rule, description }: { rule: string; description: string }, locale: string): string =>
  rule === 'revaluation' || (rule === 'reversal' && /^Revaluation of [0-9-]{10} taken back$/.test(description))
    ? withWrittenDays(description, locale)
    : description

/** The month of a day, as 'June 2011'. */
export const writtenMonth = (day: string, locale: string, style: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(locale, { month: style, year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day.slice(0, 7)}-01T00:00:00Z`),
  )

/** A moment of the clock, in the reader's own time zone. */
export const writtenMoment = (moment: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment))

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** '2 minutes ago', as the locale writes it where its language is that of the texts. */
export function ago(moment: string, locale: string, now = Date.now()): string {
  const past = now - new Date(moment).getTime()
  // It stands within sentences: in the language of the texts, whatever the reader's numbers and days look like.
  const language = /^en\b/.test(locale) ? locale : 'en-GB'
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  const [unit, length] = steps.find(([, length]) => past >= length) ?? ['minute', 60_000]
  return format.format(-Math.floor(past / length), unit)
}
