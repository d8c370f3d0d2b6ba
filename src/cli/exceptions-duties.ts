import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import {
  type Duty,
  dataKinds,
  exceptionSettings,
  listDuties,
  setDuties,
  setExceptionSettings,
} from '../modules/inbox/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, needed, neededCompany, oneOf, readWords } from './words.ts'

export const exceptionsDuties: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listDuties)
    if (values.json) await terminal.json({ rows })
    else await terminal.write(asTable(rows))
    return 0
  }
}

export const exceptionsDuty: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    to: { type: 'string' },
    email: { type: 'string' },
    days: { type: 'string' },
    // biome-ignore lint/suspicious/noThenProperty: the word of an option, on an object that nobody awaits
    then: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  })
  const [data] = exactly(positionals, ['the kind of data']) as [string]
  const company = neededCompany(values.company)
  const duty: Duty = {
    dataKind: oneOf(data, dataKinds, 'The kind of data'),
    responsible: needed(values.to, 'who answers for it: --to NAME'),
    email: values.email ?? null,
    days: daysOf(values.days ?? '7'),
    escalation: (values.then ?? []).map(stepOf),
  }
  return async ({ database, terminal }) => {
    const rows = await inCompany(database, await requireCompany(database, company), async (tx) => {
      await setDuties(tx, [duty])
      return await listDuties(tx)
    })
    if (values.json) await terminal.json({ rows })
    else await terminal.write(asTable(rows))
    return 0
  }
}

export const exceptionsDigest: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  const [hour, ...more] = positionals
  exactly(more, [])
  const company = neededCompany(values.company)
  const digestHour = hour === undefined ? undefined : hourOf(hour)
  return async ({ database, terminal }) => {
    const settings = await inCompany(database, await requireCompany(database, company), async (tx) => {
      if (digestHour !== undefined) await setExceptionSettings(tx, { digestHour })
      return await exceptionSettings(tx)
    })
    if (values.json) await terminal.json(settings)
    else await terminal.line(`The digest of a day goes out from ${settings.digestHour}:00, where the company is.`)
    return 0
  }
}

function hourOf(text: string): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) > 23) throw new UsageError(`The hour is 0 to 23, not '${text}'.`)
  return Number(text)
}

function daysOf(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 366) throw new UsageError(`Days are a number up to 366, not '${text}'.`)
  return Number(text)
}

function stepOf(text: string): Duty['escalation'][number] {
  const [days = '', responsible = '', email] = text.split(':')
  if (responsible.trim() === '') throw new UsageError(`A step is DAYS:NAME or DAYS:NAME:ADDRESS, not '${text}'.`)
  return { daysPastDue: daysOf(days), responsible: responsible.trim(), email: email ?? null }
}

const asTable = (duties: readonly Duty[]): string =>
  table(
    ['data', 'responsible', 'e-mail', 'days', 'then'],
    duties.map(({ dataKind, responsible, email, days, escalation }) => [
      dataKind,
      responsible,
      email ?? '',
      String(days),
      escalation.map((step) => `after ${step.daysPastDue} days ${step.responsible}`).join(', '),
    ]),
    ['days'],
  )
