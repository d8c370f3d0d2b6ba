import { z } from 'zod'
import { Id, Money, orNull } from './basic.ts'

const count = z.number().int()

const UploadedFile = z.object({
  name: z.string().min(1).max(255),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export const Upload = z
  .object({ name: z.string(), sha256: z.string(), bytes: count })
  .meta({ id: 'Upload', description: 'A file that waits to be imported, known by the hash of its content.' })

export const NewImport = z
  .strictObject({
    format: z.string().meta({ example: 'online-retail' }),
    files: z.array(UploadedFile).min(1).max(5000),
    dryRun: z.boolean().default(true).meta({ description: 'Shows what would be done and writes nothing.' }),
  })
  .meta({ id: 'NewImport' })

export const ImportResult = z
  .object({
    format: z.string(),
    dryRun: z.boolean(),
    lines: count,
    documents: z.object({ created: count, existing: count, refused: count }),
    payments: z.object({ created: count, existing: count }).optional().meta({
      description: 'The payments of imported orders that the files name; the results of older imports do not say.',
    }),
    byKind: z.record(z.string(), count),
    entries: count,
    exceptions: z.object({
      opened: count,
      byKind: z.record(z.string(), count),
      rows: z.array(z.object({ kind: z.string(), source: z.string(), message: z.string(), amount: Money })),
    }),
    links: z.object({ linked: count, partly: count, unlinked: count, fromSeveral: count }),
    preview: z.array(
      z.object({
        document: z.string(),
        date: z.string(),
        rule: z.string(),
        lines: z.array(z.object({ account: z.string(), name: z.string(), role: z.string().nullable(), amount: Money })),
      }),
    ),
  })
  .meta({ id: 'ImportResult' })

export const Import = z
  .object({
    id: Id,
    format: z.string(),
    dryRun: z.boolean(),
    files: z.array(UploadedFile),
    state: z.enum(['running', 'done', 'failed']),
    phase: z.string(),
    lines: count,
    documents: count,
    documentsDone: count,
    entries: count,
    result: orNull(ImportResult),
    message: z.string().meta({ description: 'What went wrong, of an import that failed.' }),
    requestedBy: z.string().meta({ description: 'Who asked for it, in whose name it runs.' }),
    requestedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Import', description: 'An import that was asked for, how far it is, and what came of it.' })
