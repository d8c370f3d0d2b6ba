import { z } from 'zod'
import { approvalKinds, ruleKinds } from '../kernel/approval-kinds.ts'
import { Id, Money, orNull } from './basic.ts'

export const ApprovalRequest = z
  .object({
    id: Id,
    kind: z.enum(approvalKinds),
    summary: z.string(),
    amount: orNull(Money),
    requestedBy: z.string(),
    requestedAt: z.string(),
    state: z.enum(['pending', 'approved', 'declined']),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    reason: z.string(),
  })
  .meta({ id: 'ApprovalRequest', description: 'What one person asked for, and what another made of it.' })

const names = {
  requestedByName: z.string().meta({ example: 'Anna' }),
  decidedByName: z.string().nullable(),
  own: z.boolean().meta({ description: 'Whether the caller asked for it, and so cannot decide on it.' }),
}

export const ListedApproval = ApprovalRequest.extend(names).meta({
  id: 'ListedApproval',
  description: 'What one person asked for, with the names of those who did.',
})

const AskedEntry = z.object({
  reference: z.string().meta({ example: 'rent-feb' }),
  date: z.string(),
  rule: z.string().meta({ example: 'manual-journal' }),
  description: z.string(),
  documentReference: z.string().nullable(),
  reason: z.string(),
  reversesOn: z.string().nullable().meta({ description: 'The day on which it is taken back by itself.' }),
  attachments: z.array(
    z.object({ id: Id, name: z.string(), mediaType: z.string(), bytes: z.number().int() }).meta({
      description: 'A file beside it: read it by its id.',
    }),
  ),
})

const AskedLine = z.object({
  reference: z.string().meta({ example: 'rent-feb' }),
  date: z.string(),
  account: z.object({ code: z.string(), name: z.string() }),
  amount: Money,
  currencyAmount: orNull(Money),
  party: z.string().nullable(),
  partyName: z.string().nullable(),
  document: z.string().nullable(),
  dueOn: z.string().nullable(),
  taxCode: z.string().nullable(),
  taxBase: orNull(Money).meta({ description: 'Of a tax line: what was taxed.' }),
})

export const ApprovalDetail = ApprovalRequest.extend({
  ...names,
  changes: z
    .array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
    .meta({ description: 'What is changed beside entries: a period, bank details, a rule.' }),
  kept: z.boolean().meta({
    description:
      'Whether entries, lines and moves are those that were tried when it was asked for. Approved, it does just that, or is refused (`approval_outdated`).',
  }),
  entryCount: z.number().int(),
  lineCount: z.number().int(),
  debits: Money.meta({ description: 'The debits of all of its entries.' }),
  moves: z
    .array(
      z.object({
        from: z.object({ code: z.string(), name: z.string() }),
        to: z.object({ code: z.string(), name: z.string() }),
        lines: z.number().int(),
        amount: Money,
      }),
    )
    .meta({ description: 'Of what moves posted lines, from which accounts to which; a debit is positive.' }),
  entries: z.array(AskedEntry).meta({ description: 'The first 100 entries.' }),
  lines: z.array(AskedLine).meta({
    description: 'The first 100 lines, as they would be posted now, or as they were `kept`. A debit is positive.',
  }),
  refusal: z
    .object({ code: z.string().meta({ example: 'period_closed' }), message: z.string() })
    .nullable()
    .meta({ description: 'Why it could not be done now; null where it could.' }),
}).meta({ id: 'ApprovalDetail', description: 'What somebody is to decide on, with all that it would do.' })

export const Approval = z.strictObject({ reason: z.string().max(1000).default('') }).meta({ id: 'Approval' })
export const Decline = z.strictObject({ reason: z.string().trim().min(1).max(1000) }).meta({ id: 'Decline' })

export const ApprovalRuleKind = z.enum(ruleKinds)

export const ApprovalRule = z
  .object({
    kind: ApprovalRuleKind,
    above: orNull(Money).meta({ description: 'Entries by hand of more than this; null where every one needs it.' }),
    active: z.boolean(),
  })
  .meta({ id: 'ApprovalRule' })

export const ApprovalRuleChange = z
  .strictObject({
    active: z.boolean(),
    above: z
      .string()
      .regex(/^[0-9]+(\.[0-9]+)?$/)
      .optional()
      .meta({ example: '10000.00' }),
  })
  .meta({ id: 'ApprovalRuleChange' })
