import { dayForm, decimalForm, readDay, readDecimal, readLabel, readText } from '../field-forms.ts'

/** The kinds of records that an order consists of, and the fields of each; `!` marks those that it must have. */
export const recordFields = {
  order: [
    'currency!',
    'ordered_on!',
    'invoiced_on',
    'shipped_on',
    'invoice',
    'due_on',
    'customer',
    'customer_name',
    'country',
    'channel',
    'prices',
    'total',
  ],
  line: ['item!', 'description', 'quantity!', 'unit_price!', 'discount', 'tax_code', 'tax'],
  shipping: ['description', 'amount!', 'tax_code', 'tax'],
  discount: ['description', 'amount!', 'tax_code', 'tax'],
  gift_card: ['card', 'amount!'],
  payment: ['reference', 'method!', 'paid_on!', 'amount!', 'card', 'paid_out_on'],
  credit: [
    'credit_note!',
    'credited_on!',
    'item',
    'description',
    'quantity!',
    'unit_price!',
    'discount',
    'tax_code',
    'tax',
  ],
  refund: ['reference', 'method!', 'paid_on!', 'amount!', 'credit_note'],
} as const

export type RecordKind = keyof typeof recordFields

export const recordKinds = Object.keys(recordFields) as RecordKind[]

const nameOf = (field: string): string => field.replace('!', '')

/** Every field of every record, each once: the columns of the CSV form beside `order` and `record`. */
export const allFields: readonly string[] = [
  ...new Set(Object.values(recordFields).flatMap((fields) => fields.map(nameOf))),
]

type FieldForm = { read: (text: string) => string | undefined; expected: string }

const label = (what: string, most: number): FieldForm => ({
  read: (text) => readLabel(text, most) || undefined,
  expected: `${what} of 1 to ${most} characters`,
})
const freeText: FieldForm = { read: (text) => readText(text, 500), expected: 'a text' }
const day: FieldForm = { read: readDay, expected: dayForm }
const amount: FieldForm = {
  read: (text) => {
    const value = readDecimal(text)
    return value === undefined || value.startsWith('-') ? undefined : value
  },
  expected: `${decimalForm}, not below zero`,
}

/** How each field is read; a text that it does not read is refused. */
const forms: Readonly<Record<string, FieldForm>> = {
  currency: { read: (text) => /^[A-Z]{3}$/.exec(text.trim())?.[0], expected: 'a currency such as GBP' },
  ordered_on: day,
  invoiced_on: day,
  shipped_on: day,
  due_on: day,
  paid_on: day,
  paid_out_on: day,
  credited_on: day,
  invoice: label('an invoice number', 100),
  customer: label('a customer number', 100),
  customer_name: freeText,
  country: label('a country', 100),
  channel: label('a channel', 60),
  prices: { read: (text) => /^(net|gross)$/.exec(text.trim())?.[0], expected: 'net or gross' },
  total: amount,
  item: label('an item code', 60),
  description: freeText,
  quantity: {
    read: (text) => {
      const value = amount.read(text)
      return value === '0' ? undefined : value
    },
    expected: `${decimalForm}, above zero`,
  },
  unit_price: amount,
  amount,
  discount: amount,
  tax: amount,
  tax_code: label('a tax code', 60),
  card: label("a gift card's code", 100),
  reference: label('a reference', 200),
  method: label('a payment method', 60),
  credit_note: label('the number of a credit note', 100),
}

/** A record of an order: its fields as text, those that are not there as nothing. */
export type OrderRecord = { kind: RecordKind; order: string; fields: Readonly<Record<string, string>> }

type Refuse = (field: string, text: string, expected: string) => never

/**
 * Reads a record's fields: those that it must have are there, those that it has are what they should be, and none stands where another record
 * has it. `refuse` says where that was.
 */
export function readRecord(
  kind: RecordKind,
  order: string,
  texts: ReadonlyMap<string, string>,
  refuse: Refuse,
): OrderRecord {
  const known = recordFields[kind] as readonly string[]
  const fields: Record<string, string> = {}
  for (const [name, text] of texts) {
    if (text.trim() === '') continue
    if (!known.some((field) => nameOf(field) === name)) refuse(name, text, `nothing: the record ${kind} has no ${name}`)
    const { read, expected } = forms[name] as FieldForm
    fields[name] = read(text) ?? refuse(name, text, expected)
  }
  for (const field of known) {
    const name = nameOf(field)
    if (field.endsWith('!') && fields[name] === undefined)
      refuse(name, texts.get(name) ?? '', (forms[name] as FieldForm).expected)
  }
  return { kind, order, fields }
}
