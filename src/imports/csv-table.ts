import { BadInput } from '../kernel/bad-input.ts'
import {
  dayForm,
  decimalForm,
  momentForm,
  readDay,
  readDecimal,
  readLabel,
  readMoment,
  readText,
  shown,
} from './field-forms.ts'
import { readCsv } from './read-csv.ts'

/** The columns of a table by the names that a planner uses, with the names that files give them; a file may lack optional ones. */
export type Columns<Name extends string> = Readonly<Record<Name, { names: readonly string[]; optional?: boolean }>>

/**
 * Streams a CSV file whose first record names its columns, in any order; columns that nobody asks for are read over. Throws `BadInput` for a
 * column that is missing or there twice, or that the table does not have where it is to have `noOthers`, for a record of another length than the header, and for whatever `onRow` declines.
 */
export async function readCsvTable<Name extends string>(
  path: string,
  columns: Columns<Name>,
  onRow: (row: TableRow<Name>, line: number) => void,
  { noOthers = false } = {},
): Promise<void> {
  let table: Table<Name> | undefined
  await readCsv(path, (record, line) => {
    if (table === undefined) {
      table = new Table(path, record, columns)
      if (noOthers) table.refuseOthers(record)
    } else onRow(table.row(record, line), line)
  })
  if (table === undefined) throw new BadInput({ file: path, line: 1, column: 1 }, 'an empty file', 'expected a header')
}

/** The first record of a CSV file, to tell which file it is. Throws `BadInput`. */
export async function readCsvHeader(path: string): Promise<string[]> {
  const found: string[][] = []
  const enough = new Error('the header is read')
  await readCsv(path, (record) => {
    found.push(record.map(normalised))
    throw enough
  }).catch((error: unknown) => {
    if (error !== enough) throw error
  })
  return found[0] ?? []
}

const normalised = (name: string): string => name.trim().toLowerCase()

/** Whether a header has all columns that a table must have. */
export const hasColumns = <Name extends string>(header: readonly string[], columns: Columns<Name>): boolean =>
  Object.values<Columns<Name>[Name]>(columns).every(
    ({ names, optional }) => optional || names.some((name) => header.includes(normalised(name))),
  )

class Table<Name extends string> {
  readonly file: string
  readonly positions: ReadonlyMap<Name, number>
  readonly columns: Columns<Name>
  private readonly fields: number

  constructor(file: string, record: readonly string[], columns: Columns<Name>) {
    this.file = file
    this.columns = columns
    this.fields = record.length
    const header = record.map(normalised)
    const positions = new Map<Name, number>()
    for (const [name, { names, optional }] of Object.entries(columns) as [Name, Columns<Name>[Name]][]) {
      const wanted = names.map(normalised)
      const [position, another] = header.flatMap((title, place) => (wanted.includes(title) ? [place] : []))
      if (another !== undefined || (position === undefined && !optional)) {
        const what = another === undefined ? 'a header without' : 'a header with two columns for'
        throw new BadInput(
          { file, line: 1, column: (another ?? 0) + 1 },
          `${what} ${names[0]}`,
          expectedColumns(columns),
        )
      }
      if (position !== undefined) positions.set(name, position)
    }
    this.positions = positions
  }

  /** A column that nobody reads is more often misspelt than meant. */
  refuseOthers(record: readonly string[]): void {
    const read = new Set(this.positions.values())
    const place = record.findIndex((_, position) => !read.has(position))
    if (place < 0) return
    const names = Object.values<Columns<Name>[Name]>(this.columns).map(({ names: [first] }) => first)
    const at = { file: this.file, line: 1, column: place + 1 }
    throw new BadInput(at, `a column ${shown(record[place] as string)}`, `expected none but ${names.join(', ')}`)
  }

  row(record: readonly string[], line: number): TableRow<Name> {
    if (record.length !== this.fields) {
      const at = { file: this.file, line, column: Math.min(record.length, this.fields) + 1 }
      throw new BadInput(at, `${record.length} fields`, `expected ${this.fields}, as in the header`)
    }
    return new TableRow(this, record, line)
  }
}

function expectedColumns<Name extends string>(columns: Columns<Name>): string {
  const needed = Object.values<Columns<Name>[Name]>(columns).filter(({ optional }) => !optional)
  return `expected the columns ${needed.map(({ names }) => names[0]).join(', ')}, each once`
}

/** A record of a table, field by field. Each reader throws `BadInput` that names the field, what it holds and what was expected. */
export class TableRow<Name extends string> {
  private readonly table: Table<Name>
  private readonly record: readonly string[]
  private readonly line: number

  constructor(table: Table<Name>, record: readonly string[], line: number) {
    this.table = table
    this.record = record
    this.line = line
  }

  /** The field as it stands, or nothing where the file has no such column. */
  raw(name: Name): string {
    const position = this.table.positions.get(name)
    return position === undefined ? '' : (this.record[position] as string)
  }

  isEmpty(name: Name): boolean {
    return this.raw(name).trim() === ''
  }

  refuse(name: Name, expected: string): never {
    const column = (this.table.positions.get(name) ?? 0) + 1
    const title = this.table.columns[name].names[0]
    throw new BadInput(
      { file: this.table.file, line: this.line, column },
      `${title} ${shown(this.raw(name))}`,
      `expected ${expected}`,
    )
  }

  /** Free text of one line, cut off where it is longer than `most`. */
  text(name: Name, most = 500): string {
    return readText(this.raw(name), most)
  }

  /** A name or number that must be there and is kept whole. */
  label(name: Name, what: string, most = 100): string {
    return readLabel(this.raw(name), most) || this.refuse(name, `${what} of 1 to ${most} characters`)
  }

  /** As `label`, or nothing. */
  labelOr(name: Name, what: string, most = 100): string {
    return readLabel(this.raw(name), most) ?? this.refuse(name, `${what} of at most ${most} characters, or nothing`)
  }

  decimal(name: Name): string {
    return readDecimal(this.raw(name)) ?? this.refuse(name, decimalForm)
  }

  /** A decimal that is not below zero. */
  amount(name: Name): string {
    const value = this.decimal(name)
    return value.startsWith('-') ? this.refuse(name, `${decimalForm}, not below zero`) : value
  }

  /** As `amount`; an empty field is what `otherwise` says. */
  amountOr(name: Name, otherwise: string): string {
    return this.isEmpty(name) ? otherwise : this.amount(name)
  }

  moment(name: Name): string {
    return readMoment(this.raw(name)) ?? this.refuse(name, momentForm)
  }

  momentOr(name: Name): string {
    return this.isEmpty(name) ? '' : this.moment(name)
  }

  day(name: Name): string {
    return readDay(this.raw(name)) ?? this.refuse(name, dayForm)
  }

  dayOr(name: Name): string {
    return this.isEmpty(name) ? '' : this.day(name)
  }

  wholeNumber(name: Name): number {
    const text = this.raw(name).trim()
    return /^\d{1,9}$/.test(text) ? Number(text) : this.refuse(name, 'a whole number')
  }
}
