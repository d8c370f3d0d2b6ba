import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Environment } from './workplace.ts'

/** How long the answer to a key is kept; after that the key is a new one. */
export const KEY_DAYS = 7

/** An answer as it was given: done below 400, else refused. */
export type Kept = { status: number; response: string }

type Stored = Kept & { key: string; request_hash: Buffer }

/** The key of a request, if it has one. Refuses `input_invalid` for one that is empty or longer than 200 letters. */
export function keyOf(c: Context): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key !== undefined && (key.trim() === '' || key.length > 200))
    throw new Refusal('input_invalid', { 'Idempotency-Key': 'up to 200 letters' })
  return key
}

/** What a request asks, hashed: its method, address and body. */
export async function requestHash(c: Context<Environment>): Promise<Buffer> {
  const { pathname, search } = new URL(c.req.url)
  // The same words of another person are another request: they may be answered otherwise.
  return hashOf(`${c.var.caller?.userId ?? ''} ${c.req.method} ${pathname}${search}\n${await c.req.text()}`)
}

export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Takes the key for this transaction and returns the answer that it got before. Refuses `idempotency_key_running` while another request with
 * it is under way, and `idempotency_key_reused` where it asked something else. The lock ends with the transaction, also when its process is
 * killed.
 */
export async function takeKey(tx: Tx, key: string, hash: Buffer): Promise<Kept | undefined> {
  const [lock] = await tx.query<{ taken: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, $2)) as taken',
    [`countinghouse.idempotency ${key}`, tx.companyId],
  )
  if (lock?.taken !== true) throw new Refusal('idempotency_key_running', { key })
  const [stored] = await tx.query<Stored>(
    `select key, request_hash, status, response from idempotency_key
       where company_id = $1 and key = $2 and created_at > now() - interval '${KEY_DAYS} days'`,
    [tx.companyId, key],
  )
  if (stored !== undefined && !stored.request_hash.equals(hash)) throw new Refusal('idempotency_key_reused', { key })
  return stored
}

/** Keeps an answer with the work that it tells of. A key that has expired is used anew. */
export async function keepAnswer(tx: Tx, key: string, hash: Buffer, { status, response }: Kept): Promise<void> {
  await tx.query(
    `insert into idempotency_key (company_id, key, request_hash, status, response) values ($1, $2, $3, $4, $5)
       on conflict (company_id, key) do update
         set request_hash = excluded.request_hash, status = excluded.status, response = excluded.response, created_at = now()`,
    [tx.companyId, key, hash, status, response],
  )
}

/** What becomes of the items of a list that each have a key of their own: the answers that they got before, by place. */
export type ItemKeys = { answers: Map<number, Kept>; keep(answers: ReadonlyMap<number, Kept>): Promise<void> }

const itemKey = (key: string): string => `item ${key}`

/**
 * Takes the keys of the items of a list: a row is written for each, in order of the keys, so that another transaction with one of them waits
 * for this one, and finds its answer. Refuses `idempotency_key_reused` for a key that came with another item, or twice in the list.
 */
export async function takeItemKeys(
  tx: Tx,
  scope: string,
  keys: readonly (string | null)[],
  items: readonly unknown[],
): Promise<ItemKeys> {
  const keyed = keys.flatMap((key, place) =>
    key === null ? [] : [{ key: itemKey(key), place, hash: hashOf(`${scope}\n${JSON.stringify(items[place])}`) }],
  )
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1))
  const twice = keyed.find(({ key }, index) => keyed[index + 1]?.key === key)
  if (twice !== undefined) throw new Refusal('idempotency_key_reused', { key: keys[twice.place] })
  const values = [tx.companyId, column(keyed, (k) => k.key), column(keyed, (k) => k.hash.toString('hex'))]
  const stored = await tx.query<Stored & { fresh: boolean }>(
    `insert into idempotency_key as k (company_id, key, request_hash, status, response)
       select $1, n.key, decode(n.hash, 'hex'), 0, '' from unnest($2::text[], $3::text[]) as n (key, hash)
       on conflict (company_id, key) do update
         set created_at = case when k.created_at > now() - interval '${KEY_DAYS} days' then k.created_at else now() end,
             request_hash = case when k.created_at > now() - interval '${KEY_DAYS} days' then k.request_hash else excluded.request_hash end,
             status = case when k.created_at > now() - interval '${KEY_DAYS} days' then k.status else 0 end
       returning key, request_hash, status, response`,
    values,
  )
  const byKey = new Map(stored.map((row) => [row.key, row]))
  const answers = new Map<number, Kept>()
  for (const { key, place, hash } of keyed) {
    const row = byKey.get(key)
    if (row === undefined || row.status === 0) continue
    if (!row.request_hash.equals(hash)) throw new Refusal('idempotency_key_reused', { key: keys[place] })
    answers.set(place, { status: row.status, response: row.response })
  }
  return {
    answers,
    keep: async (given) => {
      const fresh = keyed.filter(({ place }) => given.has(place))
      await tx.query(
        `update idempotency_key k set status = g.status, response = g.response
           from unnest($2::text[], $3::int[], $4::text[]) as g (key, status, response)
           where k.company_id = $1 and k.key = g.key`,
        [
          tx.companyId,
          column(fresh, (k) => k.key),
          column(fresh, (k) => given.get(k.place)?.status),
          column(fresh, (k) => given.get(k.place)?.response),
        ],
      )
    },
  }
}
