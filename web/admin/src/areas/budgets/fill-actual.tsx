import { Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReportTable } from '../../../../../clients/typescript/src/api.ts'
import { api } from '../../../../ui/api.ts'
import { monthOf } from '../../../../ui/days.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { isZero, typedDecimal } from '../../../../ui/exact.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './budgets.module.css'
import { monthsNamed, yearMonths } from './months.ts'
import { keyOf, percentOf, type Typed, type Typing, writtenAmount } from './plan.ts'
import { t } from './texts.ts'

type FillProps = {
  /** The months to fill. */
  months: readonly string[]
  typing: Typing
  holds(key: string): boolean
  onFill(typed: Typed): void
  onClose(): void
}

/** Fills the months from what an earlier year came to, by a percentage. */
export function FillActual({ months, typing, holds, onFill, onClose }: FillProps) {
  const { company } = useWorkplace()
  const path = { ...useCompanyPath(), name: 'profit-and-loss' }
  const years = [-1, -2, -3].map((by) => yearMonths(months[0] as string, company.fiscalYearStartMonth, by))
  const [year, setYear] = useState('0')
  const [percent, setPercent] = useState('100')
  const [whole, setWhole] = useState(true)
  const [keeping, setKeeping] = useState(false)
  const [isNone, setNone] = useState(false)
  const factor = typedDecimal(percent, { places: 2, locale: typing.locale })
  const isFactor = factor !== undefined && !factor.startsWith('-')
  const earlier = years[Number(year)] as string[]
  return (
    <DialogForm
      title={t('fillTitle', { months: monthsNamed(months[0] as string, months.at(-1) as string) })}
      submit={t('fillSubmit')}
      ready={isFactor}
      onClose={onClose}
      work={async () => {
        const query = { from: monthOf(`${earlier[0]}-01`).from, to: monthOf(`${earlier.at(-1)}-01`).to, by: 'month' }
        const actual = actualOf(await api.call('listReportsTable', { path, query }))
        setNone(actual.length === 0)
        if (actual.length === 0) return true
        onFill(
          Object.fromEntries(
            actual.flatMap(({ account, at, amount }): [string, string][] => {
              const key = keyOf({ account, month: months[at] as string, channel: null })
              if (keeping && holds(key)) return []
              const wanted = percentOf(amount, { percent: factor as string, whole, places: typing.places })
              return [[key, writtenAmount(wanted, { typing, whole })]]
            }),
          ),
        )
      }}
    >
      <p className={classes.quiet}>{t('fillText')}</p>
      <YearField
        years={years}
        value={year}
        isNone={isNone}
        onChange={(value) => {
          setYear(value)
          setNone(false)
        }}
      />
      <TextInput
        label={t('percent')}
        description={t('percentText')}
        error={!isFactor && t('percentWrong')}
        w={200}
        inputMode="decimal"
        rightSection="%"
        value={percent}
        onChange={(event) => setPercent(event.currentTarget.value)}
      />
      <Checkbox
        label={t('whole', { currency: company.baseCurrency })}
        checked={whole}
        onChange={(event) => setWhole(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('keepTyped')}
        checked={keeping}
        onChange={(event) => setKeeping(event.currentTarget.checked)}
      />
    </DialogForm>
  )
}

type YearProps = {
  years: readonly (readonly string[])[]
  value: string
  isNone: boolean
  onChange(value: string): void
}

const YearField = ({ years, value, isNone, onChange }: YearProps) => (
  <Select
    label={t('fillYear')}
    allowDeselect={false}
    data={years.map((one, at) => ({
      value: String(at),
      label: monthsNamed(one[0] as string, one.at(-1) as string),
    }))}
    value={value}
    error={isNone && t('filledNone')}
    onChange={(wanted) => onChange(wanted ?? '0')}
  />
)

/** What each account came to in each month, as profit and loss says it: a column for each month, accounts with their code. */
function actualOf({ rows }: ReportTable): { account: string; at: number; amount: string }[] {
  return rows.flatMap(({ cells }) => {
    const { code } = cells
    if (typeof code !== 'string' || code === '') return []
    return Array.from({ length: 12 }, (_, at) => ({ at, cell: cells[`period${at}`] })).flatMap(({ at, cell }) =>
      typeof cell === 'object' && cell !== null && !isZero(cell.amount)
        ? [{ account: code, at, amount: cell.amount }]
        : [],
    )
  })
}
