import { actingAs, type Database, type Tx } from '../../kernel/database.ts'
import type { PermissionSet } from '../../kernel/permissions.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import type { Identity } from './identity.ts'
import { hashPassword } from './passwords.ts'
import { hashOfToken, newToken } from './tokens.ts'
import { inIdentity, insertUser } from './users.ts'

export type Member = {
  userId: number
  name: string
  email: string
  permissionSet: PermissionSet
  secondFactor: boolean
  since: string
}

/** The members of the company. */
export const listMembers = (tx: Tx): Promise<Member[]> =>
  tx.query<Member>(
    `select u.id as "userId", u.name, u.email, m.permission_set as "permissionSet",
        coalesce(u."twoFactorEnabled", false) as "secondFactor", ${utcMoment('m.since')} as since
       from auth.membership m join auth."user" u on u.id = m.user_id where m.company_id = $1 order by u.name, u.id`,
    [tx.companyId],
  )

/** Makes a person a member from the beginning: whoever creates a company owns it. */
export async function addMember(tx: Tx, userId: number, permissionSet: PermissionSet): Promise<void> {
  await tx.query(
    'insert into auth.membership (user_id, company_id, permission_set) values ($1, $2, $3) on conflict do nothing',
    [userId, tx.companyId, permissionSet],
  )
}

/** What a member may do from now on; `from` is what they might do as it was read, where that matters. */
export type MemberChange = { userId: number; permissionSet: PermissionSet; from?: PermissionSet | undefined }

/** Changes what members may do. Refuses `member_unknown`, `owner_needed`, and `changed_meanwhile` where somebody else has changed it since. */
export async function changeMembers(tx: Tx, changes: readonly MemberChange[]): Promise<void> {
  const now = await tx.query<{ userId: number; permissionSet: PermissionSet }>(
    `select user_id as "userId", permission_set as "permissionSet" from auth.membership
       where company_id = $1 and user_id = any ($2::int[]) order by user_id for update`,
    [tx.companyId, changes.map(({ userId }) => userId)],
  )
  for (const { userId, from } of changes) {
    const found = now.find((one) => one.userId === userId)
    if (found !== undefined && from !== undefined && found.permissionSet !== from)
      throw new Refusal('changed_meanwhile', { member: userId, permissionSet: found.permissionSet })
  }
  const changed = await tx.query(
    `update auth.membership m set permission_set = n.permission_set from unnest($2::int[], $3::text[]) as n (user_id, permission_set)
       where m.company_id = $1 and m.user_id = n.user_id returning m.user_id`,
    [tx.companyId, changes.map(({ userId }) => userId), changes.map(({ permissionSet }) => permissionSet)],
  )
  if (changed.length < changes.length) throw new Refusal('member_unknown')
  await refuseWithoutOwner(tx)
}

/** Ends memberships, with the keys that their holders have for the company. Refuses `member_unknown`, `owner_needed`. */
export async function endMembers(tx: Tx, userIds: readonly number[]): Promise<void> {
  const ended = await tx.query(
    'delete from auth.membership where company_id = $1 and user_id = any ($2::int[]) returning user_id',
    [tx.companyId, userIds],
  )
  if (ended.length < userIds.length) throw new Refusal('member_unknown')
  await tx.query(
    'update auth.api_key set revoked_at = now() where company_id = $1 and user_id = any ($2::int[]) and revoked_at is null',
    [tx.companyId, userIds],
  )
  await refuseWithoutOwner(tx)
}

/**
 * The owner of the installation is one of every company, unless they are a lesser member of it. Two owners who end each other at one moment
 * would leave none, so such changes wait for each other.
 */
