import type { Context } from 'hono'
import { z } from 'zod'
import { ApprovalRequest } from '../contracts/approvals.ts'
import { Problem } from '../contracts/basic.ts'
import { bisect } from '../kernel/bisect.ts'
import type { Tx } from '../kernel/database.ts'
import type { Permission, RoutePermission } from '../kernel/permissions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { refuseUnpermitted } from './callers.ts'
import { command, type Success, Waiting } from './command.ts'
import { type Kept, takeItemKeys } from './idempotency.ts'
import { answerPreview, previewOf, previewWithDocuments } from './preview.ts'
import { InvalidRequest, problemOf } from './problem.ts'
import type { Environment } from './workplace.ts'

/** How much one request may ask at once. */
const MOST_REQUESTS = 10_000

/** Refuses `not_permitted` where the caller lacks what some of the requests ask for beside the permission of the route. */
export type RefuseUnless = (permission: Permission) => void

type ListRoute<Request extends z.ZodType, Result extends z.ZodType> = {
  path: string
  tag: string
  summary: string
  permission: RoutePermission
  description: string
  request: Request
  result: Result
  /** Where it may need a second person, it can return what waits in place of results: of each in mode `each`, of the list in mode `all`. */
  perform(
    tx: Tx,
    requests: z.output<Request>[],
    mode: 'all' | 'each',
    refuseUnless: RefuseUnless,
  ): Promise<(z.input<Result> | Waiting)[] | Waiting>
  /** Where it issues documents: those of the results, whole, for whoever looks before anything is kept. */
  shows?(tx: Tx, results: readonly never[]): Promise<object[]>
  /** How many it takes at once, where each is work of its own; 10,000 without it. */
  most?: number
  /** That a second person may have to approve it. */
  mayWait?: boolean
  /** Tells before anything is written which of the requests would be refused, by place: in mode `each` they are set aside at once. */
  refusable?(tx: Tx, requests: z.output<Request>[]): Promise<(Refusal | undefined)[]>
}

const listPaths = new Set<string>()

/** Whether an address takes lists, whose bodies may be large. */
export const takesLists = (path: string): boolean => {
  const [, within] = /^\/api\/v1\/companies\/[^/]+\/(.+)$/.exec(path) ?? []
  return within !== undefined && listPaths.has(within)
}

const modes = z.object({
  mode: z.enum(['all', 'each', 'preview']).default('all').meta({
    description:
      '`all`: all of it is done, or nothing. `each`: what can be done is done, the rest is refused one by one, also what is not of the expected form. `preview`: as `all`, and nothing of it is kept; the answer says what it would post.',
  }),
})

const itemKeys = z.array(z.string().trim().min(1).max(190).nullable()).max(MOST_REQUESTS).optional().meta({
  description:
    'In mode `each`, a key for each request, in order: one that was answered before gets the same answer again.',
})

/** The route of a command that takes a list of facts: all of them in one transaction or none, or each with an answer of its own. */
export function listRoute<Request extends z.ZodType, Result extends z.ZodType>(options: ListRoute<Request, Result>) {
  const {
    path,
    tag,
    summary,
    permission,
    description,
    request,
    result,
    perform,
    mayWait = false,
    most = MOST_REQUESTS,
    shows,
  } = options
  listPaths.add(path)
  const requests = z.strictObject({
    requests: z.array(request).min(1).max(most),
    idempotencyKeys: itemKeys,
  })
  const results = z.object({ results: z.array(result) })
  const each = eachOf(result, mayWait)
  const waits = { 202: json(ApprovalRequest, 'In mode `all`: another person must approve the list.') }
  return newApi().openapi(
    route({
      method: 'post',
      path: `/companies/{companyId}/${path}`,
      tags: [tag],
      summary,
      permission,
      description: `${description} Takes a list: all of it is done, or nothing. Answers with what became of each, in order.${mayWait ? hintOfWaiting : ''}`,
      request: { params: companyParams, query: modes, headers: idempotencyHeader, body: body(requests) },
      responses: {
        200: json(
          shows ? previewWithDocuments(result) : previewOf(result),
          'What would become of each, in mode `preview`, and what it would post.',
        ),
        201: json(results, 'What became of each, in mode `all`.'),
        ...((mayWait ? waits : {}) as typeof waits),
        207: json(each, 'What became of each, in mode `each`: its own status, with a result or a problem.'),
      },
    }),
    async (c) => {
      const given = c.req.valid('json' as never) as z.output<typeof requests>
      const wanted = given.requests as z.output<Request>[]
      refuseUnfitKeys(modeOf(c), given)
      if (modeOf(c) === 'each') return (await answerEach(c, options, { ...given, requests: wanted })) as never
      if (modeOf(c) === 'preview')
        return (await answerPreview(c, (tx) => perform(tx, wanted, 'all', refuseUnlessOf(c)), shows)) as never
      return (await command(c, 201, async (tx) => {
        const performed = await perform(tx, wanted, 'all', refuseUnlessOf(c))
        return performed instanceof Waiting ? performed : { results: performed }
      })) as never
    },
    (async (read: FormRead, c: Context<Environment>) => {
      if (read.success) return
      const sorted = read.target === 'json' && modeOf(c) === 'each' ? sortedByForm(read.data, request, most) : undefined
      if (sorted === undefined) throw new InvalidRequest(read.error.issues as z.core.$ZodIssue[])
      refuseUnfitKeys('each', sorted)
      return await answerEach(c, options, sorted)
    }) as never,
  )
}

/** What the form of a part of a request came to, with what was sent. */
type FormRead = { target: string; data: unknown } & ({ success: true } | { success: false; error: z.ZodError })

