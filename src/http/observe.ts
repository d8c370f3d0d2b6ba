import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Environment } from './workplace.ts'

/** What may be told of a request: which route and company, never whose name, what was sent or what was asked for. */
export type Observed = { request: string; method: string; route: string; status: number; ms: number; company?: string }

export type Observer = (seen: Observed) => void

const idForm = /^[\w-]{8,64}$/
const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Gives each request an id, which the answer carries (a caller's own is kept, if it looks like one), and tells the observers how it went. An
 * address that is no route of ours is told as such: it may hold anything.
 */
export function observed(observers: readonly Observer[]): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const began = performance.now()
    const given = c.req.header('x-request-id') ?? ''
    const request = idForm.test(given) ? given : randomUUID()
    await next()
    c.header('x-request-id', request)
    const route = routePath(c, -1)
    const company = /^(?:\/api\/v1)?\/companies\/([1-9]\d{0,17})(?:\/|$)/.exec(c.req.path)?.[1]
    const seen = {
      request,
      method: knownMethods.has(c.req.method) ? c.req.method : 'OTHER',
      route: route === '' || route.endsWith('*') ? 'none' : route.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}'),
      status: c.res.status,
      ms: Math.round((performance.now() - began) * 10) / 10,
      ...(company === undefined ? {} : { company }),
    }
    for (const observe of observers) observe(seen)
  }
}
