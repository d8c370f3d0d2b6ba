import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import { Id } from '../contracts/basic.ts'
import { Import, ImportState, NewImport, Upload } from '../contracts/imports.ts'
import { pageOf } from '../contracts/resources.ts'
import { importFileKinds, importFormats } from '../imports/index.ts'
import { readCompany } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  type ImportRequest,
  importRequest,
  LARGEST_UPLOAD,
  pageOfImportRequests,
  saveImportRequest,
  UploadTooLarge,
} from '../modules/intake/index.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { recogniseUploads } from './import-moves-routes.ts'
import { importView, importViews } from './import-view.ts'
import { RequestProblem } from './problem.ts'
import { shortPages } from './short-list.ts'
import type { Workplace } from './workplace.ts'

/** The format that somebody chose, or else the one that the files are of. Refuses `import_format_unknown` and `import_format_unclear`. */
async function formatOf(
  workplace: Workplace,
  companyId: bigint,
  { format, files }: z.output<typeof NewImport>,
): Promise<string> {
  if (format === undefined) {
    const recognised = await recogniseUploads(workplace, companyId, files)
    if (recognised.format !== null) return recognised.format
    const possible = recognised.formats.map((one) => one.format).join(', ')
    throw new Refusal('import_format_unclear', { reason: recognised.message, possible: possible || 'none' })
  }
  if (!importFormats.some((known) => known === format))
    throw new Refusal('import_format_unknown', { format, known: importFormats.join(', ') })
  return format
}

/** The import that ended the page before. Refuses `input_invalid`. */
function cursorOf(after: string): bigint {
  const { success, data } = Id.safeParse(after)
  if (!success) throw new Refusal('input_invalid', { after, expected: 'what a page of this list gave as next' })
  return BigInt(data)
}

const fileNames = new RegExp(`\\.(${importFileKinds.join('|')})(\\.gz)?$`, 'i')
const namesInWords = importFileKinds.map((kind) => `.${kind}`).join(', ')

const file = z.string().meta({ type: 'string', format: 'binary' })

export const importRoutes = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/imports/files',
      tags: ['Imports'],
      permission: 'imports.run',
      summary: 'Upload a file to import',
      description: `The body is the file itself: ${namesInWords}, or one of them with .gz. The same content is kept once.`,
      request: {
        params: companyParams,
        query: z.object({ name: z.string().min(1).max(255).meta({ description: "The file's name." }) }),
        body: {
          content: {
            'text/csv': { schema: file },
            'application/json': { schema: file },
            'application/x-ndjson': { schema: file },
            'application/sql': { schema: file },
            'application/gzip': { schema: file },
          },
        },
      },
      responses: { 201: json(Upload, 'The file, to be named when the import is asked for.') },
    }),
    async (c) => {
      const { name } = c.req.valid('query')
      if (!fileNames.test(name)) throw new Refusal('input_invalid', { name, expected: `${namesInWords}, or with .gz` })
      const declared = Number(c.req.header('content-length') ?? 0)
      if (declared > LARGEST_UPLOAD) throw new RequestProblem('body_too_large')
      const content = c.req.raw.body
      const stream = content === null ? Readable.from([]) : Readable.fromWeb(content as ReadableStream)
      try {
        const saved = await c.var.workplace.uploads.save(c.var.companyId, stream)
        return c.json({ name, ...saved }, 201)
      } catch (error) {
        if (error instanceof UploadTooLarge) throw new RequestProblem('body_too_large')
        throw error
      }
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/imports',
      tags: ['Imports'],
      permission: 'imports.run',
      summary: 'Start an import of uploaded files',
      description:
        'It runs in the background; ask for it, or follow its events, to see how far it is. A dry run writes nothing into the books. With `start` false the files wait as an import that is checked and run by routes of its own.',
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewImport) },
      responses: { 202: json(Import, 'The import, as it begins.') },
    }),
    async (c) => {
      const { workplace, companyId } = c.var
      const wanted = c.req.valid('json')
      const begun: ImportRequest[] = []
      const response = await command(c, 202, async (tx) => {
        const format = await formatOf(workplace, companyId, wanted)
        await workplace.uploads.require(companyId, wanted.files)
        const request = await saveImportRequest(tx, { ...wanted, format, held: !wanted.start })
        begun.splice(0, begun.length, ...(wanted.start ? [request] : []))
        return await importView(tx, request)
      })
      // Only now is the request committed, and only a new one begins an import: a repeated key finds the old one.
      for (const request of begun) workplace.imports.start(companyId, request)
      return response
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/imports',
      tags: ['Imports'],
      permission: 'imports.read',
      summary: 'List the imports',
      request: {
        params: companyParams,
        query: z.object({
          ...shortPages,
          state: ImportState.optional(),
          format: z.string().min(1).max(60).optional().meta({ description: 'Only imports of this format.' }),
          file: z.string().min(1).max(255).optional().meta({ description: 'Letters of the name of a file of it.' }),
        }),
      },
      responses: { 200: json(pageOf(Import), 'A page of the imports, the newest first.') },
    }),
    async (c) => {
      const { after, limit = '100', ...filter } = c.req.valid('query')
      const before = after === undefined ? null : cursorOf(after)
      const most = Number(limit)
      const page = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
        const found = await pageOfImportRequests(tx, { ...filter, before, limit: most + 1 })
        const rows = await importViews(tx, found.slice(0, most))
        return { rows, next: found.length > most ? (rows.at(-1)?.id ?? null) : null }
      })
      return c.json(page, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/imports/{importId}',
      tags: ['Imports'],
      permission: 'imports.read',
      summary: 'Get an import and how far it is',
      request: { params: companyParams.extend({ importId: Id }) },
      responses: { 200: json(Import, 'The import.') },
    }),
    async (c) => {
      const id = BigInt(c.req.valid('param').importId)
      const view = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) =>
        importView(tx, await importRequest(tx, id)),
      )
      return c.json(view, 200)
    },
  )
