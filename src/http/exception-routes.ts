import type { z } from 'zod'
import { Id, rowsOf } from '../contracts/basic.ts'
import {
  Exception,
  ExceptionAssignment,
  ExceptionCounts,
  ExceptionDueDay,
  ExceptionDuty,
  ExceptionName,
  ExceptionNoteText,
  ExceptionQuery,
  ExceptionSettings,
  ExceptionText,
  ExceptionWithNotes,
  ExceptionWork,
  Mentionable,
} from '../contracts/exceptions.ts'
import { pageOf } from '../contracts/resources.ts'
import { readCompany, type Tx } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import {
  type AboutRow,
  aboutException,
  assignExceptions,
  changeDueDays,
  countAlike,
  countExceptions,
  type Duty,
  dismissExceptions,
  type ExceptionFilter,
  exceptionSettings,
  exceptionsById,
  listDuties,
  listExceptions,
  listMentionable,
  lockExceptionSettings,
  noteExceptions,
  notePartsOf,
  noteText,
  type Exception as OpenException,
  reopenExceptions,
  seeMentions,
  setDuties,
  setExceptionSettings,
  takeOnExceptions,
} from '../modules/inbox/index.ts'
import { namedActors } from '../reports/actors.ts'
import { entriesById, linesOfEntries } from '../reports/lists/index.ts'
import { body, changeHeaders, companyParams, json, newApi, route } from './api.ts'
import { callerOf } from './callers.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { remedyRoutes } from './exception-remedies.ts'
import { exportRoute } from './export-route.ts'
import { listRoute } from './list-route.ts'

const exceptionView = ({
  id,
  amountMinor,
  currency,
  responsible,
  responsibleEmail: _,
  dueOn,
  approvalId,
  ...more
}: OpenException) => ({
  ...more,
  approvalId: approvalId === null ? null : String(approvalId),
  id: String(id),
  amount: moneyJson(amountMinor, currency),
  owner: responsible,
  due: dueOn,
})

const rowView = ({ documentId, number, line, amountMinor, currency, ...row }: AboutRow) => ({
  ...row,
  document: documentId === null ? null : { id: String(documentId), number },
  line: line === null ? null : String(line),
  amount: amountMinor === null || currency === null ? null : moneyJson(amountMinor, currency),
})

type Search = Omit<z.output<typeof ExceptionQuery>, 'after' | 'limit'>

type Asker = { email: string; userId: number }
const personOf = ({ email, userId }: Asker): { email: string; person: string } => ({ email, person: `user:${userId}` })

/** What somebody wants to see of the exceptions. */
const filterOf = ({ state, kind, owner, import: importId, ...search }: Search, asker: Asker): ExceptionFilter => ({
  ...search,
  ...personOf(asker),
  states: state === undefined ? undefined : [state],
  kind,
  responsible: owner,
  importId: importId === undefined ? undefined : BigInt(importId),
})

async function detailOf(tx: Tx, id: bigint, mayReadEntries: boolean) {
  const [found] = await exceptionsById(tx, [id])
  const { notes, ...exception } = found as NonNullable<typeof found>
  const { rows, rowCount, entryIds } = await aboutException(tx, exception)
  const actorOf = await namedActors(
    tx,
    notes.flatMap(({ author, mentions }) => [author, ...mentions]),
  )
  const nameOf = (person: string): string => actorOf(person).name
  const alike = await countAlike(tx, exception)
  const ids = entryIds.map(String)
  const lines = mayReadEntries ? await linesOfEntries(tx, ids) : new Map<string, object[]>()
  const entries = mayReadEntries ? await entriesById(tx, ids) : []
  return {
    ...exceptionView(exception),
    ownerEmail: exception.responsibleEmail,
    notes: notes.map(({ mentions, ...note }) => ({
      ...note,
      authorName: nameOf(note.author),
      body: noteText({ ...note, mentions }, nameOf),
      parts: notePartsOf({ ...note, mentions }, nameOf),
    })),
    rows: rows.map(rowView),
    rowCount,
    alike,
    entries: mayReadEntries ? entries.map((entry) => ({ ...entry, lines: lines.get(entry.entryId) ?? [] })) : null,
  }
}

