import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import classes from './list-page.module.css'
import type { ListPageProps } from './list-page.tsx'
import type { ListState } from './list-state.ts'
import type { Column, Listing, RowOf } from './list-types.ts'
import { toggled } from './list-types.ts'
import { Sideways } from './part-table.tsx'
import { t } from './texts.ts'

type TableProps<Name extends Listing> = ListPageProps<Name> & {
  title: string
  list: ListState<RowOf<Name>>
  at: number
  chosen: ReadonlySet<string>
  setChosen(chosen: ReadonlySet<string>): void
  openRow(row: RowOf<Name>): void
  opened: { kind: string; id: string } | undefined
}

export function ListTable<Name extends Listing>(props: TableProps<Name>) {
  const { list, keyOf, bulk = [], chosen, setChosen, title } = props
  const rows = list.rows ?? []
  const all = rows.map(keyOf)
  const isAll = all.every((key) => chosen.has(key))
  return (
    <Sideways label={title} className={list.isOld ? `${classes.scroll} ${classes.old}` : classes.scroll}>
      <table className={classes.table} aria-label={title}>
        <thead>
          <tr>
            {bulk.length > 0 && (
              <th className={classes.check}>
                <Checkbox
                  size="xs"
                  aria-label={t('selectAll')}
                  checked={isAll}
                  indeterminate={!isAll && all.some((key) => chosen.has(key))}
                  onChange={() => setChosen(new Set(isAll ? [] : all))}
                />
              </th>
            )}
            {list.columns.map((column) => (
              <Header key={column.id} column={column} list={list} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <Row key={keyOf(row)} row={row} place={place} {...props} />
          ))}
        </tbody>
      </table>
    </Sideways>
  )
}

function Header<Row>({ column, list }: { column: Column<Row>; list: ListState<Row> }) {
  const { header, right, wide, sort } = column
  const isUp = sort !== undefined && list.sort === sort.ascending
  const isDown = sort !== undefined && list.sort === sort.descending
  return (
    <th
      data-right={right || undefined}
      data-wide={wide || undefined}
      aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}
    >
      {sort === undefined ? (
        header
      ) : (
        <UnstyledButton
          className={classes.sort}
          aria-label={t('sortBy', { name: header })}
          onClick={() => list.sortBy(isDown ? sort.ascending : sort.descending)}
        >
          {header}
          {isUp && <IconArrowUp size={13} aria-hidden />}
          {isDown && <IconArrowDown size={13} aria-hidden />}
        </UnstyledButton>
      )}
    </th>
  )
}

function Row<Name extends Listing>(props: TableProps<Name> & { row: RowOf<Name>; place: number }) {
  const { row, place, at, list, keyOf, nameOf, opens, leadsTo, opened, bulk = [], chosen, setChosen, openRow } = props
  const what = opens?.(row)
  const isOpen = what !== undefined && opened?.kind === what.kind && opened.id === what.id
  const key = keyOf(row)
  const leads = what !== undefined || leadsTo !== undefined
  return (
    // The keys of the list open the row, and its first cell holds a button.
    <tr
      data-row={place}
      data-at={place === at || undefined}
      data-open={isOpen || undefined}
      data-opens={leads || undefined}
      onClick={() => openRow(row)}
    >
      {bulk.length > 0 && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: only keeps a click beside the box from opening the row
        <td className={classes.check} onClick={(event) => event.stopPropagation()}>
          <Checkbox
            size="xs"
            aria-label={t('selectRow', { name: nameOf(row) })}
            checked={chosen.has(key)}
            onChange={() => setChosen(toggled(chosen, key))}
          />
        </td>
      )}
      {list.columns.map(({ id, cell, right, wide, whole }, index) => (
        <td key={id} data-right={right || undefined} data-wide={wide || undefined} data-whole={whole || undefined}>
          {index === 0 && leads ? (
            <UnstyledButton className={classes.opener} onClick={() => openRow(row)}>
              {cell(row)}
            </UnstyledButton>
          ) : (
            cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}
