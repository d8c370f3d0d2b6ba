import { z } from 'zod'
import { Day, Id, Money, Month } from './basic.ts'

export const CurrencyName = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'A currency by ISO 4217.', example: 'EUR' })

const RateText = z
  .string()
  .regex(/^[0-9]{1,15}(\.[0-9]{1,20})?$/)
  .meta({ description: 'What one unit of the currency is worth in the base currency, exactly.', example: '0.8500' })

export const ExchangeRate = z
  .object({
    source: z.string(),
    currency: z.string(),
    day: z.string(),
    version: z.number().int(),
    rate: z.string().nullable().meta({ description: 'null ends the rates of its source from that day' }),
    quotedAs: z.string().meta({ description: 'Which way round the rate is given.' }),
    author: z.string(),
    authorName: z.string().meta({ description: 'For people.' }),
    reason: z.string(),
  })
  .meta({ id: 'ExchangeRate', description: 'A rate as its source gives it.' })

export const NewExchangeRate = z
  .strictObject({
    source: z.enum(['manual', 'company']).meta({ description: "A company's own rate stands before every other." }),
    currency: CurrencyName,
    day: Day,
    rate: RateText.nullable().meta({ description: 'null ends the rates of this source from that day.' }),
    reason: z.string().max(1000).optional(),
  })
  .meta({ id: 'NewExchangeRate' })

export const SavedRate = z
  .object({
    result: z.enum(['created', 'existing', 'corrected']).meta({ description: 'A corrected rate is the next version.' }),
    version: z.number().int(),
  })
  .meta({ id: 'SavedRate' })

export const NewRevaluation = z.strictObject({ month: Month }).meta({ id: 'NewRevaluation' })

export const RevaluedMonth = z
  .object({
    month: z.string(),
    balances: z.array(
      z.object({
        account: z.string(),
        balance: Money,
        before: Money,
        after: Money,
        reversed: z.boolean().meta({ description: 'Whether it is taken back on the next day.' }),
        entryId: Id,
      }),
    ),
  })
  .meta({ id: 'RevaluedMonth', description: 'What changed; empty where the month had been revalued already.' })

export const RateInUse = z
  .object({
    currency: z.string(),
    base: z.string(),
    on: z.string(),
    rate: z.string().meta({ description: 'To ten places; amounts are computed from the exact ratio.' }),
    source: z.string().nullable(),
    day: z.string().meta({ description: 'The day for which the source gives it.' }),
  })
  .meta({ id: 'RateInUse', description: 'What one unit of a currency is worth on a day, and who says so.' })
