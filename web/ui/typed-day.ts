const pad = (value: number): string => String(value).padStart(2, '0')

/** The order in which a locale writes days: 'dmy', 'mdy' or 'ymd'. */
function orderOf(locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts()
  return parts.flatMap(({ type }) => (/^(day|month|year)$/.test(type) ? [type.slice(0, 1)] : [])).join('')
}

/** The months as a locale names them in a day, and by themselves: 'июня' and 'июнь', 'Jun' and 'June'. */
function monthNames(locale: string): string[][] {
  const styles: Intl.DateTimeFormatOptions[] = [
    { month: 'long' },
    { month: 'long', day: 'numeric' },
    { dateStyle: 'medium' },
  ]
  const formats = styles.map((style) => new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }))
  return Array.from({ length: 12 }, (_, month) =>
    formats.flatMap((format) =>
      format
        .formatToParts(new Date(Date.UTC(2024, month, 1)))
        .flatMap(({ type, value }) => (type === 'month' ? [value.toLocaleLowerCase().replace(/\.$/, '')] : [])),
    ),
  )
}

/** The month that a word begins the name of; no letter or two of another word is one. */
function monthNamed(word: string, locale: string): number | undefined {
  const wanted = word.toLocaleLowerCase()
  const at = [locale, 'en']
    .map((language) =>
      monthNames(language).findIndex((names) =>
        names.some((name) => name === wanted || (wanted.length >= 3 && name.startsWith(wanted))),
      ),
    )
    .find((found) => found >= 0)
  return at === undefined ? undefined : at + 1
}

function real(year: number, month: number, day: number): string | undefined {
  const moment = new Date(Date.UTC(year, month - 1, day))
  const written = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
  return moment.toISOString().slice(0, 10) === written ? written : undefined
}

const CENTURY = 2000

/** Day, month by its name, and year where it is there, in any order: '30 Jun 2011', 'Jun 30, 2011', '30 de jun. de 2011', '2011. jún. 30.' */
function dayNamed(text: string, locale: string): { day: string; month: number; year: string | undefined } | undefined {
  const months = (text.match(/\p{L}+/gu) ?? []).flatMap((word) => monthNamed(word, locale) ?? [])
  const numbers = text.match(/\d+/g) ?? []
  const [month] = months
  if (month === undefined || months.length > 1 || !/^[\p{L}\d\s.,-]+$/u.test(text)) return undefined
  if (numbers.length > 2) return undefined
  const [first = '', second] = numbers
  const [day = '', year] = first.length === 4 ? [second, first] : [first, second]
  return /^\d{1,2}$/.test(day) && /^(\d\d|\d{4})$/.test(year ?? '00') ? { day, month, year } : undefined
}

/**
 * What somebody typed as a day, in the order of their locale: '30/6/11', '30.6.', '30 Jun 2011', 'Jun 30, 2011', '30', '2011-06-30', also
 * without marks ('300611'). What is left out is taken from `near`. Undefined where it is no day.
 */
export function typedDay(typed: string, { locale, near }: { locale: string; near: string }): string | undefined {
  const text = typed.trim()
  const [year, month] = [Number(near.slice(0, 4)), Number(near.slice(5, 7))]
  const yearOf = (part: string | undefined): number =>
    part === undefined ? year : Number(part) + (part.length <= 2 ? CENTURY : 0)
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text)
  if (iso !== null) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const named = dayNamed(text, locale)
  if (named !== undefined) return real(yearOf(named.year), named.month, Number(named.day))
  const together = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(text)
  const parts = together === null ? text.split(/[\s./年月日-]+/).filter((part) => part !== '') : together.slice(1)
  const given = parts.filter((part) => part !== undefined)
  if (given.length === 0 || given.length > 3 || given.some((part) => !/^\d{1,4}$/.test(part))) return undefined
  if (given.length === 1) return real(year, month, Number(given[0]))
  const order = orderOf(locale).replace(given.length === 2 ? 'y' : '', '')
  const part = (name: string): string | undefined => given[order.indexOf(name)]
  return real(yearOf(part('y')), Number(part('m')), Number(part('d')))
}
