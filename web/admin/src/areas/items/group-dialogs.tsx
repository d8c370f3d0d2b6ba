import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { ItemGroup } from '../../../../../clients/typescript/src/api.ts'
import { api, useChange, useTagged } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

export function NewGroup({ onClose }: { onClose: () => void }) {
  const path = useCompanyPath()
  const add = useChange('createItemGroups', { forgets: 'all' })
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  return (
    <DialogForm
      title={t('newGroup')}
      submit={t('addGroup')}
      ready={code.trim() !== '' && name.trim() !== ''}
      onClose={onClose}
      work={async () => {
        const body = { requests: [{ code: code.trim(), name: name.trim() }] }
        const { results } = await add.mutateAsync({ path, body })
        const isThere = results[0]?.result === 'existing'
        notifications.show({ message: isThere ? t('groupExists') : t('added', { name: name.trim() }) })
      }}
    >
      <TextInput
        label={t('code')}
        data-autofocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextInput label={t('name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
    </DialogForm>
  )
}

/** A group is called otherwise, unless somebody else has renamed it since it was read: then both names are shown. */
export function RenameGroup({ of, onClose }: { of: ItemGroup; onClose: () => void }) {
  const path = { ...useCompanyPath(), itemGroupId: of.id }
  const read = useTagged('getItemGroup', { path })
  const change = useChange('changeItemGroup', { forgets: 'all' })
  const [name, setName] = useState(of.name)
  return (
    <DialogForm
      title={t('renameTitle', { code: of.code })}
      submit={t('rename')}
      ready={name.trim() !== '' && read.data !== undefined}
      onClose={onClose}
      meanwhile={{
        mine: { name },
        labels: { name: t('name') },
        reread: async () => {
          const now = await api.read('getItemGroup', { path })
          return { values: { name: now.result.name }, tag: now.tag }
        },
      }}
      work={async (over) => {
        const ifMatch = over ?? read.data?.tag ?? undefined
        await change.mutateAsync({ path, body: { name: name.trim() }, ifMatch })
        notifications.show({ message: t('renamed') })
      }}
    >
      <TextInput
        label={t('name')}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
