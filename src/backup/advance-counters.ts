import type pg from 'pg'
import { quoted, quotedTable } from './catalog.ts'
import type { Loaded } from './load-tables.ts'

/** Within this distance a counter is moved step by step, since others may be moving it too. */
const SMALL_STEP = 100_000

/**
 * Moves every counter past the ids that were loaded, so that none is given twice. Counters belong to no transaction: they only ever go forward,
 * also where the restore is given up.
 */
export async function advanceCounters(client: pg.ClientBase, loaded: readonly Loaded[]): Promise<void> {
  for (const { table, companyId } of loaded) {
    for (const column of table.counted) {
      const where =
        companyId === null || table.companyColumn === null
          ? ''
          : ` where ${quoted(table.companyColumn)} = ${BigInt(companyId)}`
      await advance(
        client,
        `'${quotedTable(table)}'`,
        column,
        `(select max(${quoted(column)}) from ${quotedTable(table)}${where})`,
      )
    }
  }
}

async function advance(client: pg.ClientBase, table: string, column: string, highest: string): Promise<void> {
  const { rows } = await client.query<{ sequence: string; highest: string | null }>(
    `select pg_get_serial_sequence(${table}, $1) as sequence, ${highest}::text as highest`,
    [column],
  )
  const { sequence, highest: needed } = rows[0] ?? { sequence: '', highest: null }
  if (needed === null) return
  // A counter that has given no number yet stands at its first one.
  const { rows: now } = await client.query<{ missing: string }>(
    `select ($1::bigint - last_value + case when is_called then 0 else 1 end)::text as missing from ${sequence}`,
    [needed],
  )
  const missing = BigInt(now[0]?.missing ?? '0')
  if (missing <= 0n) return
  // Far ahead of everyone it is set; near to them, each takes a number of its own.
  if (missing > SMALL_STEP) await client.query('select setval($1, $2)', [sequence, needed])
  else await client.query('select count(nextval($1)) from generate_series(1, $2::bigint)', [sequence, missing])
}
