import { Button, Group, Modal, Text } from '@mantine/core'
import { t } from './texts.ts'

type Blocker = { status: 'blocked'; proceed(): void; reset(): void } | { status: 'idle' }

/** Asked where somebody leaves a form that is not saved. */
export function LeaveQuestion({ blocker, onLeave }: { blocker: Blocker | object; onLeave: () => void }) {
  const { status, proceed, reset } = blocker as Extract<Blocker, { status: 'blocked' }>
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={t('unsaved')}
      withCloseButton={false}
      size="sm"
    >
      <Text size="sm">{t('unsavedText')}</Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button
          variant="subtle"
          color="red"
          onClick={() => {
            onLeave()
            proceed()
          }}
        >
          {t('leave')}
        </Button>
        <Button data-autofocus onClick={() => reset()}>
          {t('stay')}
        </Button>
      </Group>
    </Modal>
  )
}
