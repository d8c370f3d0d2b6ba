import type { AccountingDate } from './accounting-date.ts'
import { Refusal } from './refusal.ts'

/** What stands for nothing in a column whose cells are read by their places; a value may not be the same. */
export const noBigint = -(2n ** 63n)
export const noInt = -(2 ** 31)

/**
 * Columns of whole numbers and days on their way to PostgreSQL in its binary form, for `unnest`: what `column` does for anything, in a third
 * of the time, on both sides. The statement must cast each to the array type that the function names. Null where nothing is set.
 *
 * PostgreSQL finds a cell by its place at once only in an array without nulls: for that, `marked` columns hold `noBigint`, `noInt`
 * (or the day '-infinity', which is the same) in their stead.
 */
type Pick<Row, Value> = (row: Row) => Value | null | undefined
type Nulls = { marked?: boolean }

const header = 20
const int8 = { oid: 20, size: 8 }
const int4 = { oid: 23, size: 4 }
const date = { oid: 1082, size: 4 }

/** For a parameter of type `bigint[]`. Refuses `number_too_large` for a number that does not fit into 64 bits, as the database itself would. */
export function bigintColumn<Row>(rows: readonly Row[], pick: Pick<Row, bigint>, nulls: Nulls = {}): Buffer | null {
  return encode(rows, pick, int8, nulls, (view, offset, value) => {
    if (BigInt.asIntN(64, value) !== value || value === noBigint)
      throw new Refusal('number_too_large', { number: value })
    view.setBigInt64(offset, value)
  })
}

/** For a parameter of type `int[]`. Throws a RangeError for a number that does not fit into 32 bits. */
export function intColumn<Row>(rows: readonly Row[], pick: Pick<Row, number>, nulls: Nulls = {}): Buffer | null {
  return encode(rows, pick, int4, nulls, (view, offset, value) => {
    if ((value | 0) !== value || value === noInt) throw new RangeError(`not a 32-bit number: ${value}`)
    view.setInt32(offset, value)
  })
}

// PostgreSQL counts days from the first of January 2000.
const epochDays = Date.UTC(2000, 0, 1) / 86_400_000

/** For a parameter of type `date[]`. */
export function dateColumn<Row>(
  rows: readonly Row[],
  pick: Pick<Row, AccountingDate>,
  nulls: Nulls = {},
): Buffer | null {
  let last = ''
  let lastDays = 0
  return encode(rows, pick, date, nulls, (view, offset, value) => {
    if (value !== last) {
      last = value
      lastDays = Date.parse(value) / 86_400_000 - epochDays
    }
    view.setInt32(offset, lastDays)
  })
}

function encode<Row, Value>(
  rows: readonly Row[],
  pick: Pick<Row, Value>,
  type: { oid: number; size: number },
  { marked = false }: Nulls,
  write: (view: DataView, offset: number, value: Value) => void,
): Buffer | null {
  let first = 0
  while (first < rows.length && (pick(rows[first] as Row) ?? null) === null) first += 1
  if (first === rows.length) return null
  const bytes = new ArrayBuffer(header + rows.length * (4 + type.size))
  const view = new DataView(bytes)
  let offset = header
  let nulls = 0
  for (const row of rows) {
    const value = pick(row)
    if (value !== null && value !== undefined) {
      view.setInt32(offset, type.size)
      write(view, offset + 4, value)
      offset += 4 + type.size
    } else if (marked) {
      view.setInt32(offset, type.size)
      view.setInt32(offset + 4, noInt) // the first bit alone, whatever the size
      offset += 4 + type.size
    } else {
      view.setInt32(offset, -1)
      offset += 4
      nulls = 1
    }
  }
  view.setInt32(0, 1) // dimensions
  view.setInt32(4, nulls)
  view.setInt32(8, type.oid)
  view.setInt32(12, rows.length)
  view.setInt32(16, 1) // the first place
  return Buffer.from(bytes, 0, offset)
}
