import { StringDecoder } from 'node:string_decoder'
import { BadInput } from '../kernel/bad-input.ts'
import { openInput } from './input-files.ts'
import { TextCheck } from './text-check.ts'

/** A value of JSON whose numbers are still the text that stood there, so that no digit is lost. */
export type JsonValue = string | JsonNumber | boolean | null | JsonValue[] | { [name: string]: JsonValue }

/** A number of JSON as it was written. */
export class JsonNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const longestObject = 8_000_000
const deepest = 10

/**
 * Streams the objects of a JSON file (UTF-8, with or without a byte-order mark): one array of objects, or objects one after the other, such as
 * JSON lines. Each is handed over with the line on which it begins; no more than one is held in memory. Throws `BadInput` for what is no such
 * file, for an object of more than 8 million characters, and for whatever `onObject` declines.
 */
export async function readJsonObjects(
  path: string,
  onObject: (object: { [name: string]: JsonValue }, line: number) => void,
): Promise<void> {
  const text = new TextCheck(path)
  const decoder = new StringDecoder('utf8')
  const splitter = new Splitter(path, onObject)
  for await (const chunk of openInput(path) as AsyncIterable<Buffer>) {
    text.refuseInvalid(chunk)
    splitter.feed(decoder.write(chunk))
  }
  text.refuseCutOff()
  splitter.end()
}

/** Finds where an object begins and ends; what is in it JSON.parse reads. */
class Splitter {
  private readonly path: string
  private readonly onObject: (object: { [name: string]: JsonValue }, line: number) => void
  private parts: string[] = []
  private length = 0
  private depth = 0
  private inText = false
  private escaped = false
  private line = 1
  private begunOn = 1
  private objects = 0
  private isFirst = true
  /** Of an array: whether it is open, and whether a comma or an object comes next. */
  private array: 'none' | 'open' | 'closed' = 'none'
  private afterObject = false
  private afterComma = false

  constructor(path: string, onObject: (object: { [name: string]: JsonValue }, line: number) => void) {
    this.path = path
    this.onObject = onObject
  }

  feed(text: string): void {
    const piece = this.isFirst && text !== '' ? text.replace(/^\uFEFF/, '') : text
    if (text !== '') this.isFirst = false
    let from = 0
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece[at] as string
      if (character === '\n') this.line += 1
      if (this.depth === 0) {
        if (!this.outside(character)) continue
        from = at
      } else if (this.inside(character)) {
        this.keep(piece.slice(from, at + 1))
        this.emit()
      }
    }
    if (this.depth > 0) this.keep(piece.slice(from))
  }

  end(): void {
    if (this.depth > 0) this.refuse('an object that does not end', 'expected it to be closed', this.begunOn)
    if (this.array === 'open') this.refuse('an array that does not end', 'expected it to be closed')
    if (this.objects === 0) this.refuse('no object', 'expected an array of objects, or one object after the other')
  }

  /** Whether an object begins here. */
  private outside(character: string): boolean {
    if (/\s/.test(character)) return false
    if (character === '{' && (this.array === 'none' || (this.array === 'open' && !this.afterObject))) {
      this.begunOn = this.line
      this.depth = 1
      this.afterComma = false
      return true
    }
    if (character === '[' && this.array === 'none' && this.objects === 0) this.array = 'open'
    else if (character === ',' && this.array === 'open' && this.afterObject) {
      this.afterObject = false
      this.afterComma = true
    } else if (character === ']' && this.array === 'open' && !this.afterComma) this.array = 'closed'
    else this.refuse(`'${character}' between objects`, 'expected an array of objects, or one object after the other')
    return false
  }

  /** Whether the object ends here. */
  private inside(character: string): boolean {
    if (this.inText) {
      if (this.escaped) this.escaped = false
      else if (character === '\\') this.escaped = true
      else if (character === '"') this.inText = false
    } else if (character === '"') this.inText = true
    else if (character === '{' || character === '[') {
      this.depth += 1
      if (this.depth > deepest) this.refuse('an object within objects that are too many', `expected ${deepest} at most`)
    } else if (character === '}' || character === ']') this.depth -= 1
    return this.depth === 0
  }

  private keep(piece: string): void {
    this.length += piece.length
    if (this.length > longestObject)
      this.refuse(`an object of more than ${longestObject} characters`, 'expected it to be closed before', this.begunOn)
    this.parts.push(piece)
  }

  private emit(): void {
    const text = this.parts.join('')
    this.parts = []
    this.length = 0
    this.afterObject = true
    this.objects += 1
    this.onObject(this.parsed(text), this.begunOn)
  }

  private parsed(text: string): { [name: string]: JsonValue } {
    try {
      return JSON.parse(text, (_name, value: unknown, context?: { source?: string }) => {
        if (typeof value === 'string' && !value.isWellFormed()) throw new Error('half of a character')
        return typeof value === 'number' ? new JsonNumber(context?.source ?? String(value)) : value
      })
    } catch (error) {
      return this.refuse(
        'an object that is no JSON',
        `expected JSON (${(error as Error).message.slice(0, 100)})`,
        this.begunOn,
      )
    }
  }

  private refuse(found: string, expected: string, line = this.line): never {
    throw new BadInput({ file: this.path, line, column: 1 }, found, expected)
  }
}
