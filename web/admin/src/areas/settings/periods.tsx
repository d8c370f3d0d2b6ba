import { ActionIcon, Badge, Button, Group, List, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useChange, useRead } from '../../../../ui/api.ts'
import { dayOr, monthOf, today, yearOf } from '../../../../ui/days.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

const monthWords = (month: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01`))

type Asking = { what: 'close' | 'reopen' | 'year'; month: string }

/** The months of a fiscal year: closed one by one, reopened for a reason; and the close of the year itself. */
export function Periods() {
  const { company, may } = useWorkplace()
  const [search, change] = useSearchState()
  const [asking, setAsking] = useState<Asking>()
  const found = useRead('listPeriods', { path: useCompanyPath() })
  const now = today(company.timeZone)
  const year = yearOf(dayOr(search.on, now), company.fiscalYearStartMonth)
  const months = Array.from({ length: 12 }, (_, by) => monthOf(year.from, by).from.slice(0, 7))
  const yearName = year.to.slice(0, 4)
  const goBy = (by: number) => change({ on: yearOf(year.from, company.fiscalYearStartMonth, by).from })
  return (
    <SettingsFrame
      title={t('periods')}
      text={t('periodsText')}
      padded
      actions={
        <Group gap={6} wrap="nowrap">
          <ActionIcon variant="default" size={30} aria-label={t('yearBefore')} onClick={() => goBy(-1)}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <Text size="sm" fw={500}>
            {t('yearNamed', { year: yearName })}
          </Text>
          <ActionIcon variant="default" size={30} aria-label={t('yearAfter')} onClick={() => goBy(1)}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </Group>
      }
    >
      <Loaded of={found}>
        {({ rows }) => {
          const closed = new Set(
            rows.filter(({ state }) => state === 'closed').map(({ startsOn }) => startsOn.slice(0, 7)),
          )
          return (
            <div className={classes.months}>
              {months.map((month) => (
                <Month
                  key={month}
                  month={month}
                  isClosed={closed.has(month)}
                  isFuture={month > now.slice(0, 7)}
                  onAsk={setAsking}
                />
              ))}
            </div>
          )
        }}
      </Loaded>
      {may('periods.close') && (
        <Group mt="lg" gap="sm">
          <Button variant="default" onClick={() => setAsking({ what: 'year', month: yearName })}>
            {t('closeYear', { year: yearName })}
          </Button>
          <Text size="sm" c="dimmed">
            <Day of={year.from} /> – <Day of={year.to} />
          </Text>
        </Group>
      )}
      {asking?.what === 'close' && <Close month={asking.month} onClose={() => setAsking(undefined)} />}
      {asking?.what === 'reopen' && <Reopen month={asking.month} onClose={() => setAsking(undefined)} />}
      {asking?.what === 'year' && <CloseYear year={asking.month} onClose={() => setAsking(undefined)} />}
    </SettingsFrame>
  )
}

type MonthProps = { month: string; isClosed: boolean; isFuture: boolean; onAsk(asking: Asking): void }

function Month({ month, isClosed, isFuture, onAsk }: MonthProps) {
  const { company, may } = useWorkplace()
  return (
    <div className={classes.month}>
      <Group gap={8}>
        <Text size="sm">{monthWords(month)}</Text>
        {isClosed && (
          <Badge size="sm" variant="light" color="green">
            {t('closed')}
          </Badge>
        )}
      </Group>
      <Group gap={4} ml={-8} wrap="nowrap">
        {!isFuture && may('journal.read') && (
          <Button
            component="a"
            href={`/api/v1/companies/${company.id}/month-end-pack?period=${month}`}
            download
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={t('packNamed', { month: monthWords(month) })}
          >
            {t('pack')}
          </Button>
        )}
        {isClosed && may('periods.reopen') && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('reopenNamed', { month: monthWords(month) })}
            onClick={() => onAsk({ what: 'reopen', month })}
          >
            {t('reopen')}
          </Button>
        )}
        {!isClosed && !isFuture && may('periods.close') && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('closeNamed', { month: monthWords(month) })}
            onClick={() => onAsk({ what: 'close', month })}
          >
            {t('close')}
          </Button>
        )}
      </Group>
    </div>
  )
}

type DialogProps = { month: string; onClose: () => void }

/** What one should have looked at before nothing more is posted: said before, with where to look. */
function WhatIsChecked() {
  const { may } = useWorkplace()
  const to = useAddress()
  const path = useCompanyPath()
  const proof = useRead('listChecks', may('reports.read') ? { path } : undefined)
  const waiting = useRead('listExceptionsCounts', may('exceptions.read') ? { path } : undefined)
  const asked = useRead('listApprovals', may('approvals.read') ? { path, query: { state: 'pending' } } : undefined)
  return (
    <List size="sm" spacing={10}>
      <List.Item>{t('checkSeal')}</List.Item>
      {proof.data && <List.Item>{proof.data.ok ? t('checkProven') : t('checkBroken')}</List.Item>}
      {waiting.data && (
        <List.Item>
          <Go to={to('inbox')}>{t('checkExceptions', { count: waiting.data.waiting })}</Go>
        </List.Item>
      )}
      {asked.data && (
        <List.Item>
          <Go to={to('approvals')}>{t('checkApprovals', { count: asked.data.rows.length })}</Go>
        </List.Item>
      )}
    </List>
  )
}

function Close({ month, onClose }: DialogProps) {
  const path = { ...useCompanyPath(), month }
  const close = useChange('closePeriod', { forgets: ['listPeriods', 'listChecks'] })
  return (
    <DialogForm
      title={t('closeTitle', { month: monthWords(month) })}
      submit={t('close')}
      onClose={onClose}
      work={async () => {
        await close.mutateAsync({ path, body: {} })
        notifications.show({ message: t('closedDone', { month: monthWords(month) }) })
      }}
    >
      <Text size="sm">{t('closeText')}</Text>
      <WhatIsChecked />
    </DialogForm>
  )
}

function Reopen({ month, onClose }: DialogProps) {
  const path = { ...useCompanyPath(), month }
  const reopen = useChange('reopenPeriod', { forgets: ['listPeriods', 'listApprovals'] })
  const [reason, setReason] = useState('')
  return (
    <DialogForm
      title={t('reopenTitle', { month: monthWords(month) })}
      submit={t('reopen')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      work={async () => {
        const answer = await reopen.mutateAsync({ path, body: { reason } })
        const message = 'requestedBy' in answer ? t('waitsForSecond') : t('reopenedDone', { month: monthWords(month) })
        notifications.show({ message })
      }}
    >
      <Text size="sm">{t('reopenText')}</Text>
      <Textarea
        label={t('reason')}
        data-autofocus
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  )
}

function CloseYear({ year, onClose }: { year: string; onClose: () => void }) {
  const path = useCompanyPath()
  const close = useChange('createYearsClose', { forgets: 'all' })
  return (
    <DialogForm
      title={t('closeYear', { year })}
      submit={t('closeYearSubmit')}
      onClose={onClose}
      work={async () => {
        const answer = await close.mutateAsync({ path, body: { requests: [{ year: Number(year) }] } })
        notifications.show({ message: 'requestedBy' in answer ? t('waitsForSecond') : t('yearClosed', { year }) })
      }}
    >
      <Text size="sm">{t('closeYearText')}</Text>
      <WhatIsChecked />
    </DialogForm>
  )
}
