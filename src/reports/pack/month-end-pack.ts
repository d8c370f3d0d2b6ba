import { createHash } from 'node:crypto'
import { type AccountingDate, accountingDate, endOfMonth } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import type { PackFile } from '../../kernel/zip.ts'
import { runChecks } from '../checks/index.ts'
import { mostPrintedRows } from '../render/document.ts'
import type { Section } from '../render/section.ts'
import { proofStateIn, readStanding } from '../standing.ts'
import { journalCsv, journalFormOf, type KeptLines, keepLines, ledgerCsv, ledgerFormOf } from './ledgers.ts'
import { packSections } from './sections.ts'

/** What became of the pack: whether all checks held. It is known once every file has been read. */
export type PackOutcome = { ok: boolean }

/**
 * The month-end pack: the statements of a month as one printed document and one workbook, the month's general ledger and journal as CSV, and a
 * list of the files with their hashes. The lines of the ledgers are streamed a page at a time, so memory stays the same however long they are;
 * a workbook holds them where they are few enough. All of it is of one moment; the caller seals before it. `atMs` is that moment.
 */
export async function* monthEndPack(
  tx: Tx,
  { month, atMs }: { month: AccountingDate; atMs: number },
): AsyncGenerator<PackFile, PackOutcome> {
  const range = { from: month, to: endOfMonth(month) }
  const name = month.slice(0, 7)
  const found = await runChecks(tx)
  const standing = await readStanding(tx, proofStateIn(found, atMs), range.to)
  const sections = await packSections(tx, range, found)
  const manifest: { name: string; bytes: number; sha256: string }[] = []
  const listed = (file: string, content: AsyncIterable<Uint8Array>): PackFile => ({
    name: file,
    content: hashed(file, content, manifest),
  })

  const [ledger, journal] = [keepLines(), keepLines()]
  yield listed(`general-ledger-${name}.csv`, ledgerCsv(tx, range, ledger))
  yield listed(`journal-${name}.csv`, journalCsv(tx, range, journal))
  const heading = { title: 'Month-end pack', period: name, contents: true }
  yield listed(
    `month-end-pack-${name}.pdf`,
    once(async () => {
      const { documentOf } = await import('../render/document.ts')
      return await documentOf(sections.map(printable), standing, heading)
    }),
  )
  yield listed(
    `month-end-pack-${name}.xlsx`,
    once(async () => {
      const { workbookOf } = await import('../render/workbook.ts')
      const lines = [
        lineSection('General ledger lines', ledgerFormOf, ledger),
        lineSection('Journal', journalFormOf, journal),
      ]
      return await workbookOf(
        [
          ...sections,
          ...lines.map((section) => ({
            ...section,
            period: `${range.from} to ${range.to}`,
            currency: standing.currency,
          })),
        ],
        standing,
      )
    }),
  )
  const { company, currency, producedAt, sealed, head, proof } = standing
  yield {
    name: 'manifest.json',
    content: once(() =>
      Promise.resolve(
        Buffer.from(
          `${JSON.stringify({ company, currency, period: name, producedAt, sealed, head, proof, files: manifest }, null, 2)}\n`,
        ),
      ),
    ),
  }
  return { ok: found.ok }
}

/** '2011-08' as the first day of the month, or undefined where it is none. */
export const parseMonth = (text: string): AccountingDate | undefined =>
  /^[0-9]{4}-(0[1-9]|1[0-2])$/.test(text) && text >= '0001' ? accountingDate(`${text}-01`) : undefined

async function* once(write: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await write()
}

async function* hashed(
  name: string,
  content: AsyncIterable<Uint8Array>,
  manifest: { name: string; bytes: number; sha256: string }[],
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of content) {
    hash.update(chunk)
    bytes += chunk.length
    yield chunk
  }
  manifest.push({ name, bytes, sha256: hash.digest('hex') })
}

// A document holds so many rows of one table and says where the rest is.
function printable(section: Section): Section {
  const { table } = section
  const most = Math.min(mostPrintedRows, 2000)
  if (table.rows.length <= most) return section
  const note = `The first ${most} of ${table.rows.length} rows; all of them are in the workbook.`
  return { ...section, table: { ...table, rows: table.rows.slice(0, most) }, note }
}

function lineSection(
  title: string,
  form: typeof ledgerFormOf,
  { rows, left }: KeptLines,
): Omit<Section, 'period' | 'currency'> {
  const note = `${left} more lines are in the CSV file of the same name.`
  return { title, table: { columns: form, rows }, ...(left === 0 ? {} : { note }) }
}
