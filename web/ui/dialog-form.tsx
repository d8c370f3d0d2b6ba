import { Button, Group, Modal, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Problem } from './problem.tsx'
import { t } from './texts.ts'

type DialogFormProps = {
  title: string
  submit: string
  /** Whether what is entered can be sent. */
  ready?: boolean
  /** What cannot be taken back. */
  danger?: boolean
  /** Does it; the dialog closes when it is done, and says why where it is declined. `true` keeps it open. */
  work(): Promise<unknown>
  onClose(): void
  children?: ReactNode
}

/** A question of a few fields, in a dialog: what is declined stands in it, and nothing is closed before it is done. */
export function DialogForm({ title, submit, ready = true, danger = false, work, onClose, children }: DialogFormProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          setBusy(true)
          setProblem(undefined)
          try {
            if ((await work()) !== true) onClose()
          } catch (error) {
            setProblem(error)
          } finally {
            setBusy(false)
          }
        }}
      >
        <Stack gap="sm">
          {children}
          {problem !== undefined && <Problem error={problem} />}
          <Group gap="xs">
            <Button type="submit" loading={busy} disabled={!ready} color={danger ? 'red' : undefined}>
              {submit}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