async function refuseWithoutOwner(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('countinghouse.owners', $1))`, [tx.companyId])
  const owners = await tx.query(
    `select from auth.membership where company_id = $1 and permission_set = 'owner'
       union all select from auth."user" u where "installationOwner"
         and not exists (select from auth.membership m where m.company_id = $1 and m.user_id = u.id)
       limit 1`,
    [tx.companyId],
  )
  if (owners.length === 0) throw new Refusal('owner_needed')
}

export type Invitation = {
  id: bigint
  email: string
  permissionSet: PermissionSet
  invitedBy: string
  invitedAt: string
  expiresAt: string
  state: 'open' | 'accepted' | 'withdrawn' | 'expired'
}

const invitationColumns = `id, email, permission_set as "permissionSet", invited_by as "invitedBy", ${utcMoment('invited_at')} as "invitedAt",
  ${utcMoment('expires_at')} as "expiresAt", case when accepted_at is not null then 'accepted' when withdrawn_at is not null then 'withdrawn'
    when expires_at <= now() then 'expired' else 'open' end as state`

/** The company's invitations, the newest first. */
export const listInvitations = (tx: Tx): Promise<Invitation[]> =>
  tx.query<Invitation>(
    `select ${invitationColumns} from auth.invitation where company_id = $1 order by id desc limit 200`,
    [tx.companyId],
  )

/** Invites a person for seven days, and returns the token that is shown this once. */
export async function invite(
  tx: Tx,
  { email, permissionSet }: { email: string; permissionSet: PermissionSet },
): Promise<{ invitation: Invitation; token: string }> {
  const token = newToken()
  const [invitation] = await tx.query<Invitation>(
    `insert into auth.invitation (company_id, email, permission_set, token_hash, expires_at)
       values ($1, lower($2), $3, $4, now() + interval '7 days') returning ${invitationColumns}`,
    [tx.companyId, email.trim(), permissionSet, hashOfToken(token)],
  )
  return { invitation: invitation as Invitation, token }
}

/** Takes an invitation back. Refuses `invitation_unknown`, also for one that was accepted. */
export async function withdrawInvitation(tx: Tx, id: bigint): Promise<void> {
  const withdrawn = await tx.query(
    `update auth.invitation set withdrawn_at = now()
       where company_id = $1 and id = $2 and accepted_at is null and withdrawn_at is null returning id`,
    [tx.companyId, id],
  )
  if (withdrawn.length === 0) throw new Refusal('invitation_unknown', { invitation: id })
}

/**
 * Accepts an invitation, once: in the name of whoever is signed in, or as a new person of the invited address. An address that is known must
 * sign in first, and who is a member stays what they are, as does
 * the owner of the installation, who is one of every company: whoever tries a link out must not end as less. Refuses `link_not_valid`,
 * `email_taken`, `member_already`, `password_weak`, `not_signed_in`.
 */
export async function acceptInvitation(
  database: Database,
  identity: Identity,
  token: string,
  who: { userId: number } | { name: string; password: string },
): Promise<{ companyId: bigint; email: string }> {
  const passwordHash = 'password' in who ? await hashPassword(identity, who.password) : undefined
  return await inIdentity(actingAs(database, 'invitation'), async (client) => {
    const { rows } = await client.query<{ id: bigint; company_id: bigint; email: string; permission_set: string }>(
      `select id, company_id, email, permission_set from auth.invitation
         where token_hash = $1 and accepted_at is null and withdrawn_at is null and expires_at > now() for update`,
      [hashOfToken(token)],
    )
    const [invitation] = rows
    if (invitation === undefined) throw new Refusal('link_not_valid')
    const { email } = invitation
    const userId =
      'userId' in who
        ? who.userId
        : await insertUser(client, { name: who.name, email, passwordHash: passwordHash as string })
    await client.query('update auth.invitation set accepted_at = now(), accepted_by = $2 where id = $1', [
      invitation.id,
      userId,
    ])
    const { rows: joined } = await client.query(
      `insert into auth.membership (user_id, company_id, permission_set)
         select id, $2, $3 from auth."user" where id = $1 and not "installationOwner"
         on conflict (user_id, company_id) do nothing returning user_id`,
      [userId, invitation.company_id, invitation.permission_set],
    )
    if (joined.length === 0) throw new Refusal('member_already')
    return { companyId: invitation.company_id, email }
  })
}
