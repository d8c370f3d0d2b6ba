import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { divideRounded, formatDecimal } from '../../kernel/decimal.ts'
import type { UsedRate } from '../../posting/exchange.ts'

/** A rate as people read it. Reference rates are units of the currency for one euro, the others what one unit is worth in the base currency. */
export type RateView = {
  source: string
  currency: string
  day: AccountingDate
  version: number
  rate: string | null
  quotedAs: 'units for one EUR' | 'base currency for one unit'
  author: string
  reason: string
}

export type RateFilter = {
  currency?: string | undefined
  from?: AccountingDate | undefined
  to?: AccountingDate | undefined
  limit: number
}

/** The rates that are known, every version, the latest day first. */
export const listRates = (tx: Tx, { currency, from, to, limit }: RateFilter): Promise<RateView[]> =>
  tx.query<RateView>(
    `select source, currency, day, version, rate::text, quoted_as as "quotedAs", author, reason
       from (
         select source, currency, day, version, rate, 'base currency for one unit' as quoted_as, author, reason
           from company_rate where company_id = $1
         union all
         select source, currency, day, version, rate, 'units for one EUR', 'European Central Bank', '' from reference_rate
       ) rates
       where ($2::text is null or currency = $2) and ($3::date is null or day >= $3) and ($4::date is null or day <= $4)
       order by day desc, currency, source, version desc limit $5`,
    [tx.companyId, currency ?? null, from ?? null, to ?? null, limit],
  )

/** A rate as a decimal of ten places, for people: amounts are computed from the exact ratio. */
export const rateInWords = ({ numerator, denominator }: Pick<UsedRate, 'numerator' | 'denominator'>): string =>
  formatDecimal({ unscaled: divideRounded(numerator * 10n ** 10n, denominator), scale: 10 })
