import { z } from 'zod'
import { type AccountingDate, parseAccountingDate } from '../kernel/accounting-date.ts'

/** Identifiers are 64-bit numbers, written as text because JSON's numbers are not exact that far. */
export const Id = z
  .string()
  .regex(/^[1-9][0-9]{0,17}$/)
  .meta({ id: 'Id', description: 'An identifier, a number written as text.', example: '1' })

/**
 * What may be null of what has a name in the API document, or says there itself what it is: after `.nullable()` the document would call it never null,
 * or its name always so.
 */
export const orNull = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema, z.null()], {
    error: (issue) => (issue.code === 'invalid_union' ? issue.errors[0]?.[0]?.message : undefined),
  })

const isDay = (text: string): boolean => parseAccountingDate(text) !== undefined

/** A day of the books. */
export const Day = z
  .string()
  .refine(isDay, 'a day such as 2011-01-31')
  .transform((text) => text as AccountingDate)
  .meta({ type: 'string', format: 'date', description: 'A day of the books.', example: '2011-01-31' })

export const Month = z
  .string()
  .refine((text) => isDay(`${text}-01`), 'a month such as 2011-01')
  .meta({ id: 'Month', description: 'A month of the books.', example: '2011-01' })

export const Money = z
  .object({ amount: z.string().regex(/^-?[0-9]+(\.[0-9]+)?$/), currency: z.string().length(3) })
  .meta({
    id: 'Money',
    description: 'A decimal with the places of its currency.',
    example: { amount: '12.34', currency: 'GBP' },
  })

/** RFC 9457. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    code: z.string().meta({ description: 'Which refusal it is: a name that stays.', example: 'period_closed' }),
    remedy: z.string().optional().meta({ description: 'What can be done about it.' }),
    instance: z.string().optional().meta({ description: 'Names this occurrence in the log of the server.' }),
    context: z.record(z.string(), z.string()).optional(),
    errors: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'Why a request was declined, by RFC 9457.' })
export type Problem = z.infer<typeof Problem>

export const rowsOf = <Schema extends z.ZodType>(schema: Schema) => z.object({ rows: z.array(schema) })

/** Who did something, for people. */
export const Actor = z
  .object({
    actor: z.string().meta({ example: 'user:7' }),
    kind: z.enum(['person', 'key', 'operator', 'product']),
    name: z.string().meta({ example: 'Anna' }),
    key: z.string().nullable().meta({ description: 'The name of the key that was used.', example: null }),
  })
  .meta({ id: 'Actor', description: 'Who did something: a person, one of their keys, an operator, or the product.' })

/** Where the rows behind a figure are read. */
export const Source = z
  .object({
    report: z.string().optional().meta({ description: 'A report, by its name …', example: 'lines' }),
    list: z.string().optional().meta({ description: '… or a list, by its address within the company.' }),
    parameters: z.record(z.string(), z.string()),
  })
  .meta({
    id: 'Source',
    description: 'Where the rows behind a figure are read: a report or a list, and its parameters.',
  })

/** Of a next version: over which one it is written. */
export const Follows = z.number().int().min(0).max(1_000_000).optional().meta({
  description:
    'The newest version that was read, 0 for none: refused (`changed_meanwhile`) where there is a newer one.',
})
