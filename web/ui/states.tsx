import { Center, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconInbox, IconLock, IconMapPinOff } from '@tabler/icons-react'
import { useIsFetching } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { permissions } from '../../src/kernel/permissions.ts'
import { ProblemError } from './api.ts'
import { Problem } from './problem.tsx'
import classes from './states.module.css'
import { t } from './texts.ts'

type EmptyProps = {
  title: string
  text?: string
  action?: ReactNode
  icon?: ReactNode
  /** Where it is all that the screen says. */
  whole?: boolean
}

/** Nothing is here: what it means, and what to do next. */
export const Empty = ({
  title,
  text,
  action,
  icon = <IconInbox size={22} stroke={1.5} />,
  whole = false,
}: EmptyProps) => (
  <Center py={56} px="md">
    <Stack align="center" gap={6} maw={420} ta="center">
      <ThemeIcon variant="light" color="gray" size={44} radius="xl" mb={6}>
        {icon}
      </ThemeIcon>
      <Title order={whole ? 1 : 2} size="h3">
        {title}
      </Title>
      {text && (
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </Stack>
  </Center>
)

/** Rows that are on their way, in the place where they will stand. */
export const LoadingRows = ({ rows = 8 }: { rows?: number }) => (
  <Stack gap={10} p="md" role="status" aria-label={t('loading')}>
    {Array.from({ length: rows }, (_, row) => row).map((row) => (
      <Skeleton key={row} height={18} width={`${96 - ((row * 37) % 30)}%`} radius="xs" />
    ))}
  </Stack>
)

export const NoPermission = ({ permission }: { permission: string }) => (
  <Empty
    whole
    icon={<IconLock size={22} stroke={1.5} />}
    title={t('noPermission')}
    text={t('noPermissionText', { permission: (permissions as Record<string, string>)[permission] ?? permission })}
  />
)

export const NotFound = () => (
  <Empty whole icon={<IconMapPinOff size={22} stroke={1.5} />} title={t('notFound')} text={t('notFoundText')} />
)

/** Whether all that was wrong is the address: what stands for an id in it is none. */
const isNoId = (error: unknown): boolean =>
  error instanceof ProblemError &&
  error.problem.code === 'input_invalid' &&
  error.problem.errors?.every(({ at }) => at.endsWith('Id')) === true

/** What went wrong where a whole screen should be: a missing permission and a missing thing look like what they are. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  if (error instanceof ProblemError && error.problem.code === 'not_permitted')
    return <NoPermission permission={error.problem.context?.needs ?? ''} />
  if (isNoId(error)) return <NotFound />
  return (
    <div className={classes.failed}>
      <Problem error={error} retry={retry} />
    </div>
  )
}

type Waited<Data> = { data: Data | undefined; error: unknown; isPending: boolean; refetch: () => unknown }

/** The three states of something that is read: on its way, failed, there. */
export function Loaded<Data>({
  of,
  rows,
  children,
}: {
  of: Waited<Data>
  rows?: number
  children: (data: Data) => ReactNode
}) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <Failed error={of.error} retry={() => void of.refetch()} />
  return <LoadingRows rows={rows} />
}

/** Says on top of every screen that the server does not answer, for as long as it does not. */
export function OfflineBanner() {
  const [offline, setOffline] = useState(!navigator.onLine)
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  if (!offline) return null
  return (
    <div className={classes.offline} role="status">
      {t('offline')}
    </div>
  )
}

/** A thin line on top while anything is read. */
export function Busy() {
  const fetching = useIsFetching()
  return <div className={classes.busy} data-busy={fetching > 0 || undefined} aria-hidden />
}
