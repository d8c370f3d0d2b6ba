import { randomBytes } from 'node:crypto'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import pg from 'pg'
import { type Database, only } from '../../kernel/database.ts'

export type IdentityOptions = {
  database: Database
  /** Connection string; without `appUrl` the owner's login takes the application's role. */
  url: string
  appUrl?: string | undefined
  /** Where people reach the server, such as https://books.example.com. Passkeys belong to its name; https makes cookies secure. */
  origin: string
  secret?: string | undefined
}

const SESSION_SECONDS = 7 * 24 * 60 * 60

/** Who signs in and how: better-auth on the schema `auth`, with a small pool of its own. */
export async function openIdentity({ database, url, appUrl, origin, secret }: IdentityOptions) {
  const role = appUrl ? '' : ' -c role=countinghouse_app'
  const pool = new pg.Pool({
    connectionString: appUrl ?? url,
    max: 3,
    options: `-c timezone=UTC -c search_path=auth -c countinghouse.actor=identity${role}`,
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const auth = authOn(pool, origin, secret ?? (await installationSecret(database)))
  await auth.$context
  return { auth, origin, close: () => pool.end() }
}

export type Identity = Awaited<ReturnType<typeof openIdentity>>

const authOn = (pool: pg.Pool, origin: string, secret: string) =>
  betterAuth({
    appName: 'Countinghouse',
    baseURL: origin,
    secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    session: { expiresIn: SESSION_SECONDS, updateAge: 24 * 60 * 60, freshAge: 0 },
    // Limits and lock-outs are our own, in the database, and count before a password is looked at.
    rateLimit: { enabled: false },
    user: { additionalFields: { installationOwner: { type: 'boolean', input: false, defaultValue: false } } },
    advanced: {
      database: { generateId: 'serial' },
      cookiePrefix: 'countinghouse',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    plugins: [
      twoFactor({ issuer: 'Countinghouse' }),
      passkey({
        rpID: new URL(origin).hostname,
        rpName: 'Countinghouse',
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        // It stands for password and second factor at once, so the device must have asked who is there.
        authentication: {
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED')
          },
        },
      }),
    ],
  })

/** Keeps where the server is, as people reach it, for links that are made without it. */
export async function keepOrigin({ app }: Database, origin: string): Promise<void> {
  await app.query('update auth.installation set origin = $1 where origin is distinct from $1', [origin])
}

/** Where the server was last started; undefined before the first start. */
export async function keptOrigin({ app }: Database): Promise<string | undefined> {
  const { rows } = await app.query<{ origin: string | null }>('select origin from auth.installation')
  return rows[0]?.origin ?? undefined
}

/** The secret of all processes on this database; the first one makes it. */
async function installationSecret({ app }: Database): Promise<string> {
  await app.query('insert into auth.installation (secret) values ($1) on conflict do nothing', [
    randomBytes(32).toString('base64url'),
  ])
  const { rows } = await app.query<{ secret: string }>('select secret from auth.installation')
  return only(rows).secret
}
