import { parseAccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import type { RowCodec } from '../document-spill.ts'
import { dayForm, decimalForm, readDecimal, readLabel, readText, shown } from '../field-forms.ts'
import type { SqlRow, SqlValue } from '../read-sql-inserts.ts'

/** A row of an order or of one of its details. */
export type NorthwindRow =
  | {
      what: 'order'
      order: string
      customer: string
      orderedOn: string
      shippedOn: string
      freight: string
      country: string
    }
  | { what: 'detail'; order: string; product: string; price: string; quantity: string; discount: string }

export const northwindCodec: RowCodec<NorthwindRow> = {
  keyOf: ({ order }) => order,
  orderOf: ({ order }) => order.padStart(12, '0'),
  pack: (row) => Object.values(row),
  unpack: ([what, order, ...rest]) => {
    const [a, b, c, d, e] = rest as [string, string, string, string, string]
    return what === 'order'
      ? { what, order: order as string, customer: a, orderedOn: b, shippedOn: c, freight: d, country: e }
      : { what: 'detail', order: order as string, product: a, price: b, quantity: c, discount: d }
  },
}

/** The columns of the tables that are read, in the order in which the script creates them: an INSERT need not name them. */
const tables: Readonly<Record<string, readonly string[]>> = {
  orders: [
    'OrderID',
    'CustomerID',
    'EmployeeID',
    'OrderDate',
    'RequiredDate',
    'ShippedDate',
    'ShipVia',
    'Freight',
    'ShipName',
    'ShipAddress',
    'ShipCity',
    'ShipRegion',
    'ShipPostalCode',
    'ShipCountry',
  ],
  'order details': ['OrderID', 'ProductID', 'UnitPrice', 'Quantity', 'Discount'],
  customers: ['CustomerID', 'CompanyName'],
  products: ['ProductID', 'ProductName'],
}

/** What a row of the script is: an order's, a name, or undefined for another table. Throws `BadInput` for a field that is not what it should be. */
export function readNorthwindRow(
  file: string,
  row: SqlRow,
  line: number,
): NorthwindRow | { what: 'customer' | 'product'; id: string; name: string } | undefined {
  const table = row.table.toLowerCase()
  const columns = tables[table]
  if (columns === undefined) return undefined
  const fields = new Fields(file, line, row, columns)
  if (table === 'orders') return orderOf(fields)
  if (table === 'order details') return detailOf(fields)
  if (table === 'customers')
    return { what: 'customer', id: fields.label('CustomerID'), name: fields.text('CompanyName') }
  return { what: 'product', id: fields.label('ProductID'), name: fields.text('ProductName') }
}

const orderOf = (fields: Fields): NorthwindRow => ({
  what: 'order',
  order: fields.number('OrderID'),
  customer: fields.isNull('CustomerID') ? '' : fields.label('CustomerID'),
  orderedOn: fields.day('OrderDate'),
  shippedOn: fields.isNull('ShippedDate') ? '' : fields.day('ShippedDate'),
  freight: fields.isNull('Freight') ? '0' : fields.amount('Freight'),
  country: fields.isNull('ShipCountry') ? '' : fields.text('ShipCountry'),
})

const detailOf = (fields: Fields): NorthwindRow => ({
  what: 'detail',
  order: fields.number('OrderID'),
  product: fields.number('ProductID'),
  price: fields.amount('UnitPrice'),
  quantity: fields.number('Quantity'),
  discount: fields.share('Discount'),
})

/** The values of a row by the names of their columns. */
class Fields {
  private readonly file: string
  private readonly line: number
  private readonly columns: readonly string[]
  private readonly values: readonly SqlValue[]

  constructor(file: string, line: number, { columns, values }: SqlRow, usual: readonly string[]) {
    this.file = file
    this.line = line
    this.columns = (columns ?? usual).map((name) => name.toLowerCase())
    this.values = values
    if (columns !== undefined && columns.length !== values.length) {
      const at = { file, line, column: Math.min(columns.length, values.length) + 1 }
      throw new BadInput(at, `${values.length} values`, `expected ${columns.length}, as the statement names columns`)
    }
  }

  isNull(name: string): boolean {
    return this.values[this.place(name)] === null
  }

  text(name: string): string {
    return readText(this.raw(name, 'a text'), 200)
  }

  label(name: string): string {
    return readLabel(this.raw(name, 'an id'), 40) || this.refuse(name, 'an id of 1 to 40 characters')
  }

  number(name: string): string {
    const text = this.raw(name, 'a whole number').trim()
    return /^\d{1,12}$/.test(text) ? String(BigInt(text)) : this.refuse(name, 'a whole number')
  }

  amount(name: string): string {
    const value = readDecimal(this.raw(name, decimalForm))
    return value === undefined || value.startsWith('-') ? this.refuse(name, `${decimalForm}, not below zero`) : value
  }

  share(name: string): string {
    const value = this.amount(name)
    return value === '1' || value === '0' || value.startsWith('0.')
      ? value
      : this.refuse(name, 'a share between 0 and 1')
  }

  /** M/D/YYYY, as the script sets its date format, or YYYY-MM-DD; a time of day is read over. */
  day(name: string): string {
    const text = this.raw(name, 'a day').trim()
    const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s.*)?$/.exec(text)
    const day = match
      ? `${match[3]}-${(match[1] as string).padStart(2, '0')}-${(match[2] as string).padStart(2, '0')}`
      : text.slice(0, 10)
    return parseAccountingDate(day) ?? this.refuse(name, `${dayForm}, or M/D/YYYY`)
  }

  private raw(name: string, expected: string): string {
    return this.values[this.place(name)] ?? this.refuse(name, `${expected}, written out`)
  }

  private place(name: string): number {
    const place = this.columns.indexOf(name.toLowerCase())
    if (place >= 0 && place < this.values.length) return place
    throw new BadInput(
      { file: this.file, line: this.line, column: 1 },
      `a row without ${name}`,
      'expected it among the values',
    )
  }

  private refuse(name: string, expected: string): never {
    const place = this.place(name)
    const value = this.values[place]
    const found = value === null ? 'NULL' : value === undefined ? 'an expression' : shown(value)
    throw new BadInput(
      { file: this.file, line: this.line, column: place + 1 },
      `${name} ${found}`,
      `expected ${expected}`,
    )
  }
}
