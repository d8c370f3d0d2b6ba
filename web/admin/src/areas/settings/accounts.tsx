import { Button, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useChange, useRead } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { Day } from '../../../../ui/money.tsx'
import { Rows } from '../../../../ui/rows.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

export const accountClasses = ['asset', 'liability', 'equity', 'income', 'expense'] as const
type AccountClass = (typeof accountClasses)[number]

/** The chart of accounts: found by code or name, added to, and changed in the drawer. */
export function Accounts() {
  const { may } = useWorkplace()
  const [search, change] = useSearchState()
  const [adding, setAdding] = useState(false)
  const found = useRead('listAccounts', { path: useCompanyPath() })
  const words = (search.find ?? '').toLocaleLowerCase()
  return (
    <SettingsFrame
      title={t('accounts')}
      text={t('accountsText')}
      actions={
        may('settings.write') && (
          <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setAdding(true)}>
            {t('newAccount')}
          </Button>
        )
      }
    >
      <TextInput
        size="xs"
        className={classes.find}
        aria-label={t('findAccount')}
        placeholder={t('findAccount')}
        value={search.find ?? ''}
        onChange={(event) => change({ find: event.currentTarget.value || undefined }, { replace: true })}
      />
      <Loaded of={found}>
        {({ rows }) => (
          <Rows
            label={t('accounts')}
            of={rows.filter(({ code, name }) => `${code} ${name}`.toLocaleLowerCase().includes(words))}
            keyOf={({ id }) => id}
            opens={({ code }) => ({ kind: 'chart-account', id: code })}
            empty={<Empty title={t('noAccounts')} text={t('noAccountsText')} />}
            columns={[
              { id: 'code', header: t('code'), cell: ({ code }) => code },
              { id: 'name', header: t('name'), cell: ({ name }) => name },
              { id: 'class', header: t('class'), cell: (row) => t(row.class), wide: true },
              { id: 'cashFlow', header: t('cashFlow'), cell: (row) => row.cashFlow && t(row.cashFlow), wide: true },
              {
                id: 'ended',
                header: t('endedOn'),
                wide: true,
                cell: ({ endedOn }) => <Day of={endedOn} />,
              },
            ]}
          />
        )}
      </Loaded>
      {adding && <NewAccount onClose={() => setAdding(false)} />}
    </SettingsFrame>
  )
}

function NewAccount({ onClose }: { onClose: () => void }) {
  const path = useCompanyPath()
  const [, change] = useSearchState()
  const add = useChange('createAccounts', { forgets: ['listAccounts'] })
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [kind, setKind] = useState<AccountClass>('expense')
  return (
    <DialogForm
      title={t('newAccount')}
      submit={t('add')}
      ready={code.trim() !== '' && name.trim() !== ''}
      onClose={onClose}
      work={async () => {
        const account = await add.mutateAsync({ path, body: { code, name, class: kind } })
        notifications.show({ message: t('added', { name: `${account.code} ${account.name}` }) })
        change({ detail: `chart-account.${account.code}` })
      }}
    >
      <TextInput
        label={t('code')}
        data-autofocus
        w={160}
        value={code}
        onChange={(e) => setCode(e.currentTarget.value)}
      />
      <TextInput label={t('name')} value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <Select
        label={t('class')}
        allowDeselect={false}
        data={accountClasses.map((value) => ({ value, label: t(value) }))}
        value={kind}
        onChange={(value) => setKind(value as AccountClass)}
      />
      <p className={classes.quiet}>{t('newAccountText')}</p>
    </DialogForm>
  )
}
