import { parseAccountingDate } from '../kernel/accounting-date.ts'
import { formatDecimal, parseDecimal } from '../kernel/decimal.ts'

const longestShown = 80

/** A field's text, and not all of it where it is long. */
export const cutShort = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown)}…` : text

/** A field's text on one line, and not all of it where it is long. */
export const shown = (text: string): string => JSON.stringify(cutShort(text))

const longestDecimal = 24
const mostPlaces = 10
const mostWholeDigits = 12

/**
 * A decimal as the product keeps it, or undefined for anything else: digits with an optional sign and point, no more than 12 before the point
 * and 10 after it. No thousands, no exponent, no currency sign: what a comma means depends on who wrote it.
 */
export function readDecimal(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed.length > longestDecimal) return undefined
  const value = parseDecimal(trimmed)
  if (value === undefined || value.scale > mostPlaces) return undefined
  if (trimmed.replace(/\D/g, '').length - value.scale > mostWholeDigits) return undefined
  return formatDecimal(value)
}

export const decimalForm = 'a number with digits and a decimal point'

/** A day, YYYY-MM-DD, or undefined. */
export const readDay = (text: string): string | undefined => parseAccountingDate(text.trim())

export const dayForm = 'a day, YYYY-MM-DD'

const momentPattern =
  /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,9})?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/

/**
 * 'YYYY-MM-DD hh:mm:ss' as the file's own clock says it, or undefined. An offset is read over: a shop's export is written in the shop's time,
 * and that is the day on which the shop booked it.
 */
export function readMoment(text: string): string | undefined {
  const match = momentPattern.exec(text.trim())
  if (match === null || parseAccountingDate(match[1] as string) === undefined) return undefined
  return `${match[1]} ${match[2]}:${match[3]}:${match[4] ?? '00'}`
}

export const momentForm = 'a date and time, YYYY-MM-DD hh:mm:ss'

/** Text of one line without control characters, trimmed, of no more than `most` characters; undefined for anything else. */
export function readLabel(text: string, most: number): string | undefined {
  const trimmed = text.trim()
  return trimmed.length <= most && /^\P{Cc}*$/u.test(trimmed) ? trimmed : undefined
}

/** Free text on one line: control characters become blanks, and what is beyond `most` characters is cut off. */
export const readText = (text: string, most: number): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, most)
