import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Budget } from '../../../../../clients/typescript/src/api.ts'
import { api, useChange, useRead } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { Go, useGo } from '../../../../ui/links.tsx'
import { Count } from '../../../../ui/money.tsx'
import { ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { monthsNamed } from './months.ts'
import { t } from './texts.ts'

export const addressOf = (code: string): string => `reports/budgets/${encodeURIComponent(code)}`

/** The versions of the plan. */
export function BudgetList() {
  const { may } = useWorkplace()
  const [{ new: adding }, change] = useSearchState()
  const found = useRead('listBudgets', { path: useCompanyPath() })
  const add = may('settings.write') && (
    <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => change({ new: 'yes' })}>
      {t('new')}
    </Button>
  )
  return (
    <Screen title={t('title')} subtitle={t('text')} actions={add}>
      <Loaded of={found}>
        {({ rows }) =>
          rows.length === 0 ? <Empty title={t('none')} text={t('noneText')} action={add} /> : <Table of={rows} />
        }
      </Loaded>
      {adding && may('settings.write') && found.data && (
        <NewBudget known={found.data.rows} onClose={() => change({ new: undefined })} />
      )}
    </Screen>
  )
}

function Table({ of }: { of: readonly Budget[] }) {
  const to = useAddress()
  return (
    <ReportTable
      label={t('title')}
      columns={[
        { id: 'code', header: t('code') },
        { id: 'name', header: t('name') },
        { id: 'months', header: t('months'), wide: true },
        { id: 'amounts', header: t('amounts'), right: true, wide: true },
        { id: 'compare', header: t('compare') },
      ]}
      rows={of.map(({ id, code, name, from, to: until, amounts }) => ({
        key: id,
        cells: {
          code: <Go to={to(addressOf(code))}>{code}</Go>,
          name,
          months: from && until && monthsNamed(from, until),
          amounts: <Count of={amounts} />,
          compare: amounts > 0 && (
            <Go to={to('reports/budget', { budget: code })} aria-label={t('compareNamed', { name })}>
              {t('compare')}
            </Go>
          ),
        },
      }))}
    />
  )
}

function NewBudget({ known, onClose }: { known: readonly Budget[]; onClose: () => void }) {
  const path = useCompanyPath()
  const to = useAddress()
  const go = useGo()
  const add = useChange('createBudgets', { forgets: ['listBudgets'] })
  const fill = useChange('replaceBudgetsAmounts', { forgets: ['listBudgets'] })
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [copied, setCopied] = useState<string | null>(null)
  const taken = known.some((one) => one.code === code.trim())
  return (
    <DialogForm
      title={t('new')}
      submit={t('add')}
      ready={code.trim() !== '' && name.trim() !== '' && !taken}
      onClose={onClose}
      work={async () => {
        await add.mutateAsync({ path, body: { requests: [{ code: code.trim(), name: name.trim() }] } })
        if (copied !== null) {
          const plan = await api.call('listBudgetsAmounts', { path: { ...path, code: copied } })
          const amounts = plan.amounts.map(({ channel, ...rest }) => (channel === null ? rest : { ...rest, channel }))
          await fill.mutateAsync({ path: { ...path, code: code.trim() }, body: { amounts } })
        }
        await go(to(addressOf(code.trim())))
        // The dialog is gone with the list.
        return true
      }}
    >
      <TextInput
        label={t('code')}
        description={t('codeText')}
        error={taken && t('exists')}
        data-autofocus
        w={200}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextInput label={t('name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      {known.length > 0 && (
        <Select
          label={t('copyOf')}
          placeholder={t('copyNone')}
          clearable
          data={known.map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }))}
          value={copied}
          onChange={setCopied}
        />
      )}
    </DialogForm>
  )
}
