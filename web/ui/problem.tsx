import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ProblemError } from './api.ts'
import { SignInAgain } from './signed-out.tsx'
import { t } from './texts.ts'

export type Words = {
  title: string
  text: string | undefined
  remedy: string | undefined
  reference: string | undefined
}

/** Whether it is an answer that was no: anything else never reached the server, or broke on the way. */
export const isUnreachable = (error: unknown): boolean => error instanceof TypeError

/** Any error in words, with what to do about it. */
export function wordsOf(error: unknown): Words {
  // What is no answer of ours, such as the page of a proxy, has no words for people.
  if (error instanceof ProblemError && error.problem.code !== 'unexpected') {
    const { title, detail, remedy, instance } = error.problem
    return { title, text: detail === title ? undefined : detail, remedy, reference: instance }
  }
  const [title, text] =
    isUnreachable(error) || error instanceof ProblemError
      ? [t('problemUnreachable'), t('problemUnreachableText')]
      : [t('problemUnexpected'), t('problemUnexpectedText')]
  return { title, text, remedy: undefined, reference: undefined }
}

const isSignedOut = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === 'not_signed_in'

/** Says in a note what was refused or failed, where no place on the screen is its own. */
export function noteProblem(error: unknown): void {
  const { title, text, remedy } = wordsOf(error)
  notifications.show({ color: 'red', title, message: [text, remedy].filter(Boolean).join(' ') })
}

type ProblemProps = {
  error: unknown
  /** Asks again. */
  retry?: () => void
  /** What can be done about this problem here, as buttons. */
  remedies?: ReactNode
}

/** A refusal or a failure: what happened, and what to do. */
export function Problem({ error, retry, remedies }: ProblemProps) {
  const { title, text, remedy, reference } = wordsOf(error)
  const Icon = isUnreachable(error) ? IconPlugConnectedX : IconAlertTriangle
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : []
  return (
    <Alert variant="light" color="red" icon={<Icon size={18} />} title={title} role="alert">
      <Stack gap={6}>
        {text && <Text size="sm">{text}</Text>}
        {errors.length > 0 && (
          <List size="sm">
            {errors.map(({ at, message }) => (
              <List.Item key={`${at} ${message}`}>{`${at}: ${message}`}</List.Item>
            ))}
          </List>
        )}
        {isSignedOut(error) ? <SignInAgain /> : remedy && <Text size="sm">{remedy}</Text>}
        {reference && (
          <Text size="xs" c="dimmed">
            {t('problemReference', { instance: reference })}
          </Text>
        )}
        {(retry || remedies) && (
          <Group gap="xs" mt={4}>
            {retry && (
              <Button size="xs" variant="default" onClick={retry}>
                {t('retry')}
              </Button>
            )}
            {remedies}
          </Group>
        )}
      </Stack>
    </Alert>
  )
}
