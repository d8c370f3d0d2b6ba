/** Input that cannot be read as what it should be: where it stands, what stood there and what was expected. Nothing has been stored. */
export class BadInput extends Error {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly found: string
  readonly expected: string

  constructor(at: { file: string; line: number; column: number }, found: string, expected: string) {
    super(`${at.file}:${at.line}:${at.column}: ${found}; ${expected}`)
    this.name = 'BadInput'
    this.file = at.file
    this.line = at.line
    this.column = at.column
    this.found = found
    this.expected = expected
  }
}
