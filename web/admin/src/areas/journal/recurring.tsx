import { Button, Group, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ListedRecurring as Kept, SettledDay, UpcomingJournal } from '../../../../../clients/typescript/src/api.ts'
import { isConflict, useChange, useRead } from '../../../../ui/api.ts'
import { monthOf, today } from '../../../../ui/days.ts'
import { DetailLink, Section } from '../../../../ui/details.tsx'
import { isNegative, sumOf } from '../../../../ui/exact.ts'
import { withWrittenDays, writtenDay } from '../../../../ui/figures.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './journal.module.css'
import { Sections } from './sections.tsx'
import { t } from './texts.ts'

const forgets = [
  'listRecurringJournals',
  'listRecurringJournalsUpcoming',
  'listRecurringJournalsDays',
  'listJournals',
] as const

const MONTHS_AHEAD = 3

/** What posts itself: when it is due next, what it will post, and what became of what was due. */
export function Recurring() {
  const path = useCompanyPath()
  const to = useAddress()
  const { may } = useWorkplace()
  const { company } = useWorkplace()
  const until = monthOf(today(company.timeZone), MONTHS_AHEAD).to
  const found = useRead('listRecurringJournals', { path })
  const upcoming = useRead('listRecurringJournalsUpcoming', { path, query: { until } })
  const add = may('journal.post') && <GoButton to={to('journal/new')}>{t('new')}</GoButton>
  return (
    <Screen title={t('recurring')}>
      <Sections at="recurring" />
      <Loaded of={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('recurringEmpty')} text={t('recurringEmptyText')} action={add} />
          ) : (
            <>
              <Series of={rows} titles={titlesOf(rows, upcoming.data?.rows ?? [])} />
              <Upcoming of={upcoming} until={until} />
              <Settled titles={titlesOf(rows, upcoming.data?.rows ?? [])} />
            </>
          )
        }
      </Loaded>
    </Screen>
  )
}

/** What each is called: its text without the places that each due day fills with its own, else what it will say next, else its name. */
function titlesOf(rows: readonly Kept[], upcoming: readonly UpcomingJournal[]): ReadonlyMap<string, string> {
  const next = new Map(upcoming.toReversed().map(({ name, description }) => [name, description]))
  return new Map(
    rows.map(({ name, description }) => {
      const own = description.replaceAll(/\s*\{[^}]*\}/g, '')
      return [name, own || next.get(name) || readable(name)]
    }),
  )
}

/** A name of the API as people read it: 'business-rates' is 'Business rates'. */
const readable = (name: string): string => {
  const words = name.replaceAll(/[_-]+/g, ' ')
  return words.charAt(0).toLocaleUpperCase() + words.slice(1)
}

type SeriesProps = { of: readonly Kept[]; titles: ReadonlyMap<string, string> }

function Series({ of, titles }: SeriesProps) {
  const { may } = useWorkplace()
  const rows = of.map(
    (one): ReportRow => ({
      key: one.name,
      cells: {
        name: titles.get(one.name),
        every: t(one.every),
        nextDue: <Day of={one.nextDueOn} />,
        ends: <Day of={one.endsOn} />,
        state: t(one.state),
        author: one.authorName,
        actions: may('journal.post') && one.state !== 'ended' && (
          <Changes of={one} title={titles.get(one.name) ?? one.name} />
        ),
      },
    }),
  )
  return (
    <ReportTable
      label={t('recurring')}
      columns={[
        { id: 'name', header: t('description') },
        { id: 'every', header: t('every'), wide: true },
        { id: 'nextDue', header: t('nextDue') },
        { id: 'ends', header: t('ends'), wide: true },
        { id: 'state', header: t('state'), wide: true },
        { id: 'author', header: t('author'), wide: true },
        { id: 'actions', header: t('change'), right: true },
      ]}
      rows={rows}
    />
  )
}

