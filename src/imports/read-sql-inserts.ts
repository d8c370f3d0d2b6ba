import { StringDecoder } from 'node:string_decoder'
import { BadInput } from '../kernel/bad-input.ts'
import { openInput } from './input-files.ts'
import { TextCheck } from './text-check.ts'

/** A literal of an INSERT: its text without quotation marks, null, or undefined for an expression, which nobody here computes. */
export type SqlValue = string | null | undefined

/** A row that a script inserts; `columns` is undefined where the statement names none. */
export type SqlRow = { table: string; columns: readonly string[] | undefined; values: readonly SqlValue[] }

const longestToken = 1_000_000
const mostValues = 1_000

/**
 * Streams the rows that the INSERT statements of an SQL script hold (`INSERT [INTO] table [(column, …)] VALUES (…)[, (…)]`, UTF-8), with the line on
 * which each begins. Names may be quoted as "…", […] or `…`; all other statements and comments are read over. Nothing is executed. Throws
 * `BadInput` for a text, name or comment that does not end, or that is longer than a million characters.
 */
export async function readSqlInserts(path: string, onRow: (row: SqlRow, line: number) => void): Promise<void> {
  const text = new TextCheck(path)
  const decoder = new StringDecoder('utf8')
  const parser = new InsertParser(onRow)
  const tokens = new Tokens(path, (token, line) => parser.take(token, line))
  for await (const chunk of openInput(path) as AsyncIterable<Buffer>) {
    text.refuseInvalid(chunk)
    tokens.feed(decoder.write(chunk))
  }
  text.refuseCutOff()
  tokens.end()
}

type Token = { kind: 'word' | 'name' | 'text' | 'mark'; text: string }

type State = 'between' | 'word' | 'text' | 'name' | 'line-comment' | 'block-comment'

