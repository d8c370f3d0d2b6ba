import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

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

const bucketBytes = 8 * 1024 * 1024
const flushBytes = 128 * 1024
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
  async *read(): AsyncGenerator<RowGroup<Row>> {
    const heads: Head[] = []
    for (const { path } of this.buckets) {
      const input = createReadStream(path, { highWaterMark: flushBytes })
      const head = await nextLine({ lines: createInterface({ input })[Symbol.asyncIterator](), text: '', order: '' })
      if (head !== undefined) heads.push(head)
    }
    try {
      while (heads.length > 0) {
        const head = heads.reduce((first, other) => (other.order < first.order ? other : first))
        yield this.groupOf(head.text)
        if ((await nextLine(head)) === undefined) heads.splice(heads.indexOf(head), 1)
      }
    } finally {
      for (const { lines } of heads) await lines.return?.()
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
  if (bucket.pending.length > 0) writeSync(bucket.handle, bucket.pending.join(''))
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

type Head = { lines: AsyncIterator<string>; text: string; order: string }

async function nextLine(head: Head): Promise<Head | undefined> {
  const { value, done } = await head.lines.next()
  if (done === true) return undefined
  head.text = value
  head.order = value.split('\t', 2)[1] as string
  return head
}

const orderKey = (order: string, file: number, line: number): string =>
  `${order} ${String(file).padStart(7, '0')} ${String(line).padStart(12, '0')}`

/** FNV-1a, which spreads similar numbers well. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  return hash
}
