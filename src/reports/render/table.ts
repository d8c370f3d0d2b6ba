import type { Cell, Column, Table } from '../report.ts'
import { withSeparators } from './section.ts'

/**
 * A table for a terminal: columns as wide as their widest cell, numbers to the right with separators between thousands, and money with its
 * currency where that is not the base currency. Columns in which nothing stands are left out.
 */
export function tableOf({ columns, rows }: Table, baseCurrency: string): string {
  if (rows.length === 0) return 'Nothing.\n'
  const shown = columns
    .map((column) => ({ column, cells: rows.map((row) => textOf(row[column.key], column, baseCurrency)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ column, cells }) => ({
      column,
      cells,
      width: cells.reduce((most, cell) => Math.max(most, widthOf(cell)), widthOf(column.title)),
    }))
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => aligned(text, shown[index]?.width ?? 0, shown[index]?.column.kind ?? 'text'))
      .join('  ')
      .trimEnd()
  return `${[
    line(shown.map(({ column }) => column.title)),
    shown.map(({ width }) => '-'.repeat(width)).join('  '),
    ...rows.map((_, index) => line(shown.map(({ cells }) => cells[index] ?? ''))),
  ].join('\n')}\n`
}

const widthOf = (text: string): number => [...text].length

function aligned(text: string, width: number, kind: Column['kind']): string {
  const space = ' '.repeat(width - widthOf(text))
  return kind === 'text' || kind === 'date' ? text + space : space + text
}

function textOf(cell: Cell | undefined, { kind }: Column, baseCurrency: string): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'object') {
    const amount = withSeparators(cell.amount)
    return cell.currency === baseCurrency ? amount : `${cell.currency} ${amount}`
  }
  const text = String(cell).replace(/\p{Cc}+/gu, ' ')
  return kind === 'number' ? withSeparators(text) : text
}