const closing: Readonly<Record<string, string>> = { '"': '"', '[': ']', '`': '`' }
const ofWord = /[\p{L}\p{N}_.$@#+-]/u

/** Cuts a script into words, quoted names, texts and marks, whatever the pieces in which it arrives. */
class Tokens {
  private readonly path: string
  private readonly onToken: (token: Token, line: number) => void
  private state: State = 'between'
  private parts: string[] = []
  private length = 0
  private close = ''
  private line = 1
  private begunOn = 1
  /** A character that means something else together with the next: - / * or the end of a quotation. */
  private before = ''

  constructor(path: string, onToken: (token: Token, line: number) => void) {
    this.path = path
    this.onToken = onToken
  }

  feed(text: string): void {
    for (const character of text) {
      this.step(character)
      if (character === '\n') this.line += 1
    }
  }

  end(): void {
    this.step('\n')
    if (this.state === 'between' || this.state === 'line-comment') return
    const what = { text: 'a text', name: 'a quoted name', 'block-comment': 'a comment' }[this.state as 'text']
    this.refuse(`${what} that does not end`, 'expected it to be closed')
  }

  private step(character: string): void {
    if (this.state === 'between') this.between(character)
    else if (this.state === 'word') this.inWord(character)
    else if (this.state === 'text' || this.state === 'name') this.inQuotes(character)
    else this.inComment(character)
  }

  private between(character: string): void {
    const before = this.before
    this.before = ''
    if (before !== '' && this.isBegunBy(before, character)) return
    if (before !== '') this.onToken({ kind: 'mark', text: before }, this.line)
    if (character === '-' || character === '/') this.before = character
    else if (character === "'") this.begin('text', "'")
    else if (Object.hasOwn(closing, character)) this.begin('name', closing[character])
    else if (ofWord.test(character)) {
      this.begin('word')
      this.add(character)
    } else if (!/\s/.test(character)) this.onToken({ kind: 'mark', text: character }, this.line)
  }

  /** Whether two characters begin a comment or a number below zero. */
  private isBegunBy(before: string, character: string): boolean {
    if (before === '-' && character === '-') this.begin('line-comment')
    else if (before === '/' && character === '*') this.begin('block-comment')
    else if (before === '-' && /[\d.]/.test(character)) {
      this.begin('word')
      this.add('-')
      this.add(character)
    } else return false
    return true
  }

  private inWord(character: string): void {
    if (ofWord.test(character)) this.add(character)
    else if (character === "'" && this.parts.join('').toUpperCase() === 'N') {
      this.begin('text', "'") // a text of Unicode: N'…'
    } else {
      this.emit('word')
      this.between(character)
    }
  }

  private inQuotes(character: string): void {
    if (this.before === '') {
      if (character === this.close) this.before = character
      else this.add(character)
      return
    }
    this.before = ''
    if (character === this.close) {
      this.add(character) // doubled, it stands for itself
      return
    }
    this.emit(this.state === 'text' ? 'text' : 'name')
    this.between(character)
  }

  private inComment(character: string): void {
    const isEnd = this.state === 'line-comment' ? character === '\n' : this.before === '*' && character === '/'
    this.before = character
    if (!isEnd) return
    this.before = ''
    this.state = 'between'
  }

  private begin(state: State, close = ''): void {
    this.state = state
    this.close = close
    this.parts = []
    this.length = 0
    this.before = ''
    this.begunOn = this.line
  }

  private add(character: string): void {
    this.length += 1
    if (this.length > longestToken)
      this.refuse(`a ${this.state} of more than ${longestToken} characters`, 'expected an SQL script')
    this.parts.push(character)
  }

  private emit(kind: Token['kind']): void {
    this.state = 'between'
    this.onToken({ kind, text: this.parts.join('') }, this.begunOn)
  }

  private refuse(found: string, expected: string): never {
    throw new BadInput({ file: this.path, line: this.begunOn, column: 1 }, found, expected)
  }
}

/** Finds the rows of INSERT statements in a stream of tokens. */
class InsertParser {
  private readonly onRow: (row: SqlRow, line: number) => void
  private expecting: 'insert' | 'table' | 'columns or values' | 'column' | 'values' | 'row' | 'value' = 'insert'
  private table = ''
  private columns: string[] | undefined
  private values: SqlValue[] = []
  private depth = 0
  private line = 1
  /** Whether the place in the row has no value yet. */
  private isEmpty = true

  constructor(onRow: (row: SqlRow, line: number) => void) {
    this.onRow = onRow
  }

  take(token: Token, line: number): void {
    const word = token.kind === 'word' ? token.text.toUpperCase() : ''
    if (this.expecting === 'value') this.value(token)
    else if (word === 'INSERT') this.expecting = 'table'
    else if (this.expecting === 'table') this.tableName(token, word)
    else if (this.expecting === 'columns or values') this.columnsOrValues(token, word)
    else if (this.expecting === 'column') this.column(token)
    else if (this.expecting === 'values') this.expecting = word === 'VALUES' ? 'row' : 'insert'
    else if (this.expecting === 'row') this.row(token, line)
  }

  private tableName(token: Token, word: string): void {
    if (word === 'INTO') return
    this.table = token.text.split('.').at(-1) as string
    this.columns = undefined
    this.expecting = token.kind === 'word' || token.kind === 'name' ? 'columns or values' : 'insert'
  }

  private columnsOrValues(token: Token, word: string): void {
    if (word === 'VALUES') this.expecting = 'row'
    else if (token.kind === 'mark' && token.text === '(') {
      this.columns = []
      this.expecting = 'column'
    } else if (token.text === '.')
      return // between a schema and its table
    else if (token.kind === 'name') this.table = token.text
    else if (token.kind === 'word' && token.text.startsWith('.')) this.table = token.text.slice(1)
    else this.expecting = 'insert'
  }

  private column(token: Token): void {
    if (token.kind === 'mark' && token.text === ')') this.expecting = 'values'
    else if (token.kind !== 'mark' && (this.columns as string[]).length < mostValues) this.columns?.push(token.text)
  }

  private row(token: Token, line: number): void {
    if (token.kind !== 'mark') this.expecting = 'insert'
    else if (token.text === '(') {
      this.values = []
      this.depth = 0
      this.line = line
      this.isEmpty = true
      this.expecting = 'value'
    } else if (token.text !== ',') this.expecting = 'insert'
  }

  private value(token: Token): void {
    const mark = token.kind === 'mark' ? token.text : ''
    if (mark === '(') {
      this.depth += 1
      this.setValue(undefined)
    } else if (mark === ')' && this.depth > 0) this.depth -= 1
    else if (mark === ')') {
      this.expecting = 'row'
      this.onRow({ table: this.table, columns: this.columns, values: this.values }, this.line)
    } else if (mark === ',' && this.depth === 0) this.isEmpty = true
    else if (this.depth === 0) this.setValue(literal(token, mark))
  }

  /** A second token in one place makes an expression of both. */
  private setValue(value: SqlValue): void {
    if (this.isEmpty) {
      if (this.values.length < mostValues) this.values.push(value)
    } else this.values[this.values.length - 1] = undefined
    this.isEmpty = false
  }
}

const literal = (token: Token, mark: string): SqlValue => {
  if (mark !== '' || token.kind === 'name') return undefined
  return token.kind === 'word' && token.text.toUpperCase() === 'NULL' ? null : token.text
}
