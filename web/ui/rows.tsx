import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useOpenDetail, useOpened } from './details.tsx'
import { useListKeys } from './list-keys.ts'
import classes from './list-page.module.css'

export type RowsColumn<Row> = {
  id: string
  header: string
  cell(row: Row): ReactNode
  right?: boolean
  /** Left out on a phone. */
  wide?: boolean
}

type RowsProps<Row> = {
  label: string
  of: readonly Row[]
  columns: readonly RowsColumn<Row>[]
  keyOf(row: Row): string
  /** Opens in the drawer. */
  opens?(row: Row): { kind: string; id: string }
  empty: ReactNode
}

/** A short list that is read whole, as a table of the form of a `ListPage`: `j`, `k` and `Enter` work it, and the drawer shows a row. */
export function Rows<Row>({ label, of, columns, keyOf, opens, empty }: RowsProps<Row>) {
  const open = useOpenDetail()
  const opened = useOpened()
  const openRow = (row: Row) => {
    const what = opens?.(row)
    if (what !== undefined) open(what.kind, what.id)
  }
  const at = useListKeys(of, {
    open: openRow,
    filter: () => {},
    moved: (row) => opened !== undefined && openRow(row),
  })
  if (of.length === 0) return empty
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is scrolled by keyboard, too
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, header, right, wide }) =>
              // A column of buttons has no heading.
              header === '' ? (
                <td key={id} data-wide={wide || undefined} />
              ) : (
                <th key={id} data-right={right || undefined} data-wide={wide || undefined}>
                  {header}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {of.map((row, place) => {
            const what = opens?.(row)
            return (
              // The keys of the list open the row, and its first cell holds a button.
              <tr
                key={keyOf(row)}
                data-row={place}
                data-at={place === at || undefined}
                data-open={(what !== undefined && opened?.kind === what.kind && opened.id === what.id) || undefined}
                data-opens={what !== undefined || undefined}
                onClick={() => openRow(row)}
              >
                {columns.map(({ id, cell, right, wide }, index) => (
                  <td key={id} data-right={right || undefined} data-wide={wide || undefined}>
                    {index === 0 && what !== undefined ? (
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
          })}
        </tbody>
      </table>
    </section>
  )
}
