import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { isAllDone, Outcomes } from './outcomes.tsx'
import { useDoing } from './use-doing.ts'

type FormProps = { of: readonly Exception[]; onDone?: (() => void) | undefined }

type FrameProps = FormProps & {
  submit: string
  ready?: boolean
  work: Parameters<ReturnType<typeof useDoing>['run']>[2]
  children: ReactNode
}

/** The fields of a remedy, its button, and what became of it. */
export function RemedyFrame({ of, onDone, submit, ready = true, work, children }: FrameProps) {
  const doing = useDoing()
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const outcomes = await doing.run('createExceptionsResolutions', of, work as never)
        if (isAllDone(outcomes)) onDone?.()
      }}
    >
      <Stack gap="sm">
        {children}
        <Group gap="xs">
          <Button type="submit" size="xs" disabled={!ready} loading={doing.busy}>
            {submit}
          </Button>
        </Group>
        <Outcomes of={doing} />
      </Stack>
    </form>
  )
}
