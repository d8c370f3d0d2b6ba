import { z } from 'zod'
import { Month } from './basic.ts'
import { SignedAmount } from './facts.ts'

export const NewBudget = z
  .strictObject({
    code: z.string().trim().min(1).max(100).meta({ example: '2011' }),
    name: z.string().trim().min(1).max(200).meta({ example: 'Plan for 2011' }),
  })
  .meta({ id: 'NewBudget' })

export const Budget = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    from: z.string().nullable().meta({ description: 'The first month that it names.' }),
    to: z.string().nullable(),
    amounts: z.number().int(),
  })
  .meta({ id: 'Budget' })

export const BudgetAmounts = z
  .strictObject({
    replace: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the budget then holds these amounts and no others.' }),
    amounts: z
      .array(
        z.strictObject({
          account: z.string().trim().min(1).meta({ example: '4000', description: 'An account of income or expense.' }),
          month: Month,
          channel: z.string().trim().min(1).optional(),
          amount: SignedAmount.meta({
            description: 'Income and expenses are both positive; zero takes the amount out.',
          }),
        }),
      )
      .max(10_000),
  })
  .meta({ id: 'BudgetAmounts' })

export const BudgetPlan = z
  .object({
    code: z.string(),
    name: z.string(),
    amounts: z.array(
      z.object({
        account: z.string(),
        month: z.string().meta({ example: '2011-01' }),
        channel: z.string().nullable().meta({ description: 'Null where it is of no channel.' }),
        amount: z.string().meta({ description: 'In the base currency. Income and expenses are both positive.' }),
      }),
    ),
  })
  .meta({
    id: 'BudgetPlan',
    description: 'What a budget holds: no two amounts of one account, month and channel, and none that is zero.',
  })
