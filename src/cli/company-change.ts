import { inCompany, requireCompany } from '../kernel/database.ts'
import { changeCompany, companyFacts, lockCompany } from '../modules/company/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, monthNumber, neededCompany, readWords } from './words.ts'

export const companyChange: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    name: { type: 'string' },
    'time-zone': { type: 'string' },
    'fiscal-year-start': { type: 'string' },
    json: { type: 'boolean' },
  })
  exactly(positionals, [])
  const id = neededCompany(values.company)
  const change = {
    name: values.name,
    timeZone: values['time-zone'],
    fiscalYearStartMonth: monthNumber(values['fiscal-year-start'], 'fiscal-year-start'),
  }
  if (Object.values(change).every((value) => value === undefined))
    throw new UsageError('Say what is to be otherwise: --name, --time-zone or --fiscal-year-start.')
  return async ({ database, terminal }) => {
    const company = await inCompany(database, await requireCompany(database, id), async (tx) => {
      await lockCompany(tx)
      await changeCompany(tx, change)
      return await companyFacts(tx)
    })
    if (values.json) await terminal.json(company)
    else
      await terminal.write(
        table(
          ['id', 'name', 'country', 'currency', 'time zone', 'fiscal year starts in month'],
          [
            [
              String(company.id),
              company.name,
              company.country,
              company.baseCurrency,
              company.timeZone,
              String(company.fiscalYearStartMonth),
            ],
          ],
        ),
      )
    return 0
  }
}
