import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { LegacyAccount } from '../../../../../clients/typescript/src/api.ts'
import { AccountField, useAccounts } from '../../../../ui/account-field.tsx'
import { useChange, useRead } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './mapping.module.css'
import { t } from './texts.ts'

/** An earlier chart: each of its accounts, and which of ours it has become. */
export function StructurePage() {
  const { structure } = useParams({ strict: false }) as { structure: string }
  const { may } = useWorkplace()
  const to = useAddress()
  const [{ find = '', account }, change] = useSearchState()
  const found = useRead('listStructuresAccounts', { path: useCompanyPath() })
  return (
    <Screen
      title={t('structureTitle', { structure })}
      subtitle={t('structureText')}
      actions={
        <>
          {may('reports.read') && (
            <GoButton size="xs" variant="default" to={to(`mapping/structures/${structure}/trial-balance`)}>
              {t('trialBalance')}
            </GoButton>
          )}
          {may('settings.write') && (
            <GoButton size="xs" variant="default" to={to('mapping/structures/bring', { structure })}>
              {t('bringMore')}
            </GoButton>
          )}
        </>
      }
    >
      <TextInput
        size="xs"
        className={classes.find}
        aria-label={t('findAccount')}
        placeholder={t('findAccount')}
        value={find}
        onChange={(event) => change({ find: event.currentTarget.value || undefined }, { replace: true })}
      />
      <Loaded of={found}>
        {({ rows }) => {
          const own = rows.filter((row) => row.structure === structure)
          const editing = own.find(({ code }) => code === account)
          return (
            <>
              <Accounts of={own} find={find} onChange={(code) => change({ account: code })} />
              {editing && may('settings.write') && (
                <ChangeAccount of={editing} onClose={() => change({ account: undefined })} />
              )}
            </>
          )
        }}
      </Loaded>
    </Screen>
  )
}

type AccountsProps = { of: readonly LegacyAccount[]; find: string; onChange(code: string): void }

function Accounts({ of, find, onChange }: AccountsProps) {
  const { may } = useWorkplace()
  const ours = new Map((useAccounts() ?? []).map(({ code, name }) => [code, name]))
  const merged = Map.groupBy(of, ({ account }) => account)
  const words = find.toLocaleLowerCase()
  const shown = of.filter((one) =>
    `${one.code} ${one.name} ${one.account} ${ours.get(one.account)}`.toLocaleLowerCase().includes(words),
  )
  if (shown.length === 0) return <Empty title={t('nothingFound')} text={t('nothingFoundText')} />
  return (
    <ReportTable
      label={t('accounts')}
      columns={[
        { id: 'code', header: t('earlierCode') },
        { id: 'name', header: t('name') },
        { id: 'account', header: t('hasBecome') },
        { id: 'together', header: t('togetherWith'), wide: true },
        { id: 'change', header: t('change') },
      ]}
      rows={shown.map(({ code, name, account }): ReportRow => {
        const others = (merged.get(account) ?? []).filter((one) => one.code !== code)
        return {
          key: code,
          cells: {
            code,
            name,
            account: `${account} ${ours.get(account) ?? ''}`,
            together: others.length > 0 && (
              <span className={classes.quiet}>{others.map((one) => one.code).join(', ')}</span>
            ),
            change: may('settings.write') && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('changeNamed', { name: code })}
                onClick={() => onChange(code)}
              >
                {t('change')}
              </Button>
            ),
          },
        }
      })}
    />
  )
}

function ChangeAccount({ of, onClose }: { of: LegacyAccount; onClose: () => void }) {
  const path = useCompanyPath()
  const save = useChange('createStructuresAccounts', {
    forgets: ['listStructuresAccounts', 'listStructuresTrialBalance'],
  })
  const [name, setName] = useState(of.name)
  const [account, setAccount] = useState(of.account)
  return (
    <DialogForm
      title={t('changeNamed', { name: of.code })}
      submit={t('saveAccount')}
      ready={account !== ''}
      onClose={onClose}
      work={async () => {
        const { structure, code } = of
        await save.mutateAsync({ path, body: { requests: [{ structure, code, name: name.trim(), account }] } })
        notifications.show({ message: t('accountsSaved', { count: 1 }) })
      }}
    >
      <TextInput label={t('name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <AccountField label={t('hasBecome')} value={account} onChange={setAccount} />
      <p className={classes.small}>{t('changeAccountText')}</p>
    </DialogForm>
  )
}
