import { useEffect, useState } from 'react'
import { useHotkeys } from './hotkeys.tsx'
import { t } from './texts.ts'

type Doing<Row> = {
  open(row: Row): void
  select?: ((row: Row) => void) | undefined
  filter(): void
  moved(row: Row): void
}

/** The keys of a list. Returns the place of the row that they are at; -1 before the first. */
export function useListKeys<Row>(rows: readonly Row[], { open, select, filter, moved }: Doing<Row>): number {
  const [at, setAt] = useState(-1)
  const place = Math.min(at, rows.length - 1)
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, place + by))
    const row = rows[next]
    setAt(next)
    if (row !== undefined) moved(row)
  }
  const row = rows[place]
  const group = t('hotkeysList')
  useHotkeys([
    { keys: 'j', label: t('keyNext'), group, run: () => move(1) },
    { keys: 'k', label: t('keyPrevious'), group, run: () => move(-1) },
    { keys: 'Enter', label: t('keyOpen'), group, run: () => row !== undefined && open(row) },
    ...(select ? [{ keys: 'x', label: t('keySelect'), group, run: () => row !== undefined && select(row) }] : []),
    { keys: '/', label: t('keyFilter'), group, run: filter },
  ])
  useEffect(() => {
    if (place < 0) return
    const shown = document.querySelector(`[data-row="${place}"]`)
    shown?.scrollIntoView({ block: 'nearest' })
    // Enter opens the row that the keys are at, and not the one that was pressed before.
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.closest('[data-row]') !== null && !shown?.contains(focused))
      focused.blur()
  }, [place])
  return place
}
