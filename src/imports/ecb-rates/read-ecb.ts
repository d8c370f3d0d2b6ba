import { type AccountingDate, dateOf, daysInMonth, parseAccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import { formatDecimal, parseDecimal } from '../../kernel/decimal.ts'
import type { ReferenceRate } from '../../modules/rates/index.ts'
import { cutShort } from '../field-forms.ts'
import { findInputFiles, identifyFiles, refuseLarger } from '../input-files.ts'
import { readCsv } from '../read-csv.ts'

const kinds = ['csv', 'zip'] as const
// They are saved in one statement, all or none. The whole history since 1999 is a quarter of it.
const largest = 8 * 1024 * 1024

type Header = { currencies: (string | null)[] }

/**
 * Reads the reference rates of the European Central Bank: its history or its rates of one day, as CSV or in the ZIP archive as published.
 * The first column is the day, the others are units of a currency for one euro; N/A, or nothing, where there was none. Returns each
 * currency and day once. Throws `BadInput` for the first field that is not as it must be, and where two files disagree.
 */
export async function readEcbRates(paths: readonly string[]): Promise<ReferenceRate[]> {
  const rates = new Map<string, ReferenceRate>()
  const files = await identifyFiles(await findInputFiles(paths, kinds), kinds, () => {})
  refuseLarger(files, largest, 'rates')
  for (const { path } of files) {
    let header: Header | undefined
    await readCsv(path, (record, line) => {
      if (header === undefined) header = readHeader(path, record)
      else for (const rate of readRecord(path, header, record, line)) keep(rates, rate, { file: path, line, column: 1 })
    })
    if (header === undefined) throw new BadInput({ file: path, line: 1, column: 1 }, 'an empty file', expectedHeader)
  }
  return [...rates.values()]
}

const expectedHeader = 'expected the columns Date, USD, … as the European Central Bank publishes them'

function readHeader(file: string, record: readonly string[]): Header {
  const [first = '', ...names] = record.map((name) => name.trim())
  if (first !== 'Date') throw new BadInput({ file, line: 1, column: 1 }, `'${cutShort(first)}'`, expectedHeader)
  const seen = new Set<string>()
  const currencies = names.map((name, index) => {
    const isLast = index === names.length - 1
    if (name === '' && isLast) return null // each line ends in a comma
    if (!/^[A-Z]{3}$/.test(name) || name === 'EUR' || seen.has(name))
      throw new BadInput(
        { file, line: 1, column: index + 2 },
        `'${cutShort(name)}'`,
        'expected the code of a currency, each once',
      )
    seen.add(name)
    return name
  })
  if (seen.size === 0) throw new BadInput({ file, line: 1, column: 1 }, 'a header without currencies', expectedHeader)
  return { currencies }
}

function readRecord(file: string, { currencies }: Header, record: readonly string[], line: number): ReferenceRate[] {
  const [first = '', ...fields] = record.map((field) => field.trim())
  const day = parseAccountingDate(first) ?? dayInWords(first)
  if (day === undefined)
    throw new BadInput({ file, line, column: 1 }, `'${cutShort(first)}'`, 'expected a day such as 2011-01-31')
  if (fields.length !== currencies.length) {
    const found = `${fields.length + 1} fields`
    throw new BadInput({ file, line, column: 1 }, found, `expected ${currencies.length + 1} fields, as the header has`)
  }
  return fields.flatMap((field, index): ReferenceRate[] => {
    const currency = currencies[index] ?? null
    if (field === '' || field === 'N/A') return []
    const rate = parseDecimal(field)
    if (currency === null || rate === undefined || rate.unscaled <= 0n || field.length > 40)
      throw new BadInput(
        { file, line, column: index + 2 },
        `'${cutShort(field)}'`,
        'expected a rate above zero, or N/A',
      )
    return [{ currency, day, rate: formatDecimal(rate) }]
  })
}

function keep(
  rates: Map<string, ReferenceRate>,
  rate: ReferenceRate,
  at: { file: string; line: number; column: number },
): void {
  const key = `${rate.currency} ${rate.day}`
  const before = rates.get(key)
  if (before !== undefined && before.rate !== rate.rate)
    throw new BadInput(
      at,
      `${rate.currency} ${rate.rate} on ${rate.day}`,
      `expected ${before.rate} as before, or no second rate`,
    )
  rates.set(key, rate)
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** '13 April 2026', as the rates of one day write it. */
function dayInWords(text: string): AccountingDate | undefined {
  const [, day = '', name = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? []
  const month = months.indexOf(name) + 1
  if (month === 0 || Number(day) < 1 || Number(day) > daysInMonth(Number(year), month)) return undefined
  return dateOf(Number(year), month, Number(day))
}
