import type { Database } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import type { Identity } from './identity.ts'
import { refuseWeakPassword } from './passwords.ts'
import { type ForBrowser, type FromBrowser, orRefuse, useCode } from './sign-in.ts'
import { attemptSucceeded, beginAttempt, type GuardedSubject } from './sign-in-guard.ts'
import { inIdentity } from './users.ts'

/** Changes what a person is called, from now on wherever their name stands. Refuses `input_invalid`. */
export async function changeOwnName(database: Database, userId: number, name: string): Promise<void> {
  if (name.trim() === '') throw new Refusal('input_invalid', { name: 'a person needs a name' })
  await inIdentity(database, (client) =>
    client.query('update auth."user" set name = $2, "updatedAt" = now() where id = $1', [userId, name.trim()]),
  )
}

export type Session = { id: string; since: string; expiresAt: string; address: string | null; browser: string | null }

/** The sessions of a person that have not expired. */
export async function listSessions({ app }: Database, userId: number): Promise<Session[]> {
  const { rows } = await app.query<Session>(
    `select id::text, ${utcMoment('"createdAt"')} as since, ${utcMoment('"expiresAt"')} as "expiresAt", "ipAddress" as address,
        "userAgent" as browser
       from auth.session where "userId" = $1 and "expiresAt" > now() order by "createdAt" desc`,
    [userId],
  )
  return rows
}

/** Ends one session of a person. Refuses `session_unknown`. */
export async function endSession({ app }: Database, userId: number, id: string): Promise<void> {
  const { rows } = await app.query('delete from auth.session where "userId" = $1 and id::text = $2 returning id', [
    userId,
    id,
  ])
  if (rows.length === 0) throw new Refusal('session_unknown', { session: id })
}

/** Who is asked for the password once more, and from where. */
export type Asked = { database: Database; email: string; from: FromBrowser }

/**
 * Does what takes the password once more. Whoever has found a session must not find the password with it, so a wrong one counts as a sign-in that
 * failed. Refuses `password_wrong`, `sign_in_locked`.
 */
async function withPassword<T>({ database, email, from }: Asked, act: () => Promise<T>): Promise<T> {
  const subjects: GuardedSubject[] = [
    { kind: 'address', name: from.address },
    { kind: 'email', name: email },
  ]
  await beginAttempt(database, subjects)
  const done = await orRefuse('password_wrong', act)
  await attemptSucceeded(database, subjects)
  return done
}

/** Sets a new password and ends all other sessions. Refuses `password_wrong`, `sign_in_locked`, `password_weak`. */
export async function changePassword(
  { auth }: Identity,
  { current, next }: { current: string; next: string },
  asked: Asked,
): Promise<ForBrowser> {
  refuseWeakPassword(next)
  const { headers } = await withPassword(asked, () =>
    auth.api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: asked.from.headers,
      returnHeaders: true,
    }),
  )
  return { setCookies: headers.getSetCookie() }
}

/** Whether signing in asks the person for a code. */
export async function hasSecondFactor({ app }: Database, userId: number): Promise<boolean> {
  const { rows } = await app.query<{ on: boolean }>(
    'select coalesce("twoFactorEnabled", false) as on from auth."user" where id = $1',
    [userId],
  )
  return rows[0]?.on ?? false
}

/** Begins a second factor: its secret as an `otpauth:` address, and ten recovery codes, shown this once. */
export async function beginSecondFactor(
  { auth }: Identity,
  password: string,
  asked: Asked,
): Promise<{ uri: string; recoveryCodes: string[] }> {
  const begun = await withPassword(asked, () =>
    auth.api.enableTwoFactor({ body: { password }, headers: asked.from.headers }),
  )
  if (!('totpURI' in begun)) throw new Refusal('second_factor_already_on')
  return { uri: begun.totpURI, recoveryCodes: begun.backupCodes }
}

/** Completes it with a first code; from now on every sign-in needs one. Refuses `second_factor_wrong`. */
export async function confirmSecondFactor(
  database: Database,
  { auth }: Identity,
  { userId, code }: { userId: number; code: string },
  from: FromBrowser,
): Promise<ForBrowser> {
  const { headers } = await orRefuse('second_factor_wrong', () =>
    auth.api.verifyTOTP({ body: { code: code.trim() }, headers: from.headers, returnHeaders: true }),
  )
  await useCode(database, userId, code)
  return { setCookies: headers.getSetCookie() }
}

/** Ends the second factor. Refuses `password_wrong` for a wrong password, `sign_in_locked`. */
export async function endSecondFactor({ auth }: Identity, password: string, asked: Asked): Promise<ForBrowser> {
  const { headers } = await withPassword(asked, () =>
    auth.api.disableTwoFactor({ body: { password }, headers: asked.from.headers, returnHeaders: true }),
  )
  return { setCookies: headers.getSetCookie() }
}

/** New recovery codes; the old ones are good no more. Refuses `password_wrong`, `sign_in_locked`. */
export async function newRecoveryCodes({ auth }: Identity, password: string, asked: Asked): Promise<string[]> {
  const { backupCodes } = await withPassword(asked, () =>
    auth.api.generateBackupCodes({ body: { password }, headers: asked.from.headers }),
  )
  return backupCodes
}

export type Passkey = { id: string; name: string; since: string | null }

export async function listPasskeys({ app }: Database, userId: number): Promise<Passkey[]> {
  const { rows } = await app.query<Passkey>(
    `select id::text, coalesce(name, '') as name, ${utcMoment('"createdAt"')} as since from auth.passkey where "userId" = $1 order by id`,
    [userId],
  )
  return rows
}

/** What the browser needs to make a passkey. */
export async function beginPasskey({ auth }: Identity, from: FromBrowser): Promise<ForBrowser & { options: unknown }> {
  const { headers, response } = await auth.api.generatePasskeyRegistrationOptions({
    headers: from.headers,
    returnHeaders: true,
  })
  return { options: response, setCookies: headers.getSetCookie() }
}

/** Keeps the passkey that the browser made. Refuses `passkey_failed`. */
export async function savePasskey(
  { auth }: Identity,
  { name, response }: { name: string; response: unknown },
  from: FromBrowser,
): Promise<ForBrowser> {
  const { headers } = await orRefuse('passkey_failed', () =>
    auth.api.verifyPasskeyRegistration({ body: { name, response }, headers: from.headers, returnHeaders: true }),
  )
  return { setCookies: headers.getSetCookie() }
}

/** Refuses `passkey_unknown`. */
export async function removePasskey({ app }: Database, userId: number, id: string): Promise<void> {
  const { rows } = await app.query('delete from auth.passkey where "userId" = $1 and id::text = $2 returning id', [
    userId,
    id,
  ])
  if (rows.length === 0) throw new Refusal('passkey_unknown', { passkey: id })
}
