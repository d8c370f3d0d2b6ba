import { Badge, Button, Checkbox, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ApiKey } from '../../../../../clients/typescript/src/api.ts'
import { notForKeys, type Permission, permissionNames, permissions } from '../../../../../src/kernel/permissions.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { Day } from '../../../../ui/money.tsx'
import { Rows, type RowsColumn } from '../../../../ui/rows.tsx'
import { ShownOnce } from '../../../../ui/shown-once.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

const colours = { active: 'green', revoked: 'gray', expired: 'yellow' } as const

/** The keys by which programs work in one's name. */
export function ApiKeys() {
  const found = useRead('listApiKeys', { path: useCompanyPath() })
  const [adding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  return (
    <SettingsFrame
      title={t('apiKeys')}
      text={t('apiKeysText')}
      actions={
        <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setAdding(true)}>
          {t('newKey')}
        </Button>
      }
    >
      <Loaded of={found}>
        {({ rows }) => (
          <Rows
            label={t('apiKeys')}
            of={rows}
            keyOf={({ id }) => id}
            empty={<Empty title={t('noKeys')} text={t('noKeysText')} />}
            columns={columnsFor(setRevoking)}
          />
        )}
      </Loaded>
      {adding && <NewKey onClose={() => setAdding(false)} />}
      {revoking && <Revoke of={revoking} onClose={() => setRevoking(undefined)} />}
    </SettingsFrame>
  )
}

const columnsFor = (onRevoke: (key: ApiKey) => void): RowsColumn<ApiKey>[] => [
  {
    id: 'name',
    header: t('name'),
    cell: ({ name, hint }) => (
      <>
        {name}
        <div className={classes.quiet}>{hint}…</div>
      </>
    ),
  },
  {
    id: 'scopes',
    header: t('scopes'),
    wide: true,
    cell: ({ scopes }) => scopes.map((one) => permissions[one]).join('; '),
  },
  { id: 'expires', header: t('expiresOn'), cell: ({ expiresAt }) => <Day of={expiresAt} /> },
  {
    id: 'state',
    header: t('state'),
    cell: ({ state }) => (
      <Badge size="sm" variant="light" color={colours[state]}>
        {t(`key_${state}`)}
      </Badge>
    ),
  },
  {
    id: 'revoke',
    header: '',
    right: true,
    cell: (key) =>
      key.state === 'active' && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={t('revokeNamed', { name: key.name })}
          onClick={() => onRevoke(key)}
        >
          {t('revoke')}
        </Button>
      ),
  },
]

function Revoke({ of, onClose }: { of: ApiKey; onClose: () => void }) {
  const path = { ...useCompanyPath(), keyId: of.id }
  const revoke = useChange('revokeApiKey', { forgets: ['listApiKeys'] })
  return (
    <DialogForm
      title={t('revokeNamed', { name: of.name })}
      submit={t('revoke')}
      danger
      onClose={onClose}
      work={() => revoke.mutateAsync({ path, body: {} })}
    >
      <Text size="sm">{t('revokeText')}</Text>
    </DialogForm>
  )
}

const USUAL_DAYS = 90

function NewKey({ onClose }: { onClose: () => void }) {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const make = useChange('createApiKeys', { forgets: ['listApiKeys'], keyed: false })
  const [name, setName] = useState('')
  const [days, setDays] = useState<number | string>(USUAL_DAYS)
  const [scopes, setScopes] = useState<string[]>([])
  const [key, setKey] = useState<string>()
  const own = permissionNames.filter((one) => may(one) && !notForKeys.includes(one))
  return (
    <DialogForm
      title={t('newKey')}
      submit={key === undefined ? t('makeKey') : t('done')}
      ready={name.trim() !== '' && scopes.length > 0 && days !== ''}
      onClose={onClose}
      work={async () => {
        if (key !== undefined) return false
        const body = { name, days: Number(days), scopes: scopes as Permission[] }
        setKey((await make.mutateAsync({ path, body })).key)
        return true
      }}
    >
      {key !== undefined ? (
        <ShownOnce title={t('theKey')} secret={key} />
      ) : (
        <>
          <TextInput label={t('name')} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
          <NumberInput label={t('goodForDays')} min={1} max={366} w={160} value={days} onChange={setDays} />
          <Checkbox.Group label={t('scopes')} description={t('scopesText')} value={scopes} onChange={setScopes}>
            <Stack gap={6} mt={8}>
              {own.map((one) => (
                <Checkbox key={one} size="xs" value={one} label={permissions[one]} />
              ))}
            </Stack>
          </Checkbox.Group>
        </>
      )}
    </DialogForm>
  )
}
