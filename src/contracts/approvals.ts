import { z } from 'zod'
import { Id, Money } from './basic.ts'

export const ApprovalRequest = z
  .object({
    id: Id,
    kind: z.enum([
      'journal',
      'draft',
      'reversal',
      'reclassification',
      'recurring_day',
      'period_reopening',
      'bank_details',
      'approval_rule',
    ]),
    summary: z.string(),
    amount: Money.nullable(),
    requestedBy: z.string(),
    requestedAt: z.string(),
    state: z.enum(['pending', 'approved', 'declined']),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    reason: z.string(),
  })
  .meta({ id: 'ApprovalRequest', description: 'What one person asked for, and what another made of it.' })

export const Approval = z.strictObject({ reason: z.string().max(1000).default('') }).meta({ id: 'Approval' })
export const Decline = z.strictObject({ reason: z.string().trim().min(1).max(1000) }).meta({ id: 'Decline' })

export const ApprovalRuleKind = z.enum(['journal', 'period_reopening', 'bank_details'])

export const ApprovalRule = z
  .object({
    kind: ApprovalRuleKind,
    above: Money.nullable().meta({ description: 'Entries by hand of more than this; null where every one needs it.' }),
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
