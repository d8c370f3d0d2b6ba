import type { ReactNode } from 'react'
import type { Amount } from './exact.ts'
import { CellLink } from './links.tsx'
import { Money } from './money.tsx'
import { Sideways } from './part-table.tsx'
import classes from './report-table.module.css'

export type ReportColumn = { id: string; header: string; right?: boolean; wide?: boolean }
/** A cell: words, an amount, or an amount that leads to what it is made of. */
export type ReportCell = ReactNode | MoneyCell
type MoneyCell = { money: Amount | null; to?: string | undefined; withCurrency?: boolean }
export type ReportRow = {
  key: string
  /** How it stands out: a heading of what follows, a line, or a sum of what came before. */
  kind?: 'heading' | 'line' | 'sum'
  depth?: number
  cells: Readonly<Record<string, ReportCell>>
}

const isMoney = (cell: ReportCell): cell is MoneyCell => typeof cell === 'object' && cell !== null && 'money' in cell

/** A report as a table: names on the left, figures on the right, every figure a link to what it is made of. */
export const ReportTable = ({
  label,
  columns,
  rows,
}: {
  label: string
  columns: readonly ReportColumn[]
  rows: readonly ReportRow[]
}) => {
  // What a row is called stays in sight on a phone, while its figures are gone through sideways.
  const lead = (columns.find(({ id }) => id === 'name') ?? columns.find(({ wide }) => !wide))?.id
  return (
    <Sideways label={label} className={classes.scroll}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, header, right, wide }) => (
              <th
                key={id}
                data-right={right || undefined}
                data-wide={wide || undefined}
                data-lead={id === lead || undefined}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, kind = 'line', depth = 0, cells }) => (
            <tr key={key} data-kind={kind} data-depth={depth}>
              {columns.map(({ id, right, wide }) => (
                <td
                  key={id}
                  data-right={right || undefined}
                  data-wide={wide || undefined}
                  data-lead={id === lead || undefined}
                >
                  <Cell of={cells[id]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Sideways>
  )
}

function Cell({ of }: { of: ReportCell }) {
  if (!isMoney(of)) return of
  if (of.to === undefined || of.money === null) return <Money of={of.money} withCurrency={of.withCurrency ?? false} />
  return (
    <CellLink to={of.to} className={classes.figure}>
      <Money of={of.money} withCurrency={of.withCurrency ?? false} />
    </CellLink>
  )
}
