import { z } from 'zod'
import { Id } from './basic.ts'

export const Report = z
  .looseObject({
    report: z.string(),
    company: Id,
    currency: z.string(),
    asOf: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    rows: z.array(z.looseObject({})),
    next: z.string().nullish().meta({ description: 'Where the next page begins; null on the last one.' }),
  })
  .meta({ id: 'Report', description: 'What a report is of, and its rows. Money is a decimal with its currency.' })

export const Proof = z
  .object({
    ok: z.boolean(),
    ranAt: z.string().meta({ description: 'When the checks ran, in UTC.', examples: ['2011-01-31T10:00:00Z'] }),
    checks: z.array(
      z.object({
        name: z.string(),
        result: z.enum(['held', 'broken', 'not-applicable']),
        compared: z.number().int(),
        rows: z.array(z.looseObject({})),
      }),
    ),
  })
  .meta({ id: 'Proof', description: 'What was proved, how much was compared, and what breaks it.' })
