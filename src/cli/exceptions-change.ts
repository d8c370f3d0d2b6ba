import type { ParseArgsOptionsConfig } from 'node:util'
import { rerunAll } from '../imports/index.ts'
import type { AccountingDate } from '../kernel/accounting-date.ts'
import { inCompany, requireCompany, type Tx } from '../kernel/database.ts'
import {
  assignExceptions,
  changeDueDays,
  dismissExceptions,
  exceptionsById,
  listExceptions,
  noteExceptions,
  type Rerun,
  reopenExceptions,
  takeOnExceptions,
} from '../modules/inbox/index.ts'
import { type Remedy, remedyOrAsk } from '../modules/second-person/index.ts'
import { type Command, UsageError } from './command.ts'
import { exceptionId, exceptionJson, exceptionTable } from './exceptions.ts'
import { table } from './table.ts'
import { needed, neededCompany, oneOf, optionalDay, readWords } from './words.ts'

const usual = { company: { type: 'string' }, json: { type: 'boolean' } } as const

type Read<Given> = (values: Record<string, string | boolean | undefined>) => Given

/** A command that changes the exceptions whose ids it is given, and shows them as they are then. */
const changing =
  <Given>(
    options: ParseArgsOptionsConfig,
    read: Read<Given>,
    change: (tx: Tx, ids: bigint[], given: Given) => Promise<void>,
  ): Command =>
  (words) => {
    const { values, positionals } = readWords(words, { ...usual, ...options })
    const company = neededCompany(values.company as string | undefined)
    const ids = idsOf(positionals)
    const given = read(values as Record<string, string | undefined>)
    return async ({ database, terminal }) => {
      const found = await inCompany(database, await requireCompany(database, company), async (tx) => {
        await change(tx, ids, given)
        return await exceptionsById(tx, ids)
      })
      if (values.json) await terminal.json({ rows: found.map(({ notes: _, ...one }) => exceptionJson(one)) })
      else await terminal.write(exceptionTable(found))
      return 0
    }
  }

function idsOf(positionals: readonly string[]): bigint[] {
  if (positionals.length === 0) throw new UsageError('Give the id of an exception, or several.')
  return positionals.map(exceptionId)
}

const text = { type: 'string' } as const
const asText = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
const reasonOf: Read<string> = ({ reason }) => needed(asText(reason), 'why: --reason TEXT')

export const exceptionsAssign = changing(
  { to: text, email: text },
  ({ to, email }) => ({ responsible: needed(asText(to), 'to whom: --to NAME'), email: asText(email) ?? null }),
  (tx, ids, given) =>
    assignExceptions(
      tx,
      ids.map((id) => ({ id, ...given })),
    ),
)

export const exceptionsStart = changing(
  {},
  () => undefined,
  (tx, ids) =>
    takeOnExceptions(
      tx,
      ids.map((id) => ({ id })),
    ),
)

export const exceptionsDue = changing(
  { on: text },
  ({ on }) => optionalDay(needed(asText(on), 'by when: --on 2026-11-30'), 'on') as AccountingDate,
  (tx, ids, dueOn) =>
    changeDueDays(
      tx,
      ids.map((id) => ({ id, dueOn })),
    ),
)

export const exceptionsNote = changing(
  { text },
  (values) => needed(asText(values.text), 'what to note: --text TEXT'),
  (tx, ids, body) =>
    noteExceptions(
      tx,
      ids.map((id) => ({ id, body })),
    ),
)

export const exceptionsDismiss = changing({ reason: text }, reasonOf, (tx, ids, body) =>
  dismissExceptions(
    tx,
    ids.map((id) => ({ id, body })),
  ),
)

export const exceptionsReopen = changing({ reason: text }, reasonOf, (tx, ids, body) =>
  reopenExceptions(
    tx,
    ids.map((id) => ({ id, body })),
  ),
)

type Work = (tx: Tx, ids: readonly bigint[]) => Promise<Rerun[]>

const resolveOptions = {
  ...usual,
  reason: text,
  as: text,
  role: text,
  untaxed: { type: 'boolean' },
  country: text,
  'tax-code': text,
  'accept-up-to': text,
  'money-is': text,
  method: text,
} as const

export const exceptionsResolve: Command = (words) => {
  const { values, positionals } = readWords(words, resolveOptions)
  const {
    reason,
    as,
    country,
    role,
    untaxed = false,
    'tax-code': taxCode,
    'accept-up-to': upTo,
    'money-is': money,
    method,
  } = values
  if ([reason, as, country, taxCode, upTo, money].filter((value) => value !== undefined).length !== 1)
    throw new UsageError(
      'Say one of: how it was done, --reason TEXT; what a code stands for, --as item|charge; where a destination is, --country FR; which tax it is, --tax-code CODE; where money is, --money-is clearing|bank|cash|gift_card|ignored; how large a difference is accepted, --accept-up-to 1.00.',
    )
  const standsFor = as === undefined ? undefined : oneOf(as, ['item', 'charge'], 'What a code stands for')
  const places = ['clearing', 'bank', 'cash', 'gift_card', 'ignored'] as const
  const moneyIs = money === undefined ? undefined : oneOf(money, places, 'Where money is')
  const remedyOf = (id: bigint): Remedy => {
    if (moneyIs !== undefined) return { id, moneyIs, method }
    if (standsFor !== undefined) return { id, standsFor, role, taxed: !untaxed }
    if (country !== undefined) return { id, country }
    if (taxCode !== undefined) return { id, taxCode }
    return upTo === undefined ? { id, text: reason ?? '' } : { id, acceptUpTo: upTo }
  }
  return rerunning(values, idsOf(positionals), (tx, ids) => remedyOrAsk(tx, ids.map(remedyOf)))
}

export const exceptionsRerun: Command = (words) => {
  const { values, positionals } = readWords(words, { ...usual, kind: text })
  const { kind } = values
  if ((kind === undefined) === (positionals.length === 0))
    throw new UsageError('Give the ids of exceptions, or all of a kind: --kind KIND.')
  if (kind === undefined) return rerunning(values, idsOf(positionals), rerunAll)
  return rerunning(values, [], async (tx) => {
    const alike = await listExceptions(tx, { kind, states: ['open', 'in_progress'] })
    return await rerunAll(
      tx,
      alike.map(({ id }) => id),
    )
  })
}

type Where = { company?: string | undefined; json?: boolean | undefined }

/** Does what is to be done and says what became of each; 1 where something is still open. */
function rerunning({ company: named, json }: Where, ids: readonly bigint[], work: Work): ReturnType<Command> {
  const company = neededCompany(named)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const done = await inCompany(database, companyId, (tx) => work(tx, ids))
    if (json)
      await terminal.json({
        rows: done.map(({ approvalId, ...one }) => ({
          ...one,
          id: String(one.id),
          approvalId: approvalId === undefined ? null : String(approvalId),
        })),
      })
    else if (done.length === 0) await terminal.line('Nothing needs you.')
    else
      await terminal.write(
        table(
          ['id', 'state', 'lines moved', 'message'],
          done.map(({ id, state, moved, message }) => [String(id), state, String(moved), message]),
          ['lines moved'],
        ),
      )
    return done.every(({ state }) => state === 'resolved' || state === 'dismissed') ? 0 : 1
  }
}
