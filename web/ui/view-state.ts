import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { View } from '../../clients/typescript/src/api.ts'
import { useRead } from './api.ts'
import type { Column, Filter } from './list-types.ts'
import { useSearchState } from './search.ts'
import { parseSearch, writeSearch } from './search-text.ts'
import { t } from './texts.ts'
import { useCompanyPath } from './workplace.tsx'

/** What of an address is where somebody is in a list, and not how they look at it. */
const places: ReadonlySet<string> = new Set(['after', 'cursor', 'page', 'detail', 'saved', 'columns'])

/** In place of the id of a view: the list as it is without any. */
const NONE = 'none'

type Address = Readonly<Record<string, unknown>>

/** The filters and the order that an address names, as a view keeps them. */
const queryOf = (search: Address): string =>
  writeSearch(
    Object.fromEntries(
      Object.entries(search)
        .filter(([name]) => !places.has(name))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  ).slice(1)

/** The saved views of a list, and the one that the address says. */
export type ListViews = {
  all: readonly View[]
  /** The one that was chosen, whether or not something was changed since. */
  chosen: View | undefined
  isChanged: boolean
  /** How the list is looked at now. */
  now: { query: string; columns: string[] }
  /** Whether rows are better shown only when it is known with which view the list begins. */
  isWaiting: boolean
  choose(view: View | undefined): void
}

/**
 * The views of a list. Its filters, order and columns stand in the address, with the view that they began from. An address that says nothing
 * of them begins with the view that the person begins with, if any.
 */
export function useListViews(area: string, shown: readonly string[] | undefined): ListViews {
  const found = useRead('listViews', { path: useCompanyPath(), query: { area } })
  const [search] = useSearchState()
  const navigate = useNavigate()
  const all = found.data?.rows ?? []
  const first = all.find(({ isDefault }) => isDefault)
  const isBare = Object.values(search).every((value) => value === undefined)
  const go = (view: View | undefined, replace: boolean) => {
    const bare = first === undefined ? {} : { saved: NONE }
    void navigate({ to: '.', search: (view === undefined ? bare : addressOf(view)) as never, replace })
  }
  const begins = isBare ? first : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that the address says nothing
  useEffect(() => {
    if (begins !== undefined) go(begins, true)
  }, [begins?.id])
  const chosen = all.find(({ id }) => id === search.saved)
  const now = { query: queryOf(search), columns: [...(shown ?? [])] }
  return {
    all,
    chosen,
    isChanged: chosen !== undefined && !isSame(chosen, now, search.columns !== undefined),
    now,
    isWaiting: (isBare && found.isPending && found.fetchStatus === 'fetching') || begins !== undefined,
    choose: (view) => go(view, false),
  }
}

const addressOf = ({ id, query, columns }: View): Address => ({
  ...parseSearch(query),
  saved: id,
  ...(columns.length > 0 ? { columns: columns.join(',') } : {}),
})

const isSame = (view: View, now: ListViews['now'], areColumnsGiven: boolean): boolean =>
  queryOf(parseSearch(view.query)) === now.query &&
  (areColumnsGiven ? view.columns.join() === now.columns.join() : view.columns.length === 0)

/** The filters and the order of a view, in words. */
export function wordsOfQuery(query: string, filters: readonly Filter[], columns: readonly Column<never>[]): string {
  const parts = Object.entries(parseSearch(query)).map(([name, value]) => {
    const said = String(value)
    if (name === 'sort') {
      const column = columns.find(({ sort }) => sort?.ascending === said || sort?.descending === said)
      return column === undefined ? said : t('sortBy', { name: column.header })
    }
    const filter = filters.find((one) => one.name === name)
    const option = filter?.kind === 'choice' ? filter.options.find((one) => one.value === said)?.label : undefined
    return `${filter?.label ?? name}: ${option ?? said}`
  })
  return parts.join(', ')
}
