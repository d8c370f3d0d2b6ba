import type pg from 'pg'
import { actingAs, type Database, only } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import type { Identity } from './identity.ts'
import { hashPassword } from './passwords.ts'
import { hashOfToken, newToken } from './tokens.ts'

export type User = {
  id: number
  name: string
  email: string
  installationOwner: boolean
  secondFactor: boolean
  since: string
}

const userColumns = `u.id, u.name, u.email, u."installationOwner", coalesce(u."twoFactorEnabled", false) as "secondFactor",
  ${utcMoment('u."createdAt"')} as since`

export type NewUser = { name: string; email: string; password: string }

/** Every person of the installation. */
export const listUsers = async ({ app }: Database): Promise<User[]> =>
  (await app.query<User>(`select ${userColumns} from auth."user" u order by u.id`)).rows

/** Whether somebody owns the installation; until then nobody signs in. */
export const hasOwner = async ({ app }: Database): Promise<boolean> =>
  (await app.query(`select from auth."user" where "installationOwner" limit 1`)).rows.length > 0

/** Work on people in one transaction, in the actor's name. */
export async function inIdentity<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.app.connect()
  try {
    await client.query(`begin; set local countinghouse.actor = '${database.actor}'`)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

const LINK_HOURS = 24

/**
 * A token that makes its holder the owner of the installation, once. Earlier ones are good no more. Undefined when there is an owner already.
 */
export async function newOwnerLink(database: Database): Promise<string | undefined> {
  return await inIdentity(database, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('countinghouse.owner', 0))`)
    if ((await client.query(`select from auth."user" where "installationOwner" limit 1`)).rows.length > 0)
      return undefined
    await client.query(`update auth.one_time_link set used_at = now() where purpose = 'owner' and used_at is null`)
    const token = newToken()
    await client.query(
      `insert into auth.one_time_link (purpose, token_hash, expires_at) values ('owner', $1, now() + interval '30 days')`,
      [hashOfToken(token)],
    )
    return token
  })
}

/** A token with which a person sets a new password, once. Refuses `user_unknown`. */
export async function newResetLink(database: Database, email: string): Promise<string> {
  return await inIdentity(database, async (client) => {
    const { rows } = await client.query<{ id: number }>('select id from auth."user" where email = lower($1)', [email])
    if (rows[0] === undefined) throw new Refusal('user_unknown', { email })
    const token = newToken()
    await client.query(
      `insert into auth.one_time_link (purpose, user_id, token_hash, expires_at)
         values ('reset', $1, $2, now() + interval '${LINK_HOURS} hours')`,
      [rows[0].id, hashOfToken(token)],
    )
    return token
  })
}

/** Uses a link up. Refuses `link_not_valid`. */
async function useLink(client: pg.PoolClient, purpose: 'owner' | 'reset', token: string): Promise<number | null> {
  const { rows } = await client.query<{ user_id: number | null }>(
    `update auth.one_time_link set used_at = now()
       where token_hash = $1 and purpose = $2 and used_at is null and expires_at > now() returning user_id`,
    [hashOfToken(token), purpose],
  )
  if (rows[0] === undefined) throw new Refusal('link_not_valid')
  return rows[0].user_id
}

/** Adds a person who signs in with a password. Refuses `email_taken`, `input_invalid`. */
export async function insertUser(
  client: pg.PoolClient,
  { name, email, passwordHash, owner = false }: { name: string; email: string; passwordHash: string; owner?: boolean },
): Promise<number> {
  if (name.trim() === '') throw new Refusal('input_invalid', { name: 'a person needs a name' })
  const { rows } = await client.query<{ id: number }>(
    `insert into auth."user" (name, email, "emailVerified", "installationOwner") values ($1, lower($2), true, $3)
       on conflict (email) do nothing returning id`,
    [name.trim(), email.trim(), owner],
  )
  if (rows.length === 0) throw new Refusal('email_taken', { email })
  const { id } = only(rows)
  await client.query(
    `insert into auth.account ("accountId", "providerId", "userId", password) values ($1::text, 'credential', $1::int, $2)`,
    [id, passwordHash],
  )
  return id
}

/** Makes the holder of the owner's link the owner of the installation. Refuses `link_not_valid`, `password_weak`, `email_taken`. */
export async function createOwner(
  database: Database,
  identity: Identity,
  token: string,
  user: NewUser,
): Promise<number> {
  const passwordHash = await hashPassword(identity, user.password)
  return await inIdentity(actingAs(database, 'setup'), async (client) => {
    await useLink(client, 'owner', token)
    return await insertUser(client, { ...user, passwordHash, owner: true })
  })
}

/** Sets a new password by a link and ends every session of the person. Refuses `link_not_valid`, `password_weak`. */
export async function resetPassword(
  database: Database,
  identity: Identity,
  token: string,
  password: string,
): Promise<void> {
  const passwordHash = await hashPassword(identity, password)
  await inIdentity(actingAs(database, 'reset'), async (client) => {
    const userId = await useLink(client, 'reset', token)
    await client.query(
      `update auth.account set password = $2, "updatedAt" = now() where "userId" = $1 and "providerId" = 'credential'`,
      [userId, passwordHash],
    )
    await client.query('delete from auth.session where "userId" = $1', [userId])
  })
}

/** Takes a lost second factor and all passkeys away, and ends every session. Refuses `user_unknown`. */
export async function removeSecondFactor(database: Database, email: string): Promise<void> {
  await inIdentity(database, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `update auth."user" set "twoFactorEnabled" = false where email = lower($1) returning id`,
      [email],
    )
    if (rows[0] === undefined) throw new Refusal('user_unknown', { email })
    await client.query(
      `with factor as (delete from auth."twoFactor" where "userId" = $1), key as (delete from auth.passkey where "userId" = $1)
         delete from auth.session where "userId" = $1`,
      [rows[0].id],
    )
  })
}
