import { readCompany, type Tx } from '../kernel/database.ts'
import type { Workplace } from './workplace.ts'

/** What one moment of the books gives, part by part. A failure midway breaks the connection, so that nobody takes half of it for the whole. */
export function streamed(
  { database, log }: Workplace,
  companyId: bigint,
  partsOf: (tx: Tx) => AsyncIterable<Uint8Array>,
): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  readCompany(database, companyId, async (tx) => {
    for await (const part of partsOf(tx)) await writer.write(part)
    await writer.close()
  }).catch((error: Error | undefined) => {
    log(`An export was cut off: ${error?.message ?? 'nobody listens any more'}`)
    writer.abort(error).catch(() => {})
  })
  return readable
}
