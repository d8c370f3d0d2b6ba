import type { TypedResponse } from 'hono'
import { z } from 'zod'
import { CheckReport, Report } from '../contracts/reports.ts'
import { inCompanyAsOwner, readCompany } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sealEntries } from '../ledger/seal.ts'
import { type ExportFormat, exportFormats, exportJournal, renderReport, reports, runChecks } from '../reports/index.ts'
import { companyParams, json, newApi, route } from './api.ts'
import type { Workplace } from './workplace.ts'

// What is streamed is text, though its type is a stream.
type TextResponse = Response & TypedResponse<string, 200, 'text'>

const reportNames = Object.keys(reports)

const text = z.string().optional()

/** The parameters of all reports; each report refuses those that it does not have. */
const reportQuery = z.object({
  ...Object.fromEntries(
    Object.values(reports).flatMap(({ parameters }) =>
      Object.entries(parameters).map(([name, { description }]) => [name, text.meta({ description })]),
    ),
  ),
  format: z.enum(['json', 'csv']).default('json'),
})

export const reportRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/reports/{name}',
      tags: ['Reports'],
      permission: 'reports.read',
      summary: 'Read a report',
      description: `One of ${reportNames.join(', ')}.`,
      request: {
        params: companyParams.extend({ name: z.string().meta({ description: reportNames.join(' | ') }) }),
        query: reportQuery,
      },
      responses: {
        200: {
          description: 'The report.',
          content: { 'application/json': { schema: Report }, 'text/csv': { schema: z.string() } },
        },
      },
    }),
    async (c) => {
      const { name } = c.req.valid('param')
      const { format, ...raw } = c.req.valid('query')
      const definition = Object.hasOwn(reports, name) ? reports[name] : undefined
      if (definition === undefined) throw new Refusal('report_unknown', { report: name, known: reportNames.join(', ') })
      const { database } = c.var.workplace
      const found = await readCompany(database, c.var.companyId, (tx) => definition.run(tx, raw))
      if (format === 'json') return c.json(found as unknown as z.infer<typeof Report>, 200)
      c.header('content-disposition', `attachment; filename="${name}.csv"`)
      return c.body(renderReport(definition, found, 'csv'), 200, { 'content-type': 'text/csv; charset=utf-8' })
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/checks',
      tags: ['Reports'],
      permission: 'reports.read',
      summary: 'Prove the books',
      description: 'Seals first, then proves every invariant on one moment of the books.',
      request: { params: companyParams },
      responses: { 200: json(CheckReport, 'What was proved, and what breaks it.') },
    }),
    async (c) => {
      const { workplace, companyId } = c.var
      await inCompanyAsOwner(workplace.database, companyId, sealEntries)
      const found = await readCompany(workplace.database, companyId, runChecks)
      workplace.proofs.keep(companyId, found)
      return c.json(found as z.infer<typeof CheckReport>, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/export/journal',
      tags: ['Reports'],
      permission: 'journal.read',
      summary: 'Take the whole journal away',
      description: 'As text that hledger and ledger, or beancount, or a spreadsheet read. Seals first.',
      request: { params: companyParams, query: z.object({ format: z.enum(exportFormats) }) },
      responses: { 200: { description: 'The journal.', content: { 'text/plain': { schema: z.string() } } } },
    }),
    async (c) => {
      const { database } = c.var.workplace
      const { companyId } = c.var
      const { format } = c.req.valid('query')
      await inCompanyAsOwner(database, companyId, sealEntries)
      c.header('content-type', 'text/plain; charset=utf-8')
      c.header('content-disposition', `attachment; filename="journal.${format === 'csv' ? 'csv' : format}"`)
      return c.body(streamed(c.var.workplace, companyId, format), 200) as unknown as TextResponse
    },
  )

/** A failure midway breaks the connection, so that nobody takes half a journal for a whole one. */
function streamed({ database, log }: Workplace, companyId: bigint, format: ExportFormat): ReadableStream<Uint8Array> {
  const { readable, writable } = new TextEncoderStream()
  const writer = writable.getWriter()
  readCompany(database, companyId, async (tx) => {
    for await (const part of exportJournal[format](tx)) await writer.write(part)
    await writer.close()
  }).catch((error: Error | undefined) => {
    log(`An export was cut off: ${error?.message ?? 'nobody listens any more'}`)
    writer.abort(error).catch(() => {})
  })
  return readable as ReadableStream<Uint8Array>
}
