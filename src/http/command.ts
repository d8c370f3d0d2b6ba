import { createHash } from 'node:crypto'
import type { Context, TypedResponse } from 'hono'
import { inCompany, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { problemOf } from './problem.ts'
import type { Environment } from './workplace.ts'

type Success = 200 | 201 | 202
type Json = string | number | boolean | null | { [name: string]: Json | undefined } | readonly Json[]

type Stored = { request_hash: Buffer; status: number; response: Json }

/**
 * Runs a command for the company of the request in one transaction and answers with what it returns. With an `Idempotency-Key` the answer,
 * also a refusal, is kept with the command's own work, and the same request gets the same answer again; the same key with another request
 * is refused as `idempotency_key_reused`. `work` may be done again after a deadlock, so it changes nothing but the database.
 */
export async function command<Body, Status extends Success>(
  c: Context<Environment>,
  status: Status,
  work: (tx: Tx) => Promise<Body>,
): Promise<Response & TypedResponse<Body, Status, 'json'>> {
  const { database } = c.var.workplace
  const { companyId } = c.var
  const key = c.req.header('idempotency-key')
  if (key === undefined) return answer(c, status, await unlessDeadlocked(() => inCompany(database, companyId, work)))
  if (key.trim() === '' || key.length > 200)
    throw new Refusal('input_invalid', { 'Idempotency-Key': 'up to 200 letters' })
  const hash = await requestHash(c)
  try {
    const { status: given, response } = await unlessDeadlocked(() =>
      inCompany(database, companyId, async (tx) => {
        const stored = await findAnswer(tx, key, hash)
        if (stored !== undefined) return stored
        const response = (await work(tx)) as Json
        await keepAnswer(tx, key, hash, status, response)
        return { status, response }
      }),
    )
    return answer(c, given as Status, response as Body)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'idempotency_key_reused') throw error
    // What was refused left nothing behind, so its answer is kept in a transaction of its own.
    const problem = problemOf(error, c.var.workplace.log)
    await inCompany(database, companyId, async (tx) => {
      if ((await findAnswer(tx, key, hash)) === undefined) await keepAnswer(tx, key, hash, problem.status, problem)
    })
    throw error
  }
}

const mostAttempts = 3

/** Transactions that wait for each other in a circle are no fault of the request: the one that the database ends has done nothing, and begins again. */
async function unlessDeadlocked<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt()
    } catch (error) {
      const deadlocked = error instanceof Error && 'code' in error && error.code === '40P01'
      if (!deadlocked || attempts === mostAttempts) throw error
    }
  }
}

function answer<Body, Status extends number>(
  c: Context,
  status: Status,
  body: Body,
): Response & TypedResponse<Body, Status & Success, 'json'> {
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  const response = c.body(JSON.stringify(body), status as 200, { 'content-type': type })
  return response as unknown as Response & TypedResponse<Body, Status & Success, 'json'>
}

async function requestHash(c: Context): Promise<Buffer> {
  const { pathname, search } = new URL(c.req.url)
  return createHash('sha256')
    .update(`${c.req.method} ${pathname}${search}\n${await c.req.text()}`)
    .digest()
}

/** Waits for a request with the same key that is under way. */
async function findAnswer(tx: Tx, key: string, hash: Buffer): Promise<Stored | undefined> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', [
    `countinghouse.idempotency ${key}`,
    tx.companyId,
  ])
  const [stored] = await tx.query<Stored>(
    'select request_hash, status, response from idempotency_key where company_id = $1 and key = $2',
    [tx.companyId, key],
  )
  if (stored !== undefined && !stored.request_hash.equals(hash)) throw new Refusal('idempotency_key_reused', { key })
  return stored
}

async function keepAnswer(tx: Tx, key: string, hash: Buffer, status: number, response: Json): Promise<void> {
  await tx.query(
    'insert into idempotency_key (company_id, key, request_hash, status, response) values ($1, $2, $3, $4, $5)',
    [tx.companyId, key, hash, status, JSON.stringify(response)],
  )
}
