import { useMemo } from 'react'
import type { EntrySummary } from '../../../../../clients/typescript/src/api.ts'
import { given, isNegative, sumOf } from '../../../../ui/exact.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { Sections } from './sections.tsx'
import { t } from './texts.ts'

const movedBy = ({ lines = [] }: EntrySummary) =>
  sumOf(lines.map(({ amount }) => given(amount)).filter(({ amount }) => !isNegative(amount)))

const columnsIn = (currency: string): Column<EntrySummary>[] => [
  { id: 'number', header: t('what'), cell: (row) => row.number ?? t('unsealed'), text: (row) => row.number ?? '' },
  {
    id: 'date',
    header: t('date'),
    cell: (row) => <Day of={row.date} />,
    text: (row) => row.date,
    sort: { ascending: 'date', descending: '-date' },
  },
  { id: 'description', header: t('text'), cell: (row) => row.description, text: (row) => row.description, wide: true },
  {
    id: 'accounts',
    header: t('account'),
    cell: ({ lines = [] }) => [...new Set(lines.map(({ account }) => account))].join(', '),
    text: ({ lines = [] }) => [...new Set(lines.map(({ account }) => account))].join(' '),
    wide: true,
  },
  {
    id: 'amount',
    header: t('amount', { currency }),
    right: true,
    cell: (row) => <Money of={movedBy(row)} />,
    text: (row) => movedBy(row)?.amount ?? '',
  },
]

const filters: Filter[] = [
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
  { name: 'account', label: t('account'), kind: 'text' },
]

/** What was revalued, the latest month first; each entry says what it changed and what took it back. */
export function RevaluationList() {
  const { company, may } = useWorkplace()
  const to = useAddress()
  const columns = useMemo(() => columnsIn(company.baseCurrency), [company])
  const revalue = may('journal.post') && (
    <GoButton size="xs" to={to('rates/revalue')}>
      {t('revalue')}
    </GoButton>
  )
  return (
    <ListPage
      name="revaluations"
      title={t('revaluations')}
      operation="listEntries"
      query={{ rule: 'revaluation', 'expand[]': 'lines' }}
      columns={columns}
      filters={filters}
      keyOf={(row) => row.entryId}
      nameOf={(row) => row.number ?? row.entryId}
      opens={(row) => ({ kind: 'entry', id: row.entryId })}
      views={<Sections at="rates/revaluations" />}
      actions={revalue}
      empty={{ title: t('revaluationsNone'), text: t('revaluationsText'), action: revalue }}
    />
  )
}
