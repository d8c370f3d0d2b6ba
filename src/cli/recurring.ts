import { type AccountingDate, today } from '../kernel/accounting-date.ts'
import { inCompany, readCompany, requireCompany, type Tx } from '../kernel/database.ts'
import { formatMinor } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { frequencies } from '../ledger/schedule.ts'
import {
  changeRecurring,
  listRecurring,
  listSettledDays,
  type Recurring,
  startRecurring,
  upcomingJournals,
} from '../modules/journal/index.ts'
import { retryDueDaysOrAsk } from '../modules/second-person/index.ts'
import { type Command, UsageError } from './command.ts'
import { parametersIn, reverseIn, waitingIn } from './journal.ts'
import { table } from './table.ts'
import { sayWaiting } from './waiting.ts'
import { exactly, needed, neededCompany, oneOf, optionalDay, readWords } from './words.ts'

const companyAndJson = { company: { type: 'string' }, json: { type: 'boolean' } } as const

const recurringTable = (rows: readonly Recurring[]): string =>
  table(
    ['name', 'state', 'template', 'every', 'day', 'from', 'until', 'next'],
    rows.map((r) => [
      r.name,
      r.state,
      `${r.template} ${r.templateVersion}`,
      r.every,
      r.dayOfMonth === null ? 'last' : String(r.dayOfMonth),
      r.startsOn,
      r.endsOn ?? '',
      r.nextDueOn ?? '',
    ]),
  )

/** Does something and prints the recurring journals that it returns. */
function printing(
  values: { company?: string; json?: boolean },
  act: (tx: Tx) => Promise<Recurring[]>,
): ReturnType<Command> {
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await inCompany(database, await requireCompany(database, company), act)
    if (values.json) await terminal.json({ rows })
    else await terminal.write(recurringTable(rows))
    return 0
  }
}

export const recurringList: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  exactly(positionals, [])
  return printing(values, listRecurring)
}

export const recurringStart: Command = (words) => {
  const { values, positionals } = readWords(words, {
    ...companyAndJson,
    set: { type: 'string', multiple: true },
    every: { type: 'string' },
    day: { type: 'string' },
    from: { type: 'string' },
    until: { type: 'string' },
    description: { type: 'string' },
    reverse: { type: 'string' },
  })
  const [name, template] = exactly(positionals, ['a name for it', 'the name of a template']) as [string, string]
  const startsOn = optionalDay(needed(values.from, 'its first day: --from 2011-01-01'), 'from') as AccountingDate
  const reverse = reverseIn(values.reverse)
  const recurring = {
    name,
    template,
    parameters: parametersIn(values.set),
    description: values.description,
    every: oneOf(values.every ?? 'month', frequencies, '--every'),
    dayOfMonth: dayOfMonth(values.day ?? 'last'),
    startsOn,
    endsOn: optionalDay(values.until, 'until') ?? null,
    ...(reverse === undefined ? {} : { reverse }),
  }
  return printing(values, (tx) => startRecurring(tx, [recurring], tx.actor))
}

function dayOfMonth(value: string): number | null {
  if (value === 'last') return null
  const day = /^\d{1,2}$/.test(value) ? Number(value) : 0
  if (day < 1 || day > 31) throw new UsageError(`--day is 1 to 31 or last, not '${value}'.`)
  return day
}

const changing =
  (change: 'pause' | 'resume' | 'end'): Command =>
  (words) => {
    const { values, positionals } = readWords(words, { ...companyAndJson, on: { type: 'string' } })
    const [name] = exactly(positionals, ['the name of a recurring journal']) as [string]
    const given = optionalDay(values.on, 'on')
    return printing(values, async (tx) => {
      const on = given ?? today((await companyFacts(tx)).timeZone)
      return await changeRecurring(tx, [{ name, change, on }], tx.actor)
    })
  }

export const recurringPause = changing('pause')
export const recurringResume = changing('resume')
export const recurringEnd = changing('end')

export const recurringUpcoming: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, until: { type: 'string' } })
  exactly(positionals, [])
  const until = optionalDay(needed(values.until, 'up to which day: --until 2011-12-31'), 'until') as AccountingDate
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { rows, currency } = await readCompany(database, companyId, async (tx) => ({
      rows: await upcomingJournals(tx, until),
      currency: (await companyFacts(tx)).baseCurrency,
    }))
    if (values.json) await terminal.json({ rows })
    else
      await terminal.write(
        table(
          ['due', 'name', 'description', 'lines'],
          rows.map(({ dueOn, name, description, lines }) => [
            dueOn,
            name,
            description,
            lines.map((l) => `${l.account ?? l.role} ${formatMinor(l.amountMinor, currency)}`).join(', '),
          ]),
        ),
      )
    return 0
  }
}

export const recurringDays: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const [name = null] = positionals
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), (tx) => listSettledDays(tx, name))
    if (values.json) await terminal.json({ rows })
    else
      await terminal.write(
        table(
          ['due', 'name', 'state', 'entry', 'message'],
          rows.map((d) => [d.dueOn, d.name, d.state, d.entryId === null ? '' : String(d.entryId), d.message]),
        ),
      )
    return 0
  }
}

export const recurringRetry: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, on: { type: 'string' } })
  const [name, day] = exactly(positionals, ['the name of a recurring journal', 'the due day']) as [string, string]
  const retry = { name, dueOn: optionalDay(day, 'due') as AccountingDate, on: optionalDay(values.on, 'on') }
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const { waiting, rows } = await inCompany(database, await requireCompany(database, company), async (tx) => ({
      waiting: waitingIn(await retryDueDaysOrAsk(tx, [retry], 'all')),
      rows: (await listRecurring(tx)).filter((recurring) => recurring.name === name),
    }))
    if (values.json) await terminal.json({ rows, ...(waiting.length > 0 && { waiting }) })
    else {
      await terminal.write(recurringTable(rows))
      await sayWaiting(terminal, waiting)
    }
    return 0
  }
}
