import { lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react'

/** Something that the palette can do or go to. */
export type PaletteAction = {
  id: string
  label: string
  hint?: string
  icon?: ReactNode
  group: string
  run(): void
}

/** Finds what was typed among the data: documents, customers, accounts. Asked as somebody types; the last question wins. */
export type PaletteSearch = (typed: string, signal: AbortSignal) => Promise<PaletteAction[]>

const actions = new Set<readonly PaletteAction[]>()
const searches = new Map<string, PaletteSearch>()
const listeners = new Set<() => void>()
let version = 0
const changed = () => {
  version += 1
  for (const listener of listeners) listener()
}

/** Adds actions to the palette for as long as the component is there. The list must be the same object while nothing changes. */
export function usePaletteActions(own: readonly PaletteAction[]): void {
  useEffect(() => {
    actions.add(own)
    changed()
    return () => {
      actions.delete(own)
      changed()
    }
  }, [own])
}

/** Adds a search to the palette for as long as the component is there. */
export function usePaletteSearch(name: string, search: PaletteSearch): void {
  useEffect(() => {
    searches.set(name, search)
    changed()
    return () => {
      searches.delete(name)
      changed()
    }
  }, [name, search])
}

/** Everything that is in the palette, and the number of its changes. */
export function usePaletteContent() {
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => version,
  )
  return { actions, searches, version }
}

// The frame does not wait for its code, and whoever presses its keys before that is there waits for it.
const view = import('./palette-view.tsx')
const View = lazy(async () => ({ default: (await view).PaletteView }))

export const openPalette = (): void => void view.then(({ open }) => open())

/** Ctrl/Cmd-K: everything that can be found, gone to or done. */
export const Palette = () => (
  <Suspense fallback={<Early />}>
    <View />
  </Suspense>
)

function Early() {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      openPalette()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return null
}
