import { z } from 'zod'
import { Actor, Id, Money, orNull } from './basic.ts'

export const importStates = [
  'uploaded',
  'checking',
  'ready',
  'running',
  'paused',
  'cancelled',
  'done',
  'failed',
] as const
const importActions = ['check', 'run', 'pause', 'cancel'] as const

const count = z.number().int()

/** How many files one import takes. */
export const MOST_FILES = 5000

const UploadedFile = z.object({
  name: z.string().min(1).max(255),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export const Upload = z
  .object({ name: z.string(), sha256: z.string(), bytes: count })
  .meta({ id: 'Upload', description: 'A file that waits to be imported, known by the hash of its content.' })

export const NewImport = z
  .strictObject({
    format: z
      .string()
      .optional()
      .meta({ example: 'online-retail', description: 'Without it, the one that the files can be recognised as.' }),
    files: z.array(UploadedFile).min(1).max(MOST_FILES),
    dryRun: z.boolean().default(true).meta({ description: 'Shows what would be done and writes nothing.' }),
    start: z.boolean().default(true).meta({
      description: 'false keeps the files as an import that waits to be checked and run; then `dryRun` says nothing.',
    }),
  })
  .meta({ id: 'NewImport' })

export const ImportFiles = z
  .strictObject({ files: z.array(UploadedFile).min(1).max(MOST_FILES) })
  .meta({ id: 'ImportFiles', description: 'Files that were uploaded.' })

const recognised = z.object({
  format: z.string(),
  label: z.string(),
  description: z.string().meta({ description: 'What the format is, in a sentence.' }),
})

export const ImportFormats = z
  .object({
    rows: z.array(recognised),
    largestFile: count.meta({ description: 'How many bytes a file may have.' }),
    mostFiles: count.meta({ description: 'How many files one import takes.' }),
    endings: z
      .array(z.string())
      .meta({ description: 'What the names of files end in, before .gz where one is compressed.', example: ['.csv'] }),
  })
  .meta({ id: 'ImportFormats', description: 'What can be imported.' })

export const Recognition = z
  .object({
    files: z.array(
      z.object({
        name: z.string(),
        sha256: z.string(),
        formats: z.array(recognised).meta({ description: 'What the file can be by itself.' }),
        message: z.string().meta({ description: 'In words: what it is, or why nothing is known of it.' }),
      }),
    ),
    formats: z.array(recognised).meta({ description: 'What all of the files can be together.' }),
    format: z.string().nullable().meta({ description: 'The one that they can be; null where none or several fit.' }),
    message: z.string(),
  })
  .meta({ id: 'Recognition', description: 'What uploaded files are, as far as their names and first lines tell.' })

const bodyValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.record(z.string(), z.string()))])

const remedyInput = z.object({
  name: z.string().meta({ description: 'The field of `body` that it fills, a path with dots.' }),
  label: z.string(),
  kind: z.enum(['text', 'choice', 'flag', 'account', 'country', 'tax_code', 'role', 'day']),
  required: z.boolean(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
})

export const Remedy = z
  .object({
    code: z.string(),
    label: z.string(),
    description: z.string(),
    call: z
      .object({
        method: z.enum(['post', 'put', 'patch']),
        path: z.string().meta({ description: 'Its address, from /api/v1 on.' }),
        permission: z.string(),
        body: z.record(z.string(), bodyValue).meta({ description: 'The body, but for what `inputs` fill.' }),
      })
      .nullable()
      .meta({ description: 'The request that does it; null for what is decided by running the import as it is.' }),
    inputs: z.array(remedyInput).meta({ description: 'What the person says.' }),
    recheck: z.boolean().meta({ description: 'Whether the import should be checked again afterwards.' }),
  })
  .meta({ id: 'Remedy', description: 'A way to decide something that an import asks.' })

export const ImportDecision = z
  .object({
    kind: z.string(),
    label: z.string(),
    source: z.string(),
    subject: z.string(),
    message: z.string(),
    count: count.meta({ description: 'How many lines or documents it concerns.' }),
    amount: Money,
    remedies: z.array(Remedy),
  })
  .meta({
    id: 'ImportDecision',
    description: 'Something about which a person has to decide, once for all that it concerns.',
  })

const previewEntry = z.object({
  document: z.string(),
  kind: z.string().nullish(),
  customer: z.object({ number: z.string(), name: z.string() }).nullish(),
  date: z.string(),
  rule: z.string(),
  description: z.string().optional(),
  lines: z.array(z.object({ account: z.string(), name: z.string(), role: z.string().nullable(), amount: Money })),
})

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
      rows: z
        .array(z.object({ kind: z.string(), source: z.string(), message: z.string(), amount: Money }))
        .meta({ description: 'At most 500; the list of exceptions has all that an import opened.' }),
    }),
    links: z.object({ linked: count, partly: count, unlinked: count, fromSeveral: count }),
    preview: z
      .array(previewEntry)
      .meta({ description: 'Of a dry run: the entries of the first documents. A debit is positive.' }),
  })
  .meta({ id: 'ImportResult' })

