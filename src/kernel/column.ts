/**
 * Columns of values on their way to PostgreSQL as array literals, for `unnest`. A column in which nothing is set is sent as null, which
 * `unnest` pads: a dimension that a batch does not use costs nothing.
 */
export function column<Row>(
  rows: readonly Row[],
  pick: (row: Row) => bigint | number | string | boolean | null | undefined,
): string | null {
  const cells: string[] = []
  let unset = 0 // of the rows so far, all of them: they are written once a value follows
  let last: unknown
  let lastText = ''
  for (const row of rows) {
    const value = pick(row)
    if (value === null || value === undefined) {
      if (cells.length === 0) unset += 1
      else cells.push('NULL')
      continue
    }
    for (; unset > 0; unset -= 1) cells.push('NULL')
    // Neighbours are often equal: the lines of an entry share its id and its day.
    if (value !== last) {
      last = value
      lastText = typeof value === 'string' ? quoted(value) : String(value)
    }
    cells.push(lastText)
  }
  return cells.length === 0 ? null : `{${cells.join(',')}}`
}

const plain = /^[A-Za-z0-9_.:+-]+$/

function quoted(text: string): string {
  if (plain.test(text) && (text.length !== 4 || text.toUpperCase() !== 'NULL')) return text
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
