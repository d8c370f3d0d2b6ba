import { DateInput, type DateInputProps } from '@mantine/dates'
import { today } from './days.ts'
import { writtenDay } from './figures.ts'
import { locale } from './locale.ts'
import { t } from './texts.ts'
import { typedDay } from './typed-day.ts'
import { useWorkplace } from './workplace.tsx'

type DayFieldProps = Omit<DateInputProps, 'value' | 'onChange' | 'valueFormat' | 'dateParser'> & {
  value: string | null
  onChange(value: string | null): void
}

/** A day that is typed as people write days, or chosen from a calendar. */
export function DayField({ value, onChange, ...props }: DayFieldProps) {
  const { company } = useWorkplace()
  const near = value ?? today(company.timeZone)
  return (
    <DateInput
      value={value}
      onChange={(day) => onChange(day)}
      valueFormat={(day) => writtenDay(day, locale)}
      dateParser={(typed) => typedDay(typed, { locale, near }) ?? null}
      ariaLabels={{ nextMonth: t('monthNext'), previousMonth: t('monthBefore') }}
      {...props}
    />
  )
}
