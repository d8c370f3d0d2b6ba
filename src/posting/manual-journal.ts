import type { AccountingDate } from '../kernel/accounting-date.ts'
import { type DraftLine, draft, type JournalDraft } from './draft.ts'

/** An entry that a person writes: the reference makes it one fact, the lines are as given and must balance. */
export type ManualJournal = { reference: string; date: AccountingDate; description: string; lines: DraftLine[] }

/** What no other rule covers, posted as it was written: interest, loans, assets, accruals, payroll. */
export const manualJournal = (journals: readonly ManualJournal[]): JournalDraft[] =>
  journals.map(({ reference, date, description, lines }) =>
    draft({ rule: 'manual-journal', source: { kind: 'manual_journal', id: reference }, date, description, lines }),
  )
