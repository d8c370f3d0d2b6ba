import type { Tx } from '../../kernel/database.ts'

/** A row of a check: what broke, and where. Plain values only; money is JSON money. */
export type CheckRow = Readonly<Record<string, unknown>>

/** `not-applicable` where there was nothing to compare. A check that held may still list rows that somebody should look at. */
export type CheckOutcome = {
  result: 'held' | 'broken' | 'not-applicable'
  /** How many things were compared. */
  compared: number
  rows: CheckRow[]
}

/** An invariant of the books that can be proved at any time, by name. */
export type Check = { readonly name: string; run(tx: Tx): Promise<CheckOutcome> }

/** A check names this many rows and no more. */
const mostRows = 10_000

/** A row that was compared; `what` says how it breaks the invariant. */
export type Broken = { what: string }

/**
 * Runs a query that returns a row for each thing compared, with a column `what` that is null where the invariant holds. Returns how many were
 * compared and the rows that break it. The query sees the company's id as $1.
 */
export async function compareRows<Row extends Broken>(
  tx: Tx,
  query: string,
  orderBy: string,
): Promise<{ compared: number; broken: Row[] }> {
  const rows = await tx.query<Row & { compared: bigint }>(
    `with compared as materialized (${query})
       select n.compared, b.* from (select count(*) as compared from compared) n
         left join lateral (select * from compared where what is not null order by ${orderBy} limit ${mostRows}) b on true
         where $1::bigint is not null`,
    [tx.companyId],
  )
  const compared = Number(rows[0]?.compared ?? 0n)
  return { compared, broken: rows.filter((row) => row.what !== null).map(({ compared: _, ...row }) => row as never) }
}

/** What became of a comparison. */
export function outcomeOf(compared: number, rows: CheckRow[]): CheckOutcome {
  if (rows.length > 0) return { result: 'broken', compared, rows }
  return { result: compared > 0 ? 'held' : 'not-applicable', compared, rows }
}

/** For an invariant whose facts the books do not know yet: nothing was compared, and the check says so. */
export const nothingToCompare = (): Promise<CheckOutcome> =>
  Promise.resolve({ result: 'not-applicable', compared: 0, rows: [] })
