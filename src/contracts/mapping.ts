import { z } from 'zod'
import { Day, Follows, Id, Money, Month, orNull } from './basic.ts'

export const Channel = z
  .object({ id: Id, code: z.string().meta({ example: 'web' }), name: z.string() })
  .meta({ id: 'Channel', description: 'Where sales come from: imports and documents add those that they name.' })

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

export const ListedMappingRule = MappingRule.extend({
  authorName: z.string().meta({ description: 'For people.' }),
}).meta({
  id: 'ListedMappingRule',
  description: 'Which account plays a role, with the name of who said so.',
})

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
    follows: Follows,
  })
  .meta({ id: 'NewMappingRule' })

const accountName = z.object({ code: z.string(), name: z.string() })

export const MappingPreview = z
  .object({
    lines: z.number().int().meta({ description: 'How many lines would land elsewhere.' }),
    moves: z.array(
      z.object({
        from: accountName,
        to: accountName,
        period: Month,
        closed: z.boolean().meta({ description: 'Lines of a closed period move on the first open day.' }),
        lines: z.number().int(),
        amount: Money,
      }),
    ),
    accounts: z
      .array(z.object({ account: z.string(), period: Month, amount: Money }))
      .meta({ description: 'What each account would gain or lose in each period; a debit is positive.' }),
    samples: z
      .array(
        z.object({
          entryId: Id,
          lineNo: z.number().int(),
          date: z.string(),
          document: z.string().nullable(),
          item: z.string().nullable(),
          amount: Money,
          from: z.string(),
          to: z.string(),
        }),
      )
      .meta({ description: 'The largest lines, with the documents that they come from.' }),
  })
  .meta({ id: 'MappingPreview', description: 'What a change of the mapping would move of all that is posted.' })

export const MappingChange = z
  .strictObject({
    rules: z
      .array(NewMappingRule)
      .max(1000)
      .meta({ description: 'The next versions; none, to look at the mapping as it is.' }),
    roles: z
      .array(z.string())
      .max(200)
      .optional()
      .meta({ description: 'Only these roles; without it, those of the rules, or all.' }),
  })
  .meta({ id: 'MappingChange' })

export const MappingChangeToApply = MappingChange.extend({
  reason: z.string().trim().min(1).max(1000),
}).meta({ id: 'MappingChangeToApply' })

export const AppliedMapping = z
  .object({
    applicationId: orNull(Id).meta({ description: 'null where nothing had to move.' }),
    lines: z.number().int(),
    entries: z.number().int(),
    amount: Money,
  })
  .meta({ id: 'AppliedMapping' })

export const MappingApplication = z
  .object({
    id: Id,
    reason: z.string(),
    appliedBy: z.string(),
    appliedByName: z.string().meta({ description: 'For people.' }),
    appliedAt: z.string(),
    lines: z.number().int(),
    entries: z.number().int(),
  })
  .meta({ id: 'MappingApplication', description: 'When the mapping was applied to what is posted, why and by whom.' })

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
    follows: Follows,
  })
  .meta({ id: 'NewDestinationRule' })

export const DestinationName = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .meta({ description: 'As the source writes it.', example: 'Channel Islands' }),
    country: z.string().regex(/^[A-Z]{2}$/),
  })
  .meta({
    id: 'DestinationName',
    description: 'In which country a destination is that a source writes in words of its own.',
  })

/** What somebody says of a destination, and what they have read of it. */
export const NewDestinationName = DestinationName.extend({
  from: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .optional()
    .meta({
      description: 'Where it was as you have read it; null where nobody had said. Without it the last word counts.',
      example: null,
    }),
}).meta({ id: 'NewDestinationName' })

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
    follows: Follows,
  })
  .meta({ id: 'NewLineCodeRule' })

const about = z.enum(['payment', 'tax'])
const nameStandsFor = z.enum(['clearing', 'bank', 'cash', 'gift_card', 'ignored', 'unknown', 'tax_code']).meta({
  description:
    'Of a payment: where its money is, clearing being that of a processor; ignored books nothing. Of a tax: tax_code. Unknown waits in suspense.',
})

export const SourceNameRule = z
  .object({
    id: Id,
    source: z.string(),
    about,
    priority: z.number().int(),
    pattern: z.string(),
    standsFor: nameStandsFor,
    method: z.string().nullable(),
    taxCode: z.string().nullable(),
    effectiveFrom: Day,
    version: z.number().int(),
  })
  .meta({ id: 'SourceNameRule', description: "What the name of a payment or a tax in a source's files stands for." })

export const NewSourceNameRule = z
  .strictObject({
    source: z.string().min(1).max(100).meta({ example: 'shopify-orders' }),
    about,
    pattern: z
      .string()
      .min(1)
      .max(500)
      .meta({ description: 'A regular expression that matches the whole name, without regard to case.' }),
    standsFor: nameStandsFor,
    priority: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .meta({ description: 'The lowest wins; 50 unless given.' }),
    method: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'What the mapping calls the payment method; without it, the name as it stands.' }),
    taxCode: z.string().optional(),
    effectiveFrom: Day.optional(),
    follows: Follows,
  })
  .meta({ id: 'NewSourceNameRule' })
const basis = z.enum(['document', 'payment', 'shipment', 'payout'])

export const PostingDayRule = z
  .object({
    id: Id,
    source: z.string(),
    channel: z.string().meta({ description: 'Empty for all channels of the source.' }),
    basis,
    effectiveFrom: Day,
    version: z.number().int(),
    author: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'PostingDayRule', description: "Which of a document's days its entry takes." })

export const ListedPostingDayRule = PostingDayRule.extend({
  authorName: z.string().meta({ description: 'For people.' }),
}).meta({ id: 'ListedPostingDayRule', description: "Which of a document's days its entry takes, and who said so." })

export const NewPostingDayRule = z
  .strictObject({
    source: z.string().trim().min(1).max(100),
    channel: z.string().max(100).optional(),
    basis,
    effectiveFrom: Day.optional(),
    reason: z.string().max(1000).optional(),
    follows: Follows,
  })
  .meta({ id: 'NewPostingDayRule' })
