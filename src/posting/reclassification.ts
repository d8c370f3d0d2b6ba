import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Line } from '../ledger/journal.ts'
import { type DraftLine, draft, type JournalDraft } from './draft.ts'

/** A posted line that belongs on another account. */
export type Reclassified = {
  entryId: bigint
  lineNo: number
  line: Line
  toAccountId: bigint
  date: AccountingDate
  reason: string
}

/**
 * What stood on the wrong account, often a suspense account, moves to the right one. The line keeps all that it is about, so that reports by
 * item, customer or tax find it where it now stands. A line moves once: what moves further is the line that this entry wrote.
 *
 * Cr (or Dr) the old account · Dr (or Cr) the new one.
 */
export const reclassification = (moves: readonly Reclassified[]): JournalDraft[] =>
  moves.map(({ entryId, lineNo, line, toAccountId, date, reason }) =>
    draft({
      rule: 'reclassification',
      source: { kind: 'journal_line', id: `${entryId}/${lineNo}` },
      date,
      description: reason,
      lines: [standing(line, line.accountId, -1n), standing(line, toAccountId, 1n)],
    }),
  )

function standing({ mappingRuleId: _, ...line }: Line, accountId: bigint, sign: 1n | -1n): DraftLine {
  return {
    ...line,
    role: null,
    accountId,
    amountMinor: line.amountMinor * sign,
    currencyAmountMinor: line.currencyAmountMinor * sign,
    taxBaseMinor: typeof line.taxBaseMinor === 'bigint' ? line.taxBaseMinor * sign : null,
  }
}
