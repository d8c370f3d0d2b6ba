import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'

/** A line of an entry, by its place. */
export type LinePlace = { entryId: bigint; lineNo: number }

/** Where a line that has moved stands now: `arrived` is the line that put it there. Without a role no mapping moves it further. */
export type Standing = {
  moveNo: number
  accountId: bigint
  role: string | null
  movedOn: AccountingDate
  arrived: LinePlace
}

export type NewLineMove = LinePlace & {
  moveNo: number
  movedById: bigint
  departureLineNo: number
  arrivalLineNo: number
  fromAccountId: bigint
  toAccountId: bigint
  fromRole: string | null
  toRole: string | null
  mappingApplicationId?: bigint | null
}

export const placeKey = ({ entryId, lineNo }: LinePlace): string => `${entryId}/${lineNo}`

/** Whoever moves lines, or takes back lines that may have moved, does so alone in the company. */
export async function lockLineMoves(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', ['countinghouse.line-moves', tx.companyId])
}

/** Where those of the lines stand that have moved, by `placeKey`. */
export async function standingsOf(tx: Tx, lines: readonly LinePlace[]): Promise<Map<string, Standing>> {
  if (lines.length === 0) return new Map()
  const rows = await tx.query<
    LinePlace & {
      moveNo: number
      accountId: bigint
      role: string | null
      movedOn: AccountingDate
      by: bigint
      at: number
    }
  >(
    `select distinct on (m.entry_id, m.line_no) m.entry_id as "entryId", m.line_no as "lineNo", m.move_no as "moveNo",
        m.to_account_id as "accountId", m.to_role as role, e.posted_on as "movedOn", m.moved_by_id as by, m.arrival_line_no as at
      from unnest($2::bigint[], $3::int[]) as wanted (entry_id, line_no)
      join line_move m on m.company_id = $1 and m.entry_id = wanted.entry_id and m.line_no = wanted.line_no
      join journal_entry e on e.company_id = $1 and e.id = m.moved_by_id
      order by m.entry_id, m.line_no, m.move_no desc`,
    [tx.companyId, column(lines, (l) => l.entryId), column(lines, (l) => l.lineNo)],
  )
  return new Map(
    rows.map(({ by, at, moveNo, accountId, role, movedOn, ...place }) => [
      placeKey(place),
      { moveNo, accountId, role, movedOn, arrived: { entryId: by, lineNo: at } },
    ]),
  )
}

/** The line that was posted first, for lines of entries that only moved it; `arrives` where the line put it on its account. */
export type MovedFrom = { origin: LinePlace; arrives: boolean }

/** For each of the lines that only moved one here or away, the line that was posted first, by `placeKey`. */
export async function originsOf(tx: Tx, lines: readonly LinePlace[]): Promise<Map<string, MovedFrom>> {
  const rows = await tx.query<LinePlace & { by: bigint; at: number; arrives: boolean }>(
    `select m.entry_id as "entryId", m.line_no as "lineNo", m.moved_by_id as by, wanted.line_no as at,
        m.arrival_line_no = wanted.line_no as arrives
      from unnest($2::bigint[], $3::int[]) as wanted (entry_id, line_no)
      join line_move m on m.company_id = $1 and m.moved_by_id = wanted.entry_id
        and wanted.line_no in (m.arrival_line_no, m.departure_line_no)`,
    [tx.companyId, column(lines, (l) => l.entryId), column(lines, (l) => l.lineNo)],
  )
  return new Map(
    rows.map(({ by, at, arrives, ...origin }) => [placeKey({ entryId: by, lineNo: at }), { origin, arrives }]),
  )
}

/** The roles that mapping rules gave to lines as they were posted, by `placeKey`; lines that named their account have none. */
export async function rolesAsPosted(tx: Tx, lines: readonly LinePlace[]): Promise<Map<string, string>> {
  if (lines.length === 0) return new Map()
  const rows = await tx.query<LinePlace & { role: string }>(
    `select l.entry_id as "entryId", l.line_no as "lineNo", r.role from unnest($2::bigint[], $3::int[]) as wanted (entry_id, line_no)
      join journal_line l on l.company_id = $1 and l.entry_id = wanted.entry_id and l.line_no = wanted.line_no
      join mapping_rule r on r.company_id = $1 and r.id = l.mapping_rule_id`,
    [tx.companyId, column(lines, (l) => l.entryId), column(lines, (l) => l.lineNo)],
  )
  return new Map(rows.map(({ role, ...place }) => [placeKey(place), role]))
}

/** Writes down that lines moved. */
export async function saveLineMoves(tx: Tx, moves: readonly NewLineMove[]): Promise<void> {
  if (moves.length === 0) return
  await tx.query(
    `insert into line_move (company_id, entry_id, line_no, move_no, moved_by_id, departure_line_no, arrival_line_no, from_account_id,
        to_account_id, from_role, to_role, mapping_application_id)
      select $1, m.* from unnest($2::bigint[], $3::int[], $4::int[], $5::bigint[], $6::int[], $7::int[], $8::bigint[], $9::bigint[],
        $10::text[], $11::text[], $12::bigint[]) as m`,
    [
      tx.companyId,
      column(moves, (m) => m.entryId),
      column(moves, (m) => m.lineNo),
      column(moves, (m) => m.moveNo),
      column(moves, (m) => m.movedById),
      column(moves, (m) => m.departureLineNo),
      column(moves, (m) => m.arrivalLineNo),
      column(moves, (m) => m.fromAccountId),
      column(moves, (m) => m.toAccountId),
      column(moves, (m) => m.fromRole),
      column(moves, (m) => m.toRole),
      column(moves, (m) => m.mappingApplicationId),
    ],
  )
}
