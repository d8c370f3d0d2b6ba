import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** The state of a screen, which lives in its address: read it, and change some of it. `undefined` takes a name away. */
export function useSearchState(): [
  search: Readonly<Record<string, string | undefined>>,
  change: (some: Record<string, string | undefined>, how?: { replace?: boolean }) => void,
] {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const navigate = useNavigate()
  const change = useCallback(
    (some: Record<string, string | undefined>, { replace = false } = {}) => {
      void navigate({
        to: '.',
        search: ((before: object) => ({ ...before, ...some })) as never,
        replace,
        resetScroll: false,
      })
    },
    [navigate],
  )
  return [search, change]
}
