import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Exception, ExceptionWithNotes } from '../../../../../clients/typescript/src/api.ts'
import { api } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'

/** So many are done by one request, with the one that is looked at. */
export const MOST_ALIKE = 9_999

/** An exception with all others of its kind that wait, page after page; asked for where they are wanted. */
export function useAlike(of: ExceptionWithNotes, isWanted: boolean): UseQueryResult<readonly Exception[]> {
  const path = useCompanyPath()
  return useQuery({
    queryKey: ['alike', path, of.kind, of.id],
    enabled: isWanted,
    queryFn: async () => {
      const others: Exception[] = []
      for (let after: string | null | undefined; after !== null && others.length < MOST_ALIKE; ) {
        const query = { view: 'waiting' as const, kind: of.kind, limit: 1000, ...(after ? { after } : {}) }
        const page = await api.call('listExceptions', { path, query })
        others.push(...page.rows.filter(({ id }) => id !== of.id))
        after = page.next
      }
      return [of, ...others.slice(0, MOST_ALIKE)]
    },
  })
}
