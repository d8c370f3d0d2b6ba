import { Button, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Brand } from '../../../../ui/frame.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { useTitle } from '../../../../ui/screen.tsx'
import classes from './door.module.css'

/** What stands behind the # of a printed or mailed link: no log sees it. */
export const linkToken = (): string => window.location.hash.slice(1)

/** Goes on to where the reader wanted to be before they were asked who they are; only to an address of this site. */
export function goOn(): void {
  const next = new URLSearchParams(window.location.search).get('next') ?? '/'
  const target = new URL(next, window.location.origin)
  if (linkToken() !== '') target.hash = linkToken()
  window.location.assign(target.origin === window.location.origin ? target.href : '/')
}

/** A page before the books: one question in the middle. */
export function Door({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  useTitle(title)
  return (
    <main id="content" className={classes.page}>
      <div className={classes.door}>
        <Brand />
        <h1 className={classes.title}>{title}</h1>
        {text && <p className={classes.text}>{text}</p>}
        {children}
      </div>
    </main>
  )
}

type DoorFormProps = {
  submit: string
  work(given: Record<string, string>): Promise<void>
  aside?: ReactNode
  children?: ReactNode
}

/** A form of a few fields that the browser fills in; what is declined stands under them. */
export function DoorForm({ submit, work, aside, children }: DoorFormProps) {
  const { run, busy, problem } = useWork()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const given = Object.fromEntries(
          [...new FormData(event.currentTarget)].map(([key, value]) => [key, String(value)]),
        )
        void run(() => work(given))
      }}
    >
      <Stack gap="sm">
        {children}
        {problem !== undefined && <Problem error={problem} />}
        <Button type="submit" loading={busy} fullWidth mt={4}>
          {submit}
        </Button>
        {aside}
      </Stack>
    </form>
  )
}

/** Work that is done once at a time, with what became of it. */
export function useWork(): { run(work: () => Promise<void>): Promise<void>; busy: boolean; problem: unknown } {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const run = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      // Somebody who closes the dialog of a passkey has changed their mind: that is no problem.
      if (!(error instanceof DOMException && error.name === 'NotAllowedError')) setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, problem }
}
