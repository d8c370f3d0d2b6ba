import { createCompany } from '../modules/company/index.ts'
import type { Command } from './command.ts'
import { exactly, monthNumber, needed, readWords } from './words.ts'

export const companyCreate: Command = (words) => {
  const { values, positionals } = readWords(words, {
    country: { type: 'string' },
    currency: { type: 'string' },
    chart: { type: 'string' },
    'time-zone': { type: 'string' },
    'fiscal-year-start': { type: 'string' },
    json: { type: 'boolean' },
  })
  const name = exactly(positionals, ['the name of the company'])[0] as string
  const company = {
    name,
    country: needed(values.country, 'in which country it is: --country GB').toUpperCase(),
    currency: values.currency?.toUpperCase(),
    chart: values.chart,
    timeZone: values['time-zone'],
    fiscalYearStartMonth: monthNumber(values['fiscal-year-start'], 'fiscal-year-start'),
  }
  return async ({ database, terminal }) => {
    const id = await createCompany(database, company)
    if (values.json) await terminal.json({ id, name })
    else await terminal.line(String(id))
    return 0
  }
}
