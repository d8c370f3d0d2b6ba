import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Account, BudgetPlan } from '../../../../../clients/typescript/src/api.ts'
import { useAccounts } from '../../../../ui/account-field.tsx'
import { useChange, useTagged } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Loaded, LoadingRows } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { BudgetForm } from './budget-form.tsx'
import { t } from './texts.ts'

/** A budget: its amounts by account and month, to type, paste and fill. */
export function BudgetPage() {
  const { code } = useParams({ strict: false }) as { code: string }
  const found = useTagged('listBudgetsAmounts', { path: { ...useCompanyPath(), code } })
  const accounts = useAccounts()
  return (
    <Loaded of={found}>
      {({ result, tag }) =>
        accounts === undefined ? <LoadingRows /> : <Page key={code} plan={result} tag={tag} accounts={accounts} />
      }
    </Loaded>
  )
}

function Page({ plan, tag, accounts }: { plan: BudgetPlan; tag: string | null; accounts: readonly Account[] }) {
  const { may } = useWorkplace()
  const to = useAddress()
  const [name, setName] = useState(plan.name)
  const [renaming, setRenaming] = useState(false)
  return (
    <Screen
      title={name}
      subtitle={plan.code}
      actions={
        <>
          <GoButton size="xs" variant="default" to={to('reports/budget', { budget: plan.code })}>
            {t('compare')}
          </GoButton>
          {may('settings.write') && (
            <Button size="xs" variant="default" onClick={() => setRenaming(true)}>
              {t('rename')}
            </Button>
          )}
        </>
      }
    >
      <BudgetForm read={plan} tag={tag} accounts={accounts} />
      {renaming && (
        <Rename
          code={plan.code}
          name={name}
          onClose={() => setRenaming(false)}
          onDone={(now) => {
            setName(now)
            notifications.show({ message: t('renamed', { name: now }) })
          }}
        />
      )}
    </Screen>
  )
}

type RenameProps = { code: string; name: string; onClose(): void; onDone(name: string): void }

function Rename({ code, name, onClose, onDone }: RenameProps) {
  const path = useCompanyPath()
  const save = useChange('createBudgets', { forgets: ['listBudgets'] })
  const [now, setNow] = useState(name)
  return (
    <DialogForm
      title={t('renameTitle', { code })}
      submit={t('save')}
      ready={now.trim() !== ''}
      onClose={onClose}
      work={async () => {
        await save.mutateAsync({ path, body: { requests: [{ code, name: now.trim() }] } })
        onDone(now.trim())
      }}
    >
      <TextInput label={t('name')} data-autofocus value={now} onChange={(event) => setNow(event.currentTarget.value)} />
    </DialogForm>
  )
}
