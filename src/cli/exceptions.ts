import { readCompany, requireCompany } from '../kernel/database.ts'
import { formatMinor, moneyJson } from '../kernel/money.ts'
import { listExceptions } from '../modules/inbox/index.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import { exactly, neededCompany, readWords } from './words.ts'

export const exceptions: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const found = await readCompany(database, await requireCompany(database, company), listExceptions)
    if (values.json) {
      const rows = found.map(({ amountMinor, currency, responsible, dueOn, ...exception }) => ({
        ...exception,
        amount: moneyJson(amountMinor, currency),
        owner: responsible,
        due: dueOn,
      }))
      await terminal.json({ rows })
    } else if (found.length === 0) await terminal.line('Nothing needs you.')
    else
      await terminal.write(
        table(
          ['id', 'kind', 'source', 'amount', '', 'owner', 'due', 'state', 'message'],
          found.map((exception) => [
            String(exception.id),
            exception.kind,
            exception.source,
            formatMinor(exception.amountMinor, exception.currency),
            exception.currency,
            exception.responsible,
            exception.dueOn,
            exception.state,
            exception.message,
          ]),
          ['amount'],
        ),
      )
    return 0
  }
}
