import { z } from 'zod'
import { Actor, Day, Follows, Id, Money, orNull } from './basic.ts'

const decimal = z.string().regex(/^-?[0-9]{1,15}(\.[0-9]{1,4})?$/)

const text = z.string().nullable()

const LineMove = z.object({
  moved: z.enum(['away', 'here']).meta({
    description:
      '`away`: the line was moved off its account by that entry. `here`: it arrived from a line of that entry.',
  }),
  entryId: Id,
  otherLineNo: z.number().int(),
  from: z.string().meta({ description: 'The code of the account.' }),
  to: z.string(),
  on: z.string(),
  by: z.string(),
  at: z.string(),
  reason: z.string(),
})

const EntryLine = z.object({
  lineNo: z.number().int(),
  account: z.object({ code: z.string(), name: z.string(), role: z.string().nullable() }),
  amount: Money,
  currencyAmount: orNull(Money),
  mapping: z
    .object({
      id: Id,
      role: z.string(),
      version: z.number().int(),
      effectiveFrom: z.string(),
      author: z.string(),
      authorName: z.string().meta({ description: 'For people.' }),
      createdAt: z.string(),
      reason: z.string(),
      conditions: z.record(z.string(), z.string()).meta({
        description:
          'What of the line the rule looked at, by code: item, itemGroup, taxCode, channel, paymentMethod, documentKind.',
      }),
    })
    .nullable()
    .meta({ description: 'The version of the mapping rule that chose the account; null where the line named it.' }),
  party: text,
  partyName: text,
  partyId: orNull(Id),
  item: text,
  itemName: text,
  itemId: orNull(Id),
  channel: text,
  document: text,
  documentId: orNull(Id),
  documentLineNo: z.number().int().nullable(),
  taxCode: text,
  taxAuthority: text,
  taxPoint: text,
  taxBase: orNull(Money),
  sourceFile: text,
  sourceRow: z.number().int().nullable(),
  moves: z.array(LineMove).meta({ description: 'Where it was moved to, or came from.' }),
})

const EntryCause = z
  .object({
    kind: z.string(),
    name: z.string().meta({ description: 'The number or reference of the event.' }),
    documentId: orNull(Id),
    documentKind: text,
    paymentId: orNull(Id),
    entryId: orNull(Id).meta({ description: 'The entry that it reverses, or moves a line of.' }),
    import: z.object({ runId: Id, format: z.string(), startedAt: z.string() }).nullable(),
    recurring: text,
    template: text,
    reason: text,
  })
  .meta({ id: 'EntryCause', description: 'The event that an entry was posted for.' })

export const Entry = z
  .object({
    entryId: Id,
    number: z.string().nullable().meta({ description: 'Its number in its fiscal year; null until it is sealed.' }),
    date: z.string(),
    effectiveOn: z.string(),
    rule: z.string(),
    source: z.object({ kind: z.string(), id: z.string() }),
    revision: z.number().int(),
    reverses: orNull(Id),
    reversedBy: orNull(Id),
    closesYear: z.boolean(),
    description: z.string(),
    postedBy: z.string(),
    postedAt: z.string(),
    writtenBy: Actor,
    cause: EntryCause,
    lines: z.array(EntryLine),
    sources: z.array(
      z.object({
        document: z.string(),
        file: z.string(),
        firstRow: z.number().int(),
        lastRow: z.number().int(),
        rows: z.number().int(),
      }),
    ),
  })
  .meta({
    id: 'Entry',
    description: 'An entry of the journal, with why each line is where it is. A debit is positive.',
  })

export const Reverse = z.enum(['next_day', 'next_period']).meta({
  id: 'Reverse',
  description: 'The entry is taken back by itself: on the day after it, or on the first day of the month after it.',
})

/** A line that a person writes, of a journal or of opening balances. */
export const WrittenLine = z
  .strictObject({
    account: z.string().optional().meta({ description: 'The code of the account; or give a role.' }),
    role: z.string().optional(),
    amount: decimal.meta({ description: 'In the base currency; a debit is positive.' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .meta({ description: 'Where the line is in another currency than the base: with currencyAmount.' }),
    currencyAmount: decimal.optional().meta({ description: 'In the currency of the line; a debit is positive.' }),
    customer: z.string().optional().meta({ description: "A customer's number, on what customers owe." }),
    supplier: z.string().optional().meta({ description: "A supplier's number, on what we owe." }),
    document: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'The number of the document of earlier books that is still open.' }),
    openedOn: Day.optional().meta({ description: 'The date of that document; without it, the day of the entry.' }),
    dueOn: Day.optional(),
    taxCode: z.string().min(1).max(200).optional().meta({
      description:
        'On a tax account the code that the tax belongs to in the return, with taxBase. On any other account it says what the line is about, and counts in no return.',
    }),
    taxBase: decimal.optional().meta({
      description:
        'What was taxed, in the base currency: above zero for what was sold or bought, below it for what was credited; 0 where the tax alone is corrected.',
    }),
  })
  .meta({ id: 'WrittenLine', example: { role: 'bank', amount: '-100.00' } })

