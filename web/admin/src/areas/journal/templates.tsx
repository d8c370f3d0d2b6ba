import type { ListedJournalTemplate } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { type ReportColumn, type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Sections } from './sections.tsx'
import { t } from './texts.ts'

const columns: ReportColumn[] = [
  { id: 'title', header: t('templateTitle') },
  { id: 'asks', header: t('asks'), wide: true },
  { id: 'version', header: t('version'), right: true, wide: true },
  { id: 'author', header: t('author'), wide: true },
  { id: 'use', header: t('use') },
]

/** Entries to begin from: the company's own, and those that come along. */
export function Templates() {
  const found = useRead('listJournalTemplates', { path: useCompanyPath() })
  return (
    <Screen title={t('templates')}>
      <Sections at="templates" />
      <Loaded of={found}>
        {({ rows }) =>
          rows.length === 0 ? <Empty title={t('templatesEmpty')} text={t('templatesEmptyText')} /> : <Table of={rows} />
        }
      </Loaded>
    </Screen>
  )
}

function Table({ of }: { of: readonly ListedJournalTemplate[] }) {
  const to = useAddress()
  const { may } = useWorkplace()
  const rows = of.map(
    ({ name, title, version, authorName, definition }): ReportRow => ({
      key: name,
      cells: {
        title,
        asks: definition.parameters.map(({ label }) => label).join(', '),
        version: String(version),
        author: version === 0 ? t('builtIn') : authorName,
        use: may('journal.post') && (
          <GoButton
            size="compact-xs"
            variant="default"
            to={to('journal/new', { template: name })}
            aria-label={`${t('use')}: ${title}`}
          >
            {t('use')}
          </GoButton>
        ),
      },
    }),
  )
  return <ReportTable label={t('templates')} columns={columns} rows={rows} />
}
