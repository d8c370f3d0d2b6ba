import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { t } from './texts.ts'

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

export const openPalette = (): void => spotlight.open()

/** Ctrl/Cmd-K: everything that can be found, gone to or done. */
export function Palette() {
  const [typed, setTyped] = useState('')
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => version,
  )
  const words = typed.trim()
  const found = useQuery({
    // Another company has other searches: what was found by these is not found by those.
    queryKey: ['palette', version, words],
    enabled: words.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    queryFn: async ({ signal }) =>
      (await Promise.all([...searches.values()].map((search) => search(words, signal)))).flat(),
  })
  const own = [...actions].flat().filter(({ label, hint = '' }) => matches(`${label} ${hint}`, words))
  const all = [...(words === '' ? [] : (found.data ?? [])), ...own]
  return (
    <Spotlight
      actions={groupsOf(all)}
      query={typed}
      onQueryChange={setTyped}
      filter={(_, given) => given}
      nothingFound={found.isFetching ? t('loading') : t('paletteNothing')}
      shortcut={['mod + K']}
      // Also from within a field of a form: the keys mean nothing else there.
      tagsToIgnore={[]}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={30}
      clearQueryOnClose
      transitionProps={{ duration: 100 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
      centered={false}
      yOffset="12vh"
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: t('palette'),
        'aria-label': t('palette'),
      }}
    />
  )
}

const matches = (text: string, words: string): boolean =>
  words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.toLocaleLowerCase().includes(word))

const groupsOf = (all: readonly PaletteAction[]): SpotlightActionGroupData[] =>
  [...new Set(all.map(({ group }) => group))].map((group) => ({
    group,
    actions: all
      .filter((action) => action.group === group)
      .map(({ id, label, hint, icon, run }) => ({ id, label, description: hint, leftSection: icon, onClick: run })),
  }))
