import type { Context, MiddlewareHandler } from 'hono'
import { actingAs, requireCompany } from '../kernel/database.ts'
import type { RoutePermission } from '../kernel/permissions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type Caller, permissionsIn } from '../modules/identity/index.ts'
import type { Environment, Workplace } from './workplace.ts'

type C = Context<Environment>

/** How many requests a minute somebody may make who has not signed in. */
const MOST_UNKNOWN_PER_MINUTE = 600

/** What is for everybody or for the machines that watch over this one, and is not counted. */
const freePaths = new Set(['/healthz', '/readyz', '/metrics', '/api', '/api/openapi.json'])
const isFree = (path: string): boolean => path.startsWith('/assets/') || freePaths.has(path)

/** Finds out who calls, counts the request, and has all that follows work in the caller's name. */
export const identify =
  (workplace: Workplace): MiddlewareHandler<Environment> =>
  async (c, next) => {
    c.set('workplace', workplace)
    c.set('address', addressOf(c))
    if (isFree(c.req.path)) return await next()
    const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const found = await workplace.callers.find({ cookie: c.req.header('cookie'), bearer })
    const { limits, unknownLimits } = workplace
    const waitSeconds = found
      ? await limits.take(found.caller.actor)
      : await unknownLimits.take(`address:${c.var.address}`)
    if (waitSeconds > 0) {
      c.header('retry-after', String(waitSeconds))
      throw new Refusal('too_many_requests')
    }
    if (found !== undefined) {
      c.set('caller', found.caller)
      c.set('workplace', { ...workplace, database: actingAs(workplace.database, found.caller.actor) })
      keepCookies(c, found.setCookies)
    }
    await next()
  }

export { MOST_UNKNOWN_PER_MINUTE }

type FromServer = { incoming?: { socket?: { remoteAddress?: string } } } | undefined

/** The network address of the caller; behind a proxy that is trusted, the one that it names last. */
function addressOf(c: C): string {
  const forwarded = c.var.workplace.behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded ?? (c.env as FromServer)?.incoming?.socket?.remoteAddress ?? 'local'
}

/** Hands cookies to the browser. */
export function keepCookies(c: C, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}

/** What better-auth is told of the browser: its cookies, and where it is. */
export function fromBrowser(c: C): { headers: Headers; address: string } {
  const headers = new Headers({ 'x-forwarded-for': c.var.address, 'user-agent': c.req.header('user-agent') ?? '' })
  const cookie = c.req.header('cookie')
  if (cookie !== undefined) headers.set('cookie', cookie)
  return { headers, address: c.var.address }
}

/** Who signed in. Refuses `not_signed_in`. */
export function callerOf(c: C): Caller {
  const { caller } = c.var
  if (caller === undefined) throw new Refusal('not_signed_in')
  return caller
}

/**
 * Finds the company of the address. Refuses `not_signed_in`, and `company_unknown` where the caller has no part in it: in the same words as
 * for a company that does not exist.
 */
export const findCompany: MiddlewareHandler<Environment> = async (c, next) => {
  const caller = callerOf(c)
  const id = c.req.param('companyId') ?? ''
  const companyId = /^[1-9][0-9]{0,17}$/.test(id) ? BigInt(id) : undefined
  const permissions = companyId === undefined ? undefined : permissionsIn(caller, companyId)
  if (companyId === undefined || permissions === undefined) throw new Refusal('company_unknown', { company: id })
  // A membership names a company that exists; the owner of the installation may ask for any.
  if (!caller.memberships.has(companyId)) await requireCompany(c.var.workplace.database, id)
  c.set('companyId', companyId)
  c.set('permissions', permissions)
  await next()
}

/** Refuses `not_signed_in` and `not_permitted`. */
export function refuseUnpermitted(c: C, permission: RoutePermission): void {
  if (permission === 'public') return
  const caller = callerOf(c)
  if (permission === 'signed_in') return
  const permitted =
    permission === 'session'
      ? caller.session !== null
      : permission === 'installation'
        ? caller.installationOwner && caller.key === null
        : (c.var.permissions?.has(permission) ?? false)
  if (!permitted) throw new Refusal('not_permitted', { needs: permission })
}

/** Asks what a route asks of its caller, before anything else of the request is looked at. */
export const permitted =
  (permission: RoutePermission): MiddlewareHandler<Environment> =>
  async (c, next) => {
    refuseUnpermitted(c, permission)
    await next()
  }
