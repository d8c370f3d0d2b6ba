import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { inCompany, readCompany, requireCompany, type Tx } from '../kernel/database.ts'
import type { ApprovalRequest } from '../modules/approvals/index.ts'
import { attach } from '../modules/attachments/index.ts'
import {
  discardDrafts,
  type FilledTemplate,
  fillTemplates,
  type JournalRecord,
  journalsByReference,
  listJournals,
  listTemplates,
  type ReversesOn,
  saveDrafts,
} from '../modules/journal/index.ts'
import {
  type DoneOrWaiting,
  type Outcome,
  postDraftsOrAsk,
  postJournalsOrAsk,
  reverseOrAsk,
} from '../modules/second-person/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { sayWaiting } from './waiting.ts'
import { exactly, needed, neededCompany, oneOf, optionalDay, readWords } from './words.ts'

const companyAndJson = { company: { type: 'string' }, json: { type: 'boolean' } } as const

/** `--set amount=12.50`, any number of times. */
export function parametersIn(settings: readonly string[] | undefined): Record<string, string> {
  return Object.fromEntries(
    (settings ?? []).map((setting) => {
      const at = setting.indexOf('=')
      if (at < 1) throw new UsageError(`--set takes a name and a value, such as amount=12.50, not '${setting}'.`)
      return [setting.slice(0, at), setting.slice(at + 1)]
    }),
  )
}

/** `--reverse next-day`. */
export const reverseIn = (value: string | undefined): ReversesOn | undefined =>
  value === undefined
    ? undefined
    : oneOf(value, ['next-day', 'next-period'] as const, '--reverse') === 'next-day'
      ? 'next_day'
      : 'next_period'

export const journalTemplates: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listTemplates)
    if (values.json) await terminal.json({ rows: rows.map(({ id: _, ...template }) => template) })
    else
      await terminal.write(
        table(
          ['name', 'version', 'title', 'parameters'],
          rows.map(({ name, version, title, definition }) => [
            name,
            String(version),
            title,
            definition.parameters.map((p) => (p.default === undefined ? p.name : `[${p.name}]`)).join(' '),
          ]),
        ),
      )
    return 0
  }
}

export const journalFill: Command = (words) => {
  const { values, positionals } = readWords(words, {
    ...companyAndJson,
    on: { type: 'string' },
    reference: { type: 'string' },
    set: { type: 'string', multiple: true },
    description: { type: 'string' },
    document: { type: 'string' },
    reason: { type: 'string' },
    reverse: { type: 'string' },
    draft: { type: 'boolean' },
  })
  const [template] = exactly(positionals, ['the name of a template']) as [string]
  const date = optionalDay(needed(values.on, 'its day: --on 2011-01-31'), 'on')
  const reverse = reverseIn(values.reverse)
  const request = {
    template,
    reference: needed(values.reference, 'what makes it one: --reference rent-2011-01'),
    date: date as NonNullable<typeof date>,
    parameters: parametersIn(values.set),
    ...(values.description === undefined ? {} : { description: values.description }),
    documentReference: values.document ?? null,
    reason: values.reason ?? '',
    ...(reverse === undefined ? {} : { reverse }),
  } satisfies FilledTemplate
  return changing(values, [request.reference], async (tx) => {
    const journals = await fillTemplates(tx, [request])
    if (!values.draft) return waitingIn(await postJournalsOrAsk(tx, journals, 'all'))
    await saveDrafts(tx, journals, tx.actor)
    return []
  })
}

export const journalList: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, state: { type: 'string' } })
  exactly(positionals, [])
  const state =
    values.state === undefined ? null : oneOf(values.state, ['draft', 'posted', 'discarded'] as const, '--state')
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const rows = await readCompany(database, companyId, (tx) => listJournals(tx, { state, limit: 10_000 }))
    if (values.json) await terminal.json({ rows })
    else await terminal.write(journalTable(rows))
    return 0
  }
}

const journalTable = (rows: readonly JournalRecord[]): string =>
  table(
    ['reference', 'state', 'date', 'description', 'document', 'reverses', 'entry', 'taken back by', 'by'],
    rows.map((j) => [
      j.reference,
      j.state,
      j.date,
      j.description,
      j.documentReference ?? '',
      j.reversesOn ?? '',
      j.entryId === null ? '' : String(j.entryId),
      j.reversalId === null ? '' : String(j.reversalId),
      j.postedBy ?? j.writtenBy,
    ]),
  )

export const journalPost: Command = (words) =>
  withReferences(words, async (tx, references) => waitingIn(await postDraftsOrAsk(tx, references, 'all')))

export const journalDiscard: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const company = neededCompany(values.company)
  if (positionals.length === 0) throw new UsageError('Give the references of drafts.')
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    await inCompany(database, companyId, (tx) => discardDrafts(tx, positionals))
    if (values.json) await terminal.json({ discarded: positionals })
    else await terminal.line(`Discarded: ${positionals.join(', ')}.`)
    return 0
  }
}

function withReferences(
  words: readonly string[],
  act: (tx: Tx, references: readonly string[]) => Promise<ApprovalRequest[]>,
): ReturnType<Command> {
  const { values, positionals } = readWords(words, companyAndJson)
  if (positionals.length === 0) throw new UsageError('Give the references of journals.')
  return changing(values, positionals, (tx) => act(tx, positionals))
}

export const journalReverse: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, on: { type: 'string' } })
  const [reference] = exactly(positionals, ['the reference of a journal']) as [string]
  const date = optionalDay(values.on, 'on')
  return changing(values, [reference], async (tx) =>
    waitingIn(await reverseOrAsk(tx, { reference, ...(date && { date }) })),
  )
}

export const journalAttach: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const [of, path] = exactly(positionals, ['the reference of a journal', 'a file']) as [string, string]
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const content = await readFile(path).catch(() => {
      throw new UsageError(`${path} cannot be read.`)
    })
    const companyId = await requireCompany(database, company)
    const file = { subject: 'journal', of, name: basename(path), mediaType: null, content } as const
    const { existing, ...kept } = await inCompany(database, companyId, (tx) => attach(tx, file))
    if (values.json) await terminal.json(kept)
    else await terminal.line(`${kept.name}  ${kept.mediaType}  ${kept.sha256}${existing ? '  was there' : ''}`)
    return 0
  }
}

/** What of a command waits for a second person. */
export const waitingIn = (outcome: Outcome<unknown> | DoneOrWaiting<unknown>): ApprovalRequest[] => {
  const each = 'each' in outcome ? outcome.each : [outcome]
  return each.flatMap((one) => ('waiting' in one ? [one.waiting] : []))
}

/** Makes a change and prints the journals as they are then, with what waits for a second person. */
function changing(
  values: { company?: string; json?: boolean },
  references: readonly string[],
  change: (tx: Tx) => Promise<ApprovalRequest[]>,
): ReturnType<Command> {
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { waiting, rows } = await inCompany(database, companyId, async (tx) => ({
      waiting: await change(tx),
      rows: await journalsByReference(tx, references),
    }))
    if (values.json) await terminal.json({ rows, ...(waiting.length > 0 && { waiting }) })
    else {
      if (rows.length > 0) await terminal.write(journalTable(rows))
      await sayWaiting(terminal, waiting)
    }
    return 0
  }
}
