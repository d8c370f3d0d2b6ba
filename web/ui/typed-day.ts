const pad = (value: number): string => String(value).padStart(2, '0')

/** The order in which a locale writes days: 'dmy', 'mdy' or 'ymd'. */
function orderOf(locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts()
  return parts.flatMap(({ type }) => (/^(day|month|year)$/.test(type) ? [type.slice(0, 1)] : [])).join('')
}

function monthNamed(word: string, locale: string): number | undefined {
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 1)))
  const found = [locale, 'en'].flatMap((language) => {
    const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
    return months.flatMap((month, at) =>
      format.format(month).toLocaleLowerCase().startsWith(word.toLocaleLowerCase()) ? [at + 1] : [],
    )
  })
  return found[0]
}

function real(year: number, month: number, day: number): string | undefined {
  const moment = new Date(Date.UTC(year, month - 1, day))
  const written = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
  return moment.toISOString().slice(0, 10) === written ? written : undefined
}

const CENTURY = 2000

/**
 * What somebody typed as a day, in the order of their locale: '30/6/11', '30.6.', '30 Jun 2011', '30', '2011-06-30', also without marks
 * ('300611'). What is left out is taken from `near`. Undefined where it is no day.
 */
export function typedDay(typed: string, { locale, near }: { locale: string; near: string }): string | undefined {
  const text = typed.trim()
  const [year, month] = [Number(near.slice(0, 4)), Number(near.slice(5, 7))]
  const yearOf = (part: string | undefined): number =>
    part === undefined ? year : Number(part) + (part.length <= 2 ? CENTURY : 0)
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text)
  if (iso !== null) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const named = /^(\d{1,2})[\s.-]*(\p{L}{3,})\.?[\s.,-]*(\d{4}|\d{2})?$/u.exec(text)
  if (named !== null) {
    const found = monthNamed(named[2] ?? '', locale)
    return found === undefined ? undefined : real(yearOf(named[3]), found, Number(named[1]))
  }
  const together = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(text)
  const parts = together === null ? text.split(/[\s./-]+/).filter((part) => part !== '') : together.slice(1)
  const given = parts.filter((part) => part !== undefined)
  if (given.length === 0 || given.length > 3 || given.some((part) => !/^\d{1,4}$/.test(part))) return undefined
  if (given.length === 1) return real(year, month, Number(given[0]))
  const order = orderOf(locale).replace(given.length === 2 ? 'y' : '', '')
  const part = (name: string): string | undefined => given[order.indexOf(name)]
  return real(yearOf(part('y')), Number(part('m')), Number(part('d')))
}
