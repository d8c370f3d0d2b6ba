import { ActionIcon, Button, Group, Select, Switch, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Account, BudgetPlan } from '../../../../../clients/typescript/src/api.ts'
import { currencyExponent, isCurrencyCode } from '../../../../../src/kernel/currencies.ts'
import { useRead } from '../../../../ui/api.ts'
import { isDay, today } from '../../../../ui/days.ts'
import { EntryFormFrame } from '../../../../ui/entry-form.tsx'
import { locale } from '../../../../ui/locale.ts'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { BudgetGrid } from './budget-grid.tsx'
import classes from './budgets.module.css'
import { CellConflict } from './cell-conflict.tsx'
import { FillActual } from './fill-actual.tsx'
import { monthsNamed, yearMonths } from './months.ts'
import { PasteTable } from './paste-table.tsx'
import { placeOf, type Typed, type Typing } from './plan.ts'
import { t } from './texts.ts'
import { type BudgetForm as Form, useBudgetForm } from './use-budget-form.ts'

type FormProps = { read: BudgetPlan; tag: string | null; accounts: readonly Account[] }

/** The grid with what changes it: one fiscal year and one channel at a time; what is not saved stays whichever is shown. */
export function BudgetForm({ read, tag, accounts }: FormProps) {
  const { company, may } = useWorkplace()
  const currency = company.baseCurrency
  const typing = useMemo<Typing>(
    () => ({ places: isCurrencyCode(currency) ? currencyExponent(currency) : 2, locale }),
    [currency],
  )
  const budget = useBudgetForm({ read, tag, typing, currency })
  const shown = useShown(budget, accounts)
  const readOnly = !may('settings.write')
  const content = (
    <>
      <Tools shown={shown} typing={typing} readOnly={readOnly} budget={budget} accounts={accounts} />
      {budget.conflict && <CellConflict of={budget.conflict} accounts={accounts} />}
      {budget.form.fields.errors.cells && (
        <Text size="sm" c="var(--ch-wrong)" px={24} role="alert">
          {budget.form.fields.errors.cells}
        </Text>
      )}
      {shown.accounts.length === 0 ? (
        <Empty title={t('onlyPlannedNone')} text={t('onlyPlannedNoneText')} action={<ShowAll shown={shown} />} />
      ) : (
        <BudgetGrid
          accounts={shown.accounts}
          months={shown.months}
          channel={shown.channel}
          plan={budget.plan}
          typed={budget.typed}
          typing={typing}
          readOnly={readOnly}
          isSaving={budget.form.isSaving}
          onType={budget.type}
          onEnter={budget.enter}
        />
      )}
      {!readOnly && <p className={classes.keys}>{t('keys')}</p>}
    </>
  )
  if (!may('settings.write')) return <div className={classes.looked}>{content}</div>
  const count = Object.keys(budget.typed).length
  return (
    <div className={classes.form}>
      <EntryFormFrame
        form={{ ...budget.form, conflict: undefined }}
        wide
        submitLabel={t('save')}
        aside={
          <Text size="sm" c="dimmed" role="status">
            {count === 0 ? t('noChanges') : t('changes', { count })}
          </Text>
        }
      >
        {content}
      </EntryFormFrame>
    </div>
  )
}

type Shown = ReturnType<typeof useShown>

/** What of the budget the address shows: a year, a channel, and all accounts or those with amounts. */
function useShown({ plan, typed }: Form, accounts: readonly Account[]) {
  const { company } = useWorkplace()
  const [search, change] = useSearchState()
  const known = useRead('listChannels', { path: useCompanyPath() })
  const places = [...new Set([...plan.keys(), ...Object.keys(typed)])].map(placeOf)
  const [firstMonth] = places.map(({ month }) => month).toSorted()
  const asked = search.from?.slice(0, 7)
  const start =
    (asked !== undefined && isDay(`${asked}-01`) ? asked : firstMonth) ?? today(company.timeZone).slice(0, 7)
  const months = yearMonths(start, company.fiscalYearStartMonth)
  const channel = search.channel ?? null
  const channels = [
    ...new Set([
      ...(known.data?.rows.map(({ code }) => code) ?? []),
      ...places.flatMap((place) => place.channel ?? []),
      ...(channel === null ? [] : [channel]),
    ]),
  ].toSorted()
  const inYear = new Set(months)
  const planned = new Set(
    places.flatMap((place) => (inYear.has(place.month) && place.channel === channel ? [place.account] : [])),
  )
  const plannable = accounts.filter((one) => one.class === 'income' || one.class === 'expense')
  const onlyPlanned = search.show === 'planned'
  return {
    months,
    channel,
    channels,
    onlyPlanned,
    accounts: plannable.filter(({ code, endedOn }) => planned.has(code) || (!onlyPlanned && endedOn === null)),
    change,
  }
}

const ShowAll = ({ shown }: { shown: Shown }) => (
  <Button variant="default" size="xs" onClick={() => shown.change({ show: undefined })}>
    {t('showAll')}
  </Button>
)

type ToolsProps = { shown: Shown; typing: Typing; readOnly: boolean; budget: Form; accounts: readonly Account[] }

function Tools({ shown, typing, readOnly, budget, accounts }: ToolsProps) {
  const { months, channel, channels, onlyPlanned, change } = shown
  const [asking, setAsking] = useState<'fill' | 'paste'>()
  const took = (typed: Typed, said: 'filled' | 'pasted') => {
    budget.enter(typed)
    notifications.show({ message: t(said, { count: Object.keys(typed).length }) })
  }
  return (
    <Group className={classes.tools} gap="xs">
      <YearChoice months={months} onChange={(from) => change({ from })} />
      {channels.length > 0 && (
        <Select
          size="xs"
          w={160}
          aria-label={t('channel')}
          allowDeselect={false}
          data={[{ value: '', label: t('channelNone') }, ...channels.map((value) => ({ value, label: value }))]}
          value={channel ?? ''}
          onChange={(value) => change({ channel: value || undefined })}
        />
      )}
      <Switch
        size="xs"
        label={t('onlyPlanned')}
        checked={onlyPlanned}
        onChange={(event) => change({ show: event.currentTarget.checked ? 'planned' : undefined })}
      />
      {!readOnly && (
        <Group gap="xs" ml="auto">
          {channel === null && (
            <Button size="xs" variant="default" onClick={() => setAsking('fill')}>
              {t('fill')}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => setAsking('paste')}>
            {t('paste')}
          </Button>
        </Group>
      )}
      {asking === 'fill' && (
        <FillActual
          months={months}
          typing={typing}
          holds={budget.holds}
          onClose={() => setAsking(undefined)}
          onFill={(typed) => took(typed, 'filled')}
        />
      )}
      {asking === 'paste' && (
        <PasteTable
          accounts={accounts}
          channel={channel}
          typing={typing}
          onClose={() => setAsking(undefined)}
          onTake={(typed) => took(typed, 'pasted')}
        />
      )}
    </Group>
  )
}

function YearChoice({ months, onChange }: { months: readonly string[]; onChange(from: string | undefined): void }) {
  const { company } = useWorkplace()
  const [first = '', last = first] = [months[0], months.at(-1)]
  const goBy = (by: number) => onChange(yearMonths(first, company.fiscalYearStartMonth, by)[0])
  return (
    <>
      <ActionIcon variant="default" size={30} aria-label={t('yearBefore')} onClick={() => goBy(-1)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <Text size="sm" fw={500}>
        {monthsNamed(first, last)}
      </Text>
      <ActionIcon variant="default" size={30} aria-label={t('yearAfter')} onClick={() => goBy(1)}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </>
  )
}
