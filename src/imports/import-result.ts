import type { MoneyJson } from '../kernel/money.ts'

/** An entry as a dry run shows it: what it is of, and its lines, a debit positive. */
export type PreviewEntry = {
  document: string
  /** What the document is, such as an invoice; null for a journal. */
  kind: string | null
  customer: { number: string; name: string } | null
  date: string
  rule: string
  description: string
  lines: { account: string; name: string; role: string | null; amount: MoneyJson }[]
}

/** What an import did, or, in a dry run, what it would do. */
export type ImportResult = {
  format: string
  dryRun: boolean
  lines: number
  documents: { created: number; existing: number; refused: number }
  payments: { created: number; existing: number }
  byKind: Record<string, number>
  entries: number
  exceptions: {
    opened: number
    byKind: Record<string, number>
    rows: { kind: string; source: string; message: string; amount: MoneyJson }[]
  }
  links: { linked: number; partly: number; unlinked: number; fromSeveral: number }
  preview: PreviewEntry[]
}

/**
 * How far an import has come; before the first write, `phase` is 'reading'. `files` and `lines` have been read; of the lines `linesDone` have been
 * gone through with their documents.
 */
export type ImportProgress = {
  phase: 'reading' | 'posting' | 'linking' | 'sealing'
  files: number
  lines: number
  linesDone: number
  documents: number
  documentsDone: number
  entries: number
}

export const emptyResult = (format: string, dryRun: boolean): ImportResult => ({
  format,
  dryRun,
  lines: 0,
  documents: { created: 0, existing: 0, refused: 0 },
  payments: { created: 0, existing: 0 },
  byKind: {},
  entries: 0,
  exceptions: { opened: 0, byKind: {}, rows: [] },
  links: { linked: 0, partly: 0, unlinked: 0, fromSeveral: 0 },
  preview: [],
})

export const beginning = (): ImportProgress => ({
  phase: 'reading',
  files: 0,
  lines: 0,
  linesDone: 0,
  documents: 0,
  documentsDone: 0,
  entries: 0,
})

/** Why an import that was told to stop did: what its batches had posted stays. */
export class ImportStopped extends Error {}
