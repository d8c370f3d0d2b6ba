import { z } from 'zod'
import { Day, Id } from '../contracts/basic.ts'
import { pageOf } from '../contracts/resources.ts'
import { readCompany, type Tx } from '../kernel/database.ts'
import type { RoutePermission } from '../kernel/permissions.ts'
import {
  type Asked,
  countRows,
  DEFAULT_PAGE,
  LARGEST_PAGE,
  type List,
  MOST_COUNTED,
  type Page,
} from '../reports/lists/list.ts'
import { companyParams, json, newApi, route } from './api.ts'
import { exportRoute } from './export-route.ts'

/** Adds to rows what they name: in place, all of them at once. */
export type Expansions<Row> = Readonly<Record<string, (tx: Tx, rows: Row[]) => Promise<void>>>

export type Resource<Row> = {
  path: string
  /** The name of the id in the address of one of them. */
  idName: string
  tag: string
  permission: RoutePermission
  /** What it is called: 'customer', 'customers'. */
  one: string
  many: string
  schema: z.ZodType
  /** Of one that is read by itself, where that is more than a row of the list. */
  whole?: z.ZodType
  list: List<never>
  page(tx: Tx, asked: Asked): Promise<Page<Row>>
  /** Reads one with all that belongs to it; refuses where there is none. */
  find?(tx: Tx, id: string): Promise<Row>
  expansions?: Expansions<Row>
}

const expandQuery = (names: readonly string[]) => {
  const name = z.enum(names as [string, ...string[]])
  return z
    .union([name, z.array(name).max(20)])
    .optional()
    .meta({
      description: `What is given whole and not by its id or not at all: ${names.join(', ')}. Repeat it for several.`,
    })
}

function queryOf({ list, expansions = {} }: Resource<never>) {
  const filters = Object.entries(list.filters).map(([name, filter]) => {
    const schema =
      filter.kind === 'day'
        ? Day
        : filter.kind === 'id'
          ? Id
          : filter.kind === 'amount'
            ? z.string().regex(/^-?[0-9]{1,15}(\.[0-9]{1,4})?$/)
            : filter.kind === 'choice'
              ? z.enum(filter.choices as [string, ...string[]])
              : z.string().min(1).max(200)
    return [name, schema.optional().meta({ description: filter.description })] as const
  })
  const names = Object.keys(expansions)
  const orders = Object.keys(list.orders) as [string, ...string[]]
  return z.strictObject({
    ...Object.fromEntries(filters),
    ...(orders.length > 1
      ? {
          sort: z
            .enum(orders)
            .optional()
            .meta({ description: `The order; \`${orders[0]}\` without it.` }),
        }
      : {}),
    after: z.string().min(1).max(2000).optional().meta({ description: 'What the page before gave as `next`.' }),
    limit: z
      .string()
      .regex(/^[0-9]{1,3}$/)
      .refine((text) => Number(text) >= 1 && Number(text) <= LARGEST_PAGE, `a number from 1 to ${LARGEST_PAGE}`)
      .optional()
      .meta({ description: `Rows on a page, at most ${LARGEST_PAGE}; ${DEFAULT_PAGE} without it.`, example: '50' }),
    ...(names.length > 0 ? { 'expand[]': expandQuery(names) } : {}),
  })
}

type Query = Record<string, string | undefined> & { 'expand[]'?: string | string[] }

async function expand<Row>(tx: Tx, rows: Row[], query: Query, expansions: Expansions<Row>): Promise<void> {
  const wanted = query['expand[]']
  for (const name of new Set(typeof wanted === 'string' ? [wanted] : wanted)) await expansions[name]?.(tx, rows)
}

/** What of a list's query says which rows there are and in what order. */
function narrowing(resource: Resource<never>): z.ZodObject {
  const { after: _after, limit: _limit, 'expand[]': _expand, ...kept } = queryOf(resource).shape as z.ZodRawShape
  return z.strictObject(kept)
}

/** What of a list's query says which rows there are. */
function filtersIn(resource: Resource<never>): z.ZodObject {
  const { sort: _sort, ...kept } = narrowing(resource).shape as z.ZodRawShape
  return z.strictObject(kept)
}

