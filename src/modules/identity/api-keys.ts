import type { Tx } from '../../kernel/database.ts'
import { notForKeys, type Permission } from '../../kernel/permissions.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { hashOfToken, newToken } from './tokens.ts'

export type ApiKey = {
  id: bigint
  userId: number
  name: string
  hint: string
  scopes: Permission[]
  createdAt: string
  expiresAt: string
  state: 'active' | 'revoked' | 'expired'
}

const columns = `id, user_id as "userId", name, hint, scopes, ${utcMoment('created_at')} as "createdAt", ${utcMoment('expires_at')} as "expiresAt",
  case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end as state`

/** The keys of the company, the newest first; of one person, or of all. */
export const listApiKeys = (tx: Tx, userId: number | null): Promise<ApiKey[]> =>
  tx.query<ApiKey>(
    `select ${columns} from auth.api_key where company_id = $1 and ($2::int is null or user_id = $2) order by id desc limit 500`,
    [tx.companyId, userId],
  )

export type NewApiKey = { name: string; scopes: readonly Permission[]; days: number }

/** Makes a key for its holder, and returns it this once: only its hash is kept. Refuses `scope_not_held`. */
export async function createApiKey(
  tx: Tx,
  holder: { userId: number; permissions: ReadonlySet<Permission> },
  { name, scopes, days }: NewApiKey,
): Promise<{ apiKey: ApiKey; key: string }> {
  const beyond = scopes.filter((scope) => !holder.permissions.has(scope) || notForKeys.includes(scope))
  if (beyond.length > 0) throw new Refusal('scope_not_held', { scopes: beyond.join(', ') })
  const key = `ch_${newToken()}`
  const [apiKey] = await tx.query<ApiKey>(
    `insert into auth.api_key (company_id, user_id, name, hint, key_hash, scopes, expires_at)
       values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 day') returning ${columns}`,
    [tx.companyId, holder.userId, name.trim(), key.slice(0, 7), hashOfToken(key), [...new Set(scopes)], days],
  )
  return { apiKey: apiKey as ApiKey, key }
}

/** Ends a key; of one person, or of anybody. Refuses `api_key_unknown`. */
export async function revokeApiKey(tx: Tx, id: bigint, userId: number | null): Promise<void> {
  const revoked = await tx.query(
    `update auth.api_key set revoked_at = now()
       where company_id = $1 and id = $2 and revoked_at is null and ($3::int is null or user_id = $3) returning id`,
    [tx.companyId, id, userId],
  )
  if (revoked.length === 0) throw new Refusal('api_key_unknown', { apiKey: id })
}
