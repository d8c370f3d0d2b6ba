import { z } from 'zod'
import { Day, Id, Money, orNull } from './basic.ts'
import { EntrySummary } from './resources.ts'

const state = z.enum(['open', 'in_progress', 'resolved', 'dismissed'])
const dataKind = z.enum(['orders', 'items', 'customers', 'stock', 'prices', 'tax', 'bank'])
const reason = z.string().trim().min(1).max(2000)
const email = z.email().max(320).nullable()
const person = z.string().trim().min(1).max(200)

export const Exception = z
  .object({
    id: Id,
    kind: z.string(),
    dataKind: dataKind.meta({ description: 'What data it is about; that decides who answers for it.' }),
    source: z.string(),
    subject: z.string(),
    message: z.string(),
    amount: Money,
    owner: z.string().meta({ description: 'Who is responsible.' }),
    due: Day,
    state,
    escalations: z.number().int(),
    resolution: z.string(),
    openedAt: z.string(),
    closedBy: z.string().nullable(),
    closedAt: z.string().nullable(),
    approvalId: orNull(Id).meta({ description: 'The request as which it waits for a second person.' }),
  })
  .meta({ id: 'Exception', description: 'Something that a person must look at.' })

const AboutRow = z.object({
  document: orNull(z.object({ id: Id, number: z.string() })),
  file: z.string().nullable(),
  line: z.string().nullable().meta({ description: 'The line of the file.' }),
  words: z.string(),
  quantity: z.string().nullable(),
  amount: orNull(Money),
})

export const ExceptionWithNotes = Exception.extend({
  ownerEmail: z
    .string()
    .nullable()
    .meta({ description: 'Where whoever is responsible is told; null where nobody is.' }),
  notes: z.array(
    z.object({
      kind: z.string(),
      author: z.string(),
      authorName: z.string(),
      writtenAt: z.string(),
      body: z.string().meta({ description: 'Its words, with the names that people have today.' }),
      parts: z
        .array(
          z.object({
            text: z.string(),
            userId: z.number().int().nullable().meta({ description: 'Of a mention: whom it names.' }),
          }),
        )
        .meta({ description: 'The same words in pieces, of which some are mentions.' }),
    }),
  ),
  rows: z.array(AboutRow).meta({ description: 'The first 50 rows that it is about, as they were read.' }),
  rowCount: z.number().int(),
  alike: z.number().int().meta({ description: 'How many others of its kind wait.' }),
  entries: z
    .array(EntrySummary)
    .nullable()
    .meta({ description: 'By which its lines have left suspense; null without the permission `journal.read`.' }),
}).meta({ id: 'ExceptionWithNotes', description: 'An exception with all that happened to it, in order.' })

export const ExceptionQuery = z.object({
  state: state.optional(),
  kind: z.string().max(100).optional(),
  owner: z.string().max(200).optional(),
  source: z.string().max(200).optional(),
  view: z.enum(['mine', 'mentioned', 'unassigned', 'overdue', 'waiting', 'closed']).optional().meta({
    description:
      '`mine` is what goes to the e-mail address of the caller, `unassigned` what goes to none, `overdue` what is past due: of what waits. `mentioned` is what has a note that names the caller, open or not.',
  }),
  sort: z.enum(['amount', 'due']).optional().meta({ description: 'The largest first, or the earliest due.' }),
  import: Id.optional().meta({ description: 'Those that this import opened.' }),
  after: Id.optional().meta({ description: 'The id of the last exception of the page before.' }),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})

export const ExceptionCounts = z
  .object({
    mine: z.number().int(),
    mentioned: z.number().int(),
    unseen: z.number().int().meta({ description: 'Notes that name the caller, who has not said to have seen them.' }),
    unassigned: z.number().int(),
    overdue: z.number().int(),
    waiting: z.number().int(),
  })
  .meta({ id: 'ExceptionCounts', description: 'How many exceptions wait, by view.' })

export const ExceptionAssignment = z
  .strictObject({
    id: Id,
    owner: person,
    email: email.optional(),
    from: person.optional().meta({
      description:
        'Who was responsible as it was read: refused (`changed_meanwhile`) where somebody else has given it on since.',
    }),
  })
  .meta({ id: 'ExceptionAssignment' })