const reading = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/exceptions',
      tags: ['Exceptions'],
      permission: 'exceptions.read',
      summary: 'List what a person must look at',
      request: { params: companyParams, query: ExceptionQuery },
      responses: { 200: json(pageOf(Exception), 'Open ones first, the largest amount first.') },
    }),
    async (c) => {
      const { after, limit = 1000, ...search } = c.req.valid('query')
      const filter = {
        ...filterOf(search, callerOf(c)),
        after: after === undefined ? undefined : BigInt(after),
        limit: limit + 1,
      }
      const { database } = c.var.workplace
      const found = await readCompany(database, c.var.companyId, (tx) => listExceptions(tx, filter))
      const rows = found.slice(0, limit).map(exceptionView)
      return c.json({ rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/exceptions/counts',
      tags: ['Exceptions'],
      permission: 'exceptions.read',
      summary: 'Count the exceptions that wait',
      request: { params: companyParams },
      responses: { 200: json(ExceptionCounts, 'How many wait.') },
    }),
    async (c) => {
      const asker = personOf(callerOf(c))
      return c.json(
        await readCompany(c.var.workplace.database, c.var.companyId, (tx) => countExceptions(tx, asker)),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/exceptions/people',
      tags: ['Exceptions'],
      permission: 'exceptions.write',
      summary: 'List whom a note can name',
      description: 'Everybody of the company who may see its exceptions.',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(Mentionable), 'By name.') },
    }),
    async (c) => c.json({ rows: await readCompany(c.var.workplace.database, c.var.companyId, listMentionable) }, 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/exceptions/{exceptionId}',
      tags: ['Exceptions'],
      permission: 'exceptions.read',
      summary: 'Get an exception with all that happened to it',
      request: { params: companyParams.extend({ exceptionId: Id }) },
      responses: { 200: json(ExceptionWithNotes, 'The exception.') },
    }),
    async (c) => {
      const id = BigInt(c.req.valid('param').exceptionId)
      const mayReadEntries = c.var.permissions?.has('journal.read') ?? false
      const found = await readCompany(c.var.workplace.database, c.var.companyId, (tx) =>
        detailOf(tx, id, mayReadEntries),
      )
      return c.json(found as z.infer<typeof ExceptionWithNotes>, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/exception-duties',
      tags: ['Exceptions'],
      permission: 'exceptions.read',
      summary: 'List who answers for each kind of data',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(ExceptionDuty), 'One for each kind of data.') },
    }),
    async (c) => c.json({ rows: await readCompany(c.var.workplace.database, c.var.companyId, listDuties) }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/exception-duties',
      tags: ['Exceptions'],
      permission: 'settings.write',
      summary: 'Say who answers for a kind of data',
      description: 'What is open already keeps whoever answers for it.',
      request: { params: companyParams, headers: changeHeaders, body: body(ExceptionDuty) },
      responses: { 201: json(rowsOf(ExceptionDuty), 'One for each kind of data.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        await lockExceptionSettings(tx)
        refuseIfChanged(c, { rows: await listDuties(tx) })
        await setDuties(tx, [c.req.valid('json') as Duty])
        return { rows: await listDuties(tx) }
      }),
  )

