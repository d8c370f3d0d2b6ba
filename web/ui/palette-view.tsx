import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type PaletteAction, usePaletteContent } from './palette.tsx'
import { t } from './texts.ts'

export const open = (): void => spotlight.open()

/** The palette itself, loaded beside the frame. */
export function PaletteView() {
  const [typed, setTyped] = useState('')
  const { actions, searches, version } = usePaletteContent()
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
  // What is there at once stands first: what comes later moves nothing under the key that chooses.
  const all = [...own, ...(words === '' ? [] : (found.data ?? []))]
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
