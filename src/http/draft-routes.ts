import { z } from 'zod'
import { Id, orNull } from '../contracts/basic.ts'
import { PostedEntry, Saved } from '../contracts/facts.ts'
import {
  FilledJournal,
  FilledTemplate,
  JournalDetail,
  JournalRecord,
  JournalReference,
  ListedJournal,
  ListedTemplate,
  NewJournal,
  NewTemplate,
  Template,
} from '../contracts/journal.ts'
import { inCompany, readCompany, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  discardDrafts,
  draftOf,
  fillTemplates,
  type Journal,
  journalById,
  type JournalRecord as KeptJournal,
  type Template as KeptTemplate,
  listJournals,
  listTemplates,
  lockDraft,
  saveDrafts,
  saveTemplates,
} from '../modules/journal/index.ts'
import { postDraftsOrAsk, postJournalsOrAsk } from '../modules/second-person/index.ts'
import { postedView } from './amounts.ts'
import { body, changeHeaders, companyParams, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { listRoute } from './list-route.ts'
import { viewsOf } from './waiting.ts'
import { withNames } from './with-names.ts'
import { lineReader, lineWriter } from './written-lines.ts'

type NamedJournal = KeptJournal & { writtenByName: string; postedByName: string | null }

const idText = (id: bigint | null): string | null => (id === null ? null : String(id))

const recordView = <Kept extends KeptJournal>({ id, entryId, reversalId, ...journal }: Kept) => ({
  ...journal,
  id: String(id),
  entryId: idText(entryId),
  reversalId: idText(reversalId),
})

const templateView = <Kept extends KeptTemplate>({ id: _, ...template }: Kept) =>
  ({ ...template, definition: template.definition }) as Omit<Kept, 'id' | 'definition'> &
    Pick<z.input<typeof Template>, 'definition'>

const journals = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/journals',
    tags: ['Journal'],
    permission: 'journal.read',
    summary: 'List the journals by hand',
    description: 'Drafts and posted ones, with who wrote them, why, and what takes them back.',
    request: {
      params: companyParams,
      query: z.object({
        state: z.enum(['draft', 'posted', 'discarded']).optional(),
        sort: z
          .enum(['writtenAt', '-writtenAt'])
          .default('writtenAt')
          .meta({ description: 'With a minus, the newest first.' }),
        after: Id.optional().meta({ description: 'The `next` of the page before.' }),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
    },
    responses: { 200: json(z.object({ rows: z.array(ListedJournal), next: orNull(Id) }), 'A page of journals.') },
  }),
  async (c) => {
    const { state = null, sort, after, limit } = c.req.valid('query')
    const before = after === undefined ? null : BigInt(after)
    const page = { state, after: before, limit: limit + 1, newestFirst: sort === '-writtenAt' }
    const rows = await readCompany(
      c.var.workplace.database,
      c.var.companyId,
      async (tx) => await withNames(tx, await listJournals(tx, page), ['writtenBy', 'postedBy']),
    )
    const shown = rows.slice(0, limit)
    const next = rows.length > limit ? idText(shown.at(-1)?.id ?? null) : null
    return c.json({ rows: shown.map(recordView), next }, 200)
  },
)

const journal = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/journals/{journalId}',
    tags: ['Journal'],
    permission: 'journal.read',
    summary: 'Get a journal by hand',
    description: 'A draft with its lines, as they can be sent again.',
    request: { params: companyParams.extend({ journalId: Id }) },
    responses: { 200: json(JournalDetail, 'The journal.') },
  }),
  async (c) => {
    const id = BigInt(c.req.valid('param').journalId)
    return c.json(await readCompany(c.var.workplace.database, c.var.companyId, (tx) => detailOf(tx, id)), 200)
  },
)

async function detailOf(tx: Tx, id: bigint) {
  const [record] = (await withNames(tx, [await journalById(tx, id)], ['writtenBy', 'postedBy'])) as [NamedJournal]
  const draft = record.state === 'draft' ? await draftOf(tx, record.reference) : undefined
  const lines = draft?.lines ?? []
  return { ...recordView(record), reverse: draft?.reverse ?? null, lines: lines.map(await lineWriter(tx, lines)) }
}

