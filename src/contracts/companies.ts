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
    currency: z.string().length(3).meta({ description: 'ISO 4217: the currency of the books.', example: 'GBP' }),
    chart: z.string().optional().meta({ description: "The chart of accounts; by default the country's own." }),
    timeZone: z.string().optional().meta({ example: 'Europe/London' }),
    fiscalYearStartMonth: z.number().int().min(1).max(12).optional(),
  })
  .meta({ id: 'NewCompany' })
