import type { Tx } from '../../src/kernel/database.ts'
import { runSql } from './sql.ts'

/** From now on the database analyzes no table of the test's by itself: its statistics stay as they are until somebody asks for others. */
export const leaveStatistics = (url: string): Promise<unknown> =>
  runSql(
    url,
    `do $$ declare one text; begin
       for one in select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
         execute format('alter table %s set (autovacuum_enabled = false)', one);
       end loop;
     end $$`,
  )

type Node = {
  [Key in 'Actual Loops' | 'Actual Rows' | 'Rows Removed by Filter' | 'Rows Removed by Join Filter']?: number
} & {
  Plans?: Node[]
}

/** How many rows the steps of a plan handled in all, with those that they threw away. */
const handled = (node: Node): number =>
  (node['Actual Loops'] ?? 0) *
    ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Join Filter'] ?? 0)) +
  (node.Plans ?? []).reduce((sum, part) => sum + handled(part), 0)

/** A query and how many rows its plan handled. */
export type Handled = { text: string; rows: number }

/** The same transaction, which notes of each query how many rows its plan handles. Only for what reads: each query runs twice. */
export const handling = (tx: Tx, queries: Handled[]): Tx => ({
  companyId: tx.companyId,
  actor: tx.actor,
  query: async (text, values) => {
    const [explained] = await tx.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
      `explain (analyze, timing off, format json) ${text}`,
      values,
    )
    queries.push({ text, rows: handled(explained?.['QUERY PLAN'][0]?.Plan ?? {}) })
    return await tx.query(text, values)
  },
})
