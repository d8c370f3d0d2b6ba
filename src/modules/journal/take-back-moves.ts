import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { readLines, type StoredLine } from '../../ledger/read-lines.ts'
import { type LinePlace, placeKey, saveLineMoves } from '../../posting/line-moves.ts'
import { post } from '../../posting/post.ts'
import { reclassification } from '../../posting/reclassification.ts'
import type { Reversed } from './sub-ledgers.ts'

/**
 * What an entry moved can be taken back only from where it put it: a line that moved further goes back in steps, the last one first. Refuses
 * `line_moved_on`. An entry that was taken back before is not asked.
 */
export async function refuseMovedOn(tx: Tx, entryIds: readonly bigint[]): Promise<void> {
  const [moved] = await tx.query<LinePlace & { by: bigint }>(
    `select m.entry_id as "entryId", m.line_no as "lineNo", last.moved_by_id as by
      from unnest($2::bigint[]) as wanted (id)
      join line_move m on m.company_id = $1 and m.moved_by_id = wanted.id
      cross join lateral (select o.to_account_id, o.moved_by_id from line_move o where o.company_id = $1 and o.entry_id = m.entry_id
        and o.line_no = m.line_no order by o.move_no desc limit 1) last
      where last.to_account_id <> m.to_account_id
        and not exists (select from journal_entry r where r.company_id = $1 and r.reverses_id = wanted.id) limit 1`,
    [tx.companyId, column(entryIds, (id) => id)],
  )
  if (moved !== undefined) throw new Refusal('line_moved_on', { line: placeKey(moved), movedByEntry: moved.by })
}

/** Takes back what reversed entries moved, and lets the lines of reversals stand where the lines stand that they take back. */
export async function takeBackMoves(tx: Tx, reversed: readonly Reversed[], postedBy: string): Promise<void> {
  if (reversed.length === 0) return
  const values = [tx.companyId, column(reversed, (r) => r.entryId), column(reversed, (r) => r.reversalId)]
  await takeBackOwnMoves(tx, values)
  await followMovedLines(tx, values, new Map(reversed.map(({ reversalId, date }) => [reversalId, date])), postedBy)
}

// A reversal keeps the order of lines, so what was the departure is the arrival on the way back.
async function takeBackOwnMoves(tx: Tx, values: readonly unknown[]): Promise<void> {
  await saveLineMoves(
    tx,
    await tx.query(
      `select m.entry_id as "entryId", m.line_no as "lineNo", 1 + (select max(o.move_no) from line_move o
            where o.company_id = $1 and o.entry_id = m.entry_id and o.line_no = m.line_no) as "moveNo",
          r.reversal_id as "movedById", m.arrival_line_no as "departureLineNo", m.departure_line_no as "arrivalLineNo",
          m.to_account_id as "fromAccountId", m.from_account_id as "toAccountId", m.to_role as "fromRole", m.from_role as "toRole"
        from unnest($2::bigint[], $3::bigint[]) as r (entry_id, reversal_id)
        join line_move m on m.company_id = $1 and m.moved_by_id = r.entry_id`,
      values,
    ),
  )
}

type MovedLine = {
  reversalId: bigint
  lineNo: number
  accountId: bigint
  role: string | null
  fromRole: string | null
  movedOn: AccountingDate
}

async function followMovedLines(
  tx: Tx,
  values: readonly unknown[],
  dates: ReadonlyMap<bigint, AccountingDate>,
  postedBy: string,
): Promise<void> {
  const moved = await tx.query<MovedLine>(
    `select distinct on (m.entry_id, m.line_no) r.reversal_id as "reversalId", m.line_no as "lineNo", m.to_account_id as "accountId",
        m.to_role as role, rule.role as "fromRole", e.posted_on as "movedOn"
      from unnest($2::bigint[], $3::bigint[]) as r (entry_id, reversal_id)
      join line_move m on m.company_id = $1 and m.entry_id = r.entry_id
      join journal_entry e on e.company_id = $1 and e.id = m.moved_by_id
      join journal_line l on l.company_id = $1 and l.entry_id = m.entry_id and l.line_no = m.line_no
      left join mapping_rule rule on rule.company_id = $1 and rule.id = l.mapping_rule_id
      order by m.entry_id, m.line_no, m.move_no desc`,
    values,
  )
  const places = moved.map(({ reversalId, lineNo }) => ({ entryId: reversalId, lineNo }))
  const lines = await readLines(tx, places)
  // A line that is back where it began has nothing to follow.
  const following = moved.flatMap((move, index) => {
    const place = places[index] as LinePlace
    const line = lines.get(placeKey(place)) as StoredLine
    return line.accountId === move.accountId ? [] : [{ ...move, place, line }]
  })
  const posted = await post(
    tx,
    reclassification(
      following.map(({ place, line, accountId, reversalId, movedOn }) => {
        const date = dates.get(reversalId) as AccountingDate
        return {
          source: { kind: 'journal_line', id: placeKey(place) },
          date: [date, movedOn].sort()[1] as AccountingDate,
          reason: 'The line that this one takes back has moved',
          moves: [{ line, toAccountId: accountId }],
        }
      }),
    ),
    { postedBy },
  )
  await saveLineMoves(
    tx,
    following.map(({ place, line, accountId, role, fromRole }, index) => ({
      ...place,
      moveNo: 1,
      movedById: posted[index]?.entryId as bigint,
      departureLineNo: 1,
      arrivalLineNo: 2,
      fromAccountId: line.accountId,
      toAccountId: accountId,
      fromRole,
      toRole: role,
    })),
  )
}
