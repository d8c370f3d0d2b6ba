import { z } from 'zod'
import { Day, Id } from './basic.ts'

export const MappingRule = z
  .object({
    id: Id,
    role: z.string(),
    item: z.string().nullable(),
    itemGroup: z.string().nullable(),
    taxCode: z.string().nullable(),
    channel: z.string().nullable(),
    paymentMethod: z.string().nullable(),
    documentKind: z.string().nullable(),
    account: z.string().nullable().meta({ description: 'null ends the rule from its effective date' }),
    accountName: z.string().nullable(),
    effectiveFrom: Day,
    version: z.number().int(),
    author: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'MappingRule', description: 'Which account plays a role. A null condition matches anything.' })

export const NewMappingRule = z
  .strictObject({
    role: z.string(),
    account: z.string().nullable().meta({ description: 'The code of the account; null ends the rule.' }),
    item: z.string().nullish(),
    itemGroup: z.string().nullish(),
    taxCode: z.string().nullish(),
    channel: z.string().nullish(),
    paymentMethod: z.string().nullish(),
    documentKind: z.string().nullish(),
    effectiveFrom: Day.optional(),
    reason: z.string().max(1000).optional(),
  })
  .meta({ id: 'NewMappingRule' })

export const TaxCode = z
  .object({
    id: Id,
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    authority: z.string().nullable(),
    rates: z.array(z.object({ from: Day, rate: z.string() })),
  })
  .meta({ id: 'TaxCode' })

export const DestinationRule = z
  .object({
    id: Id,
    destination: z.string(),
    taxCode: z.string(),
    raisesException: z.boolean(),
    effectiveFrom: Day,
    version: z.number().int(),
  })
  .meta({ id: 'DestinationRule' })

export const NewDestinationRule = z
  .strictObject({
    destination: z
      .string()
      .regex(/^([A-Z]{2}|eu|unclear|elsewhere)$/)
      .meta({ description: 'A country, or eu, unclear, elsewhere.' }),
    taxCode: z.string(),
    raisesException: z.boolean().optional(),
    effectiveFrom: Day.optional(),
  })
  .meta({ id: 'NewDestinationRule' })

const standsFor = z.enum(['item', 'charge', 'gift_card', 'unknown'])

export const LineCodeRule = z
  .object({
    id: Id,
    source: z.string(),
    priority: z.number().int(),
    pattern: z.string(),
    standsFor,
    role: z.string(),
    taxed: z.boolean(),
    effectiveFrom: Day,
    version: z.number().int(),
  })
  .meta({ id: 'LineCodeRule', description: "What the code of a line in a source's files stands for." })

export const NewLineCodeRule = z
  .strictObject({
    source: z.string().min(1),
    priority: z.number().int().min(0).max(1_000_000).meta({ description: 'The lowest wins.' }),
    pattern: z.string().min(1).max(500).meta({ description: 'A regular expression that matches the whole code.' }),
    standsFor,
    role: z.string(),
    taxed: z.boolean(),
    effectiveFrom: Day.optional(),
  })
  .meta({ id: 'NewLineCodeRule' })
