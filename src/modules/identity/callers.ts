import type { Database } from '../../kernel/database.ts'
import { notForKeys, type Permission, type PermissionSet, permissionSets } from '../../kernel/permissions.ts'
import type { Identity } from './identity.ts'
import { hashOfToken } from './tokens.ts'

/** A person who signed in, or a key of theirs. */
export type Caller = {
  /** `user:7`, or `user:7:key:3`. */
  actor: string
  userId: number
  name: string
  email: string
  installationOwner: boolean
  session: { id: string; token: string } | null
  /** The key and the company that it is for. */
  key: { id: bigint; companyId: bigint } | null
  /** What the caller may do in each company of which they are a member. */
  memberships: ReadonlyMap<bigint, ReadonlySet<Permission>>
}

/** What a caller may do in a company; undefined where they have no part in it. */
export const permissionsIn = (caller: Caller, companyId: bigint): ReadonlySet<Permission> | undefined =>
  caller.memberships.get(companyId) ?? (caller.installationOwner && caller.key === null ? everything : undefined)

const everything: ReadonlySet<Permission> = new Set(permissionSets.owner)

type Credentials = { cookie: string | undefined; bearer: string | undefined }
type Found = { caller: Caller; setCookies: string[] }

const TRUSTED_MS = 2_000
const MOST_KEPT = 10_000

/**
 * Finds out who calls. An answer is trusted for two seconds, so that a busy caller costs no query; what ends a session, a key or a membership
 * in this process is known at once, and in the others within these two seconds.
 */
export class Callers {
  private readonly database: Database
  private readonly identity: Identity
  private readonly known = new Map<string, { found: Promise<Found | undefined>; untilMs: number }>()

  constructor(database: Database, identity: Identity) {
    this.database = database
    this.identity = identity
  }

  /** Undefined for credentials that are missing, unknown or expired. */
  async find({ cookie, bearer }: Credentials): Promise<Found | undefined> {
    const credential = bearer === undefined ? cookie : `Bearer ${bearer}`
    if (credential === undefined) return undefined
    const known = this.known.get(credential)
    if (known !== undefined && known.untilMs > performance.now()) {
      const found = await known.found
      return found && { ...found, setCookies: [] }
    }
    if (this.known.size >= MOST_KEPT) this.known.clear()
    const found = bearer === undefined ? this.ofSession(credential) : this.ofKey(bearer)
    this.known.set(credential, { found, untilMs: performance.now() + TRUSTED_MS })
    const forget = (): void => void this.known.delete(credential)
    found.then((one) => one === undefined && forget(), forget)
    return await found
  }

  /** Something about people has changed: whoever calls next is looked up anew. */
  forget(): void {
    this.known.clear()
  }

  private async ofSession(cookie: string): Promise<Found | undefined> {
    const { headers, response } = await this.identity.auth.api.getSession({
      headers: new Headers({ cookie }),
      returnHeaders: true,
    })
    if (response === null) return undefined
    const { user, session } = response
    const userId = Number(user.id)
    const memberships = await this.membershipsOf(userId)
    const { name, email, installationOwner } = user
    const caller = { actor: `user:${userId}`, userId, name, email, installationOwner, key: null, memberships }
    return {
      caller: { ...caller, session: { id: String(session.id), token: session.token } },
      setCookies: headers.getSetCookie(),
    }
  }

  private async membershipsOf(userId: number): Promise<Caller['memberships']> {
    const { rows } = await this.database.app.query<{ company_id: bigint; permission_set: PermissionSet }>(
      'select company_id, permission_set from auth.membership where user_id = $1',
      [userId],
    )
    return new Map(rows.map((row) => [row.company_id, new Set(permissionSets[row.permission_set])]))
  }

  private async ofKey(key: string): Promise<Found | undefined> {
    const { rows } = await this.database.app.query<KeyRow>(keyQuery, [hashOfToken(key)])
    const [row] = rows
    if (row === undefined) return undefined
    const set =
      row.permission_set === null ? (row.owner ? permissionSets.owner : []) : permissionSets[row.permission_set]
    const held = new Set<Permission>(set)
    const permissions = row.scopes.filter((scope) => held.has(scope) && !notForKeys.includes(scope))
    if (set.length === 0) return undefined
    const caller: Caller = {
      actor: `user:${row.user_id}:key:${row.id}`,
      userId: row.user_id,
      name: row.name,
      email: row.email,
      installationOwner: row.owner,
      session: null,
      key: { id: row.id, companyId: row.company_id },
      memberships: new Map([[row.company_id, new Set(permissions)]]),
    }
    return { caller, setCookies: [] }
  }
}

type KeyRow = {
  id: bigint
  company_id: bigint
  user_id: number
  scopes: Permission[]
  name: string
  email: string
  owner: boolean
  permission_set: PermissionSet | null
}

// A key ends with its owner's membership: it never does more than its owner may do today.
const keyQuery = `select k.id, k.company_id, k.user_id, k.scopes, u.name, u.email, u."installationOwner" as owner, m.permission_set
  from auth.api_key k join auth."user" u on u.id = k.user_id
    left join auth.membership m on m.user_id = k.user_id and m.company_id = k.company_id
  where k.key_hash = $1 and k.revoked_at is null and k.expires_at > now()`
