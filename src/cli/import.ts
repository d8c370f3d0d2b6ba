import { type ImportProgress, type ImportResult, importFiles, importFormats } from '../imports/index.ts'
import { requireCompany } from '../kernel/database.ts'
import { type Command, UsageError } from './command.ts'
import { counted } from './counted.ts'
import type { Terminal } from './terminal.ts'
import { neededCompany, oneOf, readWords } from './words.ts'

export const importCommand: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  })
  const [format, ...files] = positionals
  if (format === undefined) throw new UsageError(`Give the format of the files: ${importFormats.join(', ')}.`)
  oneOf(format, importFormats, 'The format')
  if (files.length === 0) throw new UsageError('Give the files or folders to import.')
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const progress = progressOn(terminal)
    const result = await importFiles(database, companyId, format, {
      files,
      dryRun: values['dry-run'] === true,
      onProgress: progress.show,
      log: terminal.note,
    }).finally(progress.end)
    if (values.json) await terminal.json(result)
    else await terminal.write(inWords(result))
    return result.documents.refused > 0 ? 1 : 0
  }
}

const WATCHED_EVERY_MS = 200
const UNWATCHED_EVERY_MS = 5_000

/** How far the import is: one changing line where somebody watches, else a line every few seconds. */
function progressOn(terminal: Terminal): { show: (progress: ImportProgress) => void; end: () => void } {
  const began = performance.now()
  let shown = began
  let open = false
  return {
    show: (progress) => {
      const now = performance.now()
      if (now - shown < (terminal.watched ? WATCHED_EVERY_MS : UNWATCHED_EVERY_MS)) return
      shown = now
      const line = progressLine(progress, (now - began) / 1000)
      if (terminal.watched) terminal.redraw(line)
      else terminal.note(line)
      open = terminal.watched
    },
    end: () => {
      if (open) terminal.note('')
    },
  }
}

function progressLine({ phase, lines, documents, documentsDone, entries }: ImportProgress, seconds: number): string {
  if (phase === 'reading') return `reading: ${lines.toLocaleString('en')} lines`
  const rate = Math.round(entries / Math.max(seconds, 0.001)).toLocaleString('en')
  const done = `${documentsDone.toLocaleString('en')} of ${documents.toLocaleString('en')} documents`
  return `${phase}: ${done}, ${entries.toLocaleString('en')} entries, ${rate} a second`
}

/** Nothing where no line of a credit note was read. */
const linksIn = ({ linked, partly, unlinked }: ImportResult['links']): string =>
  linked + partly + unlinked === 0 ? '' : ` Credit-note lines: ${linked} linked, ${partly} partly, ${unlinked} not.`

function inWords(result: ImportResult): string {
  const { documents, payments, byKind, exceptions, links } = result
  const kinds = Object.entries(byKind).map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`)
  const lines = [
    result.dryRun ? 'Nothing was written; this is what the import would do.' : 'The import is done.',
    `${counted(result.lines, 'line', 'lines')}: ${counted(documents.created, 'document', 'documents')} created, ${documents.existing} there already, ${documents.refused} set aside.`,
    ...(kinds.length > 0 ? [`Created: ${kinds.join(', ')}.`] : []),
    ...(payments.created + payments.existing > 0
      ? [`Payments: ${payments.created} booked, ${payments.existing} there already.`]
      : []),
    `${counted(result.entries, 'entry', 'entries')} posted.${linksIn(links)}`,
    `${counted(exceptions.opened, 'exception', 'exceptions')} opened.`,
    ...exceptions.rows.map((row) => `  ${row.kind}: ${row.message} (${row.amount.amount} ${row.amount.currency})`),
  ]
  const preview = result.preview.flatMap((entry) => [
    `${entry.date}  ${entry.document}  ${entry.rule}`,
    ...entry.lines.map(
      (line) => `  ${line.account.padEnd(8)}${line.name.padEnd(40)}${line.amount.amount.padStart(14)}`,
    ),
  ])
  if (result.documents.created === 0 && result.documents.existing > 0)
    lines.push('Nothing was new: these files add nothing.')
  return `${[...lines, ...(preview.length > 0 ? ['', 'The first documents, as they post:', ...preview] : [])].join('\n')}\n`
}
