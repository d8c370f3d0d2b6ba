import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import type { RateSource, UsedRate } from './exchange.ts'

/** Keeps the rates that new entries were converted with. An entry names each currency once. */
export async function saveEntryRates(tx: Tx, uses: readonly { entryId: bigint; rate: UsedRate }[]): Promise<void> {
  const wanted = [...new Map(uses.map((use) => [`${use.entryId} ${use.rate.currency}`, use])).values()]
  if (wanted.length === 0) return
  await tx.query(
    `insert into entry_rate (company_id, entry_id, currency, source, day, numerator, denominator)
       select $1, r.* from unnest($2::bigint[], $3::text[], $4::text[], $5::date[], $6::numeric[], $7::numeric[]) as r`,
    [
      tx.companyId,
      column(wanted, ({ entryId }) => entryId),
      column(wanted, ({ rate }) => rate.currency),
      column(wanted, ({ rate }) => rate.source),
      column(wanted, ({ rate }) => rate.day),
      column(wanted, ({ rate }) => rate.numerator),
      column(wanted, ({ rate }) => rate.denominator),
    ],
  )
}

type Kept = {
  sourceId: string
  base: string
  currency: string
  source: RateSource
  day: AccountingDate
  numerator: string
  denominator: string
}

/** The rates that the entries of facts were converted with, by the fact's id and the currency: a repetition uses what the first one used. */
export async function ratesOfSources(
  tx: Tx,
  kind: string,
  ids: readonly string[],
): Promise<(id: string, currency: string) => UsedRate | undefined> {
  if (ids.length === 0) return () => undefined
  const rows = await tx.query<Kept>(
    `select distinct on (e.source_id, r.currency) e.source_id as "sourceId", c.base_currency as base, r.currency, r.source, r.day,
        r.numerator::text, r.denominator::text
      from (select distinct unnest($3::text[]) as id) as wanted
      join company c on c.id = $1
      join journal_entry e on e.company_id = $1 and e.source_kind = $2 and e.source_id = wanted.id
      join entry_rate r on r.company_id = $1 and r.entry_id = e.id
      order by e.source_id, r.currency, e.id`,
    [tx.companyId, kind, column(ids, (id) => id)],
  )
  const kept = new Map(
    rows.map(({ sourceId, numerator, denominator, ...rate }): [string, UsedRate] => [
      `${sourceId} ${rate.currency}`,
      { ...rate, numerator: BigInt(numerator), denominator: BigInt(denominator) },
    ]),
  )
  return (id, currency) => kept.get(`${id} ${currency}`)
}
