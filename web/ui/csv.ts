/** A field of a CSV file (RFC 4180). What a spreadsheet would take for a formula is marked as text. */
export function csvField(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** What separates the fields of a table: tabs as a spreadsheet copies it, or whichever of `;` and `,` its first line has. */
function separatorOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1)
  const bare = first.replace(/"[^"]*"/g, '')
  return ['\t', ';', ','].find((one) => bare.includes(one)) ?? '\t'
}

/**
 * A table that was copied from a spreadsheet or stands in a CSV file, row by row; fields may be quoted (RFC 4180) and are trimmed. Empty rows
 * stay, so that the place of a row is that of its line where no field holds a line break.
 */
export function readTable(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, '').replace(/(\r?\n)+$/, '')
  if (clean === '') return []
  const separator = separatorOf(clean)
  const rows: string[][] = [[]]
  const fields = new RegExp(`("(?:[^"]|"")*"|[^${separator}\\r\\n]*)(${separator}|\\r?\\n|$)`, 'gy')
  for (const [, field = '', end = ''] of clean.matchAll(fields)) {
    const plain = field.startsWith('"') && field.endsWith('"') && field.length > 1
    rows.at(-1)?.push((plain ? field.slice(1, -1).replaceAll('""', '"') : field).trim())
    if (end === '') break
    if (end !== separator) rows.push([])
  }
  return rows
}