/** A list whose requests may be of the wrong form: such a one is what is wrong with it. */
type Given<Request extends z.ZodType> = {
  requests: (z.output<Request> | InvalidRequest)[]
  idempotencyKeys?: (string | null)[] | undefined
}

const modeOf = (c: Context<Environment>): z.output<typeof modes>['mode'] =>
  (c.req.valid('query' as never) as z.output<typeof modes>).mode

const answerEach = <Request extends z.ZodType, Result extends z.ZodType>(
  c: Context<Environment>,
  options: ListRoute<Request, Result>,
  given: Given<Request>,
) => command(c, 207 satisfies Success, (tx) => performEach(tx, given, options, refuseUnlessOf(c)))

const refuseUnlessOf =
  (c: Context<Environment>): RefuseUnless =>
  (permission) =>
    refuseUnpermitted(c, permission)

/** The requests of a list of which some are of the wrong form; undefined where it is no list at all. */
function sortedByForm<Request extends z.ZodType>(
  body: unknown,
  request: Request,
  most: number,
): Given<Request> | undefined {
  const anyList = z.strictObject({ requests: z.array(z.unknown()).min(1).max(most), idempotencyKeys: itemKeys })
  const list = anyList.safeParse(body)
  if (!list.success) return undefined
  const requests = list.data.requests.map((one) => {
    const read = request.safeParse(one)
    return read.success ? read.data : new InvalidRequest(read.error.issues as z.core.$ZodIssue[])
  })
  return { requests, idempotencyKeys: list.data.idempotencyKeys }
}

const hintOfWaiting =
  ' Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it.'

function eachOf(result: z.ZodType, mayWait: boolean) {
  const outcome = z.object({ status: z.number().int(), result: result.optional(), problem: Problem.optional() })
  const counts = z.object({ done: z.number().int(), refused: z.number().int() })
  if (!mayWait) return counts.extend({ results: z.array(outcome) })
  const waiting = z.number().int().meta({ description: 'How many wait for a second person, with status 202.' })
  const orWaiting = outcome.extend({ waiting: ApprovalRequest.optional() })
  return counts.extend({ waiting, results: z.array(orWaiting) })
}

function refuseUnfitKeys(
  mode: z.output<typeof modes>['mode'],
  given: { requests: unknown[]; idempotencyKeys?: unknown[] | undefined },
) {
  if (given.idempotencyKeys === undefined) return
  if (mode !== 'each') throw new Refusal('input_invalid', { idempotencyKeys: 'they go with mode=each' })
  if (given.idempotencyKeys.length !== given.requests.length)
    throw new Refusal('input_invalid', { idempotencyKeys: 'as many as there are requests; null for none' })
}

type Outcome = { status: number; result?: unknown; waiting?: unknown; problem?: Problem }

/** Does what can be done of a list and answers for each. What had been answered for a key of its own is not done again. */
async function performEach<Request extends z.ZodType, Result extends z.ZodType>(
  tx: Tx,
  { requests, idempotencyKeys = [] }: Given<Request>,
  { path, perform, refusable, mayWait = false }: ListRoute<Request, Result>,
  refuseUnless: RefuseUnless,
) {
  const outcomes = new Map<number, Outcome>()
  const refuse = (place: number, refusal: Refusal | InvalidRequest): void => {
    const problem = problemOf(refusal, () => {})
    outcomes.set(place, { status: problem.status, problem })
  }
  for (const [place, request] of requests.entries()) if (request instanceof InvalidRequest) refuse(place, request)
  // What is of the wrong form uses no key up: put right, it can come again under the same one.
  const keys = idempotencyKeys.map((key, place) => (outcomes.has(place) ? null : key))
  const keyed = await takeItemKeys(tx, path, keys, requests)
  for (const [place, kept] of keyed.answers) {
    outcomes.set(place, outcomeOf(kept))
  }
  const fresh = requests.flatMap((request, place) =>
    request instanceof InvalidRequest || outcomes.has(place) ? [] : [{ request, place }],
  )
  const early = await refusable?.(
    tx,
    fresh.map(({ request }) => request),
  )
  const left = fresh.filter(({ place }, index) => {
    const refusal = early?.[index]
    if (refusal !== undefined) refuse(place, refusal)
    return refusal === undefined
  })
  await bisect(tx, left, {
    perform: async (some) => {
      const list = some.map(({ request }) => request)
      const results = (await perform(tx, list, 'each', refuseUnless)) as (z.input<Result> | Waiting)[]
      for (const [index, { place }] of some.entries()) outcomes.set(place, performedAs(results[index]))
    },
    refuse: ({ place }, refusal) => refuse(place, refusal),
  })
  await keyed.keep(new Map(fresh.map(({ place }) => [place, keptOf(outcomes.get(place) as Outcome)])))
  const results = requests.map((_, place) => outcomes.get(place) as Outcome)
  const refused = results.filter(({ status }) => status >= 400).length
  const waiting = results.filter(({ status }) => status === 202).length
  return { done: results.length - refused - waiting, refused, ...(mayWait && { waiting }), results }
}

const performedAs = (result: unknown): Outcome =>
  result instanceof Waiting ? { status: 202, waiting: result.body } : { status: 201, result }

const outcomeOf = ({ status, response }: Kept): Outcome => {
  const kept = JSON.parse(response)
  if (status >= 400) return { status, problem: kept as Problem }
  return status === 202 ? { status, waiting: kept } : { status, result: kept }
}

const keptOf = ({ status, result, waiting, problem }: Outcome): Kept => ({
  status,
  response: JSON.stringify(result ?? waiting ?? problem),
})
