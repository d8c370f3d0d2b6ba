import { Button, Group, Modal, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isConflict } from './api.ts'
import { Conflict, type Words } from './conflict.tsx'
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
  /**
   * Does it; the dialog closes when it is done, and says why where it is declined. `true` keeps it open. `over` is the tag of what somebody else
   * has made of it meanwhile, where it is to be done over that.
   */
  work(over?: string | null): Promise<unknown>
  /** Of a change of what others may change too: what is entered and what there is now are shown beside each other, and nothing is lost. */
  meanwhile?: Meanwhile
  onClose(): void
  children?: ReactNode
}

type Values = Readonly<Record<string, unknown>>

/** What is entered, what its fields are called, and how it is read again after somebody else has changed it. */
export type Meanwhile = {
  mine: Values
  labels: Readonly<Record<string, string>>
  words?: Words
  reread(): Promise<{ values: Values; tag: string | null }>
}

type DialogProps = { title: string; onClose(): void; children?: ReactNode }

/** A dialog over the screen; when it goes, the focus is where it was before. A click beside it, such as the second of two, takes nothing away. */
export function Dialog({ title, onClose, children }: DialogProps) {
  useFocusReturn()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Modal>
  )
}

/** A question of a few fields, in a dialog: what is declined stands in it, nothing is closed before it is done, and Ctrl/Cmd-Enter sends it. */
export function DialogForm(props: DialogFormProps) {
  const { title, submit, ready = true, danger = false, work, meanwhile, onClose, children } = props
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [theirs, setTheirs] = useState<{ values: Values; tag: string | null }>()
  const within = useRef<HTMLFormElement>(null)
  const client = useQueryClient()
  const close = () => {
    if (busy) return
    // What stands behind it is what there was before somebody else changed it.
    if (theirs !== undefined) void client.invalidateQueries()
    onClose()
  }
  const send = async (over?: string | null) => {
    if (busy || !ready) return
    setBusy(true)
    setProblem(undefined)
    setTheirs(undefined)
    try {
      if ((await work(over)) !== true) onClose()
    } catch (error) {
      if (isConflict(error) && meanwhile !== undefined) await meanwhile.reread().then(setTheirs, setProblem)
      else setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  useHotkeys([{ keys: 'mod+Enter', label: submit, group: t('hotkeysForm'), within, run: () => void send() }])
  return (
    <Dialog title={title} onClose={close}>
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
          {theirs && meanwhile && (
            <Conflict {...meanwhile} now={theirs.values} takeTheirs={close} keepMine={() => void send(theirs.tag)} />
          )}
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
    </Dialog>
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
