import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { decimal } from '../../kernel/decimal.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { RateSource, UsedRate } from '../../posting/exchange.ts'

/** A currency on a day. */
export type RateWanted = { currency: string; on: AccountingDate }

/** The rate of a currency on a day, null for the base currency itself. Refuses `rate_missing`. */
export type RateBook = { base: string; rateOn(currency: string, on: AccountingDate): UsedRate | null }

type Found = RateWanted & {
  companyDay: AccountingDate | null
  companyRate: string | null
  manualDay: AccountingDate | null
  manualRate: string | null
  ecbDay: AccountingDate | null
  ecbOfCurrency: string | null
  ecbOfBase: string | null
}

/**
 * Finds the rates that are wanted, in one statement however many there are; none for the base currency. A company's own rate stands before all
 * others. Otherwise the latest of the manual rate and the reference rate holds. Reference rates are given for working days and hold for a
 * week at most, so that the last one before a gap in the history is never taken for today's.
 */
export async function findRates(tx: Tx, wanted: readonly RateWanted[]): Promise<RateBook> {
  const { base } = only(await tx.query<{ base: string }>('select base_currency as base from company'))
  const asked = new Map(
    wanted.filter(({ currency }) => currency !== base).map((each) => [`${each.currency} ${each.on}`, each]),
  )
  const rows = asked.size === 0 ? [] : await lookUp(tx, [...asked.values()], base)
  const found = new Map(rows.map((row) => [`${row.currency} ${row.on}`, usedRate(row, base)]))
  return {
    base,
    rateOn: (currency, on) => {
      if (currency === base) return null
      const rate = found.get(`${currency} ${on}`)
      if (rate === undefined) throw new Refusal('rate_missing', { currency, day: on })
      return rate
    },
  }
}

const ownRate = (source: string): string => `left join lateral (
    select r.day, r.rate from company_rate r
      where r.company_id = $1 and r.source = '${source}' and r.currency = w.currency and r.day <= w.day order by r.day desc, r.version desc limit 1
  ) ${source} on true`

const referenceRate = (currency: string): string => `case when ${currency} = 'EUR' then 1 else (
    select r.rate from reference_rate r where r.source = 'ecb' and r.currency = ${currency} and r.day = w.day - back order by r.version desc limit 1
  ) end`

const lookUp = (tx: Tx, wanted: readonly RateWanted[], base: string): Promise<Found[]> =>
  tx.query<Found>(
    `select w.currency, w.day as on, company.day as "companyDay", company.rate::text as "companyRate", manual.day as "manualDay",
        manual.rate::text as "manualRate", ecb.day as "ecbDay", ecb.of_currency::text as "ecbOfCurrency", ecb.of_base::text as "ecbOfBase"
      from unnest($2::text[], $3::date[]) as w (currency, day)
      ${ownRate('company')}
      ${ownRate('manual')}
      left join lateral (
        select e.* from (
            select w.day - back as day, ${referenceRate('w.currency')} as of_currency, ${referenceRate('$4::text')} as of_base
              from generate_series(0, 7) as back
          ) e
          where e.of_currency is not null and e.of_base is not null order by e.day desc limit 1
      ) ecb on true`,
    [tx.companyId, column(wanted, (w) => w.currency), column(wanted, (w) => w.on), base],
  )

function usedRate(row: Found, base: string): UsedRate | undefined {
  const { currency } = row
  if (row.companyDay !== null && row.companyRate !== null)
    return ratio({ base, currency, source: 'company', day: row.companyDay }, row.companyRate, '1')
  const manualHolds = row.manualDay !== null && row.manualRate !== null
  if (manualHolds && (row.ecbDay === null || (row.manualDay as string) >= row.ecbDay))
    return ratio(
      { base, currency, source: 'manual', day: row.manualDay as AccountingDate },
      row.manualRate as string,
      '1',
    )
  if (row.ecbDay === null) return undefined
  // Both are units for one euro: what one unit of the currency is worth is the base's number by the currency's.
  const about = { base, currency, source: 'ecb' as const, day: row.ecbDay }
  return ratio(about, row.ecbOfBase as string, row.ecbOfCurrency as string)
}

type About = { base: string; currency: string; source: RateSource; day: AccountingDate }

function ratio(about: About, numerator: string, denominator: string): UsedRate {
  const [n, d] = [decimal(numerator), decimal(denominator)]
  return {
    ...about,
    numerator: n.unscaled * 10n ** BigInt(d.scale),
    denominator: d.unscaled * 10n ** BigInt(n.scale),
  }
}
