import { listCompanies } from '../modules/company/index.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import { exactly, readWords } from './words.ts'

export const companyList: Command = (words) => {
  const { values, positionals } = readWords(words, { json: { type: 'boolean' } })
  exactly(positionals, [])
  return async ({ database, terminal }) => {
    const companies = await listCompanies(database)
    if (values.json) await terminal.json({ rows: companies })
    else
      await terminal.write(
        table(
          ['id', 'name', 'country', 'currency'],
          companies.map((company) => [String(company.id), company.name, company.country, company.baseCurrency]),
        ),
      )
    return 0
  }
}
