import { BadInput } from '../../kernel/bad-input.ts'
import { type Columns, readCsvTable } from '../csv-table.ts'
import type { RowCodec } from '../document-spill.ts'
import { readLabel, shown } from '../field-forms.ts'
import type { InputFile } from '../input-files.ts'
import { JsonNumber, type JsonValue, readJsonObjects } from '../read-json-objects.ts'
import { allFields, type OrderRecord, type RecordKind, readRecord, recordFields, recordKinds } from './records.ts'

/** How a record waits for the others of its order. */
export const recordCodec: RowCodec<OrderRecord> = {
  keyOf: ({ order }) => order,
  orderOf: () => '',
  orderOfAll: dayAndTurn,
  pack: ({ kind, order, fields }) => [kind, order, JSON.stringify(fields)],
  unpack: ([kind, order, fields]) => ({
    kind: kind as RecordKind,
    order: order as string,
    fields: JSON.parse(fields as string),
  }),
}

/**
 * Orders come by the day on which they were placed, and those that a gift card pays by the day on which it does, after those that sell cards on that
 * day: a card that another order of the file sold has been sold by then.
 */
function dayAndTurn(records: readonly OrderRecord[]): string {
  const head = records.find(({ kind }) => kind === 'order')?.fields
  const paidByCard = records.filter(
    ({ kind, fields }) => kind === 'payment' && (fields.card !== undefined || fields.method === 'gift_card'),
  )
  if (paidByCard.length === 0) return `${head?.ordered_on ?? '9'} 0`
  const days = [head?.invoiced_on, ...paidByCard.map(({ fields }) => fields.paid_on)]
  const sellsToo = records.some(({ kind }) => kind === 'gift_card')
  return `${days.reduce<string>((last, day) => (day !== undefined && day > last ? day : last), '')} ${sellsToo ? 1 : 2}`
}

const mostOrderCharacters = 90
const orderForm = `an order number of 1 to ${mostOrderCharacters} characters`

/** Reads a file of orders, by its ending: CSV with a row for each record, or JSON with an object for each order. Throws `BadInput`. */
export async function readOrderFile(
  { path }: InputFile,
  onRecord: (record: OrderRecord, line: number) => void,
): Promise<void> {
  if (/\.csv(\.gz)?$/i.test(path)) await readCsvRecords(path, onRecord)
  else await readJsonObjects(path, (object, line) => readJsonOrder(object, { file: path, line, column: 1 }, onRecord))
}

type CsvColumn = 'order' | 'record' | (typeof allFields)[number]

const columns: Columns<CsvColumn> = {
  order: { names: ['order'] },
  record: { names: ['record'] },
  ...Object.fromEntries(allFields.map((name) => [name, { names: [name], optional: true }])),
}

const readCsvRecords = (path: string, onRecord: (record: OrderRecord, line: number) => void): Promise<void> =>
  readCsvTable(
    path,
    columns,
    (row, line) => {
      const order = row.label('order', 'an order number', mostOrderCharacters)
      const kind = row.raw('record').trim() as RecordKind
      if (!recordKinds.includes(kind)) row.refuse('record', `one of ${recordKinds.join(', ')}`)
      const texts = new Map(allFields.map((name) => [name, row.raw(name)]))
      onRecord(
        readRecord(kind, order, texts, (field, _text, expected) => row.refuse(field, expected)),
        line,
      )
    },
    { noOthers: true },
  )

/** The lists of a JSON order, by the records that they hold. */
const lists: Readonly<Record<string, RecordKind>> = {
  lines: 'line',
  shipping: 'shipping',
  discounts: 'discount',
  gift_cards: 'gift_card',
  payments: 'payment',
  credits: 'credit',
  refunds: 'refund',
}

type Place = { file: string; line: number; column: number }

function readJsonOrder(
  object: { [name: string]: JsonValue },
  at: Place,
  onRecord: (record: OrderRecord, line: number) => void,
): void {
  const number = textOf(object.order) ?? ''
  const order = readLabel(number, mostOrderCharacters)
  if (!order) throw new BadInput(at, `an object with order ${shown(number)}`, `expected ${orderForm}`)
  const own = Object.entries(object).filter(([name]) => name !== 'order' && !Object.hasOwn(lists, name))
  onRecord(jsonRecord('order', order, own, { ...at, name: `order ${order}` }), at.line)
  for (const [name, kind] of Object.entries(lists)) {
    const list = object[name] ?? []
    if (!Array.isArray(list)) throw new BadInput(at, `${name} of order ${order}`, 'expected a list of objects')
    for (const [index, entry] of list.entries()) {
      const where = `${name}[${index}] of order ${order}`
      if (entry === null || typeof entry !== 'object' || Array.isArray(entry) || entry instanceof JsonNumber)
        throw new BadInput(at, where, 'expected an object')
      onRecord(jsonRecord(kind, order, Object.entries(entry), { ...at, name: where }), at.line)
    }
  }
}

function jsonRecord(
  kind: RecordKind,
  order: string,
  entries: readonly (readonly [string, JsonValue])[],
  at: Place & { name: string },
): OrderRecord {
  const texts = new Map<string, string>()
  for (const [name, value] of entries) {
    const text = textOf(value)
    if (!allFields.includes(name))
      throw new BadInput(at, `${at.name} with ${shown(name)}`, `expected ${expectedNames(kind)}`)
    if (text === undefined) throw new BadInput(at, `${name} of ${at.name}`, 'expected a text or a number')
    texts.set(name, text)
  }
  return readRecord(kind, order, texts, (field, text, expected) => {
    throw new BadInput(at, `${field} ${shown(text)} of ${at.name}`, `expected ${expected}`)
  })
}

const expectedNames = (kind: RecordKind): string => {
  const own = recordFields[kind].map((field) => field.replace('!', ''))
  return `one of ${[...own, ...(kind === 'order' ? ['order', ...Object.keys(lists)] : [])].join(', ')}`
}

/** A text or number as text, nothing for null, undefined for anything else. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return ''
  if (value instanceof JsonNumber) return value.text
  return typeof value === 'string' ? value : undefined
}
