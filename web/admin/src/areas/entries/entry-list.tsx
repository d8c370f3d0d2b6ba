import { useMemo } from 'react'
import type { EntrySummary } from '../../../../../clients/typescript/src/api.ts'
import { given, isNegative, sumOf } from '../../../../ui/exact.ts'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { rules, wordsOfRule } from '../../../../ui/words.ts'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** What an entry moves: the sum of its debits. */
const movedBy = ({ lines = [] }: EntrySummary) =>
  sumOf(lines.map(({ amount }) => given(amount)).filter(({ amount }) => !isNegative(amount)))

const columnsIn = (currency: string): Column<EntrySummary>[] => [
  { id: 'number', header: t('number'), cell: (row) => row.number ?? t('unsealed'), text: (row) => row.number ?? '' },
  {
    id: 'date',
    header: t('date'),
    cell: (row) => <Day of={row.date} />,
    text: (row) => row.date,
    sort: { ascending: 'date', descending: '-date' },
  },
  { id: 'rule', header: t('what'), cell: (row) => wordsOfRule(row.rule), text: (row) => row.rule },
  { id: 'description', header: t('text'), cell: (row) => row.description, text: (row) => row.description, wide: true },
  {
    id: 'accounts',
    header: t('account'),
    cell: ({ lines = [] }) => [...new Set(lines.map(({ account }) => account))].join(', '),
    text: ({ lines = [] }) => [...new Set(lines.map(({ account }) => account))].join(' '),
    wide: true,
  },
  {
    id: 'effectiveOn',
    header: t('effectiveOn'),
    cell: (row) => <Day of={row.effectiveOn} />,
    text: (row) => row.effectiveOn,
    optional: true,
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
  { name: 'reference', label: t('reference'), kind: 'text' },
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
  { name: 'account', label: t('account'), kind: 'text' },
  {
    name: 'rule',
    label: t('rule'),
    kind: 'choice',
    options: rules.map((value) => ({ value, label: wordsOfRule(value) })),
  },
  { name: 'import', label: t('import'), kind: 'text' },
]

/** Every entry of the journal, the latest first. */
export function EntryList() {
  const { company } = useWorkplace()
  const columns = useMemo(() => columnsIn(company.baseCurrency), [company])
  return (
    <ListPage
      name="entries"
      exports="entries"
      counting="listEntriesCount"
      title={t('title')}
      operation="listEntries"
      query={{ 'expand[]': 'lines' }}
      columns={columns}
      filters={filters}
      keyOf={(row) => row.entryId}
      nameOf={(row) => row.number ?? row.entryId}
      opens={(row) => ({ kind: 'entry', id: row.entryId })}
      empty={{ title: t('empty'), text: t('emptyText') }}
    />
  )
}
