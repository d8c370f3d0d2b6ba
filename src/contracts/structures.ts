import { z } from 'zod'
import { Day, Id, Money } from './basic.ts'
import { AppliedMapping } from './mapping.ts'

const structure = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/)

export const LegacyAccount = z
  .object({ structure: z.string(), code: z.string(), name: z.string(), account: z.string() })
  .meta({
    id: 'LegacyAccount',
    description: 'An account of an earlier chart, and the code of ours that it has become.',
  })

export const NewLegacyAccount = z
  .strictObject({
    structure,
    code: z.string().trim().min(1).max(100),
    name: z.string().max(200).default(''),
    account: z.string().max(40),
  })
  .meta({ id: 'NewLegacyAccount' })

export const AccountMerge = z
  .strictObject({
    from: z.array(z.string().max(40)).min(1).max(100),
    into: z.string().max(40),
    reason: z.string().trim().min(1).max(1000),
    end: z.boolean().optional().meta({
      description: 'Whether the emptied accounts end: those that the chart gives a role stay. Without it, none ends.',
    }),
  })
  .meta({ id: 'AccountMerge' })

export const MergedAccounts = AppliedMapping.extend({
  applicationId: Id,
  ended: z.array(z.string()).meta({ description: 'The emptied accounts that were ended.' }),
  stay: z
    .array(
      z.object({
        account: z.string(),
        why: z.string().meta({ example: 'The chart gives it a role of its own (other income)' }),
      }),
    )
    .meta({ description: 'Those that were to end and stay, with why.' }),
}).meta({ id: 'MergedAccounts' })

export const StructureQuery = z.object({ asOf: Day.optional() })

export const StructureBalance = z
  .object({
    structure: z.string(),
    asOf: z.string(),
    rows: z.array(z.object({ code: z.string(), name: z.string(), balance: Money })),
  })
  .meta({ id: 'StructureBalance', description: 'A trial balance read by another structure; a debit is positive.' })
