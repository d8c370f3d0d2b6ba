import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'

/** A reference rate as it is published: so many units of the currency for one euro. An exact decimal. */
export type ReferenceRate = { currency: string; day: AccountingDate; rate: string }

export type ReferenceOutcome = { created: number; existing: number; corrected: number }

/**
 * Saves reference rates of the European Central Bank for the whole installation. A rate that is there is left alone; one with another value
 * becomes its next version. The transaction is the owner's: no company may change what all of them use.
 */
export async function saveReferenceRates(tx: Tx, rates: readonly ReferenceRate[]): Promise<ReferenceOutcome> {
  await tx.query('lock table reference_rate in share row exclusive mode')
  const { created, corrected } = only(
    await tx.query<{ created: bigint; corrected: bigint }>(
      `with given as (
          select * from unnest($1::text[], $2::date[], $3::numeric[]) as g (currency, day, rate)
        ), latest as (
          select distinct on (r.currency, r.day) r.currency, r.day, r.version, r.rate
            from reference_rate r join given g on g.currency = r.currency and g.day = r.day
            where r.source = 'ecb' order by r.currency, r.day, r.version desc
        ), saved as (
          insert into reference_rate (source, currency, day, version, rate)
            select 'ecb', g.currency, g.day, coalesce(l.version, 0) + 1, g.rate
              from given g left join latest l using (currency, day) where l.rate is distinct from g.rate
            returning version
        )
        select count(*) filter (where version = 1) as created, count(*) filter (where version > 1) as corrected from saved`,
      [column(rates, (r) => r.currency), column(rates, (r) => r.day), column(rates, (r) => r.rate)],
    ),
  )
  return {
    created: Number(created),
    corrected: Number(corrected),
    existing: rates.length - Number(created) - Number(corrected),
  }
}
