import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'

/** A row on its way into its document: where it stood, and what it said. */
export type PlacedRow<Row> = { file: number; line: number; row: Row }

/** All rows of one document, in the order in which they stood. */
export type RowGroup<Row> = { key: string; rows: PlacedRow<Row>[] }

/** How rows are written into a bucket and read back, by their document's key and in the order of documents. */
export type RowCodec<Row> = {
  keyOf(row: Row): string
  /** Sorts documents by their first row; rows of equal order keep the order of the files. */
  orderOf(row: Row): string
  pack(row: Row): readonly string[]
  unpack(fields: readonly string[]): Row
}

const bucketBytes = 2 * 1024 * 1024
const flushBytes = 128 * 1024
const readBytes = 32 * 1024
const mostBuckets = 256

type Bucket = { path: string; handle: number; pending: string[]; size: number }

/**
 * Gathers the rows of documents whose lines may stand anywhere in the files, and gives the documents back in order, in memory that does not
 * grow with the files: rows are dealt into bucket files by a hash of their document's key, each bucket is grouped and sorted on its own,
 * and the sorted buckets are merged. A line of a bucket is the key, the order and the packed rows, parted by tabs.
 */
export class DocumentSpill<Row> {
  private readonly folder = mkdtempSync(join(tmpdir(), 'countinghouse-import-'))
  private readonly buckets: Bucket[]
  private readonly codec: RowCodec<Row>
  rows = 0
  documents = 0

  constructor(totalBytes: number, codec: RowCodec<Row>) {
    this.codec = codec
    const count = Math.min(mostBuckets, Math.max(1, Math.ceil(totalBytes / bucketBytes)))
    this.buckets = Array.from({ length: count }, (_, index) => {
      const path = join(this.folder, `bucket-${index}`)
      return { path, handle: openSync(path, 'w', 0o600), pending: [], size: 0 }
    })
  }

  add(file: number, line: number, row: Row): void {
    this.rows += 1
    const key = this.codec.keyOf(row)
    const bucket = this.buckets[hashOf(key) % this.buckets.length] as Bucket
    const order = orderKey(this.codec.orderOf(row), file, line)
    const text = `${key}\t${order}\t${JSON.stringify([file, line, ...this.codec.pack(row)])}\n`
    bucket.pending.push(text)
    bucket.size += text.length
    if (bucket.size > flushBytes) flush(bucket)
  }

  /** Groups and sorts every bucket. Afterwards `documents` is known and `read` may be called. */
  sort(): void {
    for (const bucket of this.buckets) {
      flush(bucket)
      closeSync(bucket.handle)
      const groups = groupRows(readFileSync(bucket.path, 'utf8'))
      this.documents += groups.length
      bucket.handle = openSync(bucket.path, 'w', 0o600)
      for (const { key, order, rows } of groups) {
        bucket.pending.push(`${key}\t${order}\t[${rows.join(',')}]\n`)
        if (bucket.pending.length === 200) flush(bucket)
      }
      flush(bucket)
      closeSync(bucket.handle)
    }
  }

  /** The documents in order. */
  *read(): Generator<RowGroup<Row>> {
    const buckets = this.buckets.map(({ path }) => new SortedBucket(path))
    try {
      const heads = buckets.filter((head) => head.line !== undefined)
      while (heads.length > 0) {
        const head = heads.reduce((first, other) => (other.order < first.order ? other : first))
        yield this.groupOf(head.line as string)
        head.advance()
        if (head.line === undefined) heads.splice(heads.indexOf(head), 1)
      }
    } finally {
      for (const bucket of buckets) bucket.close()
    }
  }

  private groupOf(text: string): RowGroup<Row> {
    const [key, , json] = text.split('\t', 3) as [string, string, string]
    const packed = JSON.parse(json) as [number, number, ...string[]][]
    return { key, rows: packed.map(([file, line, ...fields]) => ({ file, line, row: this.codec.unpack(fields) })) }
  }

  /** Removes the files. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function flush(bucket: Bucket): void {
  // Unlike writeSync, which may write a part and leave it at that, this writes all of it or throws.
  if (bucket.pending.length > 0) writeFileSync(bucket.handle, bucket.pending.join(''))
  bucket.pending = []
  bucket.size = 0
}

/** Puts the packed rows of each key together, in the order of the first. JSON escapes tabs, so that they part nothing but fields. */
function groupRows(text: string): { key: string; order: string; rows: string[] }[] {
  const groups = new Map<string, { key: string; order: string; rows: string[] }>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [key, order, json] = line.split('\t', 3) as [string, string, string]
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { key, order, rows: [json] })
    else group.rows.push(json)
  }
  return [...groups.values()].sort((a, b) => (a.order < b.order ? -1 : 1))
}

/**
 * The lines of a sorted bucket, one at a time. They end in line feeds and nothing else: a description may hold any other character that
 * somebody calls the end of a line.
 */
class SortedBucket {
  private readonly handle: number
  private readonly decoder = new StringDecoder('utf8')
  private readonly piece = Buffer.allocUnsafe(readBytes)
  private text = ''
  private at = 0
  line: string | undefined
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

const orderKey = (order: string, file: number, line: number): string =>
  `${order} ${String(file).padStart(7, '0')} ${String(line).padStart(12, '0')}`

/** FNV-1a, which spreads similar numbers well. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  return hash
}
