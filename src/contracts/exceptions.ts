import { z } from 'zod'
import { Day, Id, Money } from './basic.ts'

export const Exception = z
  .object({
    id: Id,
    kind: z.string(),
    source: z.string(),
    message: z.string(),
    amount: Money,
    owner: z.string().meta({ description: 'Who is responsible.' }),
    due: Day,
    state: z.enum(['open', 'resolved']),
  })
  .meta({ id: 'Exception', description: 'Something that a person must look at.' })
