import { Button, Group, Text } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { useOpenDetail, useOpened } from './details.tsx'
import { count } from './figures.ts'
import { useGo } from './links.tsx'
import { Export } from './list-export.tsx'
import { Columns, Filters } from './list-filters.tsx'
import { useListKeys } from './list-keys.ts'
import classes from './list-page.module.css'
import { type ListState, PAGE, useList } from './list-state.ts'
import { ListTable } from './list-table.tsx'
import type { AnswerOf, BulkAction, Column, Counting, Filter, Listing, QueryOf, RowOf } from './list-types.ts'
import { toggled } from './list-types.ts'
import { SavedViews } from './list-views.tsx'
import { locale } from './locale.ts'
import { noteProblem } from './problem.tsx'
import { Screen } from './screen.tsx'
import { Empty, Failed, LoadingRows } from './states.tsx'
import { t } from './texts.ts'
import { useListViews } from './view-state.ts'

export type ListPageProps<Name extends Listing> = {
  /** Names what is remembered of it: chosen columns. */
  name: string
  /** Where it says what the rows are of, it is made of the answer. */
  title: string | ((answer: AnswerOf<Name> | undefined) => string)
  subtitle?(answer: AnswerOf<Name>): ReactNode
  operation: Name
  /** Of the path, beside the company: the name of a report. */
  path?: Readonly<Record<string, string>>
  /** The parameter that takes where a page begins; reports call it `cursor`. */
  cursor?: 'after' | 'cursor'
  /** What is asked beside the filters, such as an expansion. */
  query?: Partial<QueryOf<Name>>
  /** The rows as they are shown, where that takes more than the rows themselves. */
  rowsOf?(answer: AnswerOf<Name>): readonly RowOf<Name>[]
  columns: readonly Column<RowOf<Name>>[]
  filters?: readonly Filter[]
  keyOf(row: RowOf<Name>): string
  /** What a row is called, for those who cannot see where they are. */
  nameOf(row: RowOf<Name>): string
  /** Opens in the drawer. */
  opens?(row: RowOf<Name>): { kind: string; id: string }
  /** Leads to a screen of its own, in place of the drawer: its address. */
  leadsTo?(row: RowOf<Name>): string
  bulk?: readonly BulkAction<RowOf<Name>>[]
  /** Buttons on the right of the title. */
  actions?: ReactNode
  /** Parts of the list, such as whose or in which state, before the filters. */
  views?: ReactNode
  /** Where the API gives the whole list as a file: its name behind `exports/`. */
  exports?: string
  /** The operation that says how many rows there are. */
  counting?: Counting
  empty: { title: string; text?: string; action?: ReactNode }
}

/** A list of the API, a page at a time: filters, order and place stand in the address; `j` `k` `Enter` `x` `/` work it. */
export function ListPage<Name extends Listing>(props: ListPageProps<Name>) {
  const { actions, views, filters = [], columns, name, subtitle } = props
  const list = useList(props)
  const saved = useListViews(name, list.chosenColumns)
  const title = typeof props.title === 'string' ? props.title : props.title(list.answer)
  const filterRef = useRef<HTMLDivElement>(null)
  return (
    <Screen title={title} subtitle={list.answer && subtitle?.(list.answer)} actions={actions}>
      <div className={classes.tools} data-no-print>
        <div ref={filterRef} className={classes.filters}>
          {views}
          <Filters of={filters} />
        </div>
        <Group gap={6} wrap="nowrap">
          <SavedViews area={name} views={saved} filters={filters} columns={columns} />
          <Columns list={name} of={columns} chosen={list.columns} onChoose={list.chooseColumns} />
          <Export list={list} name={name} path={props.exports} />
        </Group>
      </div>
      <Rows
        props={{ ...props, title }}
        list={saved.isWaiting ? { ...list, rows: undefined } : list}
        focusFilter={() => filterRef.current?.querySelector('input')?.focus()}
      />
    </Screen>
  )
}

