import { z } from 'zod'

const part = (description: string, example: string | null) =>
  z.string().max(60).nullable().meta({ description, example })

const details = {
  holder: z.string().meta({ description: 'The name of the account holder.', example: 'Shop Ltd' }),
  bank: z.string().meta({ description: "The bank's name.", example: 'First Bank' }),
  currency: z.string().meta({ description: 'ISO 4217.', example: 'GBP' }),
  iban: part('By ISO 13616, without spaces.', 'GB82WEST12345698765432'),
  bic: part('By ISO 9362.', 'WESTGB2L'),
  sortCode: part('Six digits (United Kingdom).', '123456'),
  routingNumber: part('Nine digits (United States).', null),
  accountNumber: part('Beside a sort code, a routing number or a BIC.', '98765432'),
}

export const BankAccount = z
  .object({
    name: z.string().meta({ description: 'How the company calls it.', example: 'main' }),
    ...details,
    active: z.boolean().meta({ description: 'Whether customers are told to pay here.' }),
  })
  .meta({ id: 'BankAccount', description: 'A bank account into which the company is paid.' })

/** What a customer is told. */
export const PayTo = z.object(details).meta({ id: 'PayTo', description: 'A bank account to which it can be paid.' })

const given = (schema: z.ZodType<string | null>) => schema.optional()

export const BankAccountChange = z
  .strictObject({
    holder: z.string().trim().min(1).max(140).meta({ example: 'Shop Ltd' }),
    bank: z.string().max(140).optional().meta({ example: 'First Bank' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ example: 'GBP' }),
    iban: given(details.iban),
    bic: given(details.bic),
    sortCode: given(details.sortCode),
    routingNumber: given(details.routingNumber),
    accountNumber: given(details.accountNumber),
    active: z.boolean().default(true),
  })
  .meta({
    id: 'BankAccountChange',
    description:
      'An IBAN, or an account number with a sort code, a routing number or a BIC. Spaces and hyphens are left out.',
    example: { holder: 'Shop Ltd', currency: 'GBP', iban: 'GB82 WEST 1234 5698 7654 32', bank: 'First Bank' },
  })
