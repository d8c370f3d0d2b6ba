import { Badge, Button, Checkbox, SimpleGrid, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { eventTypes } from '../../../../../src/contracts/webhooks.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { Day } from '../../../../ui/money.tsx'
import { Rows } from '../../../../ui/rows.tsx'
import { ShownOnce } from '../../../../ui/shown-once.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { SettingsFrame } from './frame.tsx'
import { t } from './texts.ts'

type EventType = (typeof eventTypes)[number]

/** Where events of the company are sent. */
export function Webhooks() {
  const found = useRead('listWebhookEndpoints', { path: useCompanyPath() })
  const [adding, setAdding] = useState(false)
  const add = (
    <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setAdding(true)}>
      {t('newWebhook')}
    </Button>
  )
  return (
    <SettingsFrame title={t('webhooks')} text={t('webhooksText')} actions={add}>
      <Loaded of={found}>
        {({ rows }) => (
          <Rows
            label={t('webhooks')}
            of={rows}
            keyOf={({ id }) => id}
            opens={({ id }) => ({ kind: 'webhook', id })}
            empty={<Empty title={t('noWebhooks')} text={t('noWebhooksText')} />}
            columns={[
              { id: 'url', header: t('url'), cell: ({ url }) => url },
              { id: 'description', header: t('description'), wide: true, cell: ({ description }) => description },
              { id: 'events', header: t('events'), wide: true, cell: ({ eventTypes: all }) => all.join(', ') },
              { id: 'since', header: t('since'), wide: true, cell: ({ createdAt }) => <Day of={createdAt} /> },
              { id: 'state', header: t('state'), cell: ({ state }) => <HookState of={state} /> },
            ]}
          />
        )}
      </Loaded>
      {adding && <NewWebhook onClose={() => setAdding(false)} />}
    </SettingsFrame>
  )
}

export const HookState = ({ of }: { of: string }) => (
  <Badge size="sm" variant="light" color={of === 'enabled' ? 'green' : 'yellow'}>
    {of === 'enabled' ? t('enabled') : t('disabled')}
  </Badge>
)

function NewWebhook({ onClose }: { onClose: () => void }) {
  const path = useCompanyPath()
  const add = useChange('createWebhookEndpoints', { forgets: ['listWebhookEndpoints'] })
  const [url, setUrl] = useState('https://')
  const [description, setDescription] = useState('')
  const [events, setEvents] = useState<string[]>([])
  const [secret, setSecret] = useState<string>()
  return (
    <DialogForm
      title={t('newWebhook')}
      submit={secret === undefined ? t('add') : t('done')}
      ready={events.length > 0 && url.length > 'https://'.length}
      onClose={onClose}
      work={async () => {
        if (secret !== undefined) return false
        setSecret(
          (await add.mutateAsync({ path, body: { url, description, eventTypes: events as EventType[] } })).secret,
        )
        return true
      }}
    >
      {secret !== undefined ? (
        <ShownOnce title={t('theSecret')} text={t('theSecretText')} secret={secret} />
      ) : (
        <>
          <TextInput
            label={t('url')}
            description={t('urlText')}
            data-autofocus
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <TextInput
            label={t('description')}
            maxLength={200}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Checkbox.Group label={t('events')} value={events} onChange={setEvents}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={6} mt={8}>
              {eventTypes.map((one) => (
                <Checkbox key={one} size="xs" value={one} label={one} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        </>
      )}
    </DialogForm>
  )
}
