import { createHash } from 'node:crypto'
import { isAPIError } from 'better-auth/api'
import type { Database } from '../../kernel/database.ts'
import { Refusal, type RefusalCode } from '../../kernel/refusal.ts'
import type { Identity } from './identity.ts'
import { attemptSucceeded, beginAttempt, type GuardedSubject } from './sign-in-guard.ts'

/** What the caller's browser said of itself, and the cookies for it to keep. */
export type FromBrowser = { headers: Headers; address: string }
export type ForBrowser = { setCookies: string[] }

/** Does something of better-auth's; what it declines becomes the refusal. Its own faults stay what they are. */
export async function orRefuse<T>(code: RefusalCode, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) throw new Refusal(code)
    throw error
  }
}

/**
 * Signs in with a password. With a second factor set up, only its code completes it. Refuses `sign_in_failed`, also for an address that
 * nobody has, and `sign_in_locked`.
 */
export async function signIn(
  database: Database,
  { auth }: Identity,
  { email, password }: { email: string; password: string },
  from: FromBrowser,
): Promise<ForBrowser & { secondFactor: boolean }> {
  const subjects: GuardedSubject[] = [
    { kind: 'address', name: from.address },
    { kind: 'email', name: email },
  ]
  await beginAttempt(database, subjects)
  const { headers, response } = await orRefuse('sign_in_failed', () =>
    auth.api.signInEmail({ body: { email: email.trim(), password }, headers: from.headers, returnHeaders: true }),
  )
  await attemptSucceeded(database, subjects)
  return { secondFactor: 'twoFactorRedirect' in response, setCookies: headers.getSetCookie() }
}

/** Completes a sign-in with a code of the second factor, or with a recovery code. Refuses `second_factor_wrong`, `sign_in_locked`. */
export async function completeSignIn(
  database: Database,
  { auth }: Identity,
  { kind, code }: { kind: 'totp' | 'recovery'; code: string },
  from: FromBrowser,
): Promise<ForBrowser> {
  const subjects: GuardedSubject[] = [{ kind: 'address', name: from.address }]
  await beginAttempt(database, subjects)
  const request = { body: { code: code.trim() }, headers: from.headers, returnHeaders: true } as const
  const { headers, response } = await orRefuse('second_factor_wrong', () =>
    kind === 'totp' ? auth.api.verifyTOTP(request) : auth.api.verifyBackupCode(request),
  )
  if (kind === 'totp' && !(await useCode(database, Number(response.user.id), code))) {
    await database.app.query('delete from auth.session where token = $1', [response.token])
    throw new Refusal('second_factor_wrong')
  }
  await attemptSucceeded(database, subjects)
  return { setCookies: headers.getSetCookie() }
}

/** Uses a code up. False if it was used before: whoever saw it being typed must not use it again. */
export async function useCode({ app }: Database, userId: number, code: string): Promise<boolean> {
  await app.query(`delete from auth.used_code where used_at < now() - interval '1 hour'`)
  const { rows } = await app.query(
    'insert into auth.used_code (user_id, code_hash) values ($1, $2) on conflict do nothing returning user_id',
    [userId, createHash('sha256').update(code.trim()).digest()],
  )
  return rows.length > 0
}

/** Ends the session that the cookies name. */
export async function signOut({ auth }: Identity, from: FromBrowser): Promise<ForBrowser> {
  const { headers } = await auth.api.signOut({ headers: from.headers, returnHeaders: true })
  return { setCookies: headers.getSetCookie() }
}

/** What the browser needs to ask for a passkey. */
export async function passkeyOptions(
  { auth }: Identity,
  from: FromBrowser,
): Promise<ForBrowser & { options: unknown }> {
  const { headers, response } = await auth.api.generatePasskeyAuthenticationOptions({
    headers: from.headers,
    returnHeaders: true,
  })
  return { options: response, setCookies: headers.getSetCookie() }
}

/** Signs in with a passkey, which stands for password and second factor. Refuses `passkey_failed`, `sign_in_locked`. */
export async function signInWithPasskey(
  database: Database,
  { auth }: Identity,
  response: Record<string, unknown>,
  from: FromBrowser,
): Promise<ForBrowser> {
  const subjects: GuardedSubject[] = [{ kind: 'address', name: from.address }]
  await beginAttempt(database, subjects)
  // Its types do not tell that the answer comes with headers when they are asked for.
  const verify = auth.api.verifyPasskeyAuthentication as unknown as (request: object) => Promise<{ headers: Headers }>
  const { headers } = await orRefuse('passkey_failed', () =>
    verify({ body: { response }, headers: from.headers, returnHeaders: true }),
  )
  await attemptSucceeded(database, subjects)
  return { setCookies: headers.getSetCookie() }
}
