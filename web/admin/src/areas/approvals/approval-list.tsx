import { Badge, SegmentedControl } from '@mantine/core'
import type { ListedApproval } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { ago, withWrittenDays } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Money } from '../../../../ui/money.tsx'
import { Rows } from '../../../../ui/rows.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'
import { kindWords, stateColours } from './words.ts'

const views = ['forMe', 'byMe', 'decided'] as const
type View = (typeof views)[number]

const inView = (view: View, { state, own }: ListedApproval): boolean =>
  view === 'decided' ? state !== 'pending' : state === 'pending' && own === (view === 'byMe')

const empty = {
  forMe: { title: t('emptyForMe'), text: t('emptyForMeText') },
  byMe: { title: t('emptyByMe'), text: t('emptyByMeText') },
  decided: { title: t('emptyDecided'), text: t('emptyDecidedText') },
} as const

/** What waits for a second person: for whoever looks, of whoever looks, and what was decided. */
export function ApprovalList() {
  const [search, change] = useSearchState()
  const found = useRead('listApprovals', { path: useCompanyPath(), query: {} })
  const view: View = views.find((one) => one === search.view) ?? 'forMe'
  const label = (one: View) => {
    const count = found.data?.rows.filter((row) => inView(one, row)).length
    return one === 'decided' || !count ? t(one) : `${t(one)} ${count}`
  }
  return (
    <Screen
      title={t('title')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('view')}
          value={view}
          onChange={(value) => change({ view: value === 'forMe' ? undefined : value, detail: undefined })}
          data={views.map((one) => ({ value: one, label: label(one) }))}
        />
      }
    >
      <Loaded of={found}>{({ rows }) => <List rows={rows.filter((row) => inView(view, row))} view={view} />}</Loaded>
    </Screen>
  )
}

const List = ({ rows, view }: { rows: ListedApproval[]; view: View }) => (
  <Rows
    label={t(view)}
    of={rows}
    keyOf={({ id }) => id}
    opens={({ id }) => ({ kind: 'approval', id })}
    empty={<Empty {...empty[view]} />}
    columns={[
      { id: 'summary', header: t('summary'), cell: ({ summary }) => withWrittenDays(summary, locale) },
      { id: 'kind', header: t('kind'), cell: ({ kind }) => kindWords(kind), wide: true },
      { id: 'amount', header: t('amount'), right: true, cell: ({ amount }) => <Money of={amount} withCurrency /> },
      { id: 'requestedBy', header: t('requestedBy'), cell: ({ requestedByName }) => requestedByName, wide: true },
      { id: 'requestedAt', header: t('requestedAt'), cell: ({ requestedAt }) => ago(requestedAt, locale), wide: true },
      ...(view === 'decided'
        ? [
            { id: 'decidedBy', header: t('decidedBy'), cell: (row: ListedApproval) => row.decidedByName, wide: true },
            {
              id: 'state',
              header: t('state'),
              cell: ({ state }: ListedApproval) => (
                <Badge variant="light" size="sm" color={stateColours[state]}>
                  {t(state)}
                </Badge>
              ),
            },
          ]
        : []),
    ]}
  />
)