const settings = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/exception-settings',
      tags: ['Exceptions'],
      permission: 'exceptions.read',
      summary: 'Get how the company is told of its exceptions',
      request: { params: companyParams },
      responses: { 200: json(ExceptionSettings, 'The settings.') },
    }),
    async (c) => c.json(await readCompany(c.var.workplace.database, c.var.companyId, exceptionSettings), 200),
  )
  .openapi(
    route({
      method: 'put',
      path: '/companies/{companyId}/exception-settings',
      tags: ['Exceptions'],
      permission: 'settings.write',
      summary: 'Set how the company is told of its exceptions',
      request: { params: companyParams, headers: changeHeaders, body: body(ExceptionSettings) },
      responses: { 200: json(ExceptionSettings, 'The settings as they are now.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        await lockExceptionSettings(tx)
        refuseIfChanged(c, await exceptionSettings(tx))
        await setExceptionSettings(tx, c.req.valid('json'))
        return await exceptionSettings(tx)
      }),
  )

/** What a route has that changes exceptions: it answers with what they are then. */
const changing = <Request extends z.ZodType<{ id: string }>>(
  summary: string,
  description: string,
  request: Request,
  change: (tx: Tx, requests: (Omit<z.output<Request>, 'id'> & { id: bigint })[]) => Promise<unknown>,
) => ({
  tag: 'Exceptions',
  permission: 'exceptions.write' as const,
  summary,
  description,
  request,
  result: Exception,
  perform: async (tx: Tx, requests: z.output<Request>[]) => {
    const changes = requests.map((one) => ({ ...(one as object), id: BigInt((one as { id: string }).id) }))
    await change(tx, changes as never)
    const found = await exceptionsById(
      tx,
      changes.map(({ id }) => id),
    )
    return found.map(({ notes: _, ...exception }) => exceptionView(exception)) as never
  },
})

const asChange = ({ id, text }: { id: bigint; text: string }) => ({ id, body: text })

const routes = [
  listRoute({
    path: 'exceptions/assignments',
    ...changing('Give exceptions to somebody', 'Whoever gets them is told.', ExceptionAssignment, (tx, all) =>
      assignExceptions(
        tx,
        all.map(({ id, owner, email, from }) => ({ id, responsible: owner, email: email ?? null, from })),
      ),
    ),
  }),
  listRoute({
    path: 'exceptions/work',
    ...changing('Say that somebody works on exceptions', 'They are in progress.', ExceptionWork, takeOnExceptions),
  }),
  listRoute({
    path: 'exceptions/due-days',
    ...changing(
      'Change by when exceptions are to be done',
      'Who is next when that day has passed is counted from it. Its history says so.',
      ExceptionDueDay,
      (tx, all) =>
        changeDueDays(
          tx,
          all.map(({ id, due, from }) => ({ id, dueOn: due, from })),
        ),
    ),
  }),
  listRoute({
    path: 'exceptions/seen',
    ...changing(
      'Say that one has seen what exceptions say of one',
      'The notes that name the caller are no longer counted as `unseen`.',
      ExceptionName,
      (tx, all) =>
        seeMentions(
          tx,
          all.map(({ id }) => id),
        ),
    ),
    permission: 'exceptions.read',
  }),
  listRoute({
    path: 'exceptions/notes',
    ...changing(
      'Write notes',
      'A note stays as it was written. People whom it names are told, and find it under their mentions.',
      ExceptionNoteText,
      (tx, all) => noteExceptions(tx, all.map(asChange)),
    ),
  }),
  listRoute({
    path: 'exceptions/dismissals',
    ...changing('Dismiss exceptions', 'Nothing is done about them, for a reason.', ExceptionText, (tx, all) =>
      dismissExceptions(tx, all.map(asChange)),
    ),
  }),
  listRoute({
    path: 'exceptions/reopenings',
    ...changing('Open exceptions again', 'For a reason.', ExceptionText, (tx, all) =>
      reopenExceptions(tx, all.map(asChange)),
    ),
  }),
]

const MOST_AT_ONCE = 500

const exported = exportRoute<Search>({
  path: 'exceptions',
  tag: 'Exceptions',
  permission: 'exceptions.read',
  many: 'what a person must look at',
  schema: Exception,
  query: ExceptionQuery.omit({ after: true, limit: true }),
  async *pages(tx, search, caller) {
    const filter = filterOf(search, caller)
    for (let after: bigint | undefined | null; after !== null; ) {
      const found = await listExceptions(tx, { ...filter, after, limit: MOST_AT_ONCE })
      yield found.map(exceptionView)
      after = found.length < MOST_AT_ONCE ? null : (found.at(-1)?.id ?? null)
    }
  },
})

export const exceptionRoutes = [settings, exported, ...routes, ...remedyRoutes].reduce(
  (all, each) => all.route('/', each),
  reading,
)