export const NewJournal = z
  .strictObject({
    reference: z.string().trim().min(1).max(200).meta({ description: 'Makes it one: the same again finds it.' }),
    date: Day,
    description: z.string().max(1000).optional(),
    documentReference: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'The number of the paper that it follows.' }),
    reason: z.string().max(1000).optional().meta({ description: 'Why it is written.' }),
    reverse: Reverse.optional(),
    lines: z.array(WrittenLine).min(2).max(2000),
  })
  .meta({ id: 'NewJournal' })

export const EntryReversal = z
  .strictObject({
    date: Day.optional().meta({ description: 'Without it, the day of the entry.' }),
    description: z.string().max(1000).optional(),
  })
  .meta({ id: 'EntryReversal' })

export const words = z.string().trim().min(1).max(200)
export const parameterValues = z
  .record(z.string(), z.string().max(1000))
  .meta({ description: 'By name: amounts and percentages as decimals, accounts by code, parties by number.' })

export const FilledTemplate = z
  .strictObject({
    template: words,
    reference: words.meta({ description: 'Makes it one: the same again finds it.' }),
    date: Day,
    parameters: parameterValues,
    description: z.string().max(1000).optional(),
    documentReference: words.optional(),
    reason: z.string().max(1000).optional(),
    reverse: Reverse.optional(),
  })
  .meta({
    id: 'FilledTemplate',
    example: {
      template: 'interest',
      reference: 'interest 2026-01',
      date: '2026-01-31',
      parameters: { amount: '12.50' },
    },
  })

const Definition = z
  .strictObject({
    description: z.string().max(1000),
    reverse: orNull(Reverse).optional(),
    parameters: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/),
          kind: z.enum(['amount', 'percent', 'text', 'account', 'customer', 'supplier']),
          label: words,
          default: z.string().max(1000).optional(),
        }),
      )
      .max(50),
    lines: z
      .array(
        z.strictObject({
          account: words.optional(),
          role: words.optional(),
          accountOf: words.optional(),
          side: z.enum(['debit', 'credit']),
          amount: words.optional(),
          percent: words.optional(),
          rest: z.boolean().optional(),
          party: words.optional(),
          taxCode: words.optional(),
          taxBase: words.optional(),
        }),
      )
      .min(2)
      .max(200),
  })
  .meta({
    id: 'TemplateDefinition',
    description:
      'A line stands on an account by code, by role, or as a parameter says, and takes an amount, so many percent of it, or the rest. A line on a tax account may name a tax code, and the amount parameter that says what was taxed.',
  })

export const NewTemplate = z
  .strictObject({
    name: words,
    title: words,
    reason: z.string().max(1000).optional(),
    definition: Definition,
    follows: Follows,
  })
  .meta({
    id: 'NewTemplate',
    example: {
      name: 'rent-shared',
      title: 'Rent of the shop and the store',
      definition: {
        description: 'Rent {month}',
        parameters: [{ name: 'amount', kind: 'amount', label: 'Rent' }],
        lines: [
          { account: '7100', side: 'debit', amount: 'amount', percent: '60' },
          { account: '7102', side: 'debit', amount: 'amount', percent: '40' },
          { role: 'bank', side: 'credit', rest: true },
        ],
      },
    },
  })

export const Template = z
  .object({
    name: z.string(),
    version: z.number().int(),
    title: z.string(),
    definition: Definition,
    author: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'JournalTemplate', description: 'The newest version of a template.' })

export const forPeople = { description: 'For people.', example: 'Anna' }

export const ListedTemplate = Template.extend({ authorName: z.string().meta(forPeople) }).meta({
  id: 'ListedJournalTemplate',
  description: 'The newest version of a template, with the name of who wrote it.',
})

export const JournalRecord = z
  .object({
    id: Id,
    reference: z.string(),
    state: z.enum(['draft', 'posted', 'discarded']),
    date: z.string(),
    description: z.string(),
    documentReference: z.string().nullable(),
    reason: z.string(),
    reversesOn: z.string().nullable(),
    template: z.string().nullable(),
    recurring: z.string().nullable(),
    entryId: orNull(Id),
    reversalId: orNull(Id),
    writtenBy: z.string(),
    writtenAt: z.string(),
    postedBy: z.string().nullable(),
    postedAt: z.string().nullable(),
  })
  .meta({ id: 'JournalRecord', description: 'A journal by hand: a draft, or posted with its entry and its reversal.' })

export const ListedJournal = JournalRecord.extend({
  writtenByName: z.string().meta(forPeople),
  postedByName: z.string().nullable().meta(forPeople),
}).meta({ id: 'ListedJournal', description: 'A journal by hand, with the names of who wrote and posted it.' })

export const JournalDetail = ListedJournal.extend({
  reverse: orNull(Reverse),
  lines: z
    .array(WrittenLine)
    .meta({ description: 'Of a draft, as they can be sent again; what is posted has those of its entry.' }),
}).meta({ id: 'JournalDetail' })

export const FilledJournal = z
  .object({ description: z.string(), reverse: orNull(Reverse), lines: z.array(WrittenLine) })
  .meta({ id: 'FilledJournal', description: 'What a template writes. Nothing is posted.' })

export const JournalReference = z
  .strictObject({ reference: words })
  .meta({ id: 'JournalReference', example: { reference: 'rent 2026-01' } })
