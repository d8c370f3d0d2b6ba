import { inCompanyAsOwner, readCompany, requireCompany } from '../kernel/database.ts'
import { sealEntries } from '../ledger/seal.ts'
import { runChecks } from '../reports/index.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import { exactly, neededCompany, readWords } from './words.ts'

const ROWS_SHOWN = 5

export const check: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    await inCompanyAsOwner(database, companyId, sealEntries)
    const found = await readCompany(database, companyId, runChecks)
    if (values.json) await terminal.json(found)
    else {
      const rows = found.checks.map(({ name, result, compared }) => [name, result, String(compared)])
      await terminal.write(table(['check', 'result', 'compared'], rows, ['compared']))
      for (const { name, result, rows } of found.checks) {
        if (rows.length === 0) continue
        await terminal.line(`${name}: ${result === 'broken' ? 'what breaks it' : 'worth a look, not broken'}`)
        for (const row of rows.slice(0, ROWS_SHOWN)) await terminal.line(`  ${describe(row)}`)
        if (rows.length > ROWS_SHOWN) await terminal.line(`  … ${rows.length - ROWS_SHOWN} more; --json gives all`)
      }
    }
    return found.ok ? 0 : 1
  }
}

const describe = (row: object): string =>
  Object.entries(row)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ')
