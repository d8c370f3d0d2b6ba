import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A row on its way into its document: where it stood, and what it said. */
export type PlacedRow<Row> = { file: number; line: number; row: Row }

/** All rows of one document, in the order in which they stood. */
export type RowGroup<Row> = { key: string; rows: PlacedRow<Row>[] }

const bucketBytes = 8 * 1024 * 1024
const flushBytes = 128 * 1024
const mostBuckets = 256

/**
 * Gathers the rows of documents whose lines may stand anywhere in the files, and gives the documents back in order, in memory that does not
 * grow with the files: rows are dealt into bucket files by a hash of their document's key, each bucket is grouped and sorted on its own,
 * and the sorted buckets are merged.
 */
export class DocumentSpill<Row> {
  private readonly folder = mkdtempSync(join(tmpdir(), 'countinghouse-import-'))
  private readonly buckets: { path: string; handle: number; pending: string[]; size: number }[]
  private readonly keyOf: (row: Row) => string
  private readonly orderOf: (row: Row) => string
  rows = 0
  documents = 0

  /** `orderOf` sorts documents by their first row; rows of equal order keep the order of the files. */
  constructor(totalBytes: number, keyOf: (row: Row) => string, orderOf: (row: Row) => string) {
    this.keyOf = keyOf
    this.orderOf = orderOf
    const count = Math.min(mostBuckets, Math.max(1, Math.ceil(totalBytes / bucketBytes)))
    this.buckets = Array.from({ length: count }, (_, index) => {
      const path = join(this.folder, `bucket-${index}`)
      return { path, handle: openSync(path, 'w', 0o600), pending: [], size: 0 }
    })
  }

  add(file: number, line: number, row: Row): void {
    this.rows += 1
    const bucket = this.buckets[hashOf(this.keyOf(row)) % this.buckets.length] as (typeof this.buckets)[number]
    const text = `${JSON.stringify([file, line, row])}\n`
    bucket.pending.push(text)
    bucket.size += text.length
    if (bucket.size > flushBytes) this.flush(bucket)
  }

  private flush(bucket: (typeof this.buckets)[number]): void {
    writeSync(bucket.handle, bucket.pending.join(''))
    bucket.pending = []
    bucket.size = 0
  }

  /** Groups and sorts every bucket. Afterwards `documents` is known and `read` may be called, as often as wanted. */
  sort(): void {
    for (const bucket of this.buckets) {
      this.flush(bucket)
      closeSync(bucket.handle)
      const groups = this.group(readFileSync(bucket.path, 'utf8'))
      this.documents += groups.length
      const handle = openSync(bucket.path, 'w', 0o600)
      for (let from = 0; from < groups.length; from += 200) {
        writeSync(
          handle,
          groups
            .slice(from, from + 200)
            .map((group) => `${JSON.stringify(group)}\n`)
            .join(''),
        )
      }
      closeSync(handle)
    }
  }

  private group(text: string): Sorted<Row>[] {
    const groups = new Map<string, Sorted<Row>>()
    for (const json of text.split('\n')) {
      if (json === '') continue
      const [file, line, row] = JSON.parse(json) as [number, number, Row]
      const key = this.keyOf(row)
      const group = groups.get(key)
      if (group === undefined)
        groups.set(key, { key, order: orderKey(this.orderOf(row), file, line), rows: [{ file, line, row }] })
      else group.rows.push({ file, line, row })
    }
    return [...groups.values()].sort((a, b) => (a.order < b.order ? -1 : 1))
  }

  /** The documents in order. */
  async *read(): AsyncGenerator<RowGroup<Row>> {
    const heads: Head<Row>[] = []
    for (const { path } of this.buckets) {
      const lines = createInterface({ input: createReadStream(path, { highWaterMark: flushBytes }) })[
        Symbol.asyncIterator
      ]()
      const group = await nextGroup<Row>(lines)
      if (group !== undefined) heads.push({ lines, group })
    }
    try {
      while (heads.length > 0) {
        let first = 0
        for (let index = 1; index < heads.length; index += 1) {
          if ((heads[index] as Head<Row>).group.order < (heads[first] as Head<Row>).group.order) first = index
        }
        const head = heads[first] as Head<Row>
        yield head.group
        const group = await nextGroup<Row>(head.lines)
        if (group === undefined) heads.splice(first, 1)
        else head.group = group
      }
    } finally {
      for (const { lines } of heads) await lines.return?.()
    }
  }

  /** Removes the files. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

type Sorted<Row> = RowGroup<Row> & { order: string }
type Head<Row> = { lines: AsyncIterator<string>; group: Sorted<Row> }

async function nextGroup<Row>(lines: AsyncIterator<string>): Promise<Sorted<Row> | undefined> {
  const { value, done } = await lines.next()
  return done === true ? undefined : (JSON.parse(value) as Sorted<Row>)
}

const orderKey = (order: string, file: number, line: number): string =>
  `${order} ${String(file).padStart(7, '0')} ${String(line).padStart(12, '0')}`

/** FNV-1a, which spreads similar numbers well. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  return hash
}
