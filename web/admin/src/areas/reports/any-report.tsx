import { Button, Group, Skeleton, Text } from '@mantine/core'
import { Navigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import type { ReportTable as Found, ReportKinds } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import type { Amount } from '../../../../ui/exact.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { useReportDays } from '../../../../ui/report-days.ts'
import { ReportPage } from '../../../../ui/report-page.tsx'
import { type ReportCell, type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { useSourceAddress } from '../../../../ui/sources.ts'
import { Empty, Loaded, NotFound } from '../../../../ui/states.tsx'
import { wordsOfRole, wordsOfRule } from '../../../../ui/words.ts'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { chartOf, shortTitle } from './charts.ts'
import { Controls, isControlled } from './controls.tsx'
import { t } from './texts.ts'

type Kind = ReportKinds['reports'][number]
type Row = Found['rows'][number]

// Its code comes while the report is read, and not after it.
const charted = import('../../../../ui/chart.tsx')
const Chart = lazy(async () => ({ default: (await charted).Chart }))

/** More rows than fit into a few screens are shown when they are asked for: a report of thousands would take seconds to draw. */
const FIRST_ROWS = 200
const MORE_TIMES = 5

/** More than the tallest window shows: the rows below are drawn once these stand there. */
const DRAWN_AT_ONCE = 50

/** Whatever report the address names, as the server lays it out. */
export function AnyReport() {
  const { report: name } = useParams({ strict: false }) as { report: string }
  const found = useRead('listReports', { path: useCompanyPath() })
  const [search] = useSearchState()
  const to = useAddress()
  // The lines behind a figure have a screen of their own, which leads on from each of them.
  if (name === 'lines') return <Navigate to={to('lines')} search={search} replace />
  return (
    <Loaded of={found}>
      {({ reports }) => {
        const kind = reports.find((one) => one.name === name)
        return kind === undefined ? <NotFound /> : <OneReport key={name} kind={kind} />
      }}
    </Loaded>
  )
}

function OneReport({ kind }: { kind: Kind }) {
  const [search] = useSearchState()
  const { asOf, from, to } = useReportDays()
  const has = (name: string) => kind.parameters.some((parameter) => parameter.name === name)
  const of = has('to') ? 'range' : has('asOf') ? 'day' : 'always'
  const own = Object.fromEntries(
    kind.parameters.filter(isControlled).flatMap(({ name }) => (search[name] ? [[name, search[name]]] : [])),
  )
  const days = of === 'range' ? { from, to } : of === 'day' ? { asOf } : {}
  const compare = has('compare') ? search.compare : undefined
  const missing = kind.parameters.find(({ name, required }) => required && search[name] === undefined)
  const [most, setMost] = useState(FIRST_ROWS)
  const query = { ...days, ...own, compare, cursor: has('cursor') ? search.cursor : undefined, most: String(most) }
  const path = { ...useCompanyPath(), name: kind.name }
  const found = useRead('listReportsTable', missing === undefined ? { path, query } : undefined)
  return (
    <ReportPage
      title={kind.title}
      report={kind.name}
      of={of}
      comparable={has('compare')}
      query={own}
      controls={<Controls of={kind.parameters} />}
    >
      {missing === undefined ? (
        <Loaded of={found}>{(table) => <Laid of={table} onMore={() => setMost(most * MORE_TIMES)} />}</Loaded>
      ) : (
        <Empty title={missing.name === 'account' ? t('chooseAccount') : t('chooseBudget')} />
      )}
    </ReportPage>
  )
}

function Laid({ of, onMore }: { of: Found; onMore: () => void }) {
  const addressOf = useSourceAddress()
  const [search, change] = useSearchState()
  const { cursor } = search
  const drawn = useDeferredValue(of.rows.length + 1, DRAWN_AT_ONCE)
  if (of.rows.length === 0) return <Empty title={t('noRows')} text={t('noRowsText')} />
  const shown = of.columns.filter(({ key }) => of.rows.some(({ cells }) => !isNothing(cells[key])))
  const rows = of.rows.slice(0, drawn).map((row, index) => rowOf(row, { key: String(index), of, addressOf }))
  const isTotalled = of.totals.length > 0 && !of.next && cursor === undefined && drawn > of.rows.length
  // A number or a code stands before the name of what it is of, where there is one.
  const lead = shown.find(({ key }) => key === 'name') ?? shown[0]
  const total: ReportRow = {
    key: 'total',
    kind: 'sum',
    cells: {
      ...(lead && { [lead.key]: t('sum') }),
      ...Object.fromEntries(of.totals.map((key) => [key, { money: of.sums[key] ?? null }])),
    },
  }
  const chart = chartOf(of, { by: search.by, addressOf })
  return (
    <>
      {chart && (
        <Suspense fallback={<Skeleton height={210} mx={24} mb={20} maw={1030} />}>
          <Chart of={chart} />
        </Suspense>
      )}
      <ReportTable
        label={of.title}
        columns={shown.map(({ key, title, kind }, index) => ({
          id: key,
          wide: index === 0 && shown[1]?.key === 'name',
          header: /^\d{4}-\d\d-\d\d$/.test(title) ? writtenDay(title, locale) : shortTitle(title),
          right: kind === 'money' || kind === 'number',
        }))}
        rows={isTotalled ? [...rows, total] : rows}
      />
      {of.more > 0 && (
        <Group p="md" gap="sm" data-no-print>
          <Button variant="default" size="xs" onClick={onMore}>
            {t('moreRows')}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {t('rowsLeftOut', { count: of.more })}
          </Text>
        </Group>
      )}
      {(of.next || cursor) && (
        <Group p="md" gap="xs" data-no-print>
          {cursor && (
            <Button variant="default" size="xs" onClick={() => change({ cursor: undefined })}>
              {t('firstPage')}
            </Button>
          )}
          {of.next && (
            <Button variant="default" size="xs" onClick={() => change({ cursor: of.next ?? undefined })}>
              {t('nextPage')}
            </Button>
          )}
        </Group>
      )}
    </>
  )
}

/** What the books call by codes, in words. */
const wordsOf: Readonly<Record<string, (code: string) => string>> = {
  role: wordsOfRole,
  rule: wordsOfRule,
  class: (code) => (isAccountClass(code) ? t(code) : code),
  source: (code) => code.replaceAll('_', ' '),
}

/** Columns whose texts are months, quarters or years. */
const periodTitles: ReadonlySet<string> = new Set(['Month', 'Quarter', 'Period'])

type Laying = { key: string; of: Found; addressOf: ReturnType<typeof useSourceAddress> }

function rowOf({ cells, depth, emphasis, sources }: Row, { key, of, addressOf }: Laying): ReportRow {
  const hasAmounts = Object.values(cells).some(isAmount)
  return {
    key,
    kind: emphasis === undefined ? 'line' : hasAmounts ? 'sum' : 'heading',
    cells: Object.fromEntries(
      of.columns.map((column): [string, ReportCell] => {
        const cell = cells[column.key]
        if (isAmount(cell)) {
          const words = { money: cell, withCurrency: cell.currency !== of.currency }
          return [column.key, { ...words, to: addressOf(sources[column.key]) }]
        }
        if (column.kind === 'date') return [column.key, <Day key={column.key} of={cell as string | null} />]
        if (column.key === 'name' && depth > 0)
          return [column.key, <Inset key={column.key} by={depth} of={String(cell)} />]
        if (typeof cell === 'string' && cell !== '') {
          const words = periodTitles.has(column.title) ? shortTitle : wordsOf[column.key]
          return [column.key, words === undefined ? cell : words(cell)]
        }
        return [column.key, isNothing(cell) ? '' : String(cell)]
      }),
    ),
  }
}

const Inset = ({ by, of }: { by: number; of: string }) => <span style={{ paddingLeft: by * 14 }}>{of}</span>

const accountClasses = ['asset', 'liability', 'equity', 'income', 'expense'] as const
const isAccountClass = (code: string): code is (typeof accountClasses)[number] =>
  (accountClasses as readonly string[]).includes(code)

const isNothing = (cell: unknown): boolean => cell === undefined || cell === null || cell === ''
const isAmount = (cell: unknown): cell is Amount => typeof cell === 'object' && cell !== null && 'amount' in cell
