import { createHmac } from 'node:crypto'
import type { PermissionSet } from '../../src/kernel/permissions.ts'
import { cookieOf, type Site } from './site.ts'

/** Somebody at a browser, or a program with a key: asks in their own name. */
export type Person = {
  email: string
  cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

export const password = 'another sentence that nobody guesses'

export function personWith(site: Site, email: string, headers: Record<string, string>): Person {
  const send: Person['send'] = (method, path, body = {}, more = {}) =>
    site.send(method, path, body, { cookie: '', ...headers, ...more })
  return {
    email,
    cookie: headers.cookie ?? '',
    get: (path, more = {}) => site.get(path, { cookie: '', ...headers, ...more }),
    post: (path, body, more) => send('POST', path, body, more),
    send,
  }
}

export const nobody = (site: Site): Person => personWith(site, '', {})

/** The cookie of a new session. Throws where a second factor is wanted. */
export async function signIn(site: Site, email: string, secret = password): Promise<Person> {
  const response = await nobody(site).post('/api/v1/session', { email, password: secret })
  if (response.status !== 200) throw new Error(await response.text())
  return personWith(site, email, { cookie: cookieOf(response) })
}

let people = 0

/** Invites somebody new into a company (the address of its part of the API), who accepts and signs in. */
export async function join(site: Site, company: string, permissionSet: PermissionSet): Promise<Person> {
  people += 1
  const email = `${permissionSet}-${people}@shop.example`
  const invited = await site.post(`${company}/invitations`, { email, permissionSet })
  const { link } = (await invited.json()) as { link: string }
  const name = `${permissionSet} ${people}`
  const accepted = await nobody(site).post('/api/v1/invitations/accept', { token: tokenOf(link), name, password })
  if (accepted.status !== 200) throw new Error(await accepted.text())
  return await signIn(site, email)
}

export const tokenOf = (link: string): string => new URL(link).hash.slice(1)

export const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code

export const idOf = async (response: Response): Promise<string> =>
  String(((await response.json()) as { id: string }).id)

/** A key of a person's, and who asks with it. */
export async function keyOf(
  site: Site,
  company: string,
  person: Person,
  scopes: readonly string[],
  days = 30,
): Promise<Person & { id: string; key: string }> {
  const response = await person.post(`${company}/api-keys`, { name: 'Key', scopes, days })
  if (response.status !== 201) throw new Error(await response.text())
  const { id, key } = (await response.json()) as { id: string; key: string }
  return { ...personWith(site, person.email, { authorization: `Bearer ${key}` }), id, key }
}

/** The code that an authenticator shows for the secret of an `otpauth:` address (RFC 6238). */
export function authenticatorCode(uri: string, atMs = Date.now()): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const bits = [...secret.replace(/=+$/, '')].map((l) => letters.indexOf(l).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) as number) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
