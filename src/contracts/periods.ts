import { z } from 'zod'
import { Day } from './basic.ts'

export const Period = z.object({ startsOn: Day, endsOn: Day, state: z.enum(['open', 'closed']) }).meta({ id: 'Period' })

export const PeriodClosing = z.strictObject({ reason: z.string().max(1000).optional() }).meta({ id: 'PeriodClosing' })

export const PeriodReopening = z.strictObject({ reason: z.string().min(1).max(1000) }).meta({ id: 'PeriodReopening' })

export const Sealed = z
  .object({
    entries: z.number().int().meta({ description: 'How many entries were numbered and chained now.' }),
    head: z.string().meta({ description: 'The end of the hash chain.' }),
  })
  .meta({ id: 'Sealed' })
