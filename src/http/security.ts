import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '../kernel/refusal.ts'
import { LARGEST_ATTACHMENT } from '../modules/attachments/index.ts'
import { takesLists } from './list-route.ts'
import { RequestProblem } from './problem.ts'
import type { Workplace } from './workplace.ts'

const ownNames = new Set(['localhost', '127.0.0.1', '[::1]'])
const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Where files arrive: streamed to disk, with a limit of their own. */
const isUpload = (path: string): boolean => path.endsWith('/imports/files')
/** Where a file arrives that is kept beside something, whole. */
const isAttachment = (path: string): boolean => path.endsWith('/attachments')

/**
 * Only the names that are meant are answered: a page of another site that resolves its own name to us (DNS rebinding) names another host, and
 * one that posts to us says where it comes from. A cookie alone never makes a change.
 */
export const onlyOurselves =
  ({ hosts, identity }: Workplace): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    const name = host.replace(/:\d+$/, '').toLowerCase()
    if (!ownNames.has(name) && !hosts.has(name)) throw new RequestProblem('host_unknown', `Host ${host}`)
    if (!readingMethods.has(c.req.method)) {
      const site = c.req.header('sec-fetch-site')
      if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new RequestProblem('cross_site')
      const origin = c.req.header('origin')
      if (origin !== undefined && origin !== `http://${host}` && origin !== identity.origin)
        throw new RequestProblem('cross_site', `Origin ${origin}`)
      refuseOtherThanJson(c.req.path, c.req.header('content-type'))
    }
    await next()
  }

/** A form of another site can send text, but not JSON, without asking first. */
function refuseOtherThanJson(path: string, contentType: string | undefined): void {
  if (isUpload(path) || isAttachment(path)) return
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new RequestProblem('body_type')
}

const MEBIBYTE = 1024 * 1024

const limitOf = (mebibytes: number): MiddlewareHandler =>
  bodyLimit({
    maxSize: mebibytes * MEBIBYTE,
    onError: () => {
      throw new RequestProblem('body_too_large', `This request holds at most ${mebibytes} MiB.`)
    },
  })

const limitOfOne = limitOf(4)
const limitOfList = limitOf(32)
const limitOfAttachment = limitOf(LARGEST_ATTACHMENT / MEBIBYTE)

export const limitBodies: MiddlewareHandler = (c, next) => {
  if (isUpload(c.req.path)) return next()
  if (isAttachment(c.req.path)) return limitOfAttachment(c, next)
  return takesLists(c.req.path) ? limitOfList(c, next) : limitOfOne(c, next)
}

/**
 * Half of a pair of surrogates, which JSON can write and UTF-8 cannot, would be one text here and another in the database. Refuses
 * `input_invalid`.
 */
export const refuseHalfCharacters: MiddlewareHandler = async (c, next) => {
  const { method, path } = c.req
  if (!readingMethods.has(method) && !isUpload(path) && !isAttachment(path)) {
    const text = await c.req.text()
    if (/\\u[dD][89a-fA-F]/.test(text) && holdsHalfCharacters(text))
      throw new Refusal('input_invalid', { text: 'half of a character', expected: 'Unicode' })
  }
  await next()
}

function holdsHalfCharacters(text: string): boolean {
  let found = false
  try {
    JSON.parse(text, (name, value: unknown) => {
      if (!name.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) found = true
      return value
    })
  } catch {
    // What is no JSON is declined for that.
  }
  return found
}

const policyWith = (styles: string): string =>
  [
    "default-src 'none'",
    `style-src ${styles}`,
    "script-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const contentPolicy = policyWith("'self'")

/** The policy of a page whose styles, beside those in files, are those that carry its nonce. */
export const pagePolicy = (nonce: string): string => policyWith(`'self' 'nonce-${nonce}'`)

/** Pages load nothing from elsewhere, are shown in no frame, and are what they say they are. */
export const protectiveHeaders =
  ({ identity }: Workplace): MiddlewareHandler =>
  async (c, next) => {
    await next()
    if (identity.origin.startsWith('https:')) c.header('strict-transport-security', 'max-age=31536000')
    c.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self)')
    c.header('x-frame-options', 'DENY')
    // A file that somebody attached says more strictly by itself what it may do.
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', contentPolicy)
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'same-origin')
    c.header('cross-origin-resource-policy', 'same-origin')
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  }