function Rows<Name extends Listing>({
  props,
  list,
  focusFilter,
}: {
  props: ListPageProps<Name> & { title: string }
  list: ListState<RowOf<Name>>
  focusFilter: () => void
}) {
  const { keyOf, opens, leadsTo, bulk = [], empty } = props
  const go = useGo()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const open = useOpenDetail()
  const opened = useOpened()
  const rows = list.rows ?? []
  const openRow = (row: RowOf<Name>) => {
    const what = opens?.(row)
    if (what !== undefined) open(what.kind, what.id)
    else if (leadsTo !== undefined) void go(leadsTo(row))
  }
  const toggle = (row: RowOf<Name>) => setChosen((before) => toggled(before, keyOf(row)))
  const at = useListKeys(rows, {
    open: openRow,
    select: bulk.length > 0 ? toggle : undefined,
    filter: focusFilter,
    // With the drawer open, going down the list goes through the details.
    moved: (row) => opened !== undefined && openRow(row),
  })
  if (list.error) return <Failed error={list.error} retry={list.retry} />
  if (list.rows === undefined) return <LoadingRows rows={12} />
  if (rows.length === 0)
    return list.isFiltered ? (
      <Empty title={t('emptyFiltered')} text={t('emptyFilteredText')} action={<ClearButton onClick={list.clear} />} />
    ) : (
      <Empty {...empty} />
    )
  const chosenRows = rows.filter((row) => chosen.has(keyOf(row)))
  return (
    <>
      <ListTable
        {...props}
        list={list}
        at={at}
        chosen={chosen}
        setChosen={setChosen}
        openRow={openRow}
        opened={opened}
      />
      <Pages list={list} />
      {chosenRows.length > 0 && <Bulk rows={chosenRows} actions={bulk} onDone={() => setChosen(new Set())} />}
    </>
  )
}

const ClearButton = ({ onClick }: { onClick: () => void }) => (
  <Button variant="default" onClick={onClick}>
    {t('clearFilters')}
  </Button>
)

function Pages<Row>({ list }: { list: ListState<Row> }) {
  if (list.isFirst && list.next === null && list.counted === undefined) return null
  return (
    <Group gap="xs" justify="flex-end" className={classes.pages} data-no-print>
      <Place list={list} />
      {!list.isFirst && (
        <Button variant="subtle" color="gray" size="xs" onClick={list.goFirst}>
          {t('firstPage')}
        </Button>
      )}
      {!(list.isFirst && list.next === null) && (
        <>
          <Button variant="default" size="xs" disabled={list.isFirst} onClick={list.goBack}>
            {t('previousPage')}
          </Button>
          <Button variant="default" size="xs" disabled={list.next === null} onClick={list.goOn}>
            {t('nextPage')}
          </Button>
        </>
      )}
    </Group>
  )
}

/** Which rows are shown, of how many. */
function Place<Row>({ list: { rows = [], page, counted, isFirst } }: { list: ListState<Row> }) {
  // Without its number a page says where it begins only by its rows.
  if (rows.length === 0 || (page === 1 && !isFirst)) return null
  const from = (page - 1) * PAGE + 1
  const [first, last] = [count(from, locale), count(from + rows.length - 1, locale)]
  const all = counted && count(counted.count, locale)
  return (
    <Text size="xs" c="dimmed" mr="auto" role="status">
      {all === undefined
        ? t('rowsFrom', { first, last })
        : t(counted?.more ? 'rowsOfMore' : 'rowsOf', { first, last, all })}
    </Text>
  )
}

function Bulk<Row>({
  rows,
  actions,
  onDone,
}: {
  rows: readonly Row[]
  actions: readonly BulkAction<Row>[]
  onDone: () => void
}) {
  const [running, setRunning] = useState<string>()
  return (
    <Group gap="sm" className={classes.bulk} role="toolbar" aria-label={t('actions')}>
      <Text size="sm" fw={600}>
        {t('bulkSelected', { count: rows.length })}
      </Text>
      {actions.map(({ id, label, danger, run }) => (
        <Button
          key={id}
          size="xs"
          color={danger ? 'red' : undefined}
          loading={running === id}
          onClick={async () => {
            setRunning(id)
            try {
              if ((await run(rows)) !== false) onDone()
            } catch (error) {
              noteProblem(error)
            } finally {
              setRunning(undefined)
            }
          }}
        >
          {label}
        </Button>
      ))}
      <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
        {t('clearSelection')}
      </Button>
    </Group>
  )
}
