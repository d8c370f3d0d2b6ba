import type { Context, TypedResponse } from 'hono'
import { inCompany, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type Kept, keepAnswer, keyOf, requestHash, takeKey } from './idempotency.ts'
import { learnFrom } from './learn.ts'
import { problemOf } from './problem.ts'
import type { Environment } from './workplace.ts'

export type Success = 200 | 201 | 202 | 207

/** What a command returns that did not do its work: another person must approve it first. Answered with 202. */
export class Waiting {
  readonly body: unknown
  constructor(body: unknown) {
    this.body = body
  }
}

const written = (status: Success, result: unknown): Kept =>
  result instanceof Waiting
    ? { status: 202, response: JSON.stringify(result.body) }
    : { status, response: JSON.stringify(result) }

/**
 * Runs a command for the company of the request in one transaction and answers with what it returns. With an `Idempotency-Key` the answer,
 * also a refusal, is kept with the command's own work, and the same request gets the same answer again; the same key with another request
 * is refused as `idempotency_key_reused`, and while the first one is under way as `idempotency_key_running`. `work` may be done again after
 * a deadlock, so it changes nothing but the database.
 */
export async function command<Body, Status extends Success>(
  c: Context<Environment>,
  status: Status,
  work: (tx: Tx) => Promise<Body | Waiting>,
): Promise<Response & TypedResponse<Body, Status, 'json'>> {
  const { database } = c.var.workplace
  const { companyId } = c.var
  const key = keyOf(c)
  if (key === undefined) {
    const result = await unlessDeadlocked(() => inCompany(database, companyId, work))
    await learnFrom(database, companyId, result, c.var.workplace.log)
    return answered(c, written(status, result))
  }
  const hash = await requestHash(c)
  try {
    const { replayed, result, ...kept } = await unlessDeadlocked(() =>
      inCompany(database, companyId, async (tx) => {
        const stored = await takeKey(tx, key, hash)
        if (stored !== undefined) return { ...stored, result: undefined, replayed: true }
        const result = await work(tx)
        const answer = written(status, result)
        await keepAnswer(tx, key, hash, answer)
        return { ...answer, result, replayed: false }
      }),
    )
    if (!replayed) await learnFrom(database, companyId, result, c.var.workplace.log)
    return answered(c, kept, replayed)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code.startsWith('idempotency_key_')) throw error
    await keepRefusal(c, key, hash, error)
    throw error
  }
}

/** What was refused left nothing behind, so its answer is kept in a transaction of its own; another request may have been quicker. */
async function keepRefusal(c: Context<Environment>, key: string, hash: Buffer, refusal: Refusal): Promise<void> {
  const problem = problemOf(refusal, c.var.workplace.log)
  const kept = { status: problem.status, response: JSON.stringify(problem) }
  try {
    await inCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
      if ((await takeKey(tx, key, hash)) === undefined) await keepAnswer(tx, key, hash, kept)
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

const mostAttempts = 3

/** Transactions that wait for each other in a circle are no fault of the request: the one that the database ends has done nothing, and begins again. */
export async function unlessDeadlocked<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt()
    } catch (error) {
      const deadlocked = error instanceof Error && 'code' in error && error.code === '40P01'
      if (!deadlocked || attempts === mostAttempts) throw error
    }
  }
}

/** Answers with what was written, or had been written for the same key before. */
export function answered<Body, Status extends Success>(
  c: Context,
  { status, response }: Kept,
  replayed = false,
): Response & TypedResponse<Body, Status, 'json'> {
  if (replayed) c.header('idempotency-replayed', 'true')
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  return c.body(response, status as 200, { 'content-type': type }) as unknown as Response &
    TypedResponse<Body, Status, 'json'>
}
