import type { Context, TypedResponse } from 'hono'
import { inCompanyAsOwner, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { answered, type Success, unlessDeadlocked } from './command.ts'
import { KEY_DAYS, type Kept, keyOf, requestHash } from './idempotency.ts'
import { problemOf } from './problem.ts'
import type { Environment } from './workplace.ts'

/**
 * As `command`, for what belongs to no company yet: `work` runs as the owner for the company that it creates, whose id is given. Its
 * idempotency keys are the installation's.
 */
export async function installationCommand<Body, Status extends Success>(
  c: Context<Environment>,
  status: Status,
  companyId: bigint,
  work: (tx: Tx) => Promise<Body>,
): Promise<Response & TypedResponse<Body, Status, 'json'>> {
  const { database, log } = c.var.workplace
  const key = keyOf(c)
  const asOwner = <T>(act: (tx: Tx) => Promise<T>): Promise<T> =>
    unlessDeadlocked(() => inCompanyAsOwner(database, companyId, act))
  if (key === undefined) return answered(c, { status, response: JSON.stringify(await asOwner(work)) })
  const hash = await requestHash(c)
  try {
    const { replayed, ...kept } = await asOwner(async (tx) => {
      const stored = await takeKey(tx, key, hash)
      if (stored !== undefined) return { ...stored, replayed: true }
      const response = JSON.stringify(await work(tx))
      await keepAnswer(tx, key, hash, { status, response })
      return { status, response, replayed: false }
    })
    return answered(c, kept, replayed)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code.startsWith('idempotency_key_')) throw error
    const problem = problemOf(error, log)
    await asOwner((tx) => keepAnswer(tx, key, hash, { status: problem.status, response: JSON.stringify(problem) }))
    throw error
  }
}

async function takeKey(tx: Tx, key: string, hash: Buffer): Promise<Kept | undefined> {
  const [lock] = await tx.query<{ taken: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken',
    [`countinghouse.idempotency.installation ${key}`],
  )
  if (lock?.taken !== true) throw new Refusal('idempotency_key_running', { key })
  const [stored] = await tx.query<Kept & { request_hash: Buffer }>(
    `select request_hash, status, response from installation_idempotency_key
       where key = $1 and created_at > now() - interval '${KEY_DAYS} days'`,
    [key],
  )
  if (stored !== undefined && !stored.request_hash.equals(hash)) throw new Refusal('idempotency_key_reused', { key })
  return stored
}

/** Keeps the answer, unless another request has just been quicker; a key that has expired is used anew. */
async function keepAnswer(tx: Tx, key: string, hash: Buffer, { status, response }: Kept): Promise<void> {
  await tx.query(
    `insert into installation_idempotency_key as k (key, request_hash, status, response) values ($1, $2, $3, $4)
       on conflict (key) do update
         set request_hash = excluded.request_hash, status = excluded.status, response = excluded.response, created_at = now()
         where k.created_at <= now() - interval '${KEY_DAYS} days'`,
    [key, hash, status, response],
  )
}
