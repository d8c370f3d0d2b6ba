/**
 * Columns of values on their way to PostgreSQL as array literals, for `unnest`. A column in which nothing is set is sent as null, which
 * `unnest` pads: a dimension that a batch does not use costs nothing.
 */
export function column<Row>(
  rows: readonly Row[],
  pick: (row: Row) => bigint | number | string | boolean | null | undefined,
): string | null {
  let literal = ''
  let anything = false
  for (const row of rows) {
    const value = pick(row)
    if (literal !== '') literal += ','
    if (value === null || value === undefined) literal += 'NULL'
    else {
      anything = true
      literal += typeof value === 'string' ? quoted(value) : String(value)
    }
  }
  return anything ? `{${literal}}` : null
}

const plain = /^[A-Za-z0-9_.:+-]+$/

function quoted(text: string): string {
  if (plain.test(text) && text.toUpperCase() !== 'NULL') return text
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
