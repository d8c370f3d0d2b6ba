import { formatDecimal, parseDecimal } from '../../kernel/decimal.ts'
import { type CsvRow, readRows } from '../journals/csv-rows.ts'
import { type Amount, currencyOf, type ParsedEntry, type ParsedJournal, type ParsedPosting } from './parsed.ts'

/** The columns that a CSV of a journal must have; one of those of `entryColumns` says which rows are of one entry. */
export const journalColumns = ['date', 'account', 'amount'] as const
const entryColumns = ['reference', 'entry'] as const

/**
 * Reads a CSV of journal lines, one row a line, debit positive in the base currency; the rows of an entry stand together. Optional columns:
 * description, currency and currency_amount, party, document, and those of our own export. Throws `BadInput`.
 */
export async function readCsvJournal(file: string): Promise<ParsedJournal> {
  const rows = await readRows(file, journalColumns)
  const entries: ParsedEntry[] = []
  const seen = new Set<string>()
  let last = ''
  for (const row of rows) {
    const column =
      entryColumns.find((name) => row.has(name)) ?? row.fail('date', 'a column reference or entry beside it')
    const key = row.needed(column, 'what makes the lines of an entry one')
    if (key !== last) {
      if (seen.has(key)) row.fail(column, 'the rows of an entry one after the other')
      seen.add(key)
      last = key
      entries.push(entryOf(row))
    }
    const entry = entries.at(-1) as ParsedEntry
    if (row.day('date') !== entry.date) row.fail('date', `${entry.date}, as the first line of the entry has it`)
    entry.postings.push(postingOf(row))
  }
  return { lines: rows.length, entries, balances: [], prices: [] }
}

const entryOf = (row: CsvRow): ParsedEntry => ({
  place: placeOf(row),
  date: row.day('date'),
  reference: row.text('reference') || ownReference(row),
  description: row.text('description'),
  number: row.text('number') || null,
  party: null,
  document: null,
  postings: [],
})

/** What our own export says of the fact that posted an entry. */
const ownReference = (row: CsvRow): string =>
  [row.text('rule'), row.text('source_kind'), row.text('source_id'), row.text('revision').replace(/^0$/, '')]
    .filter((text) => text !== '')
    .join(' ') || `entry ${row.text('entry')}`

const placeOf = (row: CsvRow) => ({ file: row.file, line: row.line, column: 1 })

function postingOf(row: CsvRow): ParsedPosting {
  const place = placeOf(row)
  const base = amountIn(row, 'amount', row.text('base_currency'))
  const currency = row.text('currency')
  const own =
    currency === '' || currency === row.text('base_currency') ? null : amountIn(row, 'currency_amount', currency)
  return {
    place,
    account: row.needed('account', 'an account'),
    amount: own ?? base,
    price: own === null ? null : { ...base, of: 'total' },
    asserts: null,
    party: row.text('party') || null,
    document: row.text('document') || null,
  }
}

function amountIn(row: CsvRow, name: string, currency: string): Amount {
  const number = parseDecimal(row.text(name)) ?? row.fail(name, 'an amount such as -12.50')
  if (currency !== '') currencyOf(currency, placeOf(row))
  return { number: parseDecimal(formatDecimal(number)) ?? number, commodity: currency }
}
