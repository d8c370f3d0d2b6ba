import { Group } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import classes from './screen.module.css'

type ScreenProps = {
  title: string
  /** Of the window, where it is another. */
  windowTitle?: string
  subtitle?: ReactNode
  actions?: ReactNode
  /** What stands above the title. */
  before?: ReactNode
  padded?: boolean
  children: ReactNode
}

/** A screen under its title, which is that of the window too. */
export function Screen({
  title,
  windowTitle = title,
  subtitle,
  actions,
  before,
  padded = false,
  children,
}: ScreenProps) {
  useTitle(windowTitle)
  return (
    <div className={classes.screen}>
      {before}
      <Group className={classes.head} justify="space-between" align="center">
        <div>
          <h1 className={classes.title}>{title}</h1>
          {subtitle && <p className={classes.subtitle}>{subtitle}</p>}
        </div>
        {actions && (
          <Group gap="xs" data-no-print>
            {actions}
          </Group>
        )}
      </Group>
      {padded ? <div className={classes.padded}>{children}</div> : children}
    </div>
  )
}

/** The title of the window. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Countinghouse`
  }, [title])
}