const Counted = z
  .object({
    count: z
      .number()
      .int()
      .nullable()
      .meta({
        description: `How many there are, at most ${MOST_COUNTED}; null where counting takes too long.`,
        example: 12,
      }),
    more: z.boolean().meta({ description: 'Whether there are more than that.' }),
  })
  .meta({ id: 'Counted' })

/** The route that says how many rows a list has with its filters: asked beside a page, which never waits for it. */
const countRoute = ({ path, tag, permission, many, list }: Resource<never>, query: z.ZodObject) =>
  newApi().openapi(
    route({
      method: 'get',
      path: `/companies/{companyId}/${path}/count`,
      tags: [tag],
      permission,
      summary: `Count ${many}`,
      request: { params: companyParams, query },
      responses: { 200: json(Counted, 'How many there are.') },
    }),
    async (c) => {
      const filters = c.req.valid('query' as never) as Query
      const asked = filters as Record<string, string | undefined>
      const found = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => countRows(tx, list, asked))
      const more = found !== null && found > MOST_COUNTED
      return c.json({ count: more ? MOST_COUNTED : found, more }, 200)
    },
  )

/** All rows of a list, a page after the other. */
async function* pagesOf<Row>(resource: Resource<Row>, tx: Tx, query: Query): AsyncGenerator<Row[]> {
  const { sort, ...filters } = query
  for (let after: string | null | undefined; after !== null; ) {
    const page = await resource.page(tx, { filters, sort, after, limit: LARGEST_PAGE })
    yield page.rows
    after = page.next
  }
}

/** The routes that read a resource: its list by pages and, where it can be found by itself, one of it. */
export function resourceRoutes<Row extends object>(resource: Resource<Row>) {
  const { path, idName, tag, permission, one, many, schema, expansions = {} } = resource
  const api = newApi()
    .openapi(
      route({
        method: 'get',
        path: `/companies/{companyId}/${path}`,
        tags: [tag],
        permission,
        summary: `List ${many}`,
        description: 'A page at a time: what comes meanwhile neither repeats nor hides any row.',
        request: { params: companyParams, query: queryOf(resource as unknown as Resource<never>) },
        responses: { 200: json(pageOf(schema), `A page of ${many}.`) },
      }),
      async (c) => {
        const query = c.req.valid('query' as never) as Query
        const { sort, after, limit, ...filters } = query
        const page = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
          const asked = { filters, sort, after, limit: limit === undefined ? undefined : Number(limit) }
          const found = await resource.page(tx, asked)
          await expand(tx, found.rows, query, expansions)
          return found
        })
        return c.json(page as never, 200)
      },
    )
    .route(
      '/',
      exportRoute<Query>({
        path,
        tag,
        permission,
        many,
        schema,
        query: narrowing(resource as unknown as Resource<never>),
        pages: (tx, query) => pagesOf(resource, tx, query) as AsyncIterable<Record<string, unknown>[]>,
      }),
    )
    .route('/', countRoute(resource as unknown as Resource<never>, filtersIn(resource as unknown as Resource<never>)))
  const { find } = resource
  if (find === undefined) return api
  const names = Object.keys(expansions)
  return api.openapi(
    route({
      method: 'get',
      path: `/companies/{companyId}/${path}/{${idName}}`,
      tags: [tag],
      permission,
      summary: `Get ${/^[aeio]/.test(one) ? 'an' : 'a'} ${one}`,
      request: {
        params: companyParams.extend({ [idName]: Id }),
        ...(names.length > 0 ? { query: z.strictObject({ 'expand[]': expandQuery(names) }) } : {}),
      },
      responses: { 200: json(resource.whole ?? schema, `The ${one}.`) },
    }),
    async (c) => {
      const query = (names.length > 0 ? c.req.valid('query' as never) : {}) as Query
      const id = (c.req.valid('param' as never) as Record<string, string>)[idName] as string
      const found = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
        const rows = [await find(tx, id)]
        await expand(tx, rows, query, expansions)
        return rows[0]
      })
      return c.json(found as never, 200)
    },
  )
}
