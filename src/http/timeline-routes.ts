import type { z } from 'zod'
import { Id } from '../contracts/basic.ts'
import { Timeline } from '../contracts/resources.ts'
import { readCompany } from '../kernel/database.ts'
import { entriesById, linesOfEntries } from '../reports/lists/index.ts'
import { documentTimeline } from '../reports/timeline.ts'
import { companyParams, json, newApi, route } from './api.ts'

export const timelineRoutes = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/documents/{documentId}/timeline',
    tags: ['Sales'],
    permission: 'sales.read',
    summary: 'Read what happened to a document',
    description:
      'Issued, paid, credited, applied, written off, reversed, reclassified, its exceptions and attachments, in order; and the entries that were posted for it.',
    request: { params: companyParams.extend({ documentId: Id }) },
    responses: { 200: json(Timeline, 'What happened.') },
  }),
  async (c) => {
    const { documentId } = c.req.valid('param')
    const mayReadEntries = c.var.permissions?.has('journal.read') ?? false
    const timeline = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
      const { events, entryIds } = await documentTimeline(tx, documentId)
      if (!mayReadEntries) return { events, entries: null }
      const lines = await linesOfEntries(tx, entryIds)
      const entries = await entriesById(tx, entryIds)
      return { events, entries: entries.map((entry) => ({ ...entry, lines: lines.get(entry.entryId) ?? [] })) }
    })
    return c.json(timeline as z.infer<typeof Timeline>, 200)
  },
)
