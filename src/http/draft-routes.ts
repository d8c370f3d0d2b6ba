import { z } from 'zod'
import { Id, orNull } from '../contracts/basic.ts'
import { PostedEntry, Saved } from '../contracts/facts.ts'
import {
  FilledTemplate,
  JournalRecord,
  JournalReference,
  NewJournal,
  NewTemplate,
  Template,
} from '../contracts/journal.ts'
import { readCompany } from '../kernel/database.ts'
import {
  discardDrafts,
  fillTemplates,
  type JournalRecord as KeptJournal,
  type Template as KeptTemplate,
  listJournals,
  listTemplates,
  saveDrafts,
  saveTemplates,
} from '../modules/journal/index.ts'
import { postDraftsOrAsk, postJournalsOrAsk } from '../modules/second-person/index.ts'
import { postedView } from './amounts.ts'
import { companyParams, json, newApi, route } from './api.ts'
import { listRoute } from './list-route.ts'
import { viewsOf } from './waiting.ts'
import { lineReader } from './written-lines.ts'

const idText = (id: bigint | null): string | null => (id === null ? null : String(id))

const recordView = ({ id, entryId, reversalId, ...journal }: KeptJournal) => ({
  ...journal,
  id: String(id),
  entryId: idText(entryId),
  reversalId: idText(reversalId),
})

const templateView = ({ id: _, ...template }: KeptTemplate) =>
  ({ ...template, definition: template.definition }) as z.input<typeof Template>

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
        after: Id.optional().meta({ description: 'The `next` of the page before.' }),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
    },
    responses: { 200: json(z.object({ rows: z.array(JournalRecord), next: orNull(Id) }), 'A page of journals.') },
  }),
  async (c) => {
    const { state = null, after, limit } = c.req.valid('query')
    const page = { state, after: BigInt(after ?? 0), limit: limit + 1 }
    const rows = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => listJournals(tx, page))
    const shown = rows.slice(0, limit)
    const next = rows.length > limit ? idText(shown.at(-1)?.id ?? null) : null
    return c.json({ rows: shown.map(recordView), next }, 200)
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
    responses: { 200: json(z.object({ rows: z.array(Template) }), 'The templates.') },
  }),
  async (c) => {
    const rows = await readCompany(c.var.workplace.database, c.var.companyId, listTemplates)
    return c.json({ rows: rows.map(templateView) }, 200)
  },
)

const savedTemplates = listRoute({
  path: 'journal-templates',
  tag: 'Journal',
  permission: 'settings.write',
  summary: 'Save templates of journals',
  description: 'Each becomes the next version of its name; what is posted or recurs keeps its version.',
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
  description: 'Nothing is posted. The same reference again replaces what was kept.',
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

export const draftRoutes = [journals, templates, savedTemplates, filled, drafts, posted, discarded].reduce(
  (all, each) => all.route('/', each),
  newApi(),
)
