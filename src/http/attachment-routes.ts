import { z } from 'zod'
import { Attachment, ListedAttachment } from '../contracts/attachments.ts'
import { Id, rowsOf } from '../contracts/basic.ts'
import { Saved } from '../contracts/facts.ts'
import { inCompany, readCompany } from '../kernel/database.ts'
import {
  attach,
  type Attachment as Kept,
  listAttachments,
  readAttachment,
  removeAttachment,
  subjects,
} from '../modules/attachments/index.ts'
import { companyParams, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { withNames } from './with-names.ts'

const view = ({ id, subject, of, name, mediaType, bytes, sha256, addedBy, addedAt }: Kept) => ({
  id: String(id),
  subject,
  of,
  name,
  mediaType,
  bytes,
  sha256,
  addedBy,
  addedAt,
})

const beside = z.object({
  subject: z.enum(subjects),
  of: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'The reference of a journal, the id of an entry, the number of a document.' }),
})
const file = z.string().meta({ type: 'string', format: 'binary' })
const attachmentParams = companyParams.extend({ attachmentId: Id })

/** The name of a file for browsers: plain letters, and as it is for those that know RFC 6266. */
const disposition = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9._ -]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

export const attachmentRoutes = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/attachments',
      tags: ['Attachments'],
      permission: 'journal.post',
      summary: 'Attach a file',
      description:
        'The body is the file itself, up to 20 MiB, beside a journal, an entry or a document. Its content says what it is; the same content is kept once.',
      request: {
        params: companyParams,
        query: beside.extend({ name: z.string().min(1).max(255).meta({ description: "The file's name." }) }),
        body: { content: { 'application/octet-stream': { schema: file }, 'application/pdf': { schema: file } } },
      },
      responses: { 201: json(Attachment, 'The attachment.') },
    }),
    async (c) => {
      const { subject, of, name } = c.req.valid('query')
      const content = Buffer.from(await c.req.arrayBuffer())
      const mediaType = c.req.header('content-type') ?? null
      const kept = await inCompany(c.var.workplace.database, c.var.companyId, (tx) =>
        attach(tx, { subject, of, name, mediaType, content }),
      )
      return c.json(view(kept), 201)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/attachments',
      tags: ['Attachments'],
      permission: 'journal.read',
      summary: 'List what is attached',
      request: { params: companyParams, query: beside },
      responses: { 200: json(rowsOf(ListedAttachment), 'In the order in which it was added.') },
    }),
    async (c) => {
      const { subject, of } = c.req.valid('query')
      const rows = await readCompany(
        c.var.workplace.database,
        c.var.companyId,
        async (tx) => await withNames(tx, await listAttachments(tx, subject, of), ['addedBy']),
      )
      return c.json({ rows: rows.map((row) => ({ ...view(row), addedByName: row.addedByName })) }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/attachments/{attachmentId}/content',
      tags: ['Attachments'],
      permission: 'journal.read',
      summary: 'Take an attachment away',
      description: 'The file as it was attached, never to be shown within a page.',
      request: { params: attachmentParams },
      responses: { 200: { description: 'The file.', content: { 'application/octet-stream': { schema: file } } } },
    }),
    async (c) => {
      const id = BigInt(c.req.valid('param').attachmentId)
      const kept = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => readAttachment(tx, id))
      c.header('content-disposition', disposition(kept.name))
      c.header('content-security-policy', "default-src 'none'; sandbox")
      c.header('etag', `"${kept.sha256}"`)
      return c.body(new Uint8Array(kept.content), 200, { 'content-type': kept.mediaType }) as never
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/companies/{companyId}/attachments/{attachmentId}',
      tags: ['Attachments'],
      permission: 'journal.post',
      summary: 'Remove an attachment from a draft',
      description: 'What is beside something posted stays.',
      request: { params: attachmentParams },
      responses: { 200: json(Saved, 'It is removed.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        await removeAttachment(tx, BigInt(c.req.valid('param').attachmentId))
        return { result: 'saved' as const }
      }),
  )
