import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Database } from '../kernel/database.ts'
import { appliedMigrations, knownMigrations } from '../kernel/migrate.ts'
import { json, route } from './api.ts'
import { type Metrics, mayReadMetrics } from './metrics.ts'
import { RequestProblem } from './problem.ts'
import type { Environment } from './workplace.ts'

/** What whoever runs the service asks of it. */
export type Service = {
  version: string
  database: Database
  metrics: Metrics
  metricsToken?: string
  /** Whether it has been told to end. */
  ending?: () => boolean
}

const healthRoute = route({
  method: 'get',
  path: '/healthz',
  tags: ['Service'],
  permission: 'public',
  summary: 'Tell whether the service runs',
  responses: { 200: json(z.object({ ok: z.literal(true), version: z.string() }), 'It runs.') },
})

const Readiness = z.object({ ready: z.boolean(), reason: z.string() })

const readyRoute = route({
  method: 'get',
  path: '/readyz',
  tags: ['Service'],
  permission: 'public',
  summary: 'Tell whether requests should be sent here',
  description:
    'Ready is a server that reaches its database, whose schema is the one it was made for, and that has not been told to end.',
  responses: {
    200: json(Readiness, 'It is ready.'),
    503: {
      description: 'It is not ready; the reason says why.',
      content: { 'application/json': { schema: Readiness, example: { ready: false, reason: 'ending' } } },
    },
  },
})

/** `/healthz`, `/readyz` and `/metrics`. */
export function addServiceRoutes(app: OpenAPIHono<Environment>, service: Service): void {
  app.openapi(healthRoute, (c) => c.json({ ok: true as const, version: service.version }, 200))
  app.openapi(readyRoute, async (c) => {
    const reason = await whyNotReady(service)
    return c.json({ ready: reason === '', reason }, reason === '' ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    // Who may not look is not told that there is something to see.
    if (!mayReadMetrics(c, service.metricsToken)) throw new RequestProblem('not_found', c.req.path)
    const { type, text } = await service.metrics.read()
    return c.body(text, 200, { 'content-type': type })
  })
}

const PATIENCE_MS = 2_000

async function whyNotReady({ database, ending }: Service): Promise<string> {
  if (ending?.()) return 'ending'
  const late = new AbortController()
  const tooLate = sleep(PATIENCE_MS, 'the database does not answer', { signal: late.signal, ref: false })
  tooLate.catch(() => {}) // it was in time
  try {
    return await Promise.race([whyUnfit(database), tooLate])
  } catch {
    return 'the database cannot be reached'
  } finally {
    late.abort()
  }
}

async function whyUnfit(database: Database): Promise<string> {
  const client = await database.owner.connect()
  try {
    const applied = await appliedMigrations(client)
    const known = await knownMigrations()
    if (known.some((name) => !applied.includes(name))) return 'the schema is older than this version'
    if (applied.some((name) => !known.includes(name))) return 'the schema is newer than this version'
    await database.app.query('select')
    return ''
  } finally {
    client.release()
  }
}
