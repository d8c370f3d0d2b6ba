import { Badge, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { BulkAction, Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { exceptionKinds, wordsOfException } from '../../../../ui/words.ts'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { type Asking, Dialogs } from './dialogs.tsx'
import classes from './inbox.module.css'
import { waits, wordsOf } from './kinds.ts'
import { t } from './texts.ts'

const views = ['mine', 'mentioned', 'unassigned', 'overdue', 'waiting', 'closed'] as const
type View = (typeof views)[number]

const filters: Filter[] = [
  {
    name: 'kind',
    label: t('kind'),
    kind: 'choice',
    options: exceptionKinds.map((value) => ({ value, label: wordsOfException(value) })),
  },
  { name: 'owner', label: t('owner'), kind: 'text' },
  { name: 'source', label: t('source'), kind: 'text' },
]

const columnsOf = (timeZone: string): Column<Exception>[] => [
  { id: 'what', header: t('what'), cell: (row) => <What of={row} />, text: wordsOf },
  {
    id: 'message',
    header: t('message'),
    cell: ({ message }) => message,
    text: ({ message }) => message,
    optional: true,
  },
  { id: 'source', header: t('source'), cell: ({ source }) => source, text: ({ source }) => source, wide: true },
  {
    id: 'due',
    header: t('due'),
    cell: (row) => <Due of={row} today={today(timeZone)} />,
    text: ({ due }) => due,
    sort: { ascending: 'due', descending: 'due' },
  },
  {
    id: 'amount',
    header: t('amount'),
    right: true,
    cell: ({ amount }) => <Money of={amount} withCurrency />,
    text: ({ amount }) => amount.amount,
    sort: { ascending: 'amount', descending: 'amount' },
  },
  { id: 'owner', header: t('owner'), cell: ({ owner }) => owner, text: ({ owner }) => owner, wide: true },
  { id: 'state', header: t('state'), cell: ({ state }) => t(state), text: ({ state }) => state, wide: true },
]

const What = ({ of }: { of: Exception }) => (
  <span className={classes.due}>
    {wordsOf(of)}
    {of.approvalId !== null && waits(of) && (
      <Badge size="xs" variant="light" color="blue">
        {t('waitsForSecond')}
      </Badge>
    )}
  </span>
)

export const Due = ({ of, today: now }: { of: Exception; today: string }) => (
  <span className={classes.due}>
    <Day of={of.due} />
    {waits(of) && of.due < now && (
      <Badge size="xs" variant="light" color="red">
        {t('overdueBadge')}
      </Badge>
    )}
  </span>
)

/** What needs a decision: whose it is, until when, and what is at stake. */
export function ExceptionList() {
  const { may, company } = useWorkplace()
  const [search] = useSearchState()
  const to = useAddress()
  const [asking, setAsking] = useState<Asking>()
  const view: View = views.find((one) => one === search.view) ?? 'waiting'
  const ask = (what: Asking['what']) => (rows: readonly Exception[]) =>
    new Promise<void>((done) => {
      setAsking({ what, exceptions: rows, done })
    })
  const bulk: BulkAction<Exception>[] = [
    { id: 'remedy', label: t('remedy'), run: ask('remedy') },
    { id: 'rerun', label: t('rerun'), run: ask('rerun') },
    { id: 'assign', label: t('assign'), run: ask('assign') },
    { id: 'dismiss', label: t('dismiss'), run: ask('dismiss') },
  ]
  return (
    <>
      <ListPage
        name="exceptions"
        title={t('title')}
        operation="listExceptions"
        query={{ view, ...(search.sort === 'amount' ? {} : { sort: 'due' as const }) }}
        columns={columnsOf(company.timeZone)}
        filters={filters}
        keyOf={({ id }) => id}
        nameOf={wordsOf}
        opens={({ id }) => ({ kind: 'exception', id })}
        bulk={may('exceptions.write') && view !== 'closed' ? bulk : []}
        views={<Views view={view} />}
        empty={
          view === 'mine' || view === 'mentioned'
            ? {
                title: t(view === 'mine' ? 'emptyMine' : 'emptyMentioned'),
                text: t(view === 'mine' ? 'emptyMineText' : 'emptyMentionedText'),
                action: (
                  <GoButton variant="default" to={to('inbox')}>
                    {t('seeAll')}
                  </GoButton>
                ),
              }
            : { title: t('emptyTitle'), text: t('emptyText') }
        }
      />
      {asking && (
        <Dialogs
          asking={asking}
          onClose={() => {
            asking.done()
            setAsking(undefined)
          }}
        />
      )}
    </>
  )
}

function Views({ view }: { view: View }) {
  const [, change] = useSearchState()
  const counts = useRead('listExceptionsCounts', { path: useCompanyPath() })
  const label = (one: View) => {
    // Mentions are listed also where they were seen and the exception is done; those are not counted.
    const counted = one === 'mentioned' ? 'unseen' : one
    const count = counted === 'closed' ? undefined : counts.data?.[counted]
    return count === undefined || (one === 'mentioned' && count === 0) ? t(one) : `${t(one)} ${count}`
  }
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('view')}
      className={classes.views}
      value={view}
      onChange={(value) =>
        change({ view: value === 'waiting' ? undefined : value, after: undefined, detail: undefined })
      }
      data={views.map((one) => ({ value: one, label: label(one) }))}
    />
  )
}
