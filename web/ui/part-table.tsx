import type { ReactNode } from 'react'
import classes from './part-table.module.css'

type PartColumn<Row> = {
  id: string
  header: string
  cell(row: Row): ReactNode
  /** Figures stand on the right. */
  right?: boolean
  /** Left out on a phone. */
  wide?: boolean
}

type PartTableProps<Row> = {
  label: string
  columns: readonly PartColumn<Row>[]
  rows: readonly Row[]
  keyOf(row: Row): string | number
}

/** A small table in a detail: the lines of a document, the entries of a payment. All of it is there; nothing is paged. */
export const PartTable = <Row,>({ label, columns, rows, keyOf }: PartTableProps<Row>) => (
  <Sideways label={label}>
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ id, header, right, wide }) => (
            <th key={id} data-right={right || undefined} data-wide={wide || undefined}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ id, cell, right, wide }) => (
              <td key={id} data-right={right || undefined} data-wide={wide || undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Sideways>
)

/** What may be wider than the window is scrolled by itself, also with the keyboard. */
export const Sideways = ({
  label,
  className = '',
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
  <section className={`${classes.sideways} ${className}`} aria-label={label} tabIndex={0}>
    {children}
  </section>
)
