import { Button, Group, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import type { Recurring as Kept, SettledDay } from '../../../../../clients/typescript/src/api.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { monthOf, today } from '../../../../ui/days.ts'
import { DetailLink, Section } from '../../../../ui/details.tsx'
import { isNegative, sumOf } from '../../../../ui/exact.ts'
import { writtenDay } from '../../../../ui/figures.ts'
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

/** What posts itself: when it is due next, what it will post, and what became of what was due. */
export function Recurring() {
  const path = useCompanyPath()
  const to = useAddress()
  const { may } = useWorkplace()
  const found = useRead('listRecurringJournals', { path })
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
              <Series of={rows} />
              <Upcoming />
              <Settled titles={new Map(rows.map((one) => [one.name, titleOf(one)]))} />
            </>
          )
        }
      </Loaded>
    </Screen>
  )
}

/** Without the places that each due day fills with its own. */
const titleOf = ({ description, name }: Kept): string => description.replaceAll(/\s*\{[^}]*\}/g, '') || name

function Series({ of }: { of: readonly Kept[] }) {
  const { may } = useWorkplace()
  const rows = of.map(
    (one): ReportRow => ({
      key: one.name,
      cells: {
        name: titleOf(one),
        every: t(one.every),
        nextDue: <Day of={one.nextDueOn} />,
        ends: <Day of={one.endsOn} />,
        state: t(one.state),
        author: one.author,
        actions: may('journal.post') && one.state !== 'ended' && <Changes of={one} />,
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
        { id: 'actions', header: t('change') },
      ]}
      rows={rows}
    />
  )
}

function Changes({ of }: { of: Kept }) {
  const path = useCompanyPath()
  const { company } = useWorkplace()
  const [asking, setAsking] = useState(false)
  const saving = useChange('createRecurringJournalsChanges', { forgets })
  const change = async (what: 'pause' | 'resume' | 'end') => {
    const on = today(company.timeZone)
    await saving.mutateAsync({ path, body: { requests: [{ name: of.name, change: what, on }] } })
    setAsking(false)
    notifications.show({ message: t('changed', { name: titleOf(of) }) })
  }
  const other = of.state === 'paused' ? 'resume' : 'pause'
  return (
    <>
      <Group gap={4} justify="flex-end" wrap="nowrap">
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${t(other)}: ${titleOf(of)}`}
          onClick={() => void change(other)}
        >
          {t(other)}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          aria-label={`${t('end')}: ${titleOf(of)}`}
          onClick={() => setAsking(true)}
        >
          {t('end')}
        </Button>
      </Group>
      {saving.error && <Problem error={saving.error} />}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('endQuestion', { name: titleOf(of) })}
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

const MONTHS_AHEAD = 3

function Upcoming() {
  const { company } = useWorkplace()
  const until = monthOf(today(company.timeZone), MONTHS_AHEAD).to
  const found = useRead('listRecurringJournalsUpcoming', { path: useCompanyPath(), query: { until } })
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
    const answer = await retrying.mutateAsync({ path, body: { requests: [{ name, dueOn }] } })
    const waits = 'summary' in answer
    const day = writtenDay(dueOn, locale)
    notifications.show({
      message: waits ? t('waits', { summary: answer.summary }) : t('retried', { name: title, day }),
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
