import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ProblemError } from '../../ui/api.ts'
import { tellSignedOut } from '../../ui/signed-out.tsx'

const FRESH_MS = 20_000
const MOST_ATTEMPTS = 2

/** Whoever is no longer signed in is led to where they can, and comes back; who is entering something is told, and keeps it. */
function onError(error: unknown): void {
  if (!(error instanceof ProblemError) || error.problem.code !== 'not_signed_in') return
  const { pathname, search } = window.location
  if (!pathname.startsWith('/companies') && pathname !== '/' && pathname !== '/account') return
  if (document.querySelector('main form, [role=dialog] form') !== null) return void tellSignedOut()
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  defaultOptions: {
    // A machine without a network may be the server itself, so what it says of its network holds nothing back.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: FRESH_MS,
      // A refusal stays one; only what did not come through is asked again.
      retry: (attempts, error) => !(error instanceof ProblemError) && attempts < MOST_ATTEMPTS,
    },
  },
})
