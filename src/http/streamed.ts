import type pg from 'pg'
import { readCompany, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Workplace } from './workplace.ts'

/** Each holds a connection to the database for as long as it is read: so many at once leave enough of them to everybody else. */
const MOST_AT_ONCE = 4
/** Whoever has read nothing for so long is not there any more. */
const PATIENCE_MS = 120_000

const underWay = new WeakMap<pg.Pool, number>()

/**
 * What one moment of the books gives, part by part, once `partsOf` has answered: what fails before that is refused as anything else. A failure midway
 * breaks the connection, so that nobody takes half of it for the whole. Refuses `too_many_requests` while as many are read from this server as it
 * may give at once.
 */
export async function streamed(
  { database, log }: Pick<Workplace, 'database' | 'log'>,
  companyId: bigint,
  partsOf: (tx: Tx) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>,
  patienceMs = PATIENCE_MS,
): Promise<ReadableStream<Uint8Array>> {
  const { app } = database
  const others = underWay.get(app) ?? 0
  if (others >= MOST_AT_ONCE) throw new Refusal('too_many_requests', { atOnce: MOST_AT_ONCE })
  underWay.set(app, others + 1)
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const { promise: begun, resolve: begin, reject: refuse } = Promise.withResolvers<boolean>()
  readCompany(database, companyId, async (tx) => {
    const parts = await partsOf(tx)
    begin(true)
    for await (const part of parts) await within(patienceMs, writer.write(part))
    await within(patienceMs, writer.close())
  })
    .catch(async (error: Error | undefined) => {
      refuse(error)
      writer.abort(error).catch(() => {})
      const cutOff = await begun.catch(() => false)
      if (cutOff) log(`An export was cut off: ${error?.message ?? 'nobody listens any more'}`)
    })
    .finally(() => underWay.set(app, (underWay.get(app) ?? 1) - 1))
  await begun
  return readable
}

/** Waits for something to be read, and no longer. */
async function within(patienceMs: number, read: Promise<void>): Promise<void> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('nobody reads it')), patienceMs)
  await Promise.race([read, tooLong]).finally(() => clearTimeout(timer))
}
