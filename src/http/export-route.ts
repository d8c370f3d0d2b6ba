import { stringify } from 'csv-stringify/sync'
import { z } from 'zod'
import type { Tx } from '../kernel/database.ts'
import type { RoutePermission } from '../kernel/permissions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type SheetValue, sheetParts } from '../kernel/streamed-sheet.ts'
import { zipOf } from '../kernel/zip.ts'
import { mediaTypes } from '../reports/index.ts'
import { neutralised } from '../reports/render/csv.ts'
import { companyParams, newApi, route } from './api.ts'
import { callerOf } from './callers.ts'
import { streamed } from './streamed.ts'

type Row = Record<string, unknown>

export type Exported<Query> = {
  path: string
  tag: string
  permission: RoutePermission
  many: string
  /** Of a row: what it holds says which columns there are. */
  schema: z.ZodType
  /** What narrows the list and puts it in order. */
  query: z.ZodObject
  /** The rows, a page after the other, as whoever asks sees the list. */
  pages(tx: Tx, query: Query, caller: { email: string; userId: number }): AsyncIterable<Row[]>
}

type Field = { name: string; isNumber: boolean; of(row: Row): string }

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
const moneyIn = (value: unknown): { amount: string; currency: string } | undefined =>
  typeof value === 'object' && value !== null && 'amount' in value
    ? (value as { amount: string; currency: string })
    : undefined

/** A schema without that it may be absent or null. */
function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrapped(schema.unwrap())
  if (!(schema instanceof z.ZodUnion)) return schema
  const [only, ...others] = schema.options.filter((one) => !(one instanceof z.ZodNull))
  return others.length === 0 ? unwrapped(only) : schema
}

const isMoney = (schema: unknown): boolean =>
  schema instanceof z.ZodObject && Object.keys(schema.shape).sort().join() === 'amount,currency'

/** The columns of a row: one for each plain field and amount, those of objects one by one, and the currency of the amounts last. Lists are left out. */
export function fieldsOf(schema: z.ZodType): Field[] {
  const { shape } = schema as z.ZodObject
  const amounts: string[] = []
  const fields = Object.entries(shape).flatMap(([name, given]): Field[] => {
    const one = unwrapped(given)
    if (one instanceof z.ZodArray) return []
    if (isMoney(one)) {
      amounts.push(name)
      return [{ name, isNumber: true, of: (row) => moneyIn(row[name])?.amount ?? '' }]
    }
    if (one instanceof z.ZodObject) {
      return Object.keys(one.shape).map((inner) => ({
        name: `${name}.${inner}`,
        isNumber: false,
        of: (row) => textOf((row[name] as Row | null)?.[inner]),
      }))
    }
    return [{ name, isNumber: one instanceof z.ZodNumber, of: (row) => textOf(row[name]) }]
  })
  if (amounts.length === 0 || fields.some(({ name }) => name === 'currency')) return fields
  const of = (row: Row): string => amounts.flatMap((name) => moneyIn(row[name])?.currency ?? [])[0] ?? ''
  return [...fields, { name: 'currency', isNumber: false, of }]
}

/** The fields that are asked for, in that order, or all. Refuses `input_invalid` for one that there is not. */
function chosenFields(fields: readonly Field[], columns: string | undefined): readonly Field[] {
  if (columns === undefined) return fields
  return columns.split(',').map((wanted) => {
    const field = fields.find(({ name }) => name === wanted.trim())
    if (field !== undefined) return field
    throw new Refusal('input_invalid', { columns: wanted, expected: fields.map(({ name }) => name).join(', ') })
  })
}

async function* csvParts(fields: readonly Field[], pages: AsyncIterable<Row[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(stringify([fields.map(({ name }) => name)]))
  for await (const rows of pages) {
    const cell = (row: Row, { of, isNumber }: Field): string => (isNumber ? of(row) : neutralised(of(row)))
    yield encoder.encode(stringify(rows.map((row) => fields.map((field) => cell(row, field)))))
  }
}

async function* sheetRows(fields: readonly Field[], pages: AsyncIterable<Row[]>): AsyncGenerator<SheetValue[][]> {
  yield [fields.map(({ name }) => ({ text: name, isNumber: false }))]
  for await (const rows of pages) {
    yield rows.map((row) => fields.map(({ of, isNumber }) => ({ text: of(row), isNumber })))
  }
}

/** What comes, once the first of it is there: what is wrong with the question shows before anything is answered. */
async function started<Part>(parts: AsyncIterable<Part>): Promise<AsyncIterable<Part>> {
  const rest = parts[Symbol.asyncIterator]()
  const first = await rest.next()
  return (async function* () {
    for (let one = first; one.done !== true; one = await rest.next()) yield one.value
  })()
}

/** The route that gives a whole list as a file: with its filters and order, and the columns that are asked for, streamed. */
export function exportRoute<Query>({ path, tag, permission, many, schema, query, pages }: Exported<Query>) {
  const fields = fieldsOf(schema)
  return newApi().openapi(
    route({
      method: 'get',
      path: `/companies/{companyId}/exports/${path}`,
      tags: [tag],
      permission,
      summary: `Take ${many} away`,
      description: `All that the list has with these filters, as one moment of the books has it. Columns: ${fields.map(({ name }) => name).join(', ')}.`,
      request: {
        params: companyParams,
        query: query.extend({
          format: z.enum(['csv', 'xlsx']).optional().meta({ description: 'CSV without it.' }),
          columns: z
            .string()
            .min(1)
            .max(2000)
            .optional()
            .meta({ description: 'Only these columns, in this order, separated by commas.', example: fields[0]?.name }),
        }),
      },
      responses: {
        200: {
          description: 'The list.',
          content: {
            'text/csv': { schema: z.string() },
            [mediaTypes.xlsx]: { schema: z.string().meta({ format: 'binary' }) },
          },
        },
      },
    }),
    async (c) => {
      const { format = 'csv', columns, ...asked } = c.req.valid('query' as never) as Record<string, string | undefined>
      const chosen = chosenFields(fields, columns)
      const { email, userId } = callerOf(c)
      const parts = await streamed(c.var.workplace, c.var.companyId, async (tx) => {
        const rows = await started(pages(tx, asked as Query, { email, userId }))
        return format === 'csv' ? csvParts(chosen, rows) : zipOf(sheetParts(path, sheetRows(chosen, rows)))
      })
      c.header('content-disposition', `attachment; filename="${path}.${format}"`)
      c.header('content-type', format === 'csv' ? 'text/csv; charset=utf-8' : mediaTypes.xlsx)
      return c.body(parts as ReadableStream<Uint8Array<ArrayBuffer>>, 200) as never
    },
  )
}
