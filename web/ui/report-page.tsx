import { Button, Group, Menu, Select } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useRead } from './api.ts'
import { DayInput } from './day-input.tsx'
import { monthOf, quarterOf, type Range, today, yearOf } from './days.ts'
import { writtenDay } from './figures.ts'
import { locale } from './locale.ts'
import { useChooseDays, useReportDays, useWrittenDays } from './report-days.ts'
import classes from './report-page.module.css'
import { Screen } from './screen.tsx'
import { useSearchState } from './search.ts'
import { t } from './texts.ts'
import { useCompanyPath, useWorkplace } from './workplace.tsx'

const formats = ['csv', 'xlsx', 'pdf'] as const

type ReportPageProps = {
  title: string
  /** Its name in the API. */
  report: string
  /** Whether it is of a day, of a range of days, or the same always. */
  of: 'day' | 'range' | 'always'
  /** Whether it can stand beside another period. */
  comparable?: boolean
  /** What else it is asked, beside days and comparison: for the files. */
  query?: Readonly<Record<string, string | undefined>>
  /** Choices of its own, beside the days. */
  controls?: ReactNode
  children: ReactNode
}

/** The frame of a report: its days, comparison, files and paper; what it shows stands in it. */
export function ReportPage({ title, report, of, comparable = false, query = {}, controls, children }: ReportPageProps) {
  const days = useReportDays()
  useWrittenDays(of)
  const { company } = useWorkplace()
  const shown = (day: string) => writtenDay(day, locale)
  const subtitle =
    of === 'always'
      ? company.name
      : of === 'day'
        ? `${company.name} · ${shown(days.asOf)} · ${company.baseCurrency}`
        : `${company.name} · ${shown(days.from)} – ${shown(days.to)} · ${company.baseCurrency}`
  return (
    <Screen
      title={title}
      subtitle={subtitle}
      before={<PrintHead on={of === 'day' ? days.asOf : of === 'range' ? days.to : undefined} />}
      actions={<Files report={report} of={of} query={query} />}
    >
      <Group gap="xs" px={{ base: 16, sm: 24 }} pb={14} data-no-print>
        {of === 'day' && <DayChoice />}
        {of === 'range' && <RangeChoice />}
        {comparable && <Comparison />}
        {controls}
      </Group>
      {children}
    </Screen>
  )
}

/** Who the company is before the law, on paper alone: the files of the report have the same head. */
function PrintHead({ on }: { on: string | undefined }) {
  const head = useRead('getLetterhead', { path: useCompanyPath(), query: { on } })
  if (head.data === undefined) return null
  const { company, lines } = head.data
  return (
    <div className={classes.printHead}>
      <strong>{company}</strong>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

function DayChoice() {
  const choose = useChooseDays()
  const { asOf } = useReportDays()
  const { company } = useWorkplace()
  const now = today(company.timeZone)
  const presets = [
    { value: now, label: t('presetToday') },
    { value: monthOf(now, -1).to, label: t('presetLastMonth') },
    { value: quarterOf(now, -1).to, label: t('presetLastQuarter') },
    { value: yearOf(now, company.fiscalYearStartMonth, -1).to, label: t('presetLastYear') },
  ]
  return (
    <DayInput
      label={t('asOf')}
      w={160}
      value={asOf}
      presets={presets}
      onChange={(day) => day && choose({ asOf: day })}
    />
  )
}

function RangeChoice() {
  const choose = useChooseDays()
  const { from, to } = useReportDays()
  const { company } = useWorkplace()
  const now = today(company.timeZone)
  const start = company.fiscalYearStartMonth
  const presets: [name: string, label: string, range: Range][] = [
    ['month', t('presetThisMonth'), monthOf(now)],
    ['last-month', t('presetLastMonth'), monthOf(now, -1)],
    ['quarter', t('presetThisQuarter'), quarterOf(now)],
    ['last-quarter', t('presetLastQuarter'), quarterOf(now, -1)],
    ['year', t('presetThisYear'), yearOf(now, start)],
    ['last-year', t('presetLastYear'), yearOf(now, start, -1)],
  ]
  const chosen = presets.find(([, , range]) => range.from === from && range.to === to)?.[0] ?? 'own'
  return (
    <>
      <Select
        size="xs"
        w={150}
        aria-label={t('period')}
        allowDeselect={false}
        value={chosen}
        data={[
          ...presets.map(([value, label]) => ({ value, label })),
          { value: 'own', label: t('presetOwn'), disabled: true },
        ]}
        onChange={(name) => {
          const range = presets.find(([value]) => value === name)?.[2]
          if (range !== undefined) choose(range)
        }}
      />
      <DayInput label={t('from')} w={140} value={from} max={to} onChange={(day) => day && choose({ from: day })} />
      <DayInput label={t('to')} w={140} value={to} min={from} onChange={(day) => day && choose({ to: day })} />
    </>
  )
}

/** The values are those of the parameter `compare` of the reports. */
function Comparison() {
  const [, change] = useSearchState()
  const { compare } = useReportDays()
  return (
    <Select
      size="xs"
      w={180}
      aria-label={t('compare')}
      placeholder={t('compare')}
      clearable
      value={compare ?? null}
      data={[
        { value: 'previous-period', label: t('compareBefore') },
        { value: 'previous-year', label: t('compareYear') },
      ]}
      onChange={(value) => change({ compare: value ?? undefined, cursor: undefined })}
    />
  )
}

function Files({
  report,
  of,
  query,
}: Pick<ReportPageProps, 'report' | 'of'> & { query: Record<string, string | undefined> }) {
  const { company } = useWorkplace()
  const { asOf, from, to, compare } = useReportDays()
  const addressOf = (format: string) => {
    const range = of === 'day' ? { asOf } : of === 'range' ? { from, to } : {}
    const all = { ...query, ...range, compare, format }
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return `/api/v1/companies/${company.id}/reports/${report}?${new URLSearchParams(given)}`
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconDownload size={15} stroke={1.6} />}>
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format} component="a" href={addressOf(format)} download>
              {format.toUpperCase()}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPrinter size={15} stroke={1.6} />}
        onClick={() => window.print()}
        visibleFrom="sm"
      >
        {t('print')}
      </Button>
    </>
  )
}
