import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { wordsOfRole } from '../../kernel/role-words.ts'
import { type Moved, movedSince } from '../../posting/moved.ts'
import { approvalRules, needsApproval, pendingAbout } from '../approvals/index.ts'
import {
  acceptDifferences,
  type Exception,
  exceptionsById,
  movedByException,
  namePayments,
  nameTaxes,
  noteExceptions,
  type PaymentRemedy,
  type Placing,
  placeDestinations,
  placeUnknownCodes,
  type Rerun,
  recordReruns,
  rerunExceptions,
  resolveExceptions,
} from '../inbox/index.ts'
import {
  type AskedMove,
  askForMoves,
  booksNow,
  isUnderRule,
  keptOf,
  keptWhereLarge,
  type MovingWork,
  type Shown,
} from './moves.ts'

/** What is to be done about an exception: what was done in words, what it turned out to be, or `again` by the rules as they are. */
export type Remedy = { id: bigint } & (
  | { text: string }
  | { standsFor: 'item' | 'charge'; role?: string | undefined; taxed?: boolean | undefined }
  | { country: string }
  | { taxCode: string }
  | Omit<PaymentRemedy, 'id'>
  | { acceptUpTo: string }
  | { again: true }
)

/** A remedy with the words of what it is about, so that whoever decides knows. */
type NamedRemedy = Remedy & { subject: string }

/**
 * Does something about each of a list of exceptions. What of it moves more out of suspense than one person may is put up for approval, each by
 * itself: its exception stays open, and says as which request it waits. Asked for once more, it is that request; with another remedy it is
 * refused (`approval_pending`). Refuses what the remedies refuse.
 */
export async function remedyOrAsk(tx: Tx, remedies: readonly Remedy[]): Promise<Rerun[]> {
  const exceptions = await exceptionsById(
    tx,
    remedies.map(({ id }) => id),
  )
  const waiting = await waitingOnes(tx, remedies)
  const named = remedies.map(
    (remedy, place): NamedRemedy => ({
      ...remedy,
      subject: (exceptions[place] as Exception).subject,
    }),
  )
  const outcomes = await doOrAsk(
    tx,
    named.filter(({ id }) => !waiting.has(id)),
  )
  const states = new Map(exceptions.map(({ id, state }) => [id, state]))
  return remedies.map(({ id }) => {
    const request = waiting.get(id)
    if (request === undefined) return outcomes.get(id) as Rerun
    return { id, state: states.get(id) as string, message: waitsAs(request), moved: 0, approvalId: request }
  })
}

const waitsAs = (request: bigint): string => `It waits for approval as request ${request}`

/** Those that wait already, by the exception. */
async function waitingOnes(tx: Tx, remedies: readonly Remedy[]): Promise<Map<bigint, bigint>> {
  const pending = await pendingAbout(
    tx,
    'remedy',
    remedies.map(({ id }) => String(id)),
  )
  const byId = new Map(pending.map((one) => [BigInt(one.subject), one]))
  for (const remedy of remedies) {
    const found = byId.get(remedy.id)
    if (found === undefined || 'again' in remedy) continue
    const { subject: _, ...asked } = (found.payload as AskedMove<NamedRemedy>).request
    if (!isDeepStrictEqual(asked, withoutUndefined(remedy)))
      throw new Refusal('approval_pending', { exception: remedy.id, approval: found.id })
  }
  return new Map([...byId].map(([id, one]) => [id, one.id]))
}

const withoutUndefined = <Value extends object>(value: Value): object =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))

async function doOrAsk(tx: Tx, remedies: readonly NamedRemedy[]): Promise<Map<bigint, Rerun>> {
  if (remedies.length === 0) return new Map()
  if (!(await isUnderRule(tx))) return byIdOf(await perform(tx, remedies))
  const ids = remedies.map(({ id }) => id)
  const { upTo, since } = await booksNow(tx)
  await tx.query('savepoint before_asking')
  const done = await perform(tx, remedies, { approved: true })
  const moved = await movedByException(tx, ids, since)
  const amounts = ids.map((id) => moved.get(id)?.debitsMinor ?? 0n)
  const needed = await needsApproval(tx, 'journal', amounts)
  const held = remedies.filter(({ id }, place) => needed[place] && moved.has(id))
  const all = await movedSince(tx, since)
  const [together] = await needsApproval(tx, 'journal', [all.largestMinor])
  if (held.length === 0 && (moved.size === 0 || together !== true)) {
    await tx.query('release savepoint before_asking')
    return byIdOf(done)
  }
  const alone = remedies.length === 1 ? await keptOf(tx, all) : undefined
  await tx.query('rollback to savepoint before_asking; release savepoint before_asking')
  const results: Rerun[] = []
  const free = remedies.filter((remedy) => !held.includes(remedy))
  for (const portion of await portionsOf(tx, free, moved)) results.push(...(await perform(tx, portion)))
  return byIdOf([...results, ...(await ask(tx, held, { moved, upTo, alone }))])
}

const byIdOf = (results: readonly Rerun[]): Map<bigint, Rerun> => new Map(results.map((one) => [one.id, one]))

