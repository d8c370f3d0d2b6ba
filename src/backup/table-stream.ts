import { createHash } from 'node:crypto'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { PART_BYTES } from './container.ts'

export type StreamSum = { rows: number; bytes: number; sha256: string }

/**
 * Runs a `copy … to stdout` of text and hands its bytes on in parts of about 4 MiB, one at a time; the server waits meanwhile. Returns what went by.
 * Rows are counted by the ends of their lines, which text keeps for that alone: how many the server says it sent may come after the last of them.
 */
export async function copyInParts(
  client: pg.ClientBase,
  statement: string,
  take: (part: Buffer) => Promise<void>,
): Promise<StreamSum> {
  const stream = client.query(copyTo(statement))
  const hash = createHash('sha256')
  let chunks: Buffer[] = []
  let held = 0
  let bytes = 0
  let rows = 0
  const pass = async (): Promise<void> => {
    const part = Buffer.concat(chunks)
    chunks = []
    held = 0
    hash.update(part)
    bytes += part.length
    rows += lineEndsIn(part)
    await take(part)
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    held += chunk.length
    if (held >= PART_BYTES) await pass()
  }
  if (held > 0) await pass()
  return { rows, bytes, sha256: hash.digest('hex') }
}

const LINE_END = 0x0a

function lineEndsIn(part: Buffer): number {
  let found = 0
  for (let at = part.indexOf(LINE_END); at !== -1; at = part.indexOf(LINE_END, at + 1)) found += 1
  return found
}
