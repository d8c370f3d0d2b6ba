import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Entry, Posted } from './journal.ts'

type PostedFact = { place: number; id: bigint; posted_on: AccountingDate; effective_on: AccountingDate; lines: string }

/**
 * Finds the entries of facts that were posted before, in order. A retry that says the same gets its entry; one that says something else
 * throws `fact_posted_differently`, since what is posted is never overwritten, and a reversal of what something else has reversed
 * `already_reversed`. Accounts that the mapping chose may differ by now.
 */
export async function findSamePostedFacts(tx: Tx, facts: readonly Entry[]): Promise<Posted[]> {
  const rows = await tx.query<PostedFact>(
    `select f.place::int, e.id, e.posted_on, e.effective_on,
        (select string_agg(concat_ws(' ', coalesce(r.role, l.account_id::text), l.amount_minor, l.currency, l.currency_amount_minor, coalesce(l.party_id, 0),
            coalesce(l.document_id, 0), coalesce(l.gift_card_id, 0), coalesce(l.tax_code_id, 0),
            coalesce(l.tax_base_minor, 0)), ';' order by l.line_no)
           from journal_line l left join mapping_rule r on r.company_id = l.company_id and r.id = l.mapping_rule_id
           where l.company_id = e.company_id and l.entry_id = e.id) as lines
      from unnest($1::text[], $2::text[], $3::text[], $4::int[]) with ordinality as f (source_kind, source_id, rule, revision, place)
      join journal_entry e on e.company_id = $5 and e.source_kind = f.source_kind and e.source_id = f.source_id and e.rule = f.rule
        and e.revision = coalesce(f.revision, 0)
      order by f.place`,
    [...keysOf(facts), tx.companyId],
  )
  const roles = await rolesOfRules(tx, facts)
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  return facts.map((fact, index) => {
    const row = byPlace.get(index + 1)
    if (row === undefined && (fact.reversesId ?? null) !== null)
      throw new Refusal('already_reversed', { entry: fact.reversesId })
    if (row === undefined || row.lines !== contentOf(fact, roles) || row.effective_on !== fact.effectiveOn) {
      throw new Refusal('fact_posted_differently', { rule: fact.rule, source: `${fact.source.kind} ${fact.source.id}` })
    }
    return { entryId: row.id, postedOn: row.posted_on, existing: true }
  })
}

/** The roles of the mapping rules that chose the accounts of facts. */
async function rolesOfRules(tx: Tx, facts: readonly Entry[]): Promise<Map<bigint, string>> {
  const ids = new Set(facts.flatMap(({ lines }) => lines.map((line) => line.mappingRuleId ?? 0n)))
  const rows = await tx.query<{ id: bigint; role: string }>(
    'select id, role from mapping_rule where company_id = $1 and id = any ($2::bigint[])',
    [tx.companyId, column([...ids], (id) => id)],
  )
  return new Map(rows.map(({ id, role }) => [id, role]))
}

// What the mapping chose is compared by role: a fact stays the same fact when its role is mapped to another account.
const contentOf = (fact: Entry, roles: ReadonlyMap<bigint, string>): string =>
  fact.lines
    .map((l) =>
      [
        (l.mappingRuleId ? roles.get(l.mappingRuleId) : undefined) ?? l.accountId,
        l.amountMinor,
        l.currency,
        l.currencyAmountMinor,
        l.partyId ?? 0,
        l.documentId ?? 0,
        l.giftCardId ?? 0,
        l.taxCodeId ?? 0,
        l.taxBaseMinor ?? 0,
      ].join(' '),
    )
    .join(';')

/** The first of the facts that has no entry yet. */
export async function firstNotPosted(tx: Tx, facts: readonly Entry[]): Promise<Entry | undefined> {
  const [missing] = await tx.query<{ place: number }>(
    `select f.place::int
      from unnest($1::text[], $2::text[], $3::text[], $4::int[]) with ordinality as f (source_kind, source_id, rule, revision, place)
      where not exists (select from journal_entry e where e.company_id = $5 and e.source_kind = f.source_kind and e.source_id = f.source_id
        and e.rule = f.rule and e.revision = coalesce(f.revision, 0))
      order by f.place limit 1`,
    [...keysOf(facts), tx.companyId],
  )
  return missing === undefined ? undefined : facts[missing.place - 1]
}

const keysOf = (facts: readonly Entry[]): (string | null)[] => [
  column(facts, (f) => f.source.kind),
  column(facts, (f) => f.source.id),
  column(facts, (f) => f.rule),
  column(facts, (f) => f.revision),
]