export const ExceptionText = z.strictObject({ id: Id, text: reason }).meta({ id: 'ExceptionText' })

export const ExceptionNoteText = z
  .strictObject({
    id: Id,
    text: reason.meta({
      description: '`@[user:7]` in it names a person of `exceptions/people` by their `userId`, who is told by letter.',
      example: 'Please look at this, @[user:7].',
    }),
  })
  .meta({ id: 'ExceptionNoteText' })

export const Mentionable = z
  .object({
    userId: z.number().int().meta({ example: 7 }),
    name: z.string(),
    email: z.string().nullable().meta({ description: 'Where several have the same name; null for all others.' }),
  })
  .meta({ id: 'Mentionable', description: 'Somebody whom a note can name.' })

export const ExceptionRemedy = z
  .union([
    z.strictObject({ id: Id, text: reason }),
    z.strictObject({
      id: Id,
      standsFor: z.enum(['item', 'charge']),
      role: z.string().max(100).optional().meta({ description: 'What its amounts are; sales without it.' }),
      taxed: z.boolean().optional().meta({ description: 'Whether later documents tax it; true without it.' }),
    }),
    z.strictObject({ id: Id, country: z.string().regex(/^[A-Z]{2}$/) }),
    z.strictObject({
      id: Id,
      taxCode: z.string().trim().min(1).max(100).meta({ description: 'Of a tax whose name nobody had explained.' }),
    }),
    z.strictObject({
      id: Id,
      moneyIs: z.enum(['clearing', 'bank', 'cash', 'gift_card', 'ignored']).meta({
        description:
          'Of a payment whose name nobody had explained: with a processor, on a bank account, in the till; it was a gift card; it books nothing.',
      }),
      method: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: 'The name of the processor for the mapping; without it, the name as it stands.' }),
    }),
    z.strictObject({
      id: Id,
      acceptUpTo: z
        .string()
        .regex(/^[0-9]{1,15}(\.[0-9]{1,4})?$/)
        .meta({
          description: 'Of a total that differs: no more than this is accepted, in its currency.',
          example: '1.00',
        }),
    }),
  ])
  .meta({
    id: 'ExceptionRemedy',
    description:
      'How it was done; or what an unknown code stands for; where a destination is; which tax a name is; where the money of a payment is; up to how much a difference is accepted.',
  })

export const ExceptionName = z.strictObject({ id: Id }).meta({ id: 'ExceptionName' })

export const ExceptionDueDay = z
  .strictObject({
    id: Id,
    due: Day,
    from: Day.optional().meta({
      description:
        'The due day as it was read: refused (`changed_meanwhile`) where somebody else has changed it since.',
    }),
  })
  .meta({ id: 'ExceptionDueDay' })

export const ExceptionWork = z
  .strictObject({
    id: Id,
    from: z.enum(['open', 'in_progress']).optional().meta({
      description:
        'Its state as it was read: refused (`changed_meanwhile`) where somebody else has taken it on or let go of it since.',
    }),
  })
  .meta({ id: 'ExceptionWork' })

export const Rerun = z
  .object({
    id: Id,
    state,
    message: z.string(),
    moved: z.number().int().meta({ description: 'Lines that left suspense.' }),
    approvalId: orNull(Id).meta({ description: 'The request as which it waits for a second person.' }),
  })
  .meta({ id: 'Rerun' })

export const ExceptionDuty = z
  .strictObject({
    dataKind,
    responsible: person,
    email,
    days: z.number().int().min(0).max(366).meta({ description: 'How many days somebody has.' }),
    escalation: z
      .array(
        z.strictObject({ daysPastDue: z.number().int().min(0).max(366), responsible: person, email: email.optional() }),
      )
      .max(10)
      .meta({ description: 'Who is next, so many days past due.' }),
  })
  .meta({ id: 'ExceptionDuty', description: 'Who answers for a kind of data.' })

export const ExceptionSettings = z
  .strictObject({
    digestHour: z.number().int().min(0).max(23).meta({
      description: 'From this hour on, in the time zone of the company, the digest of a day goes out.',
      example: 7,
    }),
  })
  .meta({ id: 'ExceptionSettings', description: 'How a company is told of its exceptions.' })