const changing = newApi().openapi(
  route({
    method: 'put',
    path: '/companies/{companyId}/journals/{journalId}',
    tags: ['Journal'],
    permission: 'journal.post',
    summary: 'Change a draft of a journal',
    description:
      'All of it is as it is sent then; its reference stays. With `If-Match` only if nobody else has changed it since it was read.',
    request: { params: companyParams.extend({ journalId: Id }), headers: changeHeaders, body: body(NewJournal) },
    responses: { 200: json(JournalDetail, 'The draft as it is now.') },
  }),
  async (c) =>
    await command(c, 200, async (tx) => {
      const id = BigInt(c.req.valid('param').journalId)
      const { lines, ...journal } = c.req.valid('json')
      const reference = await lockDraft(tx, id)
      refuseIfChanged(c, await detailOf(tx, id))
      if (journal.reference !== reference) throw new Refusal('input_invalid', { reference: `it stays ${reference}` })
      const read = await lineReader(tx, lines)
      await saveDrafts(tx, [{ ...journal, lines: lines.map(read) }], tx.actor, { replaces: true })
      return await detailOf(tx, id)
    }),
)

const filling = newApi().openapi(
  route({
    method: 'post',
    path: '/companies/{companyId}/journals/from-templates/preview',
    tags: ['Journal'],
    permission: 'journal.post',
    summary: 'See what a template writes',
    description: 'Its lines with the amounts, to be looked at and changed before they are posted. Nothing is posted.',
    request: { params: companyParams, body: body(FilledTemplate) },
    responses: { 200: json(FilledJournal, 'What would be posted.') },
  }),
  async (c) => {
    // Not only read: a template that comes along is kept as it is used for the first time.
    const filled = await inCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
      const [one] = (await fillTemplates(tx, [c.req.valid('json')])) as [Journal]
      const { description = '', reverse = null, lines } = one
      return { description, reverse, lines: lines.map(await lineWriter(tx, lines)) }
    })
    return c.json(filled, 200)
  },
)

const templates = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/journal-templates',
    tags: ['Journal'],
    permission: 'journal.read',
    summary: 'List the templates of journals',
    description: 'The newest version of each: those of the company, and those that the product brings along.',
    request: { params: companyParams },
    responses: { 200: json(z.object({ rows: z.array(ListedTemplate) }), 'The templates.') },
  }),
  async (c) => {
    const rows = await readCompany(
      c.var.workplace.database,
      c.var.companyId,
      async (tx) => await withNames(tx, await listTemplates(tx), ['author']),
    )
    return c.json({ rows: rows.map(templateView) }, 200)
  },
)

const savedTemplates = listRoute({
  path: 'journal-templates',
  tag: 'Journal',
  permission: 'settings.write',
  summary: 'Save templates of journals',
  description:
    'Each becomes the next version of its name; what is posted or recurs keeps its version. `follows` refuses one where somebody else has saved a version meanwhile.',
  request: NewTemplate,
  result: Template,
  perform: async (tx, requests) => (await saveTemplates(tx, requests as never, tx.actor)).map(templateView),
})

const filled = listRoute({
  path: 'journals/from-templates',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Post journals from templates',
  description: 'What is left out is the default of the parameter.',
  request: FilledTemplate,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) =>
    viewsOf(await postJournalsOrAsk(tx, await fillTemplates(tx, requests), mode), postedView),
})

const drafts = listRoute({
  path: 'journals/drafts',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Keep drafts of journals',
  description:
    'Nothing is posted. The same again finds its draft; another under the same reference is refused: `PUT …/journals/{id}` changes a draft.',
  request: NewJournal,
  result: JournalRecord,
  perform: async (tx, requests) => {
    const read = await lineReader(
      tx,
      requests.flatMap(({ lines }) => lines),
    )
    const kept = requests.map(({ lines, ...journal }) => ({ ...journal, lines: lines.map(read) }))
    return (await saveDrafts(tx, kept, tx.actor)).map(recordView)
  },
})

const posted = listRoute({
  path: 'journals/drafts/post',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Post drafts',
  description: 'As they stand; a closed period refuses them.',
  request: JournalReference,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) => {
    const references = requests.map(({ reference }) => reference)
    return viewsOf(await postDraftsOrAsk(tx, references, mode), postedView)
  },
})

const discarded = listRoute({
  path: 'journals/drafts/discard',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Discard drafts',
  description: 'Their references are free again.',
  request: JournalReference,
  result: Saved,
  perform: async (tx, requests) => {
    await discardDrafts(
      tx,
      requests.map(({ reference }) => reference),
    )
    return requests.map(() => ({ result: 'saved' as const }))
  },
})

export const draftRoutes = [
  journals,
  journal,
  changing,
  filling,
  templates,
  savedTemplates,
  filled,
  drafts,
  posted,
  discarded,
].reduce((all, each) => all.route('/', each), newApi())
