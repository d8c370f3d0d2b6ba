import { z } from 'zod'
import { searchKindNames } from '../kernel/search-kinds.ts'
import { Day, Id, Money, orNull } from './basic.ts'

const kind = z.enum(searchKindNames as [(typeof searchKindNames)[number], ...typeof searchKindNames])

export const SearchQuery = z.strictObject({
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ description: 'What is sought: a number, a reference, a part of a name.', example: 'INV-1' }),
  kinds: z
    .union([kind, z.array(kind).max(20)])
    .optional()
    .meta({ description: 'Only these kinds. Repeat it for several; without it, all that the caller may see.' }),
  limit: z
    .string()
    .regex(/^[0-9]{1,2}$/)
    .refine((text) => Number(text) >= 1 && Number(text) <= 20, 'a number from 1 to 20')
    .optional()
    .meta({ description: 'Of each kind at most so many; 5 without it.', example: '5' }),
})

export const SearchHit = z
  .object({
    kind,
    id: Id,
    title: z.string().meta({ example: 'INV-1' }),
    detail: z.string().meta({ description: 'What else tells it apart.', example: 'invoice · Anna' }),
    on: orNull(Day),
    amount: orNull(Money),
    rank: z.number().meta({ description: 'How well it fits: 1 is called just so.', example: 1 }),
  })
  .meta({ id: 'SearchHit' })
