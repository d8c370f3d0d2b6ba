import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const bufferBytes = 64 * 1024
const readBytes = 16 * 1024

/** A file that is written in small pieces, taken out as a whole, and written anew. */
export class BucketFile {
  readonly path: string
  /** How much has been written since it was last empty. */
  bytes = 0
  private readonly buffer = Buffer.allocUnsafeSlow(bufferBytes)
  private waiting = 0
  private handle: number

  constructor(path: string) {
    this.path = path
    this.handle = openSync(path, 'w', 0o600)
  }

  write(piece: string | Buffer): void {
    const most = typeof piece === 'string' ? piece.length * 3 : piece.length
    if (most > bufferBytes - this.waiting) this.flush()
    if (most > bufferBytes) {
      writeFileSync(this.handle, piece)
      this.bytes += Buffer.byteLength(piece)
      return
    }
    const written =
      typeof piece === 'string' ? this.buffer.write(piece, this.waiting) : piece.copy(this.buffer, this.waiting)
    this.waiting += written
    this.bytes += written
  }

  /** Reads all that was written into `content`, which is as long as that, and empties the file. */
  takeOut(content: Buffer): void {
    this.close()
    const handle = openSync(this.path, 'r')
    try {
      for (let at = 0; at < content.length; ) {
        const read = readSync(handle, content, at, content.length - at, null)
        if (read === 0) throw new Error(`${this.path} is shorter than what was written to it`)
        at += read
      }
    } finally {
      closeSync(handle)
    }
    this.handle = openSync(this.path, 'w', 0o600)
    this.bytes = 0
  }

  close(): void {
    this.flush()
    closeSync(this.handle)
  }

  // Unlike writeSync, which may write a part and leave it at that, writeFileSync writes all of it or throws.
  private flush(): void {
    if (this.waiting > 0) writeFileSync(this.handle, this.buffer.subarray(0, this.waiting))
    this.waiting = 0
  }
}

/**
 * The lines of a sorted bucket, one at a time. They end in line feeds and nothing else: a description may hold any other character that
 * somebody calls the end of a line.
 */
export class SortedLines {
  private readonly handle: number
  private readonly decoder = new StringDecoder('utf8')
  private readonly piece = Buffer.allocUnsafeSlow(readBytes)
  private text = ''
  private at = 0
  /** Undefined after the last. */
  line: string | undefined
  /** What stands between the first two tabs of the line. */
  order = ''

  constructor(path: string) {
    this.handle = openSync(path, 'r')
    this.advance()
  }

  advance(): void {
    const parts: string[] = []
    for (;;) {
      const end = this.text.indexOf('\n', this.at)
      parts.push(this.text.slice(this.at, end < 0 ? undefined : end))
      this.at = end + 1
      if (end >= 0) break
      const bytes = readSync(this.handle, this.piece)
      this.text = this.decoder.write(this.piece.subarray(0, bytes))
      this.at = 0
      if (bytes > 0) continue
      this.line = undefined
      return
    }
    this.line = parts.join('')
    this.order = this.line.split('\t', 2)[1] as string
  }

  close(): void {
    closeSync(this.handle)
  }
}
