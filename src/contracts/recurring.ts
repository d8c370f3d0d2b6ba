import { z } from 'zod'
import { Day, Id, Money, orNull } from './basic.ts'
import { forPeople, parameterValues, Reverse, words } from './journal.ts'

const Frequency = z.enum(['month', 'quarter', 'year'])

export const NewRecurring = z
  .strictObject({
    name: words,
    template: words,
    parameters: parameterValues,
    description: z.string().max(1000).optional().meta({ description: '{month} and {date} stand for the due day.' }),
    every: Frequency,
    dayOfMonth: z
      .number()
      .int()
      .min(1)
      .max(31)
      .nullable()
      .default(null)
      .meta({ description: 'Null is the last day; a day that a month does not have is its last.' }),
    startsOn: Day,
    endsOn: orNull(Day).default(null),
    reverse: orNull(Reverse).optional(),
  })
  .meta({
    id: 'NewRecurring',
    example: {
      name: 'rent',
      template: 'prepayment-used',
      parameters: { amount: '900.00', expense: '7100' },
      every: 'month',
      dayOfMonth: 1,
      startsOn: '2026-01-01',
    },
  })

export const Recurring = z
  .object({
    name: z.string(),
    template: z.string(),
    templateVersion: z.number().int(),
    parameters: z.record(z.string(), z.string()),
    description: z.string(),
    every: Frequency,
    dayOfMonth: z.number().int().nullable(),
    startsOn: z.string(),
    endsOn: z.string().nullable(),
    reverse: z.string().nullable(),
    state: z.enum(['active', 'paused', 'ended']),
    nextDueOn: z.string().nullable(),
    author: z.string(),
  })
  .meta({ id: 'Recurring', description: 'A recurring journal, and the next day on which it falls due.' })

export const ListedRecurring = Recurring.extend({ authorName: z.string().meta(forPeople) }).meta({
  id: 'ListedRecurring',
  description: 'A recurring journal, with the next day on which it falls due and the name of who began it.',
})

export const RecurringChange = z
  .strictObject({
    name: words,
    change: z.enum(['pause', 'resume', 'end']),
    on: Day,
    from: z.enum(['active', 'paused', 'ended']).optional().meta({
      description: 'Its state as it was read: refused (`changed_meanwhile`) where somebody else has changed it since.',
    }),
  })
  .meta({
    id: 'RecurringChange',
    description: 'Due days before the day on which a paused one is resumed are passed over.',
    example: { name: 'rent', change: 'pause', on: '2026-03-01' },
  })

export const RecurringRetry = z
  .strictObject({ name: words, dueOn: Day, on: Day.optional() })
  .meta({ id: 'RecurringRetry', example: { name: 'rent', dueOn: '2026-01-01', on: '2026-02-01' } })

export const Upcoming = z
  .object({
    name: z.string(),
    dueOn: z.string(),
    description: z.string(),
    lines: z.array(z.object({ account: z.string().nullable(), role: z.string().nullable(), amount: Money })),
  })
  .meta({ id: 'UpcomingJournal' })

export const SettledDay = z
  .object({
    name: z.string(),
    dueOn: z.string(),
    state: z.enum(['posted', 'refused', 'passed', 'waiting']),
    entryId: orNull(Id),
    message: z.string(),
    settledBy: z.string(),
    settledAt: z.string(),
  })
  .meta({ id: 'SettledDay', description: 'What became of a due day.' })
