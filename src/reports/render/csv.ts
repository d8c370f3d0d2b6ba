import { stringify } from 'csv-stringify/sync'
import type { Cell, Table } from '../report.ts'

/**
 * A text that a spreadsheet would read as a formula gets an apostrophe before it, which spreadsheets show as nothing: whoever writes a name
 * or a description must not write what the reader's machine computes (OWASP, CSV injection). Numbers are no texts.
 */
export const neutralised = (text: string): string => (/^[\s\0]*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/**
 * A table as CSV with a head of keys. Amounts are plain decimals without separators; a money column in which another currency than the base
 * stands is followed by a column of its currencies.
 */
export const csvOf = (table: Table, baseCurrency: string): string =>
  csvRows(table, { head: true, foreign: keysInForeign(table, baseCurrency) })

/** Rows of a table as CSV, with its head or without: a part of a longer one. The columns in `foreign` are followed by their currencies. */
export function csvRows(
  { columns, rows }: Table,
  { head, foreign }: { head: boolean; foreign: readonly string[] },
): string {
  const fields = columns.flatMap(({ key, kind }) => {
    const text = (row: Row): string => (kind === 'text' ? neutralised(textOf(row[key])) : textOf(row[key]))
    const currency = (row: Row): string => currencyOf(row[key]) ?? ''
    const field = { title: key, of: text }
    return foreign.includes(key) ? [field, { title: `${key}Currency`, of: currency }] : [field]
  })
  const titles = head ? [fields.map(({ title }) => title)] : []
  return stringify([...titles, ...rows.map((row) => fields.map(({ of }) => of(row)))])
}

type Row = Readonly<Record<string, Cell>>

const keysInForeign = ({ columns, rows }: Table, baseCurrency: string): string[] =>
  columns
    .filter(
      ({ key, kind }) =>
        kind === 'money' && rows.some((row) => (currencyOf(row[key]) ?? baseCurrency) !== baseCurrency),
    )
    .map(({ key }) => key)

const currencyOf = (cell: Cell | undefined): string | undefined =>
  typeof cell === 'object' && cell !== null ? cell.currency : undefined

const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return ''
  return typeof cell === 'object' ? cell.amount : String(cell)
}
