import { parseAccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import { decimal, formatDecimal, multiply, parseDecimal } from '../../kernel/decimal.ts'
import type { RowCodec } from '../document-spill.ts'

/** A row of the export, checked and normalised: equal rows are equal whatever their file's variant of the format. */
export type Row = {
  number: string
  code: string
  description: string
  /** Whole number, signed. */
  quantity: string
  /** 'YYYY-MM-DD hh:mm:ss' */
  at: string
  /** Exact decimal without trailing zeros. */
  price: string
  customer: string
  country: string
}

/** How a row waits in a bucket for the others of its document. */
export const rowCodec: RowCodec<Row> = {
  keyOf: (row) => row.number,
  orderOf: (row) => row.at,
  pack: (r) => [r.number, r.code, r.description, r.quantity, r.at, r.price, r.customer, r.country],
  unpack: (fields) => {
    const [number, code, description, quantity, at, price, customer, country] = fields as Fields
    return { number, code, description, quantity, at, price, customer, country }
  },
}

type Fields = [string, string, string, string, string, string, string, string]

/** The columns in the order in which a row is read, with the names that the format's variants give them. */
const columns = [
  ['Invoice', 'InvoiceNo'],
  ['StockCode'],
  ['Description'],
  ['Quantity'],
  ['InvoiceDate'],
  ['Price', 'UnitPrice'],
  ['Customer ID', 'CustomerID'],
  ['Country'],
] as const

export type Header = { file: string; positions: readonly number[]; fields: number }

/** Finds the columns in a header, in any order. Throws `BadInput` that names the one that is missing or there twice. */
export function readHeader(file: string, record: readonly string[]): Header {
  const names = record.map((name) => name.trim().toLowerCase())
  const positions = columns.map((variants) => {
    const isVariant = (name: string): boolean => variants.some((variant) => variant.toLowerCase() === name)
    const found = names.flatMap((name, position) => (isVariant(name) ? [position] : []))
    const [position, another] = found
    if (position !== undefined && another === undefined) return position
    const what = position === undefined ? 'a header without' : 'a header with two columns for'
    throw new BadInput(
      { file, line: 1, column: (another ?? 0) + 1 },
      `${what} ${variants[0]}`,
      `expected the columns ${columns.map(([name]) => name).join(', ')}, each once`,
    )
  })
  return { file, positions, fields: record.length }
}

/** Reads a record into a row. Throws `BadInput` for the first field that is not what it should be; its column is the field's place in the line. */
export function readRow(header: Header, record: readonly string[], line: number): Row {
  const { file, positions, fields } = header
  if (record.length !== fields) {
    throw new BadInput(
      { file, line, column: Math.min(record.length, fields) + 1 },
      `${record.length} fields`,
      `expected ${fields}, as in the header`,
    )
  }
  const field = (index: number): string => record[positions[index] as number] as string
  const refuse = (index: number, expected: string): never => {
    const name = columns[index]?.[0] ?? ''
    throw new BadInput(
      { file, line, column: (positions[index] as number) + 1 },
      `${name} ${shown(field(index))}`,
      `expected ${expected}`,
    )
  }
  const number = field(0).trim().toUpperCase()
  if (!/^[CA]?\d{1,18}$/.test(number)) refuse(0, 'a number, or C or A and a number')
  const code = field(1).trim()
  if (!/^\P{Cc}{1,60}$/u.test(code)) refuse(1, 'a code of 1 to 60 characters')
  const quantity = readQuantity(field(3)) ?? refuse(3, 'a whole number')
  const at = readMoment(field(4)) ?? refuse(4, 'a date and time, YYYY-MM-DD hh:mm:ss or M/D/YYYY h:mm')
  const price = readPrice(field(5)) ?? refuse(5, 'a price with digits and a decimal point')
  if (isTooLarge(quantity, price)) refuse(5, `a price that times the quantity ${quantity} stays below 10,000,000,000`)
  return {
    number,
    code,
    description: field(2),
    quantity,
    at,
    price,
    customer: readCustomer(field(6)) ?? refuse(6, 'a customer number or nothing'),
    country: field(7).trim(),
  }
}

const longestShown = 80

/** A field's text on one line, and not all of it where it is long. */
const shown = (text: string): string =>
  JSON.stringify(text.length > longestShown ? `${text.slice(0, longestShown)}…` : text)

function readQuantity(text: string): string | undefined {
  const match = /^([+-]?)0*(\d{1,12})(?:\.0*)?$/.exec(text.trim())
  if (match === null) return undefined
  const digits = (match[2] as string).replace(/^0+(?=\d)/, '')
  return match[1] === '-' && digits !== '0' ? `-${digits}` : digits
}

const maximumPriceLength = 24

function readPrice(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed.length > maximumPriceLength) return undefined
  const price = parseDecimal(trimmed)
  return price === undefined || price.scale > 10 || trimmed.replace(/\D/g, '').length - price.scale > 12
    ? undefined
    : formatDecimal(price)
}

// Sums of millions of such lines still fit into the books' whole numbers of pence.
const tooLargeNet = 10n ** 10n

function isTooLarge(quantity: string, price: string): boolean {
  const { unscaled, scale } = multiply(decimal(quantity), decimal(price))
  return (unscaled < 0n ? -unscaled : unscaled) >= tooLargeNet * 10n ** BigInt(scale)
}

function readCustomer(text: string): string | undefined {
  const trimmed = text.trim()
  return trimmed === '' ? '' : /^(\d{1,18})(?:\.0*)?$/.exec(trimmed)?.[1]
}

const isoMoment = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?$/
const slashMoment = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/

function readMoment(text: string): string | undefined {
  const trimmed = text.trim()
  const iso = isoMoment.exec(trimmed)
  if (iso !== null) return moment(iso[1] as string, iso[2] as string, iso[3] as string, iso[4] ?? '00')
  const slash = slashMoment.exec(trimmed)
  if (slash === null) return undefined
  const [, month, day, year, hour, minute, second] = slash as unknown as string[]
  return moment(`${year}-${two(month)}-${two(day)}`, hour as string, minute as string, second ?? '00')
}

const two = (text: string | undefined): string => (text ?? '').padStart(2, '0')

function moment(day: string, hour: string, minute: string, second: string): string | undefined {
  if (parseAccountingDate(day) === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined
  return `${day} ${two(hour)}:${minute}:${second}`
}
