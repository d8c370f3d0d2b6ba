import { z } from 'zod'
import { Id } from './basic.ts'

export const Company = z
  .object({
    id: Id,
    name: z.string(),
    country: z.string(),
    baseCurrency: z.string(),
    timeZone: z.string(),
    fiscalYearStartMonth: z.number().int(),
    chart: z.string(),
  })
  .meta({ id: 'Company' })

export const NewCompany = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    country: z.string().length(2).meta({ description: 'ISO 3166-1, two letters.', example: 'GB' }),
    currency: z
      .string()
      .length(3)
      .optional()
      .meta({ description: "ISO 4217: the currency of the books; by default the country's own.", example: 'GBP' }),
    chart: z.string().optional().meta({ description: "The chart of accounts; by default the country's own." }),
    timeZone: z.string().optional().meta({ example: 'Europe/London' }),
    fiscalYearStartMonth: z.number().int().min(1).max(12).optional(),
  })
  .meta({ id: 'NewCompany' })

const stays = (what: string) => ({ description: `${what} stays as it was chosen: given otherwise it is refused.` })

export const CompanyChange = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    timeZone: z.string().max(100).optional().meta({ description: 'An IANA name.', example: 'Europe/London' }),
    fiscalYearStartMonth: z
      .number()
      .int()
      .min(1)
      .max(12)
      .optional()
      .meta({ description: 'Until something is posted.', example: 4 }),
    country: z.string().max(2).optional().meta(stays('The country')),
    baseCurrency: z.string().max(3).optional().meta(stays('The currency of the books')),
    chart: z.string().max(40).optional().meta(stays('The chart of accounts')),
  })
  .meta({ id: 'CompanyChange' })

export const CompanyProposal = z
  .object({
    country: z.string().meta({ example: 'GB' }),
    name: z.string(),
    currency: z
      .string()
      .nullable()
      .meta({ description: 'Null where the country has none of its own.', example: 'GBP' }),
    chart: z.string().meta({ example: 'uk' }),
    chartTitle: z.string(),
    timeZone: z.string().meta({ example: 'Europe/London' }),
    fiscalYearStartMonth: z.number().int().meta({ description: 'In which most fiscal years begin.', example: 4 }),
    taxRules: z.enum(['vat', 'none']).meta({
      description:
        '`vat`: tax codes with their rates. `none`: books without tax rules; documents say their own tax, or somebody enters rates.',
    }),
    taxAuthority: z.string().nullable(),
    standardTaxRate: z.string().nullable().meta({ description: 'A share of one, today.', example: '0.2' }),
  })
  .meta({ id: 'CompanyProposal' })
