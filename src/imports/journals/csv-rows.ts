import { type AccountingDate, parseAccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import { parseMinor } from '../../kernel/money.ts'
import { readCsv } from '../read-csv.ts'

/** A row of a CSV file by the names of its columns, and where it stands. */
export class CsvRow {
  readonly file: string
  readonly line: number
  private readonly columns: ReadonlyMap<string, number>
  private readonly record: readonly string[]

  constructor(file: string, line: number, columns: ReadonlyMap<string, number>, record: readonly string[]) {
    this.file = file
    this.line = line
    this.columns = columns
    this.record = record
  }

  /** Whether the file has the column. */
  has(name: string): boolean {
    return this.columns.has(name)
  }

  /** The field without spaces around it; empty where the file has no such column. */
  text(name: string): string {
    const position = this.columns.get(name)
    return position === undefined ? '' : (this.record[position] as string).trim()
  }

  /** A field that must say something. */
  needed(name: string, expected: string): string {
    const text = this.text(name)
    return text === '' ? this.fail(name, expected) : text
  }

  day(name: string): AccountingDate {
    return parseAccountingDate(this.text(name)) ?? this.fail(name, 'a day such as 2011-01-31')
  }

  optionalDay(name: string): AccountingDate | undefined {
    return this.text(name) === '' ? undefined : this.day(name)
  }

  /** Minor units; the sign is the field's own. */
  minor(name: string, currency: string): bigint {
    return parseMinor(this.text(name), currency) ?? this.fail(name, `an amount in ${currency}`)
  }

  /** Throws `BadInput` that points to the field. */
  fail(name: string, expected: string): never {
    const column = (this.columns.get(name) ?? 0) + 1
    const found = `${name} ${JSON.stringify(this.text(name).slice(0, 80))}`
    throw new BadInput({ file: this.file, line: this.line, column }, found, `expected ${expected}`)
  }
}

/** All rows of a CSV file whose header has at least the columns `needed`, in any order. Throws `BadInput`. */
export async function readRows(file: string, needed: readonly string[]): Promise<CsvRow[]> {
  let columns: Map<string, number> | undefined
  let fields = 0
  const rows: CsvRow[] = []
  await readCsv(file, (record, line) => {
    if (columns === undefined) {
      columns = headerOf(file, record, needed)
      fields = record.length
      return
    }
    if (record.length !== fields)
      throw new BadInput(
        { file, line, column: Math.min(record.length, fields) + 1 },
        `${record.length} fields`,
        `expected ${fields}, as in the header`,
      )
    rows.push(new CsvRow(file, line, columns, record))
  })
  if (columns === undefined) throw new BadInput({ file, line: 1, column: 1 }, 'an empty file', 'expected a header')
  return rows
}

function headerOf(file: string, record: readonly string[], needed: readonly string[]): Map<string, number> {
  const columns = new Map(record.map((name, position) => [name.trim().toLowerCase(), position]))
  const missing = needed.find((name) => !columns.has(name))
  if (missing !== undefined || columns.size < record.length)
    throw new BadInput(
      { file, line: 1, column: 1 },
      missing === undefined ? 'a header with two columns of one name' : `a header without ${missing}`,
      `expected the columns ${needed.join(', ')}, each once`,
    )
  return columns
}
