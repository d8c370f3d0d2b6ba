import { useRead } from '../../../../ui/api.ts'
import { writtenMoment } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Count } from '../../../../ui/money.tsx'
import { ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Sections } from './sections.tsx'
import { t } from './texts.ts'

/** When the mapping was applied to what is posted, by whom, and why. */
export function History() {
  const { may } = useWorkplace()
  const to = useAddress()
  const found = useRead('listMappingApplications', { path: useCompanyPath() })
  return (
    <Screen title={t('title')}>
      <Sections at="history" />
      <Loaded of={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('historyEmpty')} text={t('historyEmptyText')} />
          ) : (
            <ReportTable
              label={t('history')}
              columns={[
                { id: 'when', header: t('when') },
                { id: 'why', header: t('why') },
                { id: 'by', header: t('by'), wide: true },
                { id: 'lines', header: t('lines'), right: true },
                { id: 'entries', header: t('entries'), right: true, wide: true },
                ...(may('reports.read') ? [{ id: 'before', header: t('trialBalance'), wide: true }] : []),
              ]}
              rows={rows.map(({ id, appliedAt, reason, appliedByName, lines, entries }) => ({
                key: id,
                cells: {
                  when: writtenMoment(appliedAt, locale),
                  why: reason,
                  by: appliedByName,
                  lines: <Count of={lines} />,
                  entries: <Count of={entries} />,
                  before: (
                    <Go
                      to={to(`mapping/structures/before:${id}/trial-balance`)}
                      aria-label={t('beforeNamed', { reason })}
                    >
                      {t('beforeLink')}
                    </Go>
                  ),
                },
              }))}
            />
          )
        }
      </Loaded>
    </Screen>
  )
}