const ImportCheck = ImportResult.extend({
  decisions: z.array(ImportDecision).meta({ description: 'The largest amounts first, at most 500.' }),
  decisionsBeyond: z.record(z.string(), count).meta({ description: 'How many more there are, by kind.' }),
}).meta({
  id: 'ImportCheck',
  description: 'What an import would do, as its latest check found out. Nothing of it is written.',
})

export const AccountChoice = z
  .strictObject({
    legacyAccount: z.string().trim().min(1).max(200).meta({ description: 'As the files call it.' }),
    account: z.string().trim().min(1).max(200).meta({ description: 'Its code here.' }),
    name: z.string().trim().max(200).optional().meta({ description: 'Of an account that is added.' }),
    class: z
      .enum(['asset', 'liability', 'equity', 'income', 'expense'])
      .optional()
      .meta({ description: 'With it, the account is added where the chart lacks it.' }),
  })
  .meta({ id: 'AccountChoice' })

export const AccountChoices = z
  .strictObject({ accounts: z.array(AccountChoice).min(1).max(10_000) })
  .meta({ id: 'AccountChoices' })

export const ImportState = z.enum(importStates)

const state = ImportState

const progressFields = {
  phase: z.string().meta({ description: 'reading, posting, linking or sealing.' }),
  filesRead: count,
  lines: count.meta({ description: 'Lines read.' }),
  linesDone: count.meta({ description: 'Lines of documents that it has gone through.' }),
  documents: count,
  documentsDone: count,
  entries: count.meta({ description: 'Entries posted, or in a check what it would post so far.' }),
  entriesPerSecond: count,
  secondsLeft: count.nullable().meta({ description: 'null where it cannot be told.' }),
}

const posted = z
  .object({ documents: count, payments: count, entries: count, byKind: z.record(z.string(), count), exceptions: count })
  .meta({ description: 'What it has posted so far, over all of its runs. That stays, whatever becomes of the import.' })

const ImportProblem = z.object({
  code: z.string(),
  title: z.string().optional(),
  detail: z.string().optional(),
  remedy: z.string().optional(),
  file: z.string().optional(),
  line: count.optional(),
  column: count.optional(),
  found: z.string().optional(),
  expected: z.string().optional(),
  decisions: z
    .array(ImportDecision)
    .optional()
    .meta({ description: 'What has to be decided before it can be checked.' }),
})

export const Import = z
  .object({
    id: Id,
    format: z.string(),
    dryRun: z.boolean(),
    files: z.array(UploadedFile),
    state,
    actions: z.array(z.enum(importActions)).meta({ description: 'What can be done with it now.' }),
    ...progressFields,
    check: orNull(ImportCheck).meta({
      description: 'What the latest check said; null in lists, and where there was none.',
    }),
    checkedAt: z.string().nullable(),
    accounts: z.array(AccountChoice),
    posted,
    problem: ImportProblem.nullable().meta({ description: 'What stopped the latest check or run, in parts.' }),
    result: orNull(ImportResult),
    message: z.string().meta({ description: 'What went wrong, of a check or an import that failed.' }),
    requestedBy: z.string().meta({ description: 'Who asked for it, in whose name it runs.' }),
    requester: Actor.meta({ description: 'Who asked for it, for people.' }),
    requestedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Import', description: 'An import that was asked for, how far it is, and what came of it.' })

export const ImportEvent = z
  .object({
    importId: Id,
    state,
    actions: z.array(z.enum(importActions)),
    files: count,
    ...progressFields,
    posted,
    message: z.string(),
  })
  .meta({ id: 'ImportEvent', description: 'How far an import is: the data of each of its server-sent events.' })

export const ImportTrialBalance = z
  .object({
    importId: Id,
    state,
    asOf: z.string().nullable().meta({ description: 'The day; null for all days.' }),
    written: z.boolean().meta({ description: 'false for what a check says that the import would do.' }),
    currency: z.string(),
    rows: z.array(z.object({ account: z.string(), name: z.string(), before: Money, change: Money, after: Money })),
    totals: z
      .object({ debit: z.object({ before: Money, after: Money }), credit: z.object({ before: Money, after: Money }) })
      .meta({ description: 'The sums of the debit and of the credit balances, which are equal.' }),
  })
  .meta({
    id: 'ImportTrialBalance',
    description:
      'The trial balance without and with what an import posted, by account; a debit is positive. What others posted meanwhile is in both.',
  })
