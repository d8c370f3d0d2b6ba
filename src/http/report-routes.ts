import type { TypedResponse } from 'hono'
import { z } from 'zod'
import { Month } from '../contracts/basic.ts'
import { Proof, Report, ReportKinds, ReportTable } from '../contracts/reports.ts'
import { accountingDate } from '../kernel/accounting-date.ts'
import { inCompanyAsOwner, readCompany } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { zipOf } from '../kernel/zip.ts'
import { sealEntries } from '../ledger/seal.ts'
import {
  type ExportFormat,
  exportFormats,
  exportJournal,
  type FileFormat,
  fileFormats,
  layOutReport,
  mediaTypes,
  monthEndPack,
  proofStateIn,
  type RawParameters,
  type ReportDefinition,
  readStanding,
  renderFile,
  renderReport,
  reports,
} from '../reports/index.ts'
import { body, companyParams, json, newApi, route } from './api.ts'
import { type Proof as BooksProof, latestProof, proofIn } from './proofs.ts'
import { streamed } from './streamed.ts'
import type { Workplace } from './workplace.ts'

// What is streamed is text, though its type is a stream.
type TextResponse = Response & TypedResponse<string, 200, 'text'>

const proofView = ({ found, ranAt }: BooksProof): z.infer<typeof Proof> => ({
  ...(found as z.infer<typeof Proof>),
  ranAt,
})

type ProofRun = Awaited<ReturnType<Workplace['prove']>>
const firstProofs = new WeakMap<Workplace['database'], Map<bigint, Promise<ProofRun>>>()

/** Whoever asks while books are proven for the first time waits for that proof: it takes minutes where there is much, and every screen asks. */
function firstProof({ database, prove }: Workplace, companyId: bigint): Promise<ProofRun> {
  const running = firstProofs.get(database) ?? new Map<bigint, Promise<ProofRun>>()
  firstProofs.set(database, running)
  const proof = running.get(companyId) ?? prove(database, companyId).finally(() => running.delete(companyId))
  running.set(companyId, proof)
  return proof
}

const reportNames = Object.keys(reports)

const text = z.string().optional()

/** The parameters of all reports; each report refuses those that it does not have. */
const reportQuery = z.object({
  ...Object.fromEntries(
    Object.values(reports).flatMap(({ parameters }) =>
      Object.entries(parameters).map(([name, { description }]) => [name, text.meta({ description })]),
    ),
  ),
  format: z
    .enum(['json', 'csv', ...fileFormats])
    .optional()
    .meta({ description: 'Without it, the first of these media types that `Accept` names, or JSON.' }),
})

const mediaTypeOf = { json: 'application/json', csv: 'text/csv', ...mediaTypes } as const
type Format = keyof typeof mediaTypeOf

/** What `Accept` asks for first among what there is; JSON where it names nothing of ours. */
export function acceptedFormat(accept: string | undefined): Format {
  const wanted = (accept ?? '').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase())
  const formats = Object.keys(mediaTypeOf) as Format[]
  return wanted.flatMap((type) => formats.filter((format) => mediaTypeOf[format] === type))[0] ?? 'json'
}

const kinds: z.infer<typeof ReportKinds> = {
  reports: Object.entries(reports).map(([name, { title, parameters }]) => ({
    name,
    title,
    parameters: Object.entries(parameters).map(
      ([parameter, { kind, description, required = false, choices = [] }]) => ({
        name: parameter,
        kind,
        description,
        required,
        choices: [...choices],
      }),
    ),
  })),
}

function definitionOf(name: string): ReportDefinition {
  const definition = Object.hasOwn(reports, name) ? reports[name] : undefined
  if (definition === undefined) throw new Refusal('report_unknown', { report: name, known: reportNames.join(', ') })
  return definition
}

