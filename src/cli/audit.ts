import { readCompany, requireCompany } from '../kernel/database.ts'
import { listAudit, listInstallationAudit } from '../modules/identity/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, neededCompany, oneOf, readWords } from './words.ts'

export const audit: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    installation: { type: 'boolean' },
    area: { type: 'string' },
    table: { type: 'string' },
    actor: { type: 'string' },
    after: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  })
  exactly(positionals, [])
  if (values.installation && (values.company !== undefined || values.area !== undefined))
    throw new UsageError('Say one of: --company ID, --installation.')
  const company = values.installation ? undefined : neededCompany(values.company)
  const { table: name, actor } = values
  const search = {
    area: oneOf(values.area ?? 'company', ['company', 'people'] as const, '--area'),
    table: name,
    actor,
    after: values.after === undefined ? undefined : BigInt(wholeNumber(values.after, 'after')),
    limit: Number(wholeNumber(values.limit ?? '100', 'limit')),
  }
  return async ({ database, terminal }) => {
    const rows =
      company === undefined
        ? await listInstallationAudit(database, search)
        : await readCompany(database, await requireCompany(database, company), (tx) => listAudit(tx, search))
    if (values.json) await terminal.json({ rows })
    else
      await terminal.write(
        table(
          ['id', 'when', 'who', 'what', '', 'now'],
          rows.map((row) => [String(row.id), row.at, row.actor, row.operation, row.table, JSON.stringify(row.after)]),
        ),
      )
    return 0
  }
}

function wholeNumber(value: string, option: string): string {
  if (!/^[1-9][0-9]{0,17}$/.test(value)) throw new UsageError(`--${option} is a number above zero, not '${value}'.`)
  return value
}
