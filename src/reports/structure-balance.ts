import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'

/** A row of a trial balance under another structure than the chart's: a debit is positive, in minor units of the base currency. */
export type StructureRow = { code: string; name: string; balanceMinor: bigint }

/**
 * The trial balance on a day, cumulative, read by another structure: by the codes of an earlier chart, by its name; or as the accounts were before
 * a merge or an application of the mapping, as `before:ID`. It sums to zero as ours does. Refuses `structure_unknown`.
 */
export async function structureBalance(
  tx: Tx,
  { structure, asOf }: { structure: string; asOf: AccountingDate },
): Promise<StructureRow[]> {
  const before = /^before:([1-9][0-9]{0,17})$/.exec(structure)?.[1]
  const [known] = await tx.query(
    before === undefined
      ? 'select from legacy_account where company_id = $1 and structure = $2 limit 1'
      : 'select from mapping_application where company_id = $1 and id = $2::bigint',
    [tx.companyId, before ?? structure],
  )
  if (known === undefined) throw new Refusal('structure_unknown', { structure })
  return await tx.query<StructureRow>(before === undefined ? underLegacy : beforeApplication, [
    tx.companyId,
    asOf,
    before ?? structure,
  ])
}

const beforeApplication = `
  select a.code, a.name, sum(l.amount_minor)::bigint as "balanceMinor"
    from journal_line l
    join journal_entry e on e.company_id = $1 and e.id = l.entry_id
    join account a on a.company_id = $1 and a.id = l.account_id
    where l.company_id = $1 and l.posted_on <= $2
      and not (e.source_kind = 'mapping_application' and split_part(e.source_id, '/', 1) = $3)
    group by a.code, a.name having sum(l.amount_minor) <> 0 order by a.code`

// A line that was written with an earlier code counts there, wherever it has moved since; what was written otherwise counts on the earlier account that
// became its own, if it is the only one, or else on our account.
const underLegacy = `
  with only_one as (
    select account_id, min(code) as code, min(name) as name from legacy_account
      where company_id = $1 and structure = $3 group by account_id having count(*) = 1
  ), own as (
    select l.account_id, l.amount_minor from journal_line l where l.company_id = $1 and l.posted_on <= $2
    union all
    select coalesce(m.to_account_id, l.account_id), -l.amount_minor
      from journal_line_legacy k
      join journal_line l on l.company_id = $1 and l.entry_id = k.entry_id and l.line_no = k.line_no and l.posted_on <= $2
      left join lateral (
        select v.to_account_id from line_move v join journal_entry e on e.company_id = $1 and e.id = v.moved_by_id and e.posted_on <= $2
          where v.company_id = $1 and v.entry_id = k.entry_id and v.line_no = k.line_no order by v.move_no desc limit 1
      ) m on true
      where k.company_id = $1 and k.structure = $3
  ), read as (
    select coalesce(o.code, a.code) as code, coalesce(o.name, a.name) as name, w.amount_minor from own w
      join account a on a.company_id = $1 and a.id = w.account_id
      left join only_one o on o.account_id = w.account_id
    union all
    select k.code, g.name, l.amount_minor from journal_line_legacy k
      join legacy_account g on g.company_id = $1 and g.structure = k.structure and g.code = k.code
      join journal_line l on l.company_id = $1 and l.entry_id = k.entry_id and l.line_no = k.line_no and l.posted_on <= $2
      where k.company_id = $1 and k.structure = $3
  )
  select code, max(name) as name, sum(amount_minor)::bigint as "balanceMinor" from read
    group by code having sum(amount_minor) <> 0 order by code`
