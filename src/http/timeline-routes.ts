import type { z } from 'zod'
import { Id } from '../contracts/basic.ts'
import { Timeline } from '../contracts/resources.ts'
import { readCompany } from '../kernel/database.ts'
import type { Permission } from '../kernel/permissions.ts'
import { timelinePermissions } from '../kernel/timeline-kinds.ts'
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
      'Issued, paid, credited, applied, written off, reversed, reclassified, its exceptions and attachments, in order; and the entries that were posted for it. Reclassifications, attachments and entries are told to those with `journal.read`, exceptions to those with `exceptions.read`.',
    request: { params: companyParams.extend({ documentId: Id }) },
    responses: { 200: json(Timeline, 'What happened.') },
  }),
  async (c) => {
    const { documentId } = c.req.valid('param')
    const may = (permission: Permission): boolean => c.var.permissions?.has(permission) ?? false
    const timeline = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
      const { events: all, entryIds } = await documentTimeline(tx, documentId)
      const events = all.filter(({ kind }) => may(timelinePermissions[kind] ?? 'sales.read'))
      if (!may('journal.read')) return { events, entries: null }
      const lines = await linesOfEntries(tx, entryIds)
      const entries = await entriesById(tx, entryIds)
      return { events, entries: entries.map((entry) => ({ ...entry, lines: lines.get(entry.entryId) ?? [] })) }
    })
    return c.json(timeline as z.infer<typeof Timeline>, 200)
  },
)
