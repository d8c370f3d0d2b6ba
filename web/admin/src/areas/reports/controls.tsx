import { Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReportKinds } from '../../../../../clients/typescript/src/api.ts'
import { AccountField } from '../../../../ui/account-field.tsx'
import { useRead } from '../../../../ui/api.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

type Parameter = ReportKinds['reports'][number]['parameters'][number]

const elsewhere = new Set(['asOf', 'from', 'to', 'compare', 'cursor', 'limit'])

/** Whether a parameter is asked here: days, comparison and pages have places of their own. */
export const isControlled = ({ name }: Parameter): boolean => !elsewhere.has(name)

const labels: Readonly<Record<string, string>> = {
  by: t('by'),
  method: t('method'),
  party: t('party'),
  currency: t('currency'),
  channel: t('channel'),
  budget: t('budget'),
  items: t('items'),
}

const choiceNames: Readonly<Record<string, string>> = {
  month: t('month'),
  quarter: t('quarter'),
  channel: t('channel'),
  item: t('item'),
  'item-group': t('itemGroup'),
  customer: t('customer'),
  country: t('country'),
  indirect: t('indirect'),
  direct: t('direct'),
}

/** What a report can be asked beside its days, each by the kind of its parameter. */
export const Controls = ({ of }: { of: readonly Parameter[] }) =>
  of.filter(isControlled).map((parameter) => <Control key={parameter.name} of={parameter} />)

function Control({ of }: { of: Parameter }) {
  const [search, change] = useSearchState()
  const { name, kind, choices } = of
  const label = labels[name] ?? of.description
  // Another question begins at the first page.
  const ask = (value: string | undefined) => change({ [name]: value, cursor: undefined })
  if (name === 'account')
    return (
      <AccountField
        size="xs"
        w={240}
        aria-label={t('account')}
        placeholder={t('chooseAccount')}
        value={search.account ?? ''}
        onChange={(code) => ask(code || undefined)}
      />
    )
  if (name === 'budget') return <BudgetChoice value={search.budget} onChange={ask} />
  if (kind === 'choice') {
    const data = choices.map((value) => ({ value, label: choiceNames[value] ?? value }))
    return (
      <Select
        size="xs"
        w={150}
        aria-label={label}
        placeholder={label}
        clearable
        value={search[name] ?? null}
        data={data}
        onChange={(value) => ask(value ?? undefined)}
      />
    )
  }
  if (kind === 'flag') {
    return (
      <Switch
        size="xs"
        label={label}
        checked={search[name] === 'true'}
        onChange={({ currentTarget }) => ask(currentTarget.checked ? 'true' : undefined)}
      />
    )
  }
  return (
    <Words key={search[name]} label={label} value={search[name] ?? ''} onAsk={(value) => ask(value || undefined)} />
  )
}

/** Asked when it is whole: on Enter, or when it is left. */
function Words({ label, value, onAsk }: { label: string; value: string; onAsk: (value: string) => void }) {
  const [text, setText] = useState(value)
  const ask = () => text.trim() !== value && onAsk(text.trim())
  return (
    <TextInput
      size="xs"
      w={210}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={ask}
      onKeyDown={({ key }) => key === 'Enter' && ask()}
    />
  )
}

function BudgetChoice({
  value,
  onChange,
}: {
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  const { data } = useRead('listBudgets', { path: useCompanyPath() })
  const to = useAddress()
  return (
    <>
      <Select
        size="xs"
        w={200}
        aria-label={t('budget')}
        placeholder={t('chooseBudget')}
        nothingFoundMessage={t('noBudget')}
        value={value ?? null}
        data={(data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(code) => onChange(code ?? undefined)}
      />
      <GoButton
        size="xs"
        variant="default"
        to={to(value === undefined ? 'reports/budgets' : `reports/budgets/${encodeURIComponent(value)}`)}
      >
        {value === undefined ? t('allBudgets') : t('editBudget')}
      </GoButton>
    </>
  )
}
