import { z } from 'zod'
import type { Tx } from '../kernel/database.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'

type ListRoute<Request extends z.ZodType, Result extends z.ZodType> = {
  path: string
  tag: string
  summary: string
  description: string
  request: Request
  result: Result
  perform(tx: Tx, requests: z.output<Request>[]): Promise<z.input<Result>[]>
}

/** The route of a command that takes a list of facts: all of them in one transaction, or none. */
export function listRoute<Request extends z.ZodType, Result extends z.ZodType>(options: ListRoute<Request, Result>) {
  const { path, tag, summary, description, request, result, perform } = options
  const requests = z.strictObject({ requests: z.array(request).min(1).max(1000) })
  const results = z.object({ results: z.array(result) })
  return newApi().openapi(
    route({
      method: 'post',
      path: `/companies/{companyId}/${path}`,
      tags: [tag],
      summary,
      description: `${description} Takes a list: all of it is done, or nothing. Answers with what became of each, in order.`,
      request: { params: companyParams, headers: idempotencyHeader, body: body(requests) },
      responses: { 201: json(results, 'What became of each.') },
    }),
    async (c) =>
      (await command(c, 201, async (tx) => {
        const given = c.req.valid('json' as never) as { requests: z.output<Request>[] }
        return { results: await perform(tx, given.requests) } as z.input<typeof results>
      })) as never,
  )
}