function Changes({ of, title }: { of: Kept; title: string }) {
  const path = useCompanyPath()
  const { company } = useWorkplace()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const saving = useChange('createRecurringJournalsChanges', { forgets })
  const change = async (what: 'pause' | 'resume' | 'end') => {
    const requests = [{ name: of.name, change: what, on: today(company.timeZone), from: of.state }]
    const done = await saving.mutateAsync({ path, body: { requests } }).catch(async (error: unknown) => {
      // What somebody else has made of it is shown then.
      if (isConflict(error)) await client.invalidateQueries({ queryKey: ['listRecurringJournals'] })
      return undefined
    })
    setAsking(false)
    if (done !== undefined) notifications.show({ message: t('changed', { name: title }) })
  }
  const other = of.state === 'paused' ? 'resume' : 'pause'
  return (
    <>
      <Group gap={4} justify="flex-end" wrap="nowrap">
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${t(other)}: ${title}`}
          onClick={() => void change(other)}
        >
          {t(other)}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          aria-label={`${t('end')}: ${title}`}
          onClick={() => setAsking(true)}
        >
          {t('end')}
        </Button>
      </Group>
      {saving.error && <Problem error={saving.error} />}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('endQuestion', { name: title })}
        size="sm"
        withCloseButton={false}
      >
        <Text size="sm">{t('endText')}</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="subtle" color="red" onClick={() => void change('end')}>
            {t('end')}
          </Button>
          <Button data-autofocus onClick={() => setAsking(false)}>
            {t('keepGoing')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

type UpcomingProps = { of: ReturnType<typeof useRead<'listRecurringJournalsUpcoming'>>; until: string }

function Upcoming({ of: found, until }: UpcomingProps) {
  const title = t('upcoming', { day: writtenDay(until, locale) })
  return (
    <Padded title={title}>
      <Loaded of={found} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('upcomingEmpty')}
            </Text>
          ) : (
            <ReportTable
              label={title}
              columns={[
                { id: 'due', header: t('due') },
                { id: 'name', header: t('description') },
                { id: 'amount', header: t('debit'), right: true },
              ]}
              rows={rows.map(({ name, dueOn, description, lines }) => ({
                key: `${name} ${dueOn}`,
                cells: {
                  due: <Day of={dueOn} />,
                  name: description || name,
                  amount: {
                    money:
                      sumOf(
                        lines.flatMap(({ amount }) => (amount === null || isNegative(amount.amount) ? [] : [amount])),
                      ) ?? null,
                  },
                },
              }))}
            />
          )
        }
      </Loaded>
    </Padded>
  )
}

const Padded = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className={classes.part}>
    <Section title={title}>{children}</Section>
  </div>
)

function Settled({ titles }: { titles: ReadonlyMap<string, string> }) {
  const found = useRead('listRecurringJournalsDays', { path: useCompanyPath() })
  return (
    <Padded title={t('settled')}>
      <Loaded of={found} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('settledEmpty')}
            </Text>
          ) : (
            <ReportTable
              label={t('settled')}
              columns={[
                { id: 'due', header: t('due') },
                { id: 'name', header: t('description') },
                { id: 'became', header: t('became') },
                { id: 'action', header: t('entry') },
              ]}
              rows={rows.map((row) => ({
                key: `${row.name} ${row.dueOn}`,
                cells: {
                  due: <Day of={row.dueOn} />,
                  name: titles.get(row.name) ?? row.name,
                  became: [t(`state${row.state}`), row.message].filter((word) => word !== '').join(': '),
                  action: <Remedy of={row} title={titles.get(row.name) ?? row.name} />,
                },
              }))}
            />
          )
        }
      </Loaded>
    </Padded>
  )
}

function Remedy({ of: { name, dueOn, state, entryId }, title }: { of: SettledDay; title: string }) {
  const path = useCompanyPath()
  const { may } = useWorkplace()
  const retrying = useChange('createRecurringJournalsRetries', { forgets })
  if (entryId !== null)
    return (
      <DetailLink kind="entry" id={entryId}>
        {t('open')}
      </DetailLink>
    )
  if (state !== 'refused' || !may('journal.post')) return null
  const retry = async () => {
    const answer = await retrying.mutateAsync({ path, body: { requests: [{ name, dueOn }] } }).catch(() => undefined)
    if (answer === undefined) return
    const waits = 'summary' in answer
    const day = writtenDay(dueOn, locale)
    notifications.show({
      message: waits
        ? t('waits', { summary: withWrittenDays(answer.summary, locale) })
        : t('retried', { name: title, day }),
    })
  }
  return (
    <>
      <Button size="compact-xs" variant="default" loading={retrying.isPending} onClick={() => void retry()}>
        {t('retry')}
      </Button>
      {retrying.error && <Problem error={retrying.error} />}
    </>
  )
}
