import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { type Asked, api } from './api.ts'
import type { Column, Filter, Listing, QueryOf, RowOf } from './list-types.ts'
import { useSearchState } from './search.ts'
import { useCompanyPath } from './workplace.tsx'

export const PAGE = 50

type ListOptions<Name extends Listing> = {
  name: string
  operation: Name
  query?: Partial<QueryOf<Name>>
  columns: readonly Column<RowOf<Name>>[]
  filters?: readonly Filter[]
}

export type ListState<Row> = {
  rows: readonly Row[] | undefined
  next: string | null
  error: unknown
  retry(): void
  /** Whether what is shown is of the page before, while the next is on its way. */
  isOld: boolean
  isFirst: boolean
  isFiltered: boolean
  sort: string | undefined
  sortBy(sort: string): void
  goOn(): void
  goBack(): void
  goFirst(): void
  clear(): void
  /** The columns that are shown, in order. */
  columns: readonly Column<Row>[]
  chooseColumns(ids: readonly string[]): void
  /** Every row that the filters let through, page after page. */
  all(): AsyncGenerator<Row>
}

/** What a list shows, as its address says. */
export function useList<Name extends Listing>(options: ListOptions<Name>): ListState<RowOf<Name>> {
  const { operation, query, filters = [] } = options
  const path = useCompanyPath()
  const [search, change] = useSearchState()
  const navigate = useNavigate()
  const given = Object.fromEntries(filters.map(({ name }) => [name, search[name]]).filter(([, value]) => value))
  const asked = { ...query, ...given, ...(search.sort ? { sort: search.sort } : {}) }
  const page = { path, query: { ...asked, limit: String(PAGE), ...(search.after ? { after: search.after } : {}) } }
  const found = useQuery({
    queryKey: [operation, page],
    queryFn: () =>
      api.call(operation, page as unknown as Asked<Name>) as Promise<{ rows: RowOf<Name>[]; next: string | null }>,
    placeholderData: keepPreviousData,
  })
  const [columns, chooseColumns] = useColumns(options.name, options.columns)
  return {
    rows: found.data?.rows,
    next: found.data?.next ?? null,
    error: found.data === undefined ? found.error : undefined,
    retry: () => void found.refetch(),
    isOld: found.isPlaceholderData,
    isFirst: search.after === undefined,
    isFiltered: Object.keys(given).length > 0,
    sort: search.sort,
    sortBy: (sort) => change({ sort, after: undefined }),
    goOn: () => change({ after: found.data?.next ?? undefined, detail: undefined }),
    // Pages are gone through by steps in the history: the browser's own way back is the same.
    goBack: () => window.history.back(),
    goFirst: () => change({ after: undefined, detail: undefined }),
    clear: () => void navigate({ to: '.', search: {} as never }),
    columns,
    chooseColumns,
    all: () => api.all(operation, { path, query: { ...asked, limit: '200' } } as never) as AsyncGenerator<RowOf<Name>>,
  }
}

const storeName = (list: string): string => `countinghouse.columns.${list}`

function stored(list: string): readonly string[] | undefined {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(storeName(list)) ?? 'null')
    return Array.isArray(ids) ? ids.map(String) : undefined
  } catch {
    return undefined
  }
}

function useColumns<Row>(
  list: string,
  all: readonly Column<Row>[],
): [readonly Column<Row>[], (ids: readonly string[]) => void] {
  const [ids, setIds] = useState(() => stored(list))
  const choose = useCallback(
    (wanted: readonly string[]) => {
      setIds(wanted)
      try {
        localStorage.setItem(storeName(list), JSON.stringify(wanted))
      } catch {
        // Without storage the choice lasts as long as the screen.
      }
    },
    [list],
  )
  return [all.filter(({ id, optional }) => (ids === undefined ? !optional : ids.includes(id))), choose]
}
