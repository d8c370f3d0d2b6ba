import { Badge, Button, Table, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { WebhookDelivery, WebhookEndpoint } from '../../../../../clients/typescript/src/api.ts'
import { isConflict, useChange, useRead, useTagged } from '../../../../ui/api.ts'
import { Detail, Facts, Section } from '../../../../ui/details.tsx'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Problem } from '../../../../ui/problem.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { ShownOnce } from '../../../../ui/shown-once.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'
import { HookState } from './webhooks.tsx'

/** One endpoint: its events and log, and what can be done with it. */
export function WebhookDetail({ id }: { id: string }) {
  const found = useTagged('getWebhookEndpoint', { path: { ...useCompanyPath(), endpointId: id } })
  return (
    <Loaded of={found}>
      {({ result, tag }) => <Content of={result} tag={tag} reread={() => void found.refetch()} />}
    </Loaded>
  )
}

type ContentProps = { of: WebhookEndpoint; tag: string | null; reread(): void }

function Content({ of, tag, reread }: ContentProps) {
  const path = { ...useCompanyPath(), endpointId: of.id }
  const forgets = ['listWebhookEndpoints', 'getWebhookEndpoint', 'listWebhookEndpointsDeliveries'] as const
  const change = useChange('changeWebhookEndpoint', { forgets })
  const test = useChange('testWebhookEndpoint', { forgets })
  const rotate = useChange('rotateSecretWebhookEndpoint', { forgets })
  const [removing, setRemoving] = useState(false)
  const turn = () => {
    const body = { state: of.state === 'enabled' ? ('disabled' as const) : ('enabled' as const) }
    // What somebody else has made of it is shown then.
    const onError = (problem: unknown) => isConflict(problem) && reread()
    change.mutate({ path, body, ifMatch: tag ?? undefined }, { onError })
  }
  const error = change.error ?? test.error ?? rotate.error
  return (
    <Detail
      kind={t('webhook')}
      title={of.url}
      badge={<HookState of={of.state} />}
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            onClick={() =>
              test.mutate({ path, body: {} }, { onSuccess: () => notifications.show({ message: t('testSent') }) })
            }
          >
            {t('sendTest')}
          </Button>
          <Button size="xs" variant="default" loading={change.isPending} onClick={turn}>
            {of.state === 'enabled' ? t('disable') : t('enable')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={rotate.isPending}
            onClick={() => rotate.mutate({ path, body: {} })}
          >
            {t('rotate')}
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={() => setRemoving(true)}>
            {t('remove')}
          </Button>
        </>
      }
    >
      {error && <Problem error={error} />}
      {rotate.data && <ShownOnce title={t('theSecret')} text={t('rotatedText')} secret={rotate.data.secret} />}
      <Facts
        of={[
          [t('description'), of.description],
          [t('events'), of.eventTypes.join(', ')],
          [t('disabledReason'), of.disabledReason],
        ]}
      />
      <Deliveries of={of} />
      {removing && <Remove of={of} onClose={() => setRemoving(false)} />}
    </Detail>
  )
}

function Remove({ of, onClose }: { of: WebhookEndpoint; onClose: () => void }) {
  const path = { ...useCompanyPath(), endpointId: of.id }
  const [, go] = useSearchState()
  const change = useChange('changeWebhookEndpoint', { forgets: ['listWebhookEndpoints'] })
  return (
    <DialogForm
      title={t('removeWebhook')}
      submit={t('remove')}
      danger
      onClose={onClose}
      work={async () => {
        await change.mutateAsync({ path, body: { state: 'removed' } })
        go({ detail: undefined })
      }}
    >
      <Text size="sm">{t('removeWebhookText')}</Text>
    </DialogForm>
  )
}

const colours = { pending: 'yellow', delivered: 'green', failed: 'red' } as const
const LOOK_EVERY_MS = 10_000

function Deliveries({ of }: { of: WebhookEndpoint }) {
  const path = { ...useCompanyPath(), endpointId: of.id }
  const found = useRead('listWebhookEndpointsDeliveries', { path }, { refetchEvery: LOOK_EVERY_MS })
  const replay = useChange('replayWebhookEndpoint', { forgets: ['listWebhookEndpointsDeliveries'] })
  return (
    <Section title={t('deliveries')}>
      {replay.error && <Problem error={replay.error} />}
      <Loaded of={found} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('noDeliveries')}
            </Text>
          ) : (
            <Table verticalSpacing={6} horizontalSpacing={8}>
              <Table.Tbody>
                {rows.map((delivery) => (
                  <Table.Tr key={delivery.id}>
                    <Table.Td>
                      {delivery.event.type}
                      <div className={classes.quiet}>
                        {writtenMoment(delivery.event.happenedAt, locale)} · {attemptWords(delivery)}
                      </div>
                    </Table.Td>
                    <Table.Td>
                      <Badge size="sm" variant="light" color={colours[delivery.state]}>
                        {t(`delivery_${delivery.state}`)}
                      </Badge>
                    </Table.Td>
                    <Table.Td ta="right">
                      {delivery.state !== 'pending' && (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          aria-label={t('replayNamed', { name: delivery.event.id })}
                          onClick={() => replay.mutate({ path, body: { deliveries: [delivery.id] } })}
                        >
                          {t('replay')}
                        </Button>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Section>
  )
}

function attemptWords({ attempts }: WebhookDelivery): string {
  const last = attempts.at(-1)
  if (last === undefined) return t('noAttempt')
  const answer = last.status === null ? last.error || t('noAnswer') : String(last.status)
  return t('attempts', { count: attempts.length, answer })
}
