import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import type { Posted, Source } from '../ledger/journal.ts'
import { lineColumns, type StoredLine } from '../ledger/read-lines.ts'
import { type LinePlace, saveLineMoves } from './line-moves.ts'
import { post } from './post.ts'
import { type MovedLine, reclassification } from './reclassification.ts'

/** Lines that are to move, as `linesOf` gives them: a `with` query named `elsewhere`, and its values. */
export type MovingLines = { with: string; values: readonly unknown[] }

/** Why lines move, and who says so. `toRole` is the role that they play from now on, without it the one that they play already. */
export type MoveReason = {
  applicationId: bigint
  reason: string
  postedBy: string
  toRole?: string
  /** The payment method that the lines turned out to be of. */
  paymentMethod?: string | undefined
  /** What a line is about that turned out to be tax, by its amount (debit positive) and the day on which it stands. */
  taxOf?: ((amountMinor: bigint, on: AccountingDate) => MovedLine['tax']) | undefined
}

/** How much moved: `amountMinor` is what the lines come to, `debitsMinor` what the entries that move them do on one side, as of a journal. */
export type MovedCount = { lines: number; entries: number; amountMinor: bigint; debitsMinor: bigint }

export const movedNothing: Readonly<MovedCount> = { lines: 0, entries: 0, amountMinor: 0n, debitsMinor: 0n }

type MovingLine = LinePlace & {
  line: StoredLine
  on: AccountingDate
  moveNo: number
  role: string | null
  standing: bigint
  toAccountId: bigint
  toRuleId: bigint | null
}

type Row = StoredLine & Omit<MovingLine, 'line'>

const linesOfPage = 10_000

/**
 * Moves lines to where they belong, by entries of the days on which they stand: one entry a day, or several where a day has
 * more lines than a page. A day in a closed month moves on the first open day. Goes through the lines in pages, so that memory stays bounded.
 */
export async function moveLines(tx: Tx, lines: MovingLines, why: MoveReason): Promise<MovedCount> {
  const count: MovedCount = { ...movedNothing }
  await openCursor(tx, lines)
  const parts = new Map<AccountingDate, number>()
  for (;;) {
    const rows = await tx.query<Row>(`fetch ${linesOfPage} from moving_lines`)
    if (rows.length === 0) break
    const days = [...Map.groupBy(rows.map(movingLine), ({ on }) => on)]
    const posted = await postDays(tx, days, parts, why)
    await saveMoves(tx, days, posted, why)
    if (why.paymentMethod !== undefined) await saveMethod(tx, days, posted, why.paymentMethod)
    count.lines += rows.length
    count.entries += days.length
    for (const { amountMinor } of rows) {
      count.amountMinor += amountMinor
      count.debitsMinor += amountMinor < 0n ? -amountMinor : amountMinor
    }
  }
  await tx.query('close moving_lines')
  return count
}

// A cursor sees what stood there when it was opened: not the lines that this very command writes.
async function openCursor(tx: Tx, lines: MovingLines): Promise<void> {
  await tx.query(
    `declare moving_lines no scroll cursor for ${lines.with}
      select x.entry_id as "entryId", x.line_no as "lineNo", greatest(x.posted_on, mover.posted_on) as "on", x.move_no as "moveNo", x.role,
          x.standing, x.to_account_id as "toAccountId", x.to_rule_id as "toRuleId", ${lineColumns}
        from elsewhere x
        join journal_line l on l.company_id = $1 and l.entry_id = x.entry_id and l.line_no = x.line_no
        left join journal_entry mover on mover.company_id = $1 and mover.id = x.moved_by_id
        order by "on", x.entry_id, x.line_no`,
    lines.values,
  )
}

function movingLine({ entryId, lineNo, on, moveNo, role, standing, toAccountId, toRuleId, ...line }: Row): MovingLine {
  return { entryId, lineNo, on, moveNo, role, standing, toAccountId, toRuleId, line }
}

type Day = [day: AccountingDate, lines: MovingLine[]]

function postDays(
  tx: Tx,
  days: readonly Day[],
  parts: Map<AccountingDate, number>,
  why: MoveReason,
): Promise<Posted[]> {
  return post(
    tx,
    reclassification(
      days.map(([date, lines]) => {
        const part = (parts.get(date) ?? 0) + 1
        parts.set(date, part)
        const source: Source = { kind: 'mapping_application', id: `${why.applicationId}/${date}/${part}` }
        return {
          source,
          date,
          reason: why.reason,
          moves: lines.map(({ line, standing, toAccountId, toRuleId }) => ({
            line,
            fromAccountId: standing,
            toAccountId,
            mappingRuleId: toRuleId,
            tax: why.taxOf?.(line.amountMinor, date),
          })),
        }
      }),
    ),
    { postedBy: why.postedBy },
  )
}

async function saveMoves(tx: Tx, days: readonly Day[], posted: readonly Posted[], why: MoveReason): Promise<void> {
  await saveLineMoves(
    tx,
    days.flatMap(([, lines], index) =>
      lines.map(({ entryId, lineNo, moveNo, standing, toAccountId, role }, place) => ({
        entryId,
        lineNo,
        moveNo: moveNo + 1,
        movedById: (posted[index] as Posted).entryId,
        departureLineNo: 2 * place + 1,
        arrivalLineNo: 2 * place + 2,
        fromAccountId: standing,
        toAccountId,
        fromRole: role,
        toRole: why.toRole ?? role,
        mappingApplicationId: why.applicationId,
      })),
    ),
  )
}

/** Keeps with the lines that arrive of which payment method they are, for what the mapping places later. */
async function saveMethod(tx: Tx, days: readonly Day[], posted: readonly Posted[], method: string): Promise<void> {
  const arrived = days.flatMap(([, lines], index) =>
    lines.map((_, place) => ({ entryId: (posted[index] as Posted).entryId, lineNo: 2 * place + 2 })),
  )
  await tx.query(
    `insert into journal_line_condition (company_id, entry_id, line_no, payment_method)
       select $1, a.*, $4 from unnest($2::bigint[], $3::int[]) as a`,
    [tx.companyId, column(arrived, (a) => a.entryId), column(arrived, (a) => a.lineNo), method],
  )
}
