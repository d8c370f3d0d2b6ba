import { formatDecimal, parseDecimal } from '../../kernel/decimal.ts'
import { type CsvRow, streamRows } from '../journals/csv-rows.ts'
import {
  type Amount,
  addPosting,
  type JournalSink,
  type ParsedEntry,
  type ParsedPosting,
  type ParsedTax,
} from './parsed.ts'

/** The columns that a CSV of a journal must have; one of those of `entryColumns` says which rows are of one entry. */
export const journalColumns = ['date', 'account', 'amount'] as const
const entryColumns = ['reference', 'entry'] as const

/**
 * Reads a CSV of journal lines, one row a line, debit positive in the base currency; the rows of an entry stand together, and none of them
 * elsewhere. Optional columns: description, currency and currency_amount, party, document, tax_code with tax_base (read on tax accounts), and
 * those of our own export. Throws `BadInput`.
 */
export async function readCsvJournal(file: string, sink: JournalSink): Promise<void> {
  let entry: ParsedEntry | undefined
  let last = ''
  await streamRows(file, journalColumns, (row) => {
    const column =
      entryColumns.find((name) => row.has(name)) ?? row.fail('date', 'a column reference or entry beside it')
    const key = row.needed(column, 'what makes the lines of an entry one')
    if (entry === undefined || key !== last) {
      if (entry !== undefined) sink.entry(entry)
      entry = entryOf(row)
      last = key
    }
    if (row.day('date') !== entry.date) row.fail('date', `${entry.date}, as the first line of the entry has it`)
    addPosting(entry, postingOf(row))
  })
  if (entry !== undefined) sink.entry(entry)
}

const entryOf = (row: CsvRow): ParsedEntry => ({
  place: placeOf(row),
  date: row.day('date'),
  reference: row.label('reference') || ownReference(row),
  description: row.text('description'),
  number: row.label('number') || null,
  party: null,
  document: null,
  postings: [],
})

/** What our own export says of the fact that posted an entry. */
const ownReference = (row: CsvRow): string =>
  [row.label('rule'), row.label('source_kind'), row.label('source_id'), row.label('revision').replace(/^0$/, '')]
    .filter((text) => text !== '')
    .join(' ') || `entry ${row.label('entry')}`

const placeOf = (row: CsvRow) => ({ file: row.file, line: row.line, column: 1 })

function postingOf(row: CsvRow): ParsedPosting {
  const baseCurrency = row.currency('base_currency')
  const base = amountIn(row, 'amount', baseCurrency)
  const currency = row.currency('currency')
  const own = currency === '' || currency === baseCurrency ? null : amountIn(row, 'currency_amount', currency)
  return {
    place: placeOf(row),
    account: row.needed('account', 'an account'),
    amount: own ?? base,
    price: own === null ? null : { ...base, of: 'signed total' },
    asserts: null,
    party: row.label('party') || null,
    document: row.label('document') || null,
    tax: row.has('tax_code') && row.has('tax_base') ? taxOf(row) : null,
  }
}

function taxOf(row: CsvRow): ParsedTax | null {
  const [code, base] = [row.label('tax_code'), row.label('tax_base')]
  const [codeColumn, baseColumn] = [row.placeOf('tax_code').column, row.placeOf('tax_base').column]
  return code === '' && base === '' ? null : { code, base, codeColumn, baseColumn }
}

function amountIn(row: CsvRow, name: string, currency: string): Amount {
  const number = row.text(name).length > 40 ? undefined : parseDecimal(row.text(name))
  return number === undefined
    ? row.fail(name, 'an amount such as -12.50')
    : { number: parseDecimal(formatDecimal(number)) ?? number, commodity: currency }
}
