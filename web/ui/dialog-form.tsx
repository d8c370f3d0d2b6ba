import { Button, Group, Modal, Stack } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useHotkeys } from './hotkeys.tsx'
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

/**
 * A question of a few fields, in a dialog: what is declined stands in it, nothing is closed before it is done, and Ctrl/Cmd-Enter sends it. The
 * focus goes back to where it came from.
 */
export function DialogForm({ title, submit, ready = true, danger = false, work, onClose, children }: DialogFormProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const within = useRef<HTMLFormElement>(null)
  useFocusReturn()
  const close = () => {
    if (!busy) onClose()
  }
  const send = async () => {
    if (busy || !ready) return
    setBusy(true)
    setProblem(undefined)
    try {
      if ((await work()) !== true) onClose()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  useHotkeys([{ keys: 'mod+Enter', label: submit, group: t('hotkeysForm'), within, run: () => void send() }])
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        ref={within}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          // React tells a form around the dialog too, which is not what was sent.
          event.stopPropagation()
          void send()
        }}
      >
        <Stack gap="sm">
          {children}
          {problem !== undefined && <Problem error={problem} />}
          <Group gap="xs">
            <Button type="submit" loading={busy} disabled={!ready} color={danger ? 'red' : undefined}>
              {submit}
            </Button>
            <Button variant="subtle" color="gray" disabled={busy} onClick={close}>
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** A dialog that is there only while it is open gives the focus back by itself when it goes. */
function useFocusReturn(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    },
    [before],
  )
}
