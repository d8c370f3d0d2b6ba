import { DatePickerInput } from '@mantine/dates'
import { isDay } from './days.ts'
import { writtenDay } from './figures.ts'
import { locale } from './locale.ts'

type DayInputProps = {
  label: string
  /** Whether the label stands above the field; without it, only those hear it who cannot see. */
  shown?: boolean
  value: string | null
  onChange(day: string | null): void
  size?: 'xs' | 'sm'
  w?: number
  min?: string
  max?: string
  clearable?: boolean
  error?: string
  autoFocus?: boolean
  presets?: { value: string; label: string }[]
}

/** A day of the books, chosen from a calendar: text in, text out ('2011-01-31'), shown in the way of the reader's locale. */
export function DayInput({ label, shown = false, value, onChange, min, max, size = 'xs', ...rest }: DayInputProps) {
  const said = value === null ? label : `${label} ${writtenDay(value, locale)}`
  return (
    <DatePickerInput
      {...rest}
      size={size}
      label={shown ? label : undefined}
      aria-label={said}
      placeholder={shown ? undefined : label}
      value={value !== null && isDay(value) ? value : null}
      onChange={(day) => onChange(typeof day === 'string' ? day : null)}
      minDate={min}
      maxDate={max}
      valueFormatter={({ date }) => (typeof date === 'string' ? writtenDay(date, locale) : '')}
    />
  )
}
