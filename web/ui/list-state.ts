import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Asked, api } from './api.ts'
import type { AnswerOf, Column, Counting, Filter, Listing, QueryOf, RowOf } from './list-types.ts'
import { useSearchState } from './search.ts'
import { useCompanyPath } from './workplace.tsx'

export const PAGE = 50

/** Where the page before each began, as they were gone through. */
const pagesBefore = new Map<string, string | undefined>()

type ListOptions<Name extends Listing> = {
  name: string
  operation: Name
  /** Of the path, beside the company: the name of a report. */
  path?: Readonly<Record<string, string>>
  /** The parameter that takes where a page begins; reports call it `cursor`. */
  cursor?: 'after' | 'cursor'
  query?: Partial<QueryOf<Name>>
  /** The rows as they are shown, where that takes more than the rows themselves. */
  rowsOf?(answer: AnswerOf<Name>): readonly RowOf<Name>[]
  columns: readonly Column<RowOf<Name>>[]
  filters?: readonly Filter[]
  counting?: Counting | undefined
}

export type ListState<Row, Answer = unknown> = {
  rows: readonly Row[] | undefined
  /** The whole answer, for what it says beside the rows. */
  answer: Answer | undefined
  next: string | null
  error: unknown
  retry(): void
  /** Whether what is shown is of the page before, while the next is on its way. */
  isOld: boolean
  isFirst: boolean
  /** The number of the page, from 1. */
  page: number
  /** How many rows there are; undefined while that is not known. */
  counted: { count: number; more: boolean } | undefined
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
  /** Those that were chosen, by somebody or a view; undefined for the usual ones. */
  chosenColumns: readonly string[] | undefined
  /** The filters and the order, as the API takes them. */
  asked: Readonly<Record<string, string>>
  /** Every row that the filters let through, page after page. */
  all(): AsyncGenerator<Row>
}

/** What a list shows, as its address says. */
export function useList<Name extends Listing>(options: ListOptions<Name>): ListState<RowOf<Name>, AnswerOf<Name>> {
  const { operation, query, filters = [], cursor = 'after' } = options
  const rowsOf = options.rowsOf ?? ((answer) => answer.rows as RowOf<Name>[])
  const path = { ...useCompanyPath(), ...options.path }
  const [search, change] = useSearchState()
  const given = Object.fromEntries(filters.map(({ name }) => [name, search[name]]).filter(([, value]) => value))
  const asked = { ...query, ...given, ...(search.sort ? { sort: search.sort } : {}) }
  const page = { path, query: { ...asked, limit: String(PAGE), ...(search.after ? { [cursor]: search.after } : {}) } }
  const found = useQuery({
    queryKey: [operation, page],
    queryFn: () => api.call(operation, page as unknown as Asked<Name>) as Promise<Page<Name>>,
    placeholderData: keepPreviousData,
  })
  const counted = useQuery({
    queryKey: [options.counting, path, given],
    queryFn: () => api.call(options.counting as Counting, { path, query: given } as never),
    enabled: options.counting !== undefined,
  })
  // Whoever writes an address may write anything there.
  const number = Number.parseInt(search.page ?? '', 10) || 1
  const columns = useColumns(options.name, options.columns)
  const pageName = (after: string | undefined): string => JSON.stringify([operation, path, asked, after])
  return {
    rows: found.data && rowsOf(found.data),
    answer: found.data,
    next: found.data?.next ?? null,
    error: found.data === undefined ? found.error : undefined,
    retry: () => void found.refetch(),
    isOld: found.isPlaceholderData,
    isFirst: search.after === undefined,
    page: number,
    counted:
      counted.data && counted.data.count !== null ? (counted.data as { count: number; more: boolean }) : undefined,
    isFiltered: Object.keys(given).length > 0,
    sort: search.sort,
    sortBy: (sort) => change({ sort, after: undefined, page: undefined }),
    goOn: () => {
      const after = found.data?.next ?? undefined
      pagesBefore.set(pageName(after), search.after)
      change({ after, page: String(number + 1), detail: undefined })
    },
    // The last step in the history may have been another, such as a row that was opened and closed.
    goBack: () => {
      const after = pagesBefore.get(pageName(search.after))
      change({ after, page: after === undefined ? undefined : String(number - 1), detail: undefined })
    },
    goFirst: () => change({ after: undefined, page: undefined, detail: undefined }),
    clear: () =>
      change({
        ...Object.fromEntries(filters.map(({ name }) => [name, undefined])),
        after: undefined,
        page: undefined,
      }),
    ...columns,
    asked: { ...given, ...(search.sort ? { sort: search.sort } : {}) } as Record<string, string>,
    all: async function* () {
      for await (const answer of everyPage(operation, cursor, { path, query: { ...asked, limit: '200' } }))
        yield* rowsOf(answer) as Awaited<RowOf<Name>>[]
    },
  }
}

type Page<Name extends Listing> = AnswerOf<Name> & { rows: RowOf<Name>[]; next?: string | null }

async function* everyPage<Name extends Listing>(
  operation: Name,
  cursor: string,
  { path, query }: { path: object; query: object },
): AsyncGenerator<AnswerOf<Name>> {
  let next: string | null | undefined
  do {
    const asked = { path, query: { ...query, ...(next ? { [cursor]: next } : {}) } }
    const page = (await api.call(operation, asked as unknown as Asked<Name>)) as Page<Name>
    yield page as Awaited<Page<Name>>
    next = page.next
  } while (next)
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

/** The columns of a list: those that the address names, or else those that somebody chose here before, or else the usual ones. */
function useColumns<Row>(
  list: string,
  all: readonly Column<Row>[],
): Pick<ListState<Row>, 'columns' | 'chooseColumns' | 'chosenColumns'> {
  const [search, change] = useSearchState()
  const [kept, setKept] = useState(() => stored(list))
  const chosenColumns = search.columns?.split(',') ?? kept
  const isOfAddress = search.columns !== undefined || search.saved !== undefined
  const chooseColumns = (wanted: readonly string[]) => {
    if (isOfAddress) return change({ columns: wanted.join(',') }, { replace: true })
    setKept(wanted)
    try {
      localStorage.setItem(storeName(list), JSON.stringify(wanted))
    } catch {
      // Without storage the choice lasts as long as the screen.
    }
  }
  const isShown = ({ id, optional }: Column<Row>, index: number): boolean =>
    chosenColumns === undefined ? !optional : index === 0 || chosenColumns.includes(id)
  return { columns: all.filter(isShown), chooseColumns, chosenColumns }
}
