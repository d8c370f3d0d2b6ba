import { column } from '../kernel/column.ts'
import { only, type Tx } from '../kernel/database.ts'

/**
 * What moved, and a digest of it: which lines went from where to where, on which day, by how much, and what they say of tax. Two that have the
 * same digest have moved the same lines in the same way.
 */
export type Moved = { lines: number; entries: number; debitsMinor: bigint; content: string }

/** The columns of `Moved`, of line moves `m` and the lines `arrived` that they wrote. */
export const movedColumns = `count(*)::int as lines, count(distinct m.moved_by_id)::int as entries,
  coalesce(sum(abs(arrived.amount_minor)), 0)::bigint as "debitsMinor",
  encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', m.entry_id, m.line_no, m.from_account_id, m.to_account_id, m.to_role, arrived.posted_on,
    arrived.amount_minor, arrived.currency, arrived.currency_amount_minor, arrived.tax_code_id, arrived.tax_base_minor), ';'
    order by m.entry_id, m.line_no), ''), 'UTF8')), 'hex') as content`

/** Line moves `m` with the lines `arrived` that they wrote. */
export const moveAndArrival = `line_move m
  join journal_line arrived on arrived.company_id = $1 and arrived.entry_id = m.moved_by_id and arrived.line_no = m.arrival_line_no`

/** The last application of a mapping, or of what moves lines like one; 0 before the first. Holds as long as nobody else may move lines. */
export const latestApplication = async (tx: Tx): Promise<bigint> =>
  only(
    await tx.query<{ id: bigint }>(
      'select coalesce(max(id), 0)::bigint as id from mapping_application where company_id = $1',
      [tx.companyId],
    ),
  ).id

/** The last entry of the journal; 0 before the first. */
export const latestEntry = async (tx: Tx): Promise<bigint> =>
  only(
    await tx.query<{ id: bigint }>(
      'select coalesce(max(id), 0)::bigint as id from journal_entry where company_id = $1',
      [tx.companyId],
    ),
  ).id

/** What all applications after one have moved, how much the largest of them did, and their entries in order. */
export async function movedSince(
  tx: Tx,
  application: bigint,
): Promise<Moved & { largestMinor: bigint; entryIds: bigint[] }> {
  const values = [tx.companyId, application]
  const moved = only(
    await tx.query<Moved>(
      `select ${movedColumns} from ${moveAndArrival} where m.company_id = $1 and m.mapping_application_id > $2`,
      values,
    ),
  )
  const each = await tx.query<{ debitsMinor: bigint }>(
    `select sum(abs(arrived.amount_minor))::bigint as "debitsMinor" from ${moveAndArrival}
       where m.company_id = $1 and m.mapping_application_id > $2 group by m.mapping_application_id order by 1 desc`,
    values,
  )
  const entries = await tx.query<{ id: bigint }>(
    `select distinct moved_by_id as id from line_move where company_id = $1 and mapping_application_id > $2 order by 1`,
    values,
  )
  return { ...moved, largestMinor: each[0]?.debitsMinor ?? 0n, entryIds: entries.map(({ id }) => id) }
}

/** Lines that went from one account to another, as people read it. */
export type AccountMove = {
  from: { code: string; name: string }
  to: { code: string; name: string }
  lines: number
  amountMinor: bigint
}

/** What entries that move lines have moved, account by account, the most first. */
export const movesOfEntries = (tx: Tx, entryIds: readonly bigint[]): Promise<AccountMove[]> =>
  tx.query<AccountMove>(
    `select jsonb_build_object('code', f.code, 'name', f.name) as "from", jsonb_build_object('code', t.code, 'name', t.name) as "to",
        count(*)::int as lines, sum(arrived.amount_minor)::bigint as "amountMinor"
      from ${moveAndArrival}
      join account f on f.company_id = $1 and f.id = m.from_account_id
      join account t on t.company_id = $1 and t.id = m.to_account_id
      where m.company_id = $1 and m.moved_by_id in (select unnest($2::bigint[]))
      group by f.code, f.name, t.code, t.name order by sum(abs(arrived.amount_minor)) desc, f.code, t.code`,
    [tx.companyId, column(entryIds, (id) => id)],
  )
