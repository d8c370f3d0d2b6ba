import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchDatabase } from './support/bench-database.ts'
import { copyFloor } from './support/copy-floor.ts'
import { atLeast, atMost, type Figure, median, shareOfPairs } from './support/figure.ts'
import { openCompany } from './support/posting-job.ts'

const shared = process.env.COUNTINGHOUSE_SHARED ?? '../shared'
const history = join(shared, 'data/orders/online-retail-2010-12_2011-08')
const program = fileURLToPath(new URL('support/import-program.ts', import.meta.url))

/** The whole shared history, from its files to sealed books, against COPY of the rows that it left; and what Node needed for it. */
export const importHistory: Figure = {
  name: 'import',
  always: true,
  effort: { named: { pairs: 5, sideMs: 0 }, together: { pairs: 2, sideMs: 0 } },
  async measure(server, { pairs }) {
    if (!existsSync(history)) throw new Error(`${history} is not there: set COUNTINGHOUSE_SHARED`)
    const shares: number[] = []
    const seconds: number[] = []
    const memory: number[] = []
    for (let pair = 0; pair < pairs; pair++) {
      const database = await server.open()
      const { ms, megabytes } = await importAlone(database)
      const floor = await copyFloor(database.url, await writtenTables(database))
      await database.drop()
      shares.push(floor.ms / ms)
      seconds.push(ms / 1000)
      memory.push(megabytes)
    }
    const { measured, pairs: each } = shareOfPairs(shares)
    const detail = `${median(seconds).toFixed(1)} s; ${each}`
    return [
      atLeast({ name: 'import', measured, target: 0.5, detail }),
      atMost({ name: 'import memory', measured: Math.max(...memory), target: 400, detail: 'resident at most' }, 'MB'),
    ]
  },
}

type ImportRun = { ms: number; megabytes: number }

/** Imports in a process of its own, whose memory is its own. */
async function importAlone(database: BenchDatabase): Promise<ImportRun> {
  const companyId = await openCompany(database)
  const child = spawn(process.execPath, [program, database.url, String(companyId), history], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`the import ended with ${String(code)}`)
  return JSON.parse(said) as ImportRun
}

/** The tables of companies that the import wrote: all that have rows, but for what creating the company left and runs and requests. */
async function writtenTables(database: BenchDatabase): Promise<string[]> {
  const { rows } = await database.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id')
       and c.relname not in ('account', 'account_group', 'mapping_rule', 'tax_code', 'tax_rate', 'destination_rule', 'line_code_rule')`,
  )
  const tables: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await database.owner.query(`select from ${name} limit 1`)
    if (rowCount === 1) tables.push(name)
  }
  return tables
}
