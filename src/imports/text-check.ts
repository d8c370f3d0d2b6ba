import { isUtf8 } from 'node:buffer'
import { BadInput } from '../kernel/bad-input.ts'

const lineFeed = 10

/** Finds bytes that are not text in UTF-8 in a file that arrives in pieces, and the line on which they stand. */
export class TextCheck {
  private readonly path: string
  private lines = 1
  /** The first bytes of a character whose rest comes with the next piece. */
  private begun: Buffer = Buffer.alloc(0)

  constructor(path: string) {
    this.path = path
  }

  /** Throws `BadInput` for bytes that no character begins or goes on with, and for NUL, which no database keeps in a text. */
  refuseInvalid(chunk: Buffer): void {
    const bytes = this.begun.length === 0 ? chunk : Buffer.concat([this.begun, chunk])
    const whole = bytes.subarray(0, bytes.length - unfinished(bytes))
    if (!isUtf8(whole)) this.refuse(this.lineOf(whole, (line) => !isUtf8(line)))
    if (whole.includes(0))
      this.refuse(
        this.lineOf(whole, (line) => line.includes(0)),
        'a NUL character',
      )
    this.begun = Buffer.from(bytes.subarray(whole.length))
    for (let at = whole.indexOf(lineFeed); at >= 0; at = whole.indexOf(lineFeed, at + 1)) this.lines += 1
  }

  /** Throws `BadInput` where the file ends within a character. */
  refuseCutOff(): void {
    if (this.begun.length > 0) this.refuse(this.lines)
  }

  private lineOf(bytes: Buffer, isBroken: (line: Buffer) => boolean): number {
    let line = this.lines
    let from = 0
    for (let to = bytes.indexOf(lineFeed); to >= 0; to = bytes.indexOf(lineFeed, from)) {
      if (isBroken(bytes.subarray(from, to))) return line
      line += 1
      from = to + 1
    }
    return line
  }

  private refuse(line: number, found = 'bytes that are not UTF-8'): never {
    throw new BadInput({ file: this.path, line, column: 1 }, found, 'expected text in UTF-8')
  }
}

/** How many bytes at the end begin a character that they do not end. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? back : 0
  }
  return 0
}
