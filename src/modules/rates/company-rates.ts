import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { isCurrencyCode } from '../../kernel/currencies.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { formatDecimal, parseDecimal } from '../../kernel/decimal.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** A rate of a company's own: what one unit of the currency is worth in its base currency. Null ends the source's rate from that day. */
export type NewCompanyRate = {
  source: 'manual' | 'company'
  currency: string
  day: AccountingDate
  /** An exact decimal above zero. */
  rate: string | null
  reason?: string
}

/** What became of a rate: `corrected` is the next version of one that was there with another value. */
export type RateOutcome = { result: 'created' | 'existing' | 'corrected'; version: number }

type Stored = { source: string; currency: string; day: AccountingDate; version: number; rate: string | null }

const keyOf = ({ source, currency, day }: { source: string; currency: string; day: string }) =>
  `${source} ${currency} ${day}`

/**
 * Adds rates, or corrects them by a next version. What was posted keeps the rate that it was posted with. Refuses `input_invalid` for a rate that is
 * not above zero, an unknown currency or the base currency, and where one list names a rate twice.
 */
export async function addCompanyRates(
  tx: Tx,
  rates: readonly NewCompanyRate[],
  author: string,
): Promise<RateOutcome[]> {
  if (rates.length === 0) return []
  const { base } = only(await tx.query<{ base: string }>('select base_currency as base from company'))
  const seen = new Set<string>()
  for (const rate of rates) {
    refuseInvalid(rate, base)
    if (seen.has(keyOf(rate))) throw new Refusal('input_invalid', { repeated: keyOf(rate) })
    seen.add(keyOf(rate))
  }
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', ['countinghouse.rates', tx.companyId])
  const latest = new Map((await latestOf(tx, rates)).map((row) => [keyOf(row), row]))
  const outcomes = rates.map((rate): RateOutcome => {
    const before = latest.get(keyOf(rate))
    if (before === undefined) return { result: 'created', version: 1 }
    if (plain(before.rate) === plain(rate.rate)) return { result: 'existing', version: before.version }
    return { result: 'corrected', version: before.version + 1 }
  })
  const fresh = rates
    .map((rate, index) => ({ ...rate, ...(outcomes[index] as RateOutcome) }))
    .filter(({ result }) => result !== 'existing')
  await tx.query(
    `insert into company_rate (company_id, source, currency, day, version, rate, author, reason)
       select $1, r.source, r.currency, r.day, r.version, r.rate, $8, coalesce(r.reason, '')
         from unnest($2::text[], $3::text[], $4::date[], $5::int[], $6::numeric[], $7::text[]) as r (source, currency, day, version, rate, reason)`,
    [
      tx.companyId,
      column(fresh, (r) => r.source),
      column(fresh, (r) => r.currency),
      column(fresh, (r) => r.day),
      column(fresh, (r) => r.version),
      column(fresh, (r) => r.rate),
      column(fresh, (r) => r.reason),
      author,
    ],
  )
  return outcomes
}

const plain = (rate: string | null): string | null => {
  const value = rate === null ? undefined : parseDecimal(rate)
  return value === undefined ? null : formatDecimal(value)
}

function refuseInvalid({ currency, rate }: NewCompanyRate, base: string): void {
  if (!isCurrencyCode(currency) || currency === base)
    throw new Refusal('input_invalid', { currency, expected: `another currency than ${base}` })
  if (rate === null) return
  const value = parseDecimal(rate)
  if (value === undefined || value.unscaled <= 0n)
    throw new Refusal('input_invalid', { rate, expected: 'a rate above zero' })
}

const latestOf = (tx: Tx, rates: readonly NewCompanyRate[]): Promise<Stored[]> =>
  tx.query<Stored>(
    `select distinct on (r.source, r.currency, r.day) r.source, r.currency, r.day, r.version, r.rate::text
       from unnest($2::text[], $3::text[], $4::date[]) as wanted (source, currency, day)
       join company_rate r on r.company_id = $1 and r.source = wanted.source and r.currency = wanted.currency and r.day = wanted.day
       order by r.source, r.currency, r.day, r.version desc`,
    [tx.companyId, column(rates, (r) => r.source), column(rates, (r) => r.currency), column(rates, (r) => r.day)],
  )
