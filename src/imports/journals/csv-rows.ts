import { type AccountingDate, parseAccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import { isCurrencyCode } from '../../kernel/currencies.ts'
import { parseMinor } from '../../kernel/money.ts'
import { readLabel, shown } from '../field-forms.ts'
import { readCsv } from '../read-csv.ts'

const longestLabel = 200
const longestNumber = 40

/** The ledger takes no more in a line; here the field can still be named. */
const largestMinor = 10n ** 16n
export const largestShown = '10,000,000,000,000,000 minor units'
export const isBearable = (minor: bigint): boolean => minor < largestMinor && minor > -largestMinor

/** A day of another century is mistyped, and the ledger takes none; here the field can still be named. */
export const isBookable = (day: AccountingDate): boolean => day >= '1900-01-01' && day <= '2999-12-31'
export const bookableDays = 'a day from 1900-01-01 to 2999-12-31'

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
    const day = parseAccountingDate(this.text(name)) ?? this.fail(name, 'a day such as 2011-01-31')
    return isBookable(day) ? day : this.fail(name, bookableDays)
  }

  optionalDay(name: string): AccountingDate | undefined {
    return this.text(name) === '' ? undefined : this.day(name)
  }

  /** A name or number that goes into the key of a table: on one line, and not too long. May be empty. */
  label(name: string): string {
    const expected = `at most ${longestLabel} characters, none of them a control character`
    return readLabel(this.text(name), longestLabel) ?? this.fail(name, expected)
  }

  /** As `label`, of a field that must say something. */
  neededLabel(name: string, expected: string): string {
    this.needed(name, expected)
    return this.label(name)
  }

  /** The code of a currency of ISO 4217; empty where the field is. */
  currency(name: string): string {
    const code = this.text(name)
    return code === '' || isCurrencyCode(code) ? code : this.fail(name, 'a currency of ISO 4217, such as EUR')
  }

  /** Minor units; the sign is the field's own. */
  minor(name: string, currency: string): bigint {
    const text = this.text(name)
    const minor = text.length > longestNumber ? undefined : parseMinor(text, currency)
    return minor !== undefined && isBearable(minor)
      ? minor
      : this.fail(name, `an amount in ${currency} with digits and a decimal point, below ${largestShown}`)
  }

  /** Where a field stands. */
  placeOf(name: string): { file: string; line: number; column: number } {
    return { file: this.file, line: this.line, column: (this.columns.get(name) ?? 0) + 1 }
  }

  /** Throws `BadInput` that points to the field. */
  fail(name: string, expected: string): never {
    throw new BadInput(this.placeOf(name), `${name} ${shown(this.text(name))}`, `expected ${expected}`)
  }
}

/**
 * Streams the rows of a CSV file whose header has at least the columns `needed`, in any order; with `alone` the others are let go, and are
 * empty. Throws `BadInput`.
 */
export async function streamRows(
  file: string,
  needed: readonly string[],
  onRow: (row: CsvRow) => void,
  { alone = false } = {},
): Promise<void> {
  let unread: number[] = []
  let columns: Map<string, number> | undefined
  let fields = 0
  await readCsv(file, (record, line) => {
    if (columns === undefined) {
      columns = headerOf(file, record, needed)
      fields = record.length
      if (alone) unread = [...columns].flatMap(([name, position]) => (needed.includes(name) ? [] : [position]))
      return
    }
    if (record.length !== fields)
      throw new BadInput(
        { file, line, column: Math.min(record.length, fields) + 1 },
        `${record.length} fields`,
        `expected ${fields}, as in the header`,
      )
    const kept = unread.length === 0 ? record : record.map((field, place) => (unread.includes(place) ? '' : field))
    onRow(new CsvRow(file, line, columns, kept))
  })
  if (columns === undefined) throw new BadInput({ file, line: 1, column: 1 }, 'an empty file', 'expected a header')
}

/** All rows of a file that is small by its nature, or by a limit; see `streamRows`. */
export async function readRows(file: string, needed: readonly string[], { alone = false } = {}): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  await streamRows(file, needed, (row) => rows.push(row), { alone })
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
