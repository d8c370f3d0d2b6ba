import type { Sheet, SheetData, Row as SheetRow } from 'write-excel-file/node'
import { exponentOf } from '../../kernel/money.ts'
import { type Cell, type Column, emphasisKey, type Table } from '../report.ts'
import { type Standing, standingSentences } from '../standing.ts'
import type { Section } from './section.ts'

type SheetCell = NonNullable<SheetRow[number]>

/**
 * Sections as one Excel workbook, a sheet each: numbers as numbers, days as days, the head row held in its place. What a double cannot hold
 * exactly, more than fifteen digits, is written as text rather than rounded.
 */
export async function workbookOf(sections: readonly Section[], standing: Standing): Promise<Uint8Array> {
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const names = sheetNames(sections)
  const sheets = sections.map((section, index) => sheetOf(section, names[index] ?? '', standing))
  return await writeWorkbook(sheets, { fontFamily: 'Calibri', fontSize: 11 }).toBuffer()
}

const headRows = 5

function sheetOf({ title, period, currency, table, note }: Section, sheet: string, standing: Standing): Sheet<never> {
  const { columns, rows } = table
  const data: SheetData = [
    [{ value: standing.company, fontWeight: 'bold', fontSize: 14 }],
    ...standing.lines.map((value) => [{ value, textColor: '#555555' }]),
    [{ value: title, fontWeight: 'bold', fontSize: 12 }],
    [{ value: `${period} · ${currency}`, textColor: '#555555' }],
    [
      {
        value: `Produced ${standing.producedAt} UTC by Countinghouse. ${standingSentences(standing).join(' ')}`,
        textColor: '#555555',
      },
    ],
    columns.map(headCell),
    ...rows.map((row) => columns.map((column) => cellOf(row[column.key], column, currency, row[emphasisKey] ?? null))),
    ...(note === undefined ? [] : [[], [{ value: note, fontStyle: 'italic' as const }]]),
  ]
  return {
    data,
    sheet,
    stickyRowsCount: headRows + standing.lines.length,
    columns: columns.map((column) => ({ width: widthOf(column, table) })),
    ...(columns.length > 6 ? { orientation: 'landscape' as const } : {}),
  }
}

const isRight = ({ kind }: Column): boolean => kind === 'money' || kind === 'number'

const headCell = (column: Column): SheetCell => ({
  value: column.title,
  fontWeight: 'bold',
  backgroundColor: '#E8ECEF',
  bottomBorderStyle: 'thin',
  align: isRight(column) ? 'right' : 'left',
  wrap: true,
})

function cellOf(cell: Cell | undefined, column: Column, baseCurrency: string, emphasis: Cell): SheetCell | null {
  const style = emphasis === null ? {} : emphasisOf(emphasis)
  if (cell === null || cell === undefined || cell === '') return emphasis === null ? null : { value: '', ...style }
  if (typeof cell === 'object') {
    const format = `${cell.currency === baseCurrency ? '' : `"${cell.currency} "`}${moneyFormat(cell.currency)}`
    return { ...numberCell(cell.amount, format), ...style }
  }
  if (column.kind === 'number') return { ...numberCell(String(cell), '#,##0.##########'), ...style }
  if (column.kind === 'date') {
    const days = serialOf(String(cell))
    if (days !== undefined) return { value: days, type: Number, format: 'yyyy-mm-dd', align: 'left', ...style }
  }
  const text = String(cell).replace(/\p{Cc}+/gu, ' ')
  const indent = Math.floor((text.length - text.trimStart().length) / 2)
  return { value: text.trimStart(), type: String, ...(indent > 0 ? { indent } : {}), ...style }
}

const emphasisOf = (emphasis: Cell) =>
  emphasis === 'result'
    ? { fontWeight: 'bold' as const, topBorderStyle: 'thin' as const, bottomBorderStyle: 'double' as const }
    : { fontWeight: 'bold' as const, topBorderStyle: 'thin' as const }

function moneyFormat(currency: string): string {
  const exponent = exponentOf(currency)
  return exponent === 0 ? '#,##0' : `#,##0.${'0'.repeat(exponent)}`
}

const numberCell = (text: string, format: string): SheetCell =>
  text.replace(/[^0-9]/g, '').replace(/^0+/, '').length > 15
    ? { value: text, type: String, align: 'right' }
    : { value: Number(text), type: Number, format }

/** The number under which a spreadsheet keeps a day: days since the end of 1899, counting a 29 February 1900 that never was. */
function serialOf(day: string): number | undefined {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const days = Date.UTC(year, month - 1, date) / 86_400_000 + 25_569
  return Number.isInteger(days) && days >= 61 ? days : undefined
}

function widthOf({ key, title, kind }: Column, { rows }: Table): number {
  const longest = rows.slice(0, 1000).reduce((most, row) => Math.max(most, lengthOf(row[key])), title.length)
  return Math.min(Math.max(longest + (kind === 'money' ? 4 : 2), 8), 60)
}

const lengthOf = (cell: Cell | undefined): number =>
  cell === null || cell === undefined ? 0 : typeof cell === 'object' ? cell.amount.length + 2 : String(cell).length

/** Names of sheets: at most 31 letters, none of those that a reference uses, no two alike. */
function sheetNames(sections: readonly Section[]): string[] {
  const used = new Set<string>()
  return sections.map(({ title }) => {
    const plain = title.replace(/[\\/?*[\]:']/g, ' ').slice(0, 31)
    let name = plain
    for (let count = 2; used.has(name.toLowerCase()); count += 1) name = `${plain.slice(0, 27)} ${count}`
    used.add(name.toLowerCase())
    return name
  })
}
