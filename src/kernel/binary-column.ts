import type { AccountingDate } from './accounting-date.ts'

/**
 * Columns of whole numbers and days on their way to PostgreSQL in its binary form, for `unnest`: what `column` does for anything, in a third
 * of the time, on both sides. The statement must cast each to the array type that the function names. Null where nothing is set.
 */
type Pick<Row, Value> = (row: Row) => Value | null | undefined

const header = 20
const int8 = { oid: 20, size: 8 }
const int4 = { oid: 23, size: 4 }
const date = { oid: 1082, size: 4 }

/** For a parameter of type `bigint[]`. Throws a RangeError for a number that does not fit into 64 bits. */
export function bigintColumn<Row>(rows: readonly Row[], pick: Pick<Row, bigint>): Buffer | null {
  return encode(rows, pick, int8, (view, offset, value) => {
    if (BigInt.asIntN(64, value) !== value) throw new RangeError(`not a 64-bit number: ${value}`)
    view.setBigInt64(offset, value)
  })
}

/** For a parameter of type `int[]`. Throws a RangeError for a number that does not fit into 32 bits. */
export function intColumn<Row>(rows: readonly Row[], pick: Pick<Row, number>): Buffer | null {
  return encode(rows, pick, int4, (view, offset, value) => {
    if ((value | 0) !== value) throw new RangeError(`not a 32-bit number: ${value}`)
    view.setInt32(offset, value)
  })
}

// PostgreSQL counts days from the first of January 2000.
const epochDays = Date.UTC(2000, 0, 1) / 86_400_000

/** For a parameter of type `date[]`. */
export function dateColumn<Row>(rows: readonly Row[], pick: Pick<Row, AccountingDate>): Buffer | null {
  let last = ''
  let lastDays = 0
  return encode(rows, pick, date, (view, offset, value) => {
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
    if (value === null || value === undefined) {
      view.setInt32(offset, -1)
      offset += 4
      nulls = 1
    } else {
      view.setInt32(offset, type.size)
      write(view, offset + 4, value)
      offset += 4 + type.size
    }
  }
  view.setInt32(0, 1) // dimensions
  view.setInt32(4, nulls)
  view.setInt32(8, type.oid)
  view.setInt32(12, rows.length)
  view.setInt32(16, 1) // the first place
  return Buffer.from(bytes, 0, offset)
}
