import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type Asked, api } from './api.ts'
import type { Listing, RowOf } from './list-types.ts'

const PAGE = '500'
/** Whoever chooses among more than these names what they mean. */
const MOST_PAGES = 10

type Page<Name extends Listing> = { rows: readonly RowOf<Name>[]; next: string | null }

/** All rows of a list, page after page, for a field in which one of them is chosen; the first 5,000 of more. */
export function useEveryRow<Name extends Listing>(
  name: Name,
  asked: { path: Asked<Name>['path']; query: object } | undefined,
): UseQueryResult<readonly RowOf<Name>[]> {
  return useQuery({
    queryKey: [name, 'every row', asked ?? {}],
    enabled: asked !== undefined,
    queryFn: async () => {
      const rows: RowOf<Name>[] = []
      let after: string | null = null
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const query = { ...asked?.query, limit: PAGE, ...(after === null ? {} : { after }) }
        const page = (await api.call(name, { ...asked, query } as unknown as Asked<Name>)) as unknown as Page<Name>
        rows.push(...page.rows)
        after = page.next
        if (after === null) break
      }
      return rows
    },
  })
}