export const reportRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/reports',
      tags: ['Reports'],
      permission: 'reports.read',
      summary: 'List the reports that there are',
      description: 'Each with what it can be asked.',
      request: { params: companyParams },
      responses: { 200: json(ReportKinds, 'The reports.') },
    }),
    (c) => c.json(kinds, 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/reports/{name}/table',
      tags: ['Reports'],
      permission: 'reports.read',
      summary: 'Read a report as a table',
      description: 'As it stands in a spreadsheet, for whoever shows reports without knowing each of them.',
      request: {
        params: companyParams.extend({ name: z.string().meta({ description: reportNames.join(' | ') }) }),
        query: reportQuery.omit({ format: true }).extend({
          most: z
            .string()
            .regex(/^[1-9]\d{0,5}$/)
            .optional()
            .meta({ description: 'Only so many rows, and the sums that end it.' }),
        }),
      },
      responses: { 200: json(ReportTable, 'The report.') },
    }),
    async (c) => {
      const definition = definitionOf(c.req.valid('param').name)
      const { database } = c.var.workplace
      const { most, ...raw } = c.req.valid('query')
      const shown = most === undefined ? undefined : Number(most)
      const found = await readCompany(database, c.var.companyId, (tx) =>
        definition.run(tx, raw as RawParameters, shown),
      )
      return c.json(layOutReport(definition, found, shown) as z.infer<typeof ReportTable>, 200)
    },
  )
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
          content: {
            'application/json': { schema: Report },
            'text/csv': { schema: z.string() },
            [mediaTypes.xlsx]: { schema: z.string().meta({ format: 'binary' }) },
            [mediaTypes.pdf]: { schema: z.string().meta({ format: 'binary' }) },
          },
        },
      },
    }),
    async (c) => {
      const { name } = c.req.valid('param')
      const { format: named, ...raw } = c.req.valid('query')
      const format = named ?? acceptedFormat(c.req.header('accept'))
      const definition = definitionOf(name)
      const { database } = c.var.workplace
      c.header('vary', 'Accept', { append: true })
      if (format === 'json' || format === 'csv') {
        const found = await readCompany(database, c.var.companyId, (tx) => definition.run(tx, raw))
        if (format === 'json') return c.json(found as unknown as z.infer<typeof Report>, 200)
        c.header('content-disposition', `attachment; filename="${name}.csv"`)
        return c.body(renderReport(definition, found, 'csv'), 200, { 'content-type': 'text/csv; charset=utf-8' })
      }
      const file = await fileOf(c.var.workplace, c.var.companyId, { definition, raw, format })
      c.header('content-disposition', `attachment; filename="${name}.${format}"`)
      return c.body(file as Uint8Array<ArrayBuffer>, 200, { 'content-type': mediaTypes[format] }) as never
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/checks',
      tags: ['Reports'],
      permission: 'reports.read',
      summary: 'Read the latest proof of the books',
      description:
        'What the checks found when they ran last, and when that was: once a day, or by POST. Books that were never proven are proven now.',
      request: { params: companyParams },
      responses: { 200: json(Proof, 'What was proved, and what breaks it.') },
    }),
    async (c) => {
      const { workplace, companyId } = c.var
      const latest = await readCompany(workplace.database, companyId, latestProof)
      return c.json(proofView(latest ?? proofIn(await firstProof(workplace, companyId))), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/checks',
      tags: ['Reports'],
      permission: 'reports.read',
      summary: 'Prove the books now',
      description: 'Seals first, then proves every invariant on one moment of the books, and keeps what was found.',
      request: { params: companyParams, body: body(z.object({}).meta({ description: 'Nothing is to be said.' })) },
      responses: { 200: json(Proof, 'What was proved, and what breaks it.') },
    }),
    async (c) => {
      const { workplace, companyId } = c.var
      return c.json(proofView(proofIn(await workplace.prove(workplace.database, companyId))), 200)
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
      const parts = await streamedJournal(c.var.workplace, companyId, format)
      c.header('content-type', 'text/plain; charset=utf-8')
      c.header('content-disposition', `attachment; filename="journal.${format}"`)
      return c.body(parts, 200) as unknown as TextResponse
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/month-end-pack',
      tags: ['Reports'],
      permission: 'journal.read',
      summary: 'Take the month-end pack away',
      description:
        'The statements of a month as a printed document and a workbook, its general ledger and journal as CSV, and a list of the files with their hashes, in a ZIP archive. Seals first, and proves the books.',
      request: { params: companyParams, query: z.object({ period: Month }) },
      responses: {
        200: {
          description: 'The pack.',
          content: { 'application/zip': { schema: z.string().meta({ format: 'binary' }) } },
        },
      },
    }),
    async (c) => {
      const { workplace, companyId } = c.var
      const { period } = c.req.valid('query')
      await inCompanyAsOwner(workplace.database, companyId, sealEntries)
      const month = accountingDate(`${period}-01`)
      const packed = await streamed(workplace, companyId, (tx) => zipOf(monthEndPack(tx, { month, atMs: Date.now() })))
      c.header('content-type', 'application/zip')
      c.header('content-disposition', `attachment; filename="month-end-pack-${period}.zip"`)
      return c.body(packed as ReadableStream<Uint8Array<ArrayBuffer>>, 200) as unknown as TextResponse
    },
  )

const encoder = new TextEncoder()

const streamedJournal = (
  workplace: Workplace,
  companyId: bigint,
  format: ExportFormat,
): Promise<ReadableStream<Uint8Array>> =>
  streamed(workplace, companyId, async function* (tx) {
    for await (const part of exportJournal[format](tx)) yield encoder.encode(part)
  })

type FileRequest = { definition: ReportDefinition; raw: RawParameters; format: FileFormat }

/** Sealed first, so that the head that is printed stands for every entry. */
async function fileOf({ database }: Workplace, companyId: bigint, request: FileRequest): Promise<Uint8Array> {
  const { definition, raw, format } = request
  await inCompanyAsOwner(database, companyId, sealEntries)
  const [found, standing] = await readCompany(database, companyId, async (tx) => {
    const proof = await latestProof(tx)
    const report = await definition.run(tx, raw)
    const state = proof && proofStateIn(proof.found, proof.atMs)
    return [report, await readStanding(tx, state, report.asOf ?? report.to)] as const
  })
  return await renderFile(definition, found, standing, format)
}
