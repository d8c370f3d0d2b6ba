import { z } from 'zod'
import { Day, Id, orNull } from './basic.ts'

const AccountClass = z.enum(['asset', 'liability', 'equity', 'income', 'expense'])

const CashFlow = z.enum(['cash', 'operating', 'investing', 'financing'])

export const Account = z
  .object({
    id: Id,
    code: z.string(),
    name: z.string(),
    class: AccountClass,
    role: z.string().nullable(),
    groupCode: z.string().nullable(),
    endedOn: orNull(Day),
    cashFlow: CashFlow.nullable().meta({
      description: 'Where it stands in the cash flow statement; null for where its role, heading or class puts it.',
    }),
  })
  .meta({ id: 'Account' })

export const NewAccount = z
  .strictObject({
    code: z.string().trim().min(1).max(40),
    name: z.string().trim().min(1).max(200),
    class: AccountClass,
    role: z.string().nullish(),
    groupCode: z.string().nullish(),
  })
  .meta({ id: 'NewAccount' })

export const AccountChange = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    groupCode: z.string().nullable().optional(),
    endedOn: orNull(Day).optional().meta({ description: 'The last day on which anything is posted to it.' }),
    cashFlow: CashFlow.nullable().optional().meta({ description: 'null puts it back where its role puts it.' }),
  })
  .meta({ id: 'AccountChange' })
