import { z } from 'zod'
import { Day, Id } from './basic.ts'

export const NewSampleCompany = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional().meta({ example: 'Thistle & Finch (sample)' }),
    lastDay: Day.optional().meta({
      description: 'The last day of its books, which begin two years before; today unless given.',
    }),
    seed: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Another seed makes another shop.', example: 'thistle and finch' }),
  })
  .meta({ id: 'NewSampleCompany' })

export const SampleCompany = z
  .object({
    companyId: Id,
    lastDay: z.string().meta({ example: '2026-03-31' }),
    seed: z.string(),
    state: z.enum(['running', 'done', 'failed']).meta({ description: 'Its books are whole when it is `done`.' }),
    phase: z.string().meta({ description: 'What is being done now, in words.', example: 'Trading in 2026-03' }),
    steps: z.number().int().meta({ description: 'Of how many steps; 0 before the first is done.' }),
    stepsDone: z.number().int(),
    message: z.string().meta({ description: 'Why it failed.' }),
    requestedBy: z.string(),
    requestedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'SampleCompany' })
