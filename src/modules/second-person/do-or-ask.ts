import { createHash } from 'node:crypto'
import type { ApprovalKind } from '../../kernel/approval-kinds.ts'
import type { Tx } from '../../kernel/database.ts'
import { type ApprovalRequest, type ApprovalRule, askForApprovals, needsApproval } from '../approvals/index.ts'

/** What came of a command that may need a second person: it was done, or it waits. */
export type DoneOrWaiting<Result> = { done: Result } | { waiting: ApprovalRequest }

/** A command by hand of which a second person may have to approve some, and what a request for it is called. */
export type Work<Request, Result> = {
  kind: ApprovalKind
  /** The source under whose name an import has set them aside until somebody decides; null where none has. */
  source?: string | null
  /** The rule that it is under: that of journals, unless it says another. */
  rule?: ApprovalRule['kind']
  /** What each moves, in minor units of the base currency; null where no amount is asked about. */
  amountsOf(tx: Tx, requests: readonly Request[]): Promise<(bigint | null)[]>
  /** What makes it one, so that the same asked for twice waits once. */
  subjectOf(request: Request): string
  /** What it is in words, for whoever decides. */
  summaryOf(request: Request): string
  /** Does it, with nothing held back. */
  perform(tx: Tx, requests: readonly Request[], postedBy: string): Promise<Result[]>
  /** Whether a result had been there before, so that nothing is left to approve. */
  wasThere(result: Result): boolean
}

/** Does those of a list that need nobody else, and puts each of the others up for approval by itself. Refuses what the command refuses. */
export async function doOrAskEach<Request, Result>(
  tx: Tx,
  requests: readonly Request[],
  work: Work<Request, Result>,
): Promise<DoneOrWaiting<Result>[]> {
  const amounts = await work.amountsOf(tx, requests)
  const needed = await needsApproval(tx, work.rule ?? 'journal', amounts)
  const inQuestion = requests.flatMap((request, index) => (needed[index] ? [{ request, index }] : []))
  const tried = await tryOut(
    tx,
    inQuestion.map(({ request }) => request),
    work,
  )
  const held = new Set(
    inQuestion.filter((_, place) => !work.wasThere(tried[place] as Result)).map(({ index }) => index),
  )
  const free = requests.flatMap((request, index) => (held.has(index) ? [] : [{ request, index }]))
  const results = await work.perform(
    tx,
    free.map(({ request }) => request),
    tx.actor,
  )
  const done = new Map(free.map(({ index }, place) => [index, results[place] as Result]))
  const asked = await askForApprovals(
    tx,
    [...held].map((index) => askOf([requests[index] as Request], amounts[index] ?? null, work)),
  )
  const waiting = new Map([...held].map((index, place) => [index, asked[place] as ApprovalRequest]))
  return requests.map((_, index) => {
    const request = waiting.get(index)
    return request === undefined ? { done: done.get(index) as Result } : { waiting: request }
  })
}

/** Does a list, or puts all of it up for approval as one where any of it needs that. Refuses what the command refuses. */
export async function doOrAskAll<Request, Result>(
  tx: Tx,
  requests: readonly Request[],
  work: Work<Request, Result>,
): Promise<DoneOrWaiting<Result[]>> {
  const amounts = await work.amountsOf(tx, requests)
  const needed = await needsApproval(tx, work.rule ?? 'journal', amounts)
  const tried = needed.includes(true) ? await tryOut(tx, requests, work) : []
  if (!needed.some((one, index) => one && !work.wasThere(tried[index] as Result)))
    return { done: await work.perform(tx, requests, tx.actor) }
  const known = amounts.filter((amount) => amount !== null)
  const sum = known.length === 0 ? null : known.reduce((total, amount) => total + amount, 0n)
  const [waiting] = await askForApprovals(tx, [askOf(requests, sum, work)])
  return { waiting: waiting as ApprovalRequest }
}

/** What could not be done anyhow is refused at once, not after somebody has approved it. */
async function tryOut<Request, Result>(
  tx: Tx,
  requests: readonly Request[],
  work: Work<Request, Result>,
): Promise<Result[]> {
  if (requests.length === 0) return []
  return await triedOut(tx, () => work.perform(tx, requests, tx.actor))
}

/** Does something, takes it back, and returns what it came to. What it refuses is thrown. */
export async function triedOut<Result>(tx: Tx, act: () => Promise<Result>): Promise<Result> {
  await tx.query('savepoint before_asking')
  const result = await act()
  await tx.query('rollback to savepoint before_asking; release savepoint before_asking')
  return result
}

const MOST_NAMED = 5

function askOf<Request, Result>(requests: readonly Request[], amountMinor: bigint | null, work: Work<Request, Result>) {
  const { kind, source, subjectOf, summaryOf } = work
  const payload = { requests, ...(source !== undefined && { source }) }
  const [first, ...more] = requests
  if (more.length === 0)
    return { kind, amountMinor, payload, subject: subjectOf(first as Request), summary: summaryOf(first as Request) }
  const subjects = requests.map(subjectOf)
  const named = subjects.slice(0, MOST_NAMED).join(', ')
  const rest = subjects.length > MOST_NAMED ? ` and ${subjects.length - MOST_NAMED} more` : ''
  return {
    kind,
    amountMinor,
    payload,
    subject: `${subjects.length} ${createHash('sha256').update(subjects.join('\n')).digest('hex')}`,
    summary: `${subjects.length} together: ${named}${rest}`,
  }
}
