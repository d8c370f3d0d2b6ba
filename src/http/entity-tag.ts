import { hash } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { Refusal } from '../kernel/refusal.ts'
import type { Environment } from './workplace.ts'

/** The tag of what an answer says: equal answers have equal tags. */
const tagOf = (text: string): string => `"${hash('sha1', text, 'base64url')}"`

const names = (header: string, tag: string): boolean =>
  header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag || one.trim() === '*')

/**
 * Gives every JSON answer to a reading request its entity tag, and answers 304 where the client has just that. The text is hashed as it is
 * written, so that no answer is read back.
 */
export const entityTags: MiddlewareHandler<Environment> = async (c, next) => {
  if (c.req.method !== 'GET') return await next()
  const write = (value: unknown, status?: number): Response => {
    const text = JSON.stringify(value)
    if (status !== undefined && status !== 200) {
      return c.body(text, status as 400, { 'content-type': 'application/json' })
    }
    const tag = tagOf(text)
    const known = c.req.header('if-none-match')
    c.header('etag', tag)
    c.header('cache-control', 'private, no-cache')
    if (known !== undefined && names(known, tag)) return c.body(null, 304)
    return c.body(text, 200, { 'content-type': 'application/json' })
  }
  c.json = write as unknown as Context['json']
  await next()
}

/**
 * Refuses `changed_meanwhile` where the request says by If-Match what it has read, and the resource says something else now. To be asked in
 * the transaction that changes it, with its row locked and in the form in which it is read.
 */
export function refuseIfChanged(c: Context, now: unknown): void {
  const wanted = c.req.header('if-match')
  if (wanted !== undefined && !names(wanted, tagOf(JSON.stringify(now)))) {
    throw new Refusal('changed_meanwhile', { 'If-Match': wanted.slice(0, 200) })
  }
}
