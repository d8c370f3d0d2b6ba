import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { RequestProblem } from './problem.ts'
import type { Environment } from './workplace.ts'

/** What a version changed in the bodies of some routes, and how clients of the version before are still served. */
export type VersionChange = {
  /** Routes as the API document names them: `post /api/v1/companies/{companyId}/invoices`. */
  readonly routes: readonly string[]
  readonly description: string
  /** Makes of a request of the version before one of this version. */
  request?(body: unknown): unknown
  /** Makes of an answer of this version one of the version before. */
  response?(body: unknown): unknown
}

/** A version is named by its day. The first one changed nothing. */
export type ApiVersion = { readonly date: string; readonly changes: readonly VersionChange[] }

/** Every version that clients may ask for, the newest last. A change that a client could notice comes as a new one. */
export const apiVersions: readonly ApiVersion[] = [{ date: '2026-11-22', changes: [] }]

const HEADER = 'countinghouse-version'

/**
 * Serves the version that a request asks for: handlers know the newest alone, and what came since is taken back on the way in and out, one
 * version after the other. Refuses `version_unknown`. Without the header the newest is served.
 */
export const dated =
  (versions: readonly ApiVersion[]): MiddlewareHandler<Environment> =>
  async (c, next) => {
    const newest = versions.at(-1) as ApiVersion
    const asked = c.req.header(HEADER) ?? newest.date
    const place = versions.findIndex(({ date }) => date === asked)
    if (place === -1) {
      const known = versions.map(({ date }) => date).join(', ')
      throw new RequestProblem(
        'version_unknown',
        `There is no version ${asked.slice(0, 40)} of the API; known: ${known}.`,
      )
    }
    c.header(HEADER, asked)
    c.header('vary', HEADER, { append: true })
    if (place === versions.length - 1) return await next()
    const route = routeOf(c)
    const changes = versions
      .slice(place + 1)
      .flatMap((version) => version.changes.filter((one) => one.routes.includes(route)))
    await askAsNow(c, changes)
    await next()
    await answerAsThen(c, changes)
  }

function routeOf(c: Context): string {
  const path = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? c.req.path
  return `${c.req.method.toLowerCase()} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`
}

async function askAsNow(c: Context, changes: readonly VersionChange[]): Promise<void> {
  const requests = changes.flatMap(({ request }) => request ?? [])
  if (requests.length === 0) return
  const text = await c.req.text()
  const asked = requests.reduce((body, change) => change(body), readJson(text))
  // The body is read from this cache by everything that comes after.
  c.req.bodyCache = { text: Promise.resolve(JSON.stringify(asked)) as unknown as string }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the handler refuses it in its own words
  }
}

async function answerAsThen(c: Context, changes: readonly VersionChange[]): Promise<void> {
  const responses = changes.flatMap(({ response }) => response ?? []).reverse()
  const { status, headers } = c.res
  if (responses.length === 0 || status >= 300 || !headers.get('content-type')?.startsWith('application/json')) return
  const body = responses.reduce((found, change) => change(found), (await c.res.json()) as unknown)
  c.res = new Response(JSON.stringify(body), { status, headers })
}
