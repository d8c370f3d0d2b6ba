import type pg from 'pg'
import { readCompany, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Workplace } from './workplace.ts'

/** Each holds a connection to the database for as long as it is read: so many at once leave enough of them to everybody else. */
const MOST_AT_ONCE = 4
/** So many of them are one person's, whose keys count as theirs: whoever reads slowly keeps nobody else out. */
const MOST_OF_A_PERSON = 2
/** Whoever has read nothing for so long is not there any more. */
const PATIENCE_MS = 60_000

/** Who reads at this moment, once for each. */
const underWay = new WeakMap<pg.Pool, string[]>()

/** `user:7` of `user:7:key:3`. */
const personOf = (actor: string): string => actor.replace(/:key:.*$/, '')

/** Takes a place among those who read. Refuses `too_many_requests` while as many are read, by this person or by all, as there may be at once. */
function takePlace({ app, actor }: Workplace['database']): { leave(): void } {
  const readers = underWay.get(app) ?? []
  const person = personOf(actor)
  if (readers.filter((one) => one === person).length >= MOST_OF_A_PERSON)
    throw new Refusal('too_many_requests', { atOnceByOnePerson: MOST_OF_A_PERSON })
  if (readers.length >= MOST_AT_ONCE) throw new Refusal('too_many_requests', { atOnce: MOST_AT_ONCE })
  readers.push(person)
  underWay.set(app, readers)
  let isHere = true
  const leave = (): void => {
    if (isHere) readers.splice(readers.indexOf(person), 1)
    isHere = false
  }
  return { leave }
}

/**
 * What one moment of the books gives, part by part, once `partsOf` has answered: what fails before that is refused as anything else. A failure midway
 * breaks the connection, so that nobody takes half of it for the whole, and so does a reader who takes nothing for `patienceMs`. Refuses
 * `too_many_requests` while as many are read, by this person or from this server, as there may be at once.
 */
export async function streamed(
  { database, log }: Pick<Workplace, 'database' | 'log'>,
  companyId: bigint,
  partsOf: (tx: Tx) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>,
  patienceMs = PATIENCE_MS,
): Promise<ReadableStream<Uint8Array>> {
  const place = takePlace(database)
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const { promise: begun, resolve: begin, reject: refuse } = Promise.withResolvers<boolean>()
  readCompany(database, companyId, async (tx) => {
    const parts = await partsOf(tx)
    begin(true)
    for await (const part of parts) await within(patienceMs, writer.write(part))
  })
    .then(async () => {
      // Whoever has read the end may ask for the next at once: the place is free before.
      place.leave()
      await within(patienceMs, writer.close())
    })
    .catch(async (error: Error | undefined) => {
      place.leave()
      refuse(error)
      writer.abort(error).catch(() => {})
      const cutOff = await begun.catch(() => false)
      if (cutOff) log(`An export was cut off: ${error?.message ?? 'nobody listens any more'}`)
    })
  await begun
  return readable
}

/** Waits for something to be read, and no longer. */
async function within(patienceMs: number, read: Promise<void>): Promise<void> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('nobody reads it')), patienceMs)
  await Promise.race([read, tooLong]).finally(() => clearTimeout(timer))
}
