import { useMemo } from 'react'
import { entryColumnsIn } from '../../../../ui/entry-columns.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Filter } from '../../../../ui/list-types.ts'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { Sections } from './sections.tsx'
import { t } from './texts.ts'

const filters: Filter[] = [
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
  { name: 'account', label: t('account'), kind: 'text' },
]

/** What was revalued, the latest month first; each entry says what it changed and what took it back. */
export function RevaluationList() {
  const { company, may } = useWorkplace()
  const to = useAddress()
  const columns = useMemo(() => Object.values(entryColumnsIn(company.baseCurrency)), [company])
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
