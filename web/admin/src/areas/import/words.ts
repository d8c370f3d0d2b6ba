import { count, writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { t } from './texts.ts'

const kinds = [
  'invoice',
  'credit_note',
  'bad_debt',
  'stock_adjustment',
  'free_items',
  'order',
  'journal',
  'opening_balances',
] as const
type Kind = (typeof kinds)[number] | 'other'

const known = (kind: string | null | undefined): Kind => kinds.find((one) => one === kind) ?? 'other'

/** '1,640 invoices'. */
export const numberOf = (kind: string, number: number): string => {
  const text = t(`kind_${known(kind)}`, { count: number })
  return text.replace(String(number), count(number, locale))
}

const units = ['kilobyte', 'megabyte', 'gigabyte'] as const

/** '12.4 MB', in the reader's locale. */
export function writtenSize(bytes: number): string {
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024))))
  const style = { style: 'unit', unit: units[power - 1] ?? 'kilobyte', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale, style).format(bytes / 1024 ** power)
}

export const writtenPercent = (part: number): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(part)

/** '3 min 20 s'. */
export function writtenSeconds(seconds: number | null): string {
  if (seconds === null) return t('unknownYet')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  if (hours > 0) return t('hours', { hours, minutes })
  return minutes > 0 ? t('minutes', { minutes, seconds: seconds % 60 }) : t('seconds', { count: seconds })
}

export const moment = (text: string): string => writtenMoment(text, locale)

/** 'a.csv' or 'a.csv and 25 more'. */
export const namesOf = (files: readonly { name: string }[]): string =>
  files.length > 1
    ? t('andMore', { name: files[0]?.name ?? '', count: count(files.length - 1, locale) })
    : (files[0]?.name ?? '')
