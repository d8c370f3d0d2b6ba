import { monthOf, yearOf } from '../../../../ui/days.ts'
import { locale } from '../../../../ui/locale.ts'

const written = (month: string, style: 'short' | 'long'): string =>
  new Intl.DateTimeFormat(locale, {
    month: style,
    year: style === 'long' ? 'numeric' : '2-digit',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01`))

/** '2027-01' as 'Jan 27', for the head of a column. */
export const monthShort = (month: string): string => written(month, 'short')

/** '2027-01' to '2027-12' as 'January 2027 – December 2027'. */
export const monthsNamed = (from: string, to: string): string =>
  from === to ? written(from, 'long') : `${written(from, 'long')} – ${written(to, 'long')}`

/** The twelve months of the fiscal year in which a month lies, some years away. */
export function yearMonths(month: string, startMonth: number, by = 0): string[] {
  const { from } = yearOf(`${month}-01`, startMonth, by)
  return Array.from({ length: 12 }, (_, at) => monthOf(from, at).from.slice(0, 7))
}
