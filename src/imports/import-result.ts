import type { MoneyJson } from '../kernel/money.ts'

/** An entry as a dry run shows it. */
export type PreviewEntry = {
  document: string
  date: string
  rule: string
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

/** How far an import has come; before the first write, `phase` is 'reading'. */
export type ImportProgress = {
  phase: 'reading' | 'posting' | 'linking' | 'sealing'
  lines: number
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
