import { accountingDate } from '../kernel/accounting-date.ts'
import { bisect } from '../kernel/bisect.ts'
import type { Tx } from '../kernel/database.ts'
import type { Refusal } from '../kernel/refusal.ts'
import {
  type Exception,
  exceptionsById,
  portionsOfContents,
  type Rerun,
  recordReruns,
  refusedContents,
} from '../modules/inbox/index.ts'
import { remedyOrAsk, retryDueDaysOrAsk } from '../modules/second-person/index.ts'
import { rerunnable } from './rerunnable.ts'

/**
 * Tries again whatever exceptions stopped at, by the rules as they are now: codes and destinations, documents that the books refused and that were
 * kept with their exceptions, and recurring journals. What succeeded is closed, what is still refused says why,
 * and what takes a second person waits for one. Refuses `exception_unknown`.
 */
export async function rerunAll(tx: Tx, ids: readonly bigint[]): Promise<Rerun[]> {
  const exceptions = await exceptionsById(tx, ids)
  const open = exceptions.filter(({ state }) => state === 'open' || state === 'in_progress')
  const documents = await rerunDocuments(
    tx,
    open.filter(({ kind }) => kind === 'document_refused'),
  )
  const days = await rerunDueDays(
    tx,
    open.filter(({ kind }) => kind === 'recurring_journal_refused'),
  )
  const done = new Map([...documents, ...days].map((one) => [one.id, one]))
  await recordReruns(tx, [...done.values()])
  const rest = await remedyOrAsk(
    tx,
    exceptions.filter(({ id }) => !done.has(id)).map(({ id }) => ({ id, again: true })),
  )
  for (const one of rest) done.set(one.id, one)
  return exceptions.map(({ id }) => done.get(id) as Rerun)
}

const inTheBooks = 'The document is in the books'
const waitsAs = (request: bigint): string => `It waits for approval as request ${request}`
const notKept = 'What it said is not kept: import its file again'

async function rerunDocuments(tx: Tx, exceptions: readonly Exception[]): Promise<Rerun[]> {
  const ids = exceptions.map(({ id }) => id)
  const outcomes = new Map<bigint, Refusal | null | { waits: bigint }>()
  for (const portion of await portionsOfContents(tx, ids)) {
    const contents = await refusedContents(tx, portion)
    const kept = [...contents].map(([id, { format, content }]) => ({ id, format, content }))
    for (const [format, documents] of Map.groupBy(kept, ({ format }) => format))
      for (const [id, refusal] of (await rerunnable.get(format)?.(tx, documents)) ?? []) outcomes.set(id, refusal)
  }
  return exceptions.map(({ id, state }): Rerun => {
    const refusal = outcomes.get(id)
    if (refusal === undefined) return { id, state, message: notKept, moved: 0 }
    if (refusal !== null && 'waits' in refusal)
      return { id, state, message: waitsAs(refusal.waits), moved: 0, approvalId: refusal.waits }
    return refusal === null
      ? { id, state: 'resolved', message: inTheBooks, moved: 0 }
      : { id, state, message: refusal.message, moved: 0 }
  })
}

const dayLength = '2011-01-31'.length

/** The subject is the name of the recurring journal and its due day. */
async function rerunDueDays(tx: Tx, exceptions: readonly Exception[]): Promise<Rerun[]> {
  const results = new Map<bigint, Rerun>()
  const retries = exceptions.map(({ id, state, subject }) => ({
    id,
    state,
    name: subject.slice(0, -dayLength - 1),
    dueOn: accountingDate(subject.slice(-dayLength)),
  }))
  await bisect(tx, retries, {
    perform: async (some) => {
      const outcome = await retryDueDaysOrAsk(
        tx,
        some.map(({ name, dueOn }) => ({ name, dueOn })),
        'each',
      )
      const each = 'each' in outcome ? outcome.each : []
      for (const [index, { id, state }] of some.entries()) {
        const one = each[index]
        const waits = one !== undefined && 'waiting' in one
        const message = waits ? waitsAs(one.waiting.id) : 'The journal is posted'
        const approvalId = waits ? one.waiting.id : undefined
        results.set(id, { id, state: waits ? state : 'resolved', message, moved: 0, approvalId })
      }
    },
    refuse: ({ id, state }, { message }) => void results.set(id, { id, state, message, moved: 0 }),
  })
  return exceptions.map(({ id }) => results.get(id) as Rerun)
}
