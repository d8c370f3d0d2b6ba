import { Button, Group, Modal, Text } from '@mantine/core'
import { t } from './texts.ts'

type Blocker = { status: 'blocked'; proceed(): void; reset(): void } | { status: 'idle' }

type LeaveQuestionProps = { blocker: Blocker | object; onLeave: () => void; title?: string; text?: string }

/** Asked where somebody leaves a form that is not saved, or other work that ends with the page. */
export function LeaveQuestion(props: LeaveQuestionProps) {
  const { blocker, onLeave, title = t('unsaved'), text = t('unsavedText') } = props
  const { status, proceed, reset } = blocker as Extract<Blocker, { status: 'blocked' }>
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title={title} withCloseButton={false} size="sm">
      <Text size="sm">{text}</Text>
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
