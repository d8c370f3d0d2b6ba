import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft, negated } from './draft.ts'
import { type SalesFact, salesEntry } from './sales-fact.ts'

/** What is given up of an open item of a customer: above zero, gross. */
export type BadDebt = {
  id: string
  date: AccountingDate
  partyId: bigint
  documentId?: bigint | null
  amountMinor: bigint
  /** What it stood at in base currency, where it is in another. */
  bookedMinor?: bigint
  reason: string
}

const rule = 'bad-debt-written-off'

/**
 * A customer will not pay. The whole gross is a loss here: relief of the tax in it is a later fact with conditions and days of its own.
 *
 * Dr bad_debts · Cr receivable.
 */
export const badDebtWrittenOff = (debts: readonly BadDebt[]): JournalDraft[] =>
  debts.map(({ id, date, partyId, documentId, amountMinor, bookedMinor, reason }) =>
    draft({
      rule,
      source: { kind: 'bad_debt', id },
      date,
      description: reason,
      lines: [
        debit('bad_debts', amountMinor, { partyId, documentId, bookedMinor }),
        credit('receivable', amountMinor, { partyId, documentId, bookedMinor: negated(bookedMinor) }),
      ],
    }),
  )

/** The same fact where the shop's system gives it as a document with signed lines: Dr bad_debts · Cr receivable, or taken back. */
export const badDebtDocumented = (documents: readonly SalesFact[]): JournalDraft[] =>
  documents.map((document) => salesEntry(rule, document))
