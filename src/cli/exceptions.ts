import { readCompany, requireCompany } from '../kernel/database.ts'
import { formatMinor, moneyJson } from '../kernel/money.ts'
import { type Exception, exceptionStates, exceptionsById, listExceptions, noteText } from '../modules/inbox/index.ts'
import { namedActors } from '../reports/actors.ts'
import type { Command } from './command.ts'
import { UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, neededCompany, oneOf, readWords } from './words.ts'

/** An exception as JSON. */
export const exceptionJson = ({
  id,
  amountMinor,
  currency,
  responsible,
  responsibleEmail,
  dueOn,
  approvalId,
  ...more
}: Exception) => ({
  ...more,
  approvalId: approvalId === null ? null : String(approvalId),
  id: String(id),
  amount: moneyJson(amountMinor, currency),
  owner: responsible,
  ownerEmail: responsibleEmail,
  due: dueOn,
})

/** Exceptions under each other. */
export const exceptionTable = (found: readonly Exception[]): string =>
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
  )

/** The id of an exception as a word. */
export function exceptionId(word: string): bigint {
  if (!/^[1-9][0-9]{0,17}$/.test(word)) throw new UsageError(`The id of an exception is a number, not '${word}'.`)
  return BigInt(word)
}

export const exceptions: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    state: { type: 'string' },
    kind: { type: 'string' },
    owner: { type: 'string' },
    json: { type: 'boolean' },
  })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  const states = values.state === undefined ? undefined : [oneOf(values.state, exceptionStates, 'The state')]
  return async ({ database, terminal }) => {
    const filter = { states, kind: values.kind, responsible: values.owner }
    const companyId = await requireCompany(database, company)
    const found = await readCompany(database, companyId, (tx) => listExceptions(tx, filter))
    if (values.json) await terminal.json({ rows: found.map(exceptionJson) })
    else if (found.length === 0) await terminal.line('Nothing needs you.')
    else await terminal.write(exceptionTable(found))
    return 0
  }
}

export const exceptionsShow: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  const [id] = exactly(positionals, ['the id of the exception']) as [string]
  const company = neededCompany(values.company)
  const wanted = exceptionId(id)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { notes, ...exception } = await readCompany(database, companyId, async (tx) => {
      const [found] = (await exceptionsById(tx, [wanted])) as [Awaited<ReturnType<typeof exceptionsById>>[number]]
      const actorOf = await namedActors(
        tx,
        found.notes.flatMap(({ mentions }) => mentions),
      )
      const written = found.notes.map(({ mentions, ...note }) => ({
        ...note,
        body: noteText({ ...note, mentions }, (person) => actorOf(person).name),
      }))
      return { ...found, notes: written }
    })
    if (values.json) await terminal.json({ ...exceptionJson(exception), notes })
    else {
      await terminal.write(exceptionTable([exception]))
      const rows = notes.map(({ writtenAt, author, kind, body }) => [writtenAt, author, kind, body])
      if (rows.length > 0) await terminal.write(`\n${table(['when', 'who', 'what', ''], rows)}`)
    }
    return 0
  }
}
