import { Group } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import type { StructureBalance as Balance } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { DayInput } from '../../../../ui/day-input.tsx'
import { dayOr, today } from '../../../../ui/days.ts'
import { type Amount, isNegative, isZero, negated, sumOf } from '../../../../ui/exact.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './mapping.module.css'
import { t } from './texts.ts'

/** The trial balance read by an earlier chart, or as the accounts were before lines were moved (`before:ID`). */
export function StructureBalance() {
  const { structure } = useParams({ strict: false }) as { structure: string }
  const { company } = useWorkplace()
  const to = useAddress()
  const path = useCompanyPath()
  const [search, change] = useSearchState()
  const asOf = dayOr(search.asOf, today(company.timeZone))
  const isBefore = structure.startsWith('before:')
  const found = useRead('listStructuresTrialBalance', { path: { ...path, structure }, query: { asOf } })
  const chart = useRead('listStructuresAccounts', isBefore ? undefined : { path })
  const known = chart.data && new Set(chart.data.rows.flatMap((row) => (row.structure === structure ? [row.code] : [])))
  return (
    <Screen
      title={isBefore ? t('beforeTitle') : t('trialBalanceOf', { structure })}
      subtitle={`${company.name} · ${writtenDay(asOf, locale)} · ${company.baseCurrency}`}
      actions={
        <GoButton size="xs" variant="default" to={to('reports/trial-balance', { asOf })}>
          {t('asTheyAre')}
        </GoButton>
      }
    >
      <Group className={classes.tools} gap="xs">
        <DayInput label={t('asOf')} w={160} value={asOf} onChange={(day) => change({ asOf: day ?? undefined })} />
      </Group>
      <Loaded of={found}>
        {({ rows }) =>
          rows.length === 0 ? <Empty title={t('noBalances')} /> : <Table of={rows} known={known} isBefore={isBefore} />
        }
      </Loaded>
    </Screen>
  )
}

type TableProps = { of: Balance['rows']; known: ReadonlySet<string> | undefined; isBefore: boolean }

function Table({ of, known, isBefore }: TableProps) {
  const sides = of.map(({ balance }) => sidesOf(balance))
  const total = (side: 'debit' | 'credit') => sumOf(sides.flatMap((one) => one[side] ?? [])) ?? null
  const rows = of.map(({ code, name }, at): ReportRow => {
    const { debit, credit } = sides[at] as ReturnType<typeof sidesOf>
    const isOurs = known !== undefined && !known.has(code)
    return {
      key: `${code} ${name}`,
      cells: {
        code,
        name,
        chart: isOurs ? <span className={classes.quiet}>{t('oursAlone')}</span> : '',
        debit: { money: debit ?? null },
        credit: { money: credit ?? null },
      },
    }
  })
  const sum: ReportRow = {
    key: 'sum',
    kind: 'sum',
    cells: { code: t('sum'), debit: { money: total('debit') }, credit: { money: total('credit') } },
  }
  return (
    <ReportTable
      label={t('trialBalance')}
      columns={[
        { id: 'code', header: isBefore ? t('account') : t('earlierCode') },
        { id: 'name', header: t('name') },
        ...(isBefore ? [] : [{ id: 'chart', header: t('chartOf'), wide: true }]),
        { id: 'debit', header: t('debit'), right: true },
        { id: 'credit', header: t('credit'), right: true },
      ]}
      rows={[...rows, sum]}
    />
  )
}

function sidesOf(balance: Amount): { debit?: Amount; credit?: Amount } {
  if (isZero(balance.amount)) return {}
  return isNegative(balance.amount) ? { credit: { ...balance, amount: negated(balance.amount) } } : { debit: balance }
}
