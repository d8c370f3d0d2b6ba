import { type AccountingDate, endOfMonth, nextDay } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { playsRole } from '../../ledger/playing.ts'
import { toBase, type UsedRate } from '../../posting/exchange.ts'
import { post } from '../../posting/post.ts'
import { type Revaluation, revaluation, revaluedForGood, revaluedForTheDay } from '../../posting/revaluation.ts'
import { postReversals } from '../../posting/reversal.ts'
import { findRates } from '../rates/index.ts'

type Balance = {
  accountId: bigint
  account: string
  partyId: bigint | null
  currency: string
  kept: boolean
  currencyMinor: bigint
  beforeMinor: bigint
}

/** A balance that was revalued: amounts in minor units, what it stood at and what it is worth in base currency. */
export type Revalued = Balance & { afterMinor: bigint; entryId: bigint }

/**
 * Revalues what is owed and held in other currencies at the end of a month, and returns what changed: nothing, where it has been done already. The
 * difference is unrealised; what is owed is taken back on the next day. Refuses `input_invalid` for a day that does not end a month,
 * `rate_missing`, and `period_closed` for that month or the next.
 */
export async function revalue(tx: Tx, on: AccountingDate, postedBy = ''): Promise<Revalued[]> {
  if (on !== endOfMonth(on)) throw new Refusal('input_invalid', { day: on, expected: 'the last day of a month' })
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', ['countinghouse.revaluation', tx.companyId])
  const balances = await balancesOn(tx, on)
  const held = balances.filter(({ currencyMinor }) => currencyMinor !== 0n)
  const { rateOn } = await findRates(
    tx,
    held.map(({ currency }) => ({ currency, on })),
  )
  const valued = balances.map((balance) => {
    const rate = balance.currencyMinor === 0n ? null : rateOn(balance.currency, on)
    return { ...balance, rate, afterMinor: rate === null ? 0n : toBase(balance.currencyMinor, rate) }
  })
  const moved = valued.filter(({ beforeMinor, afterMinor }) => beforeMinor !== afterMinor)
  if (moved.length === 0) return []
  const groups = [...Map.groupBy(moved, ({ currency, kept }) => `${currency} ${kept}`).values()]
  const revisions = await revisionsOf(tx, on)
  const drafts = revaluation(groups.map((group) => factOf(group, on, revisions)))
  const options = { closedPeriod: 'refuse' as const, postedBy }
  const posted = await post(tx, drafts, options)
  const revalued = groups.flatMap((group, index) =>
    group.map(({ rate: _, ...balance }, place) => ({
      ...balance,
      entryId: (posted[index] as Posted).entryId,
      lineNo: place + 1,
    })),
  )
  await saveLines(tx, on, revalued)
  const passing = groups.flatMap((group, index) => (group[0]?.kept ? [] : [(posted[index] as Posted).entryId]))
  await postReversals(
    tx,
    passing.map((entryId) => ({ entryId, date: nextDay(on), description: `Revaluation of ${on} taken back` })),
    options,
  )
  return revalued
}

type Valued = Balance & { rate: UsedRate | null; afterMinor: bigint }

function factOf(group: readonly Valued[], on: AccountingDate, revisions: ReadonlyMap<string, number>): Revaluation {
  const { currency, kept } = group[0] as Valued
  return {
    on,
    currency,
    kept,
    rate: group.find(({ rate }) => rate !== null)?.rate ?? null,
    revision: revisions.get(`${on}/${currency}/${kept ? 'kept' : 'reversed'}`) ?? 0,
    balances: group.map(({ accountId, partyId, beforeMinor, afterMinor }) => ({
      accountId,
      partyId,
      gainMinor: afterMinor - beforeMinor,
    })),
  }
}

/** What stands in other currencies at the end of a day: what is owed by party, money by account. */
const balancesOn = (tx: Tx, on: AccountingDate): Promise<Balance[]> =>
  tx.query<Balance>(
    `select a.id as "accountId", a.code as account, case when a.kept then null else l.party_id end as "partyId", l.currency,
        a.kept, sum(l.currency_amount_minor)::bigint as "currencyMinor", sum(l.amount_minor)::bigint as "beforeMinor"
      from company c
      join (select a.id, a.code, ${playsRole('a', ...revaluedForGood)} as kept, ${playsRole('a', ...revaluedForTheDay)} as owed
          from account a where a.company_id = $1) a on a.kept or a.owed
      join journal_line l on l.company_id = c.id and l.account_id = a.id and l.currency <> c.base_currency and l.posted_on <= $2
      where c.id = $1
      group by 1, 2, 3, 4, 5
      having sum(l.currency_amount_minor) <> 0 or sum(l.amount_minor) <> 0
      order by l.currency, a.code, 3`,
    [tx.companyId, on],
  )

/** How often each of a day's revaluations has been booked. */
async function revisionsOf(tx: Tx, on: AccountingDate): Promise<Map<string, number>> {
  const rows = await tx.query<{ sourceId: string; times: number }>(
    `select e.source_id as "sourceId", count(*)::int as times from journal_entry e
       where e.company_id = $1 and e.source_kind = 'revaluation' and starts_with(e.source_id, $2 || '/') group by 1`,
    [tx.companyId, on],
  )
  return new Map(rows.map(({ sourceId, times }) => [sourceId, times]))
}

async function saveLines(
  tx: Tx,
  on: AccountingDate,
  revalued: readonly (Omit<Revalued, 'rate'> & { lineNo: number })[],
): Promise<void> {
  await tx.query(
    `insert into revaluation_line (company_id, entry_id, line_no, revalued_on, account_id, party_id, currency, currency_amount_minor,
        base_before_minor, base_after_minor, reversed)
      select $1, r.entry_id, r.line_no, $10, r.account_id, r.party_id, r.currency, r.currency_minor, r.before_minor, r.after_minor, not r.kept
        from unnest($2::bigint[], $3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $11::bool[])
          as r (entry_id, line_no, account_id, party_id, currency, currency_minor, before_minor, after_minor, kept)`,
    [
      tx.companyId,
      column(revalued, (r) => r.entryId),
      column(revalued, (r) => r.lineNo),
      column(revalued, (r) => r.accountId),
      column(revalued, (r) => r.partyId),
      column(revalued, (r) => r.currency),
      column(revalued, (r) => r.currencyMinor),
      column(revalued, (r) => r.beforeMinor),
      column(revalued, (r) => r.afterMinor),
      on,
      column(revalued, (r) => r.kept),
    ],
  )
}
