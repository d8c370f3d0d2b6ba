import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { BucketFile, SortedLines } from './bucket-file.ts'

/** A row on its way into its document: where it stood, and what it said. */
export type PlacedRow<Row> = { file: number; line: number; row: Row }

/** All rows of one document, in the order in which they stood. */
export type RowGroup<Row> = { key: string; rows: PlacedRow<Row>[] }

/** How rows are written into a bucket and read back, by their document's key and in the order of documents. */
export type RowCodec<Row> = {
  keyOf(row: Row): string
  /** Sorts documents by their first row; rows of equal order keep the order of the files. */
  orderOf(row: Row): string
  /** Sorts documents by all of their rows instead; documents of equal order keep that of their first rows. */
  orderOfAll?(rows: readonly Row[]): string
  pack(row: Row): readonly string[]
  unpack(fields: readonly string[]): Row
}

const bucketBytes = 2 * 1024 * 1024
const mostBuckets = 256
// A document is held in memory as a whole. The longest that we know has some thousand rows; a bucket is read as a whole, too.
const mostRows = 100_000
const mostBytesOfBucket = 512 * 1024 * 1024
const folderName = 'countinghouse-import-'
const abandonedAfterMs = 24 * 3_600_000

/**
 * Gathers the rows of documents whose lines may stand anywhere in the files, and gives the documents back in order, in memory that does not
 * grow with the files: rows are dealt into bucket files by a hash of their document's key, each bucket is grouped and sorted on its own,
 * and the sorted buckets are merged. A line of a bucket is the key, the order and the packed rows, parted by tabs. Rows wait as bytes outside
 * the heap, where they would outlive its young generation by the hundred megabytes.
 */
export class DocumentSpill<Row> {
  private readonly folder = mkdtempSync(join(tmpdir(), folderName))
  private readonly buckets: BucketFile[]
  private readonly codec: RowCodec<Row>
  rows = 0
  documents = 0

  constructor(totalBytes: number, codec: RowCodec<Row>) {
    removeLeftovers()
    this.codec = codec
    const count = Math.min(mostBuckets, Math.max(1, Math.ceil(totalBytes / bucketBytes)))
    this.buckets = Array.from({ length: count }, (_, index) => new BucketFile(join(this.folder, `bucket-${index}`)))
  }

  add(file: number, line: number, row: Row): void {
    this.rows += 1
    const key = this.codec.keyOf(row)
    const bucket = this.buckets[hashOf(key) % this.buckets.length] as BucketFile
    if (bucket.bytes > mostBytesOfBucket) throw tooLong(key)
    const order = orderKey(this.codec.orderOf(row), file, line)
    bucket.write(`${key}\t${order}\t${JSON.stringify([file, line, ...this.codec.pack(row)])}\n`)
  }

  /** Groups and sorts every bucket. Afterwards `documents` is known and `read` may be called. */
  sort(): void {
    const largest = this.buckets.reduce((bytes, bucket) => Math.max(bytes, bucket.bytes), 0)
    const content = Buffer.allocUnsafe(largest)
    for (const bucket of this.buckets) {
      const bytes = content.subarray(0, bucket.bytes)
      bucket.takeOut(bytes)
      const groups = this.sorted(groupLines(bytes), bytes)
      this.documents += groups.length
      for (const { key, order, rows } of groups) {
        bucket.write(`${key}\t${order}\t[`)
        for (const [index, [from, to]] of rows.entries()) {
          if (index > 0) bucket.write(',')
          bucket.write(bytes.subarray(from, to))
        }
        bucket.write(']\n')
      }
      bucket.close()
    }
  }

  private sorted(groups: LineGroup[], bytes: Buffer): LineGroup[] {
    for (const group of this.codec.orderOfAll === undefined ? [] : groups) {
      const rows = group.rows.map(([from, to]) => this.unpacked(JSON.parse(bytes.toString('utf8', from, to))).row)
      group.order = `${this.codec.orderOfAll?.(rows)} ${group.order}`
    }
    return groups.sort((a, b) => (a.order < b.order ? -1 : 1))
  }

  /** The documents in order. */
  *read(): Generator<RowGroup<Row>> {
    const buckets = this.buckets.map(({ path }) => new SortedLines(path))
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
    return { key, rows: packed.map((row) => this.unpacked(row)) }
  }

  private unpacked([file, line, ...fields]: [number, number, ...string[]]): PlacedRow<Row> {
    return { file, line, row: this.codec.unpack(fields) }
  }

  /** Removes the files. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Removes the folders of imports that were killed. Nobody knows whose they were, so they must be older than any import takes. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(folderName)) continue
    const path = join(tmpdir(), name)
    try {
      if (Date.now() - statSync(path).mtimeMs > abandonedAfterMs) rmSync(path, { recursive: true, force: true })
    } catch {
      // It is another user's, or somebody else has removed it by now.
    }
  }
}

const tooLong = (key: string): Refusal =>
  new Refusal('input_invalid', { document: key, rows: `more than ${mostRows}`, expected: 'several documents' })

type LineGroup = { key: string; order: string; rows: [from: number, to: number][] }

const tab = 9
const lineFeed = 10

/** Puts the packed rows of each key together, in the order of the first. JSON escapes tabs and line feeds, so that they part nothing else. */
function groupLines(bytes: Buffer): LineGroup[] {
  const groups = new Map<string, LineGroup>()
  for (let from = 0; from < bytes.length; ) {
    const endOfKey = bytes.indexOf(tab, from)
    const endOfOrder = bytes.indexOf(tab, endOfKey + 1)
    const end = bytes.indexOf(lineFeed, endOfOrder + 1)
    const key = bytes.toString('utf8', from, endOfKey)
    const row: [number, number] = [endOfOrder + 1, end]
    const group = groups.get(key)
    if (group === undefined)
      groups.set(key, { key, order: bytes.toString('utf8', endOfKey + 1, endOfOrder), rows: [row] })
    else if (group.rows.length < mostRows) group.rows.push(row)
    else throw tooLong(key)
    from = end + 1
  }
  return [...groups.values()]
}

const orderKey = (order: string, file: number, line: number): string =>
  `${order} ${String(file).padStart(7, '0')} ${String(line).padStart(12, '0')}`

/** FNV-1a, which spreads similar numbers well. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  return hash
}
