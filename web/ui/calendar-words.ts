import { locale } from './locale.ts'

type WeekInfo = { firstDay: number }
type WithWeek = Intl.Locale & { getWeekInfo?(): WeekInfo; weekInfo?: WeekInfo }

const DAYS_A_WEEK = 7
const written = (style: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' })
  return (day: string): string => format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`))
}

/** 'June 2011' over a calendar. */
export const monthYearWords = written({ month: 'long', year: 'numeric' })
/** 'Jun' among the months of a year. */
export const monthWords = written({ month: 'short' })
/** 'Th' over a column of days. */
export const weekdayWords = written({ weekday: 'short' })

/** The day on which a week begins where the reader is, Sunday being 0; Monday where the browser does not know. */
export function firstDayOfWeek(): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const where = new Intl.Locale(locale) as WithWeek
  const { firstDay = 1 } = where.getWeekInfo?.() ?? where.weekInfo ?? {}
  return (firstDay % DAYS_A_WEEK) as 0
}
