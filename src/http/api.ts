import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import { z } from 'zod'
import { Id, Problem } from '../contracts/basic.ts'
import type { RoutePermission } from '../kernel/permissions.ts'
import { permitted } from './callers.ts'
import { InvalidRequest } from './problem.ts'
import type { Environment } from './workplace.ts'

/** A part of the API. What does not have the documented form never reaches a handler. */
export const newApi = (): OpenAPIHono<Environment> =>
  new OpenAPIHono<Environment>({
    defaultHook: (result) => {
      if (!result.success) throw new InvalidRequest(result.error.issues as z.core.$ZodIssue[])
    },
  })

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})

const problems = {
  400: problem('The request is not of the expected form.'),
  401: problem('Nobody is signed in.'),
  403: problem('The caller may not do this.'),
  404: problem('Something that the request names does not exist.'),
  409: problem('It is done already, or differently.'),
  412: problem('It has changed since it was read.'),
  422: problem('The request is declined; the code says why.'),
  429: problem('Too many requests, or too many failed attempts.'),
  500: problem('Something went wrong on our side; the id is in the log.'),
}

export const companyParams = z.object({ companyId: Id })

export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'The same key and request get the same answer again; nothing is done twice.' }),
})

/** The headers of a change to what the client has read. */
export const changeHeaders = idempotencyHeader.extend({
  'if-match': z.string().max(1000).optional().meta({
    description:
      'The ETag that was read: the change is refused (`changed_meanwhile`) where it says something else now.',
  }),
})

/** An answer in JSON. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A request body in JSON. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { 'application/json': { schema } },
  required: true,
})

/**
 * A route with the problems that every route may answer with. It names what it asks of whoever calls it, which stands in the API document
 * as `x-permission`.
 */
export const route = <const Config extends RouteConfig & { permission: RoutePermission }>(config: Config) => {
  const { permission, ...documented } = config
  return createRoute({
    ...documented,
    'x-permission': permission,
    middleware: permitted(permission),
    responses: { ...documented.responses, ...problems },
  } as unknown as Config)
}
