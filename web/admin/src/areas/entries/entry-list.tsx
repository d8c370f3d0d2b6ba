import { useMemo } from 'react'
import type { EntrySummary } from '../../../../../clients/typescript/src/api.ts'
import { entryColumnsIn } from '../../../../ui/entry-columns.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day } from '../../../../ui/money.tsx'
import { rules, wordsOfRule } from '../../../../ui/words.ts'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

const columnsIn = (currency: string): Column<EntrySummary>[] => {
  const { number, date, description, accounts, amount } = entryColumnsIn(currency)
  return [
    number,
    date,
    { id: 'rule', header: t('what'), cell: (row) => wordsOfRule(row.rule), text: (row) => row.rule },
    description,
    accounts,
    {
      id: 'effectiveOn',
      header: t('effectiveOn'),
      cell: (row) => <Day of={row.effectiveOn} />,
      text: (row) => row.effectiveOn,
      optional: true,
    },
    amount,
  ]
}

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
  { name: 'rate', label: t('rate'), kind: 'text' },
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
