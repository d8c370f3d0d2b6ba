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
export function csvOf({ columns, rows }: Table, baseCurrency: string): string {
  const fields = columns.flatMap(({ key, kind }) => {
    const foreign = kind === 'money' && rows.some((row) => (currencyOf(row[key]) ?? baseCurrency) !== baseCurrency)
    const field = {
      title: key,
      of: (row: Readonly<Record<string, Cell>>) => (kind === 'text' ? neutralised(textOf(row[key])) : textOf(row[key])),
    }
    const currency = {
      title: `${key}Currency`,
      of: (row: Readonly<Record<string, Cell>>) => currencyOf(row[key]) ?? '',
    }
    return foreign ? [field, currency] : [field]
  })
  const head = fields.map(({ title }) => title)
  return stringify([head, ...rows.map((row) => fields.map(({ of }) => of(row)))])
}

const currencyOf = (cell: Cell | undefined): string | undefined =>
  typeof cell === 'object' && cell !== null ? cell.currency : undefined

const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return ''
  return typeof cell === 'object' ? cell.amount : String(cell)
}