/** So many at once that what moves together is no more than one person may move: an entry is never above the limit because of its neighbours. */
async function portionsOf(
  tx: Tx,
  remedies: readonly NamedRemedy[],
  moved: ReadonlyMap<bigint, Moved>,
): Promise<NamedRemedy[][]> {
  const rule = (await approvalRules(tx)).find(({ kind, active }) => kind === 'journal' && active)
  const limit = rule?.aboveMinor ?? 0n
  const portions: { remedies: NamedRemedy[]; sum: bigint }[] = []
  for (const remedy of remedies) {
    const amount = moved.get(remedy.id)?.debitsMinor ?? 0n
    const last = portions.at(-1)
    if (last === undefined || last.sum + amount > limit) portions.push({ remedies: [remedy], sum: amount })
    else {
      last.remedies.push(remedy)
      last.sum += amount
    }
  }
  return portions.map((portion) => portion.remedies)
}

/** What each has moved, and what is kept of the only one. */
type Tried = { moved: ReadonlyMap<bigint, Moved>; upTo: bigint; alone: Shown | undefined }

/** Puts up each by itself, and says so in its exception. */
async function ask(tx: Tx, remedies: readonly NamedRemedy[], { moved, upTo, alone }: Tried): Promise<Rerun[]> {
  const exceptions = await exceptionsById(
    tx,
    remedies.map(({ id }) => id),
  )
  const asked: ({ asked: AskedMove<NamedRemedy>; moved: Moved } & Shown)[] = []
  for (const remedy of remedies) {
    const one = moved.get(remedy.id) as Moved
    const request = withoutUndefined(remedy) as NamedRemedy
    const kept = alone ?? (await keptWhereLarge(tx, one, (how) => perform(tx, [remedy], how)))
    asked.push({ asked: { request, upTo, rules: 0, content: one.content, changes: [] }, moved: one, ...kept })
  }
  const requests = await askForMoves(tx, asked, remedyWork)
  const results = requests.map(({ id: approvalId }, place): Rerun => {
    const { id, state } = exceptions[place] as Exception
    return { id, state, message: waitsAs(approvalId), moved: 0, approvalId }
  })
  await recordReruns(tx, results)
  return results
}

export const remedyWork: MovingWork<NamedRemedy, Rerun[]> = {
  kind: 'remedy',
  subjectOf: ({ id }) => String(id),
  summaryOf: summaryOf,
  changesOf: async () => [],
  countRules: async () => 0,
  perform: (tx, remedy, how) => perform(tx, [remedy], how),
}

/** What is done when a remedy is declined: its exception is as open as before, and says why. */
export async function remedyDeclined(tx: Tx, payload: unknown, reason: string): Promise<void> {
  const { id } = (payload as AskedMove<NamedRemedy>).request
  await noteExceptions(tx, [{ id, body: `A second person declined the remedy: ${reason}` }])
}

const placesOfMoney = {
  clearing: 'with a payment processor',
  bank: 'on a bank account',
  cash: 'in the till',
  gift_card: 'a gift card',
  ignored: 'nothing',
} as const

function summaryOf(remedy: NamedRemedy): string {
  const { subject } = remedy
  if ('standsFor' in remedy)
    return remedy.standsFor === 'item'
      ? `The code ${subject} is an item`
      : `The code ${subject} is a fee or charge: ${wordsOfRole(remedy.role ?? 'sales')}`
  if ('taxCode' in remedy) return `The tax ${subject} is ${remedy.taxCode}`
  if ('moneyIs' in remedy) return `What was paid by ${subject} is ${placesOfMoney[remedy.moneyIs]}`
  if ('acceptUpTo' in remedy) return `The difference of ${subject} is accepted as rounding`
  return `${subject} by the rules as they are now`
}

/** Does what is said of each of a list of exceptions, and returns what became of each, in no order. */
async function perform(tx: Tx, remedies: readonly Remedy[], how: Placing = {}): Promise<Rerun[]> {
  const said = remedies.filter((remedy) => 'text' in remedy)
  await resolveExceptions(
    tx,
    said.map(({ id, text }) => ({ id, body: text })),
  )
  const codes = remedies.filter((remedy) => 'standsFor' in remedy)
  const places = remedies.filter((remedy) => 'country' in remedy)
  const taxes = remedies.filter((remedy) => 'taxCode' in remedy)
  const payments = remedies.filter((remedy) => 'moneyIs' in remedy)
  const differences = remedies.filter((remedy) => 'acceptUpTo' in remedy)
  const again = remedies.filter((remedy) => 'again' in remedy)
  const accepted = differences.map(({ id, acceptUpTo }) => ({ id, upTo: acceptUpTo }))
  return [
    ...said.map(({ id, text }) => ({ id, state: 'resolved', message: text, moved: 0 })),
    ...(codes.length > 0 ? await placeUnknownCodes(tx, codes.map(asCode), how) : []),
    ...(places.length > 0 ? await placeDestinations(tx, places) : []),
    ...(taxes.length > 0 ? await nameTaxes(tx, taxes, how) : []),
    ...(payments.length > 0 ? await namePayments(tx, payments, how) : []),
    ...(accepted.length > 0 ? await acceptDifferences(tx, accepted, how) : []),
    ...(again.length > 0
      ? await rerunExceptions(
          tx,
          again.map(({ id }) => id),
          how,
        )
      : []),
  ]
}

const asCode = ({ id, standsFor, role, taxed }: Extract<Remedy, { standsFor: unknown }>) => ({
  id,
  standsFor,
  ...(role === undefined ? {} : { role }),
  ...(taxed === undefined ? {} : { taxed }),
})
